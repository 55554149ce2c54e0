"""Close a place for now, or open it again: live at once, beside any open draft. Thin over `editing`."""

from typing import Any

from flask import abort, redirect, request
from werkzeug.wrappers import Response as BaseResponse
from wtforms import Form

from pesona import clock
from pesona.admin import forms
from pesona.admin.blueprint import actor, desk, fields, page, posted
from pesona.admin.items import BOTH, base_of, display_name, guarded_item, item_address, problem_address
from pesona.admin.sign_in import signed_owner
from pesona.editing import immediate, publish
from pesona.editing.problem import Problem
from pesona.locales import LOCALES
from pesona.models.item import Item
from pesona.text import moments
from pesona.text.names import N_

MOVED_ON = N_("The item has changed since you opened it. What you typed stands here: look at it, then press again.")
NO_DAY = N_("Write a day such as 2026-09-05, or leave it empty.")
PAST_DAY = N_("This day has passed. Write the last closed day, today or later.")
REASON = N_("Say the reason: readers of this language ask for it.")


class ClosureForm(Form):
    """Until when a place is closed, and why."""

    closed_until = forms.moment(
        N_("Closed until"), N_("The last closed day, in the form 2026-09-05; empty is not known.")
    )
    reason_id = forms.long(N_("Reason in Indonesian"), N_("It stands under “Before you go”."), 3)
    reason_en = forms.long(N_("Reason in English"), N_("It stands under “Before you go”."), 3)


@desk("/<any(destinations):plural>/<code>/close", "publish", BOTH)
def close_for_now(plural: str, code: str) -> BaseResponse:
    """Ask until when a place is closed and why; make it live at once, without the rest of an open draft."""
    item = guarded_item(plural, code, "publish")
    if not item.is_public:
        abort(404)
    form = _form(item)
    base = base_of(item, fields() if request.method == "POST" else None)
    if not posted():
        return _page(item, form, base)
    if base != item.head:
        return _page(item, form, item.head, 409, [("deed", MOVED_ON)])
    return _press(item, form)


def _form(item: Item) -> Any:
    live = immediate.live_snapshot(item)
    notes = {f"reason_{locale}": live["words"][locale]["status_note"] for locale in LOCALES}
    form: Any = ClosureForm(fields() if request.method == "POST" else None, data={**live["facts"], **notes})
    for locale in LOCALES:
        if item.live(locale) is None:
            delattr(form, f"reason_{locale}")
    return form


def _press(item: Item, form: Any) -> BaseResponse:
    reopening = request.form.get("action") == "reopen"
    if not reopening and request.form.get("action") != "close":
        abort(400)
    form.validate()
    errors = [(field.id, field.errors[0]) for field in form if field.errors] or ([] if reopening else _wrong(form))
    if errors:
        return _page(item, form, item.head, 422, errors)
    said = forms.values(form)
    reasons = {locale: said[f"reason_{locale}"] for locale in LOCALES if f"reason_{locale}" in said}
    try:
        if reopening:
            changed = immediate.open_again(item, reasons, actor())
        else:
            changed = immediate.close_for_now(item, said["closed_until"], reasons, actor())
    except publish.Blocked as blocked:
        return _page(item, form, item.head, 422, problems=blocked.problems)
    done = ("reopened" if reopening else "closed") if changed else "same"
    return redirect(item_address(item, done=done), 303)


def _wrong(form: Any) -> list[tuple[str, str]]:
    """Mark what a closure lacks, field by field."""
    until = form.closed_until.data
    if until and (moments.first(until) is None or moments.has_time(until)):
        form.closed_until.errors = [NO_DAY]
    elif until and until < clock.today().isoformat():
        form.closed_until.errors = [PAST_DAY]
    for field in form:
        if field.short_name.startswith("reason_") and not (field.data or "").strip():
            field.errors = [REASON]
    return [(field.id, field.errors[0]) for field in form if field.errors]


def _page(
    item: Item,
    form: Any,
    base: int,
    status: int = 200,
    errors: list[tuple[str, str]] | None = None,
    problems: list[Problem] | None = None,
) -> BaseResponse:
    return page(
        "closure",
        status,
        item=item,
        name=display_name(item),
        form=form,
        base=base,
        owner=signed_owner(),
        errors=errors or [],
        problems=problems or [],
        is_closed=immediate.live_snapshot(item)["facts"]["hours_status"] == "closed_for_now",
        item_address=item_address,
        problem_address=lambda problem: problem_address(item, problem),
    )
