"""What a form of the desk says of text that is not saved: one's own that waits, and who else is in the form."""

import secrets
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from flask import request
from werkzeug.datastructures import MultiDict

from pesona.admin import forms, hours_form, item_forms
from pesona.admin.blueprint import account, cookie_name
from pesona.admin.sign_in import signed_owner
from pesona.editing import items, scratch, sign_ins
from pesona.models.item import Item
from pesona.models.scratch import Scratch

OPENING = "opening"

Difference = list[tuple[str, Any, Any]]


@dataclass(frozen=True, slots=True)
class Unsaved:
    """Text of one's own that waits, with each field as it is saved now and as it was typed."""

    row: Scratch
    difference: Difference


def of_item(item: Item, where: str) -> Unsaved | None:
    """Return the text that waits for a form of *item*; one that says nothing new does not."""
    row = scratch.kept(account(), scratch.form_of(item.kind, item.code, where))
    if row is None:
        return None
    kind = item_forms.form_class(item.kind, where)
    typed = forms.values(kind(typed_in(row)))
    base = item_forms.part_at(items.snapshot(item, row.base), where)
    newest = item_forms.part_at(items.snapshot(item), where)
    if where == item_forms.HOURS:
        typed = hours_form.kept_as_written(typed, newest)
    changed = [(n, newest[n], typed[n]) for n in typed if typed[n] not in (base[n], newest[n])]
    return Unsaved(row, changed) if changed else None


def of_new(kind: str, names: tuple[str, ...]) -> Unsaved | None:
    """Return the text that waits for a new item of *kind*, in the fields *names*."""
    row = scratch.kept(account(), scratch.form_of(kind, "new"))
    if row is None:
        return None
    typed = typed_in(row)
    changed: Difference = [(name, "", typed[name]) for name in names if typed.get(name)]
    return Unsaved(row, changed) if changed else None


def note_opening(form: str, waiting: Unsaved | None) -> None:
    """Note that *form* is open; where no text is *waiting*, what is kept for it says nothing new."""
    row = None if waiting else scratch.kept(account(), form)
    scratch.note_opening(account(), form, row.kept_at if row and not row.earlier else None)


def typed_in(row: Scratch) -> MultiDict[str, str]:
    """Return the text of *row* as a form that was sent, in the opening that it came from."""
    pairs = [(str(name), str(text)) for name, text in row.fields]
    return MultiDict([*pairs, ("base", str(row.base)), (OPENING, row.opening)])


def keep(form: str, typed: MultiDict[str, str]) -> None:
    """Keep the text *typed* into *form*, for instance before the sign-in ended."""
    base = typed.get("base", "")
    number = int(base) if base.isascii() and base.isdigit() else 0
    # What is too long for a row stands in the page that answers.
    with suppress(scratch.TooLong):
        scratch.keep(account(), form, number, typed.items(multi=True), typed.get(OPENING, "")[:20])


def ends_in() -> int:
    """Return the seconds until this sign-in ends, so that a script can warn before."""
    return sign_ins.seconds_left(request.cookies.get(cookie_name(), ""))


def context(form: str, typed: Any, waiting: Unsaved | None) -> dict[str, Any]:
    """Return what the templates of *form* need: its marks, who else is in it, and what waits."""
    return {
        "form_name": form,
        "opening": (typed or {}).get(OPENING) or secrets.token_hex(8),
        "owner": signed_owner(),
        "present": scratch.others(account(), form),
        "unsaved": waiting,
        "ends_in": ends_in(),
    }
