"""One item at the desk: how every screen loads and addresses it, and the screens new and show."""

from typing import Any

from flask import abort, g, redirect, request, url_for
from sqlalchemy import select
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as BaseResponse
from wtforms import Form

from pesona import addresses, clock
from pesona.admin import forms, item_forms, limits, unsaved
from pesona.admin.blueprint import account, actor, desk, fields, number_up_to, page, posted, refuse
from pesona.admin.sign_in import signed_owner
from pesona.db import db
from pesona.editing import items, reports, scratch, translation, trash, undo
from pesona.editing.permissions import can
from pesona.editing.problem import Problem
from pesona.editing.snapshot import changed_fields
from pesona.editing.state import state
from pesona.locales import LOCALES
from pesona.models.account import Account
from pesona.models.item import Item
from pesona.queries.catalogue import catalogue
from pesona.queries.notices import live_notice
from pesona.text.names import N_
from pesona.text.slugs import slugify

BOTH = ("GET", "POST")
KIND = "<any(destinations,events,pages,notices):plural>"
# Notices stand on the pages of others and have none of their own.
WITH_A_PAGE = "<any(destinations,events,pages):plural>"
NAME_NEEDED = N_("Give it a name in at least one language.")


def guarded_item(plural: str, code: str, deed: str = "read") -> Item:
    """Return the item behind an address of the desk; every screen loads it through here."""
    item = items.find(addresses.KINDS[plural], code, lock=request.method == "POST")
    if item is None:
        abort(404)
    if item.removed_at is not None:
        abort(410)
    if not can(account(), deed, item):
        refuse(deed)
    return item


def item_address(item: Item, screen: str = "show", **values: Any) -> str:
    plural = addresses.PLURALS[item.kind]
    return url_for(f"admin.{screen}", plural=plural, code=item.code, **values)


def display_name(item: Item) -> str:
    """Return the newest name of *item*, in the reader's language where it has one."""
    words = items.snapshot(item)["words"]
    return words[g.locale]["name"] or words["id"]["name"] or words["en"]["name"] or item.code


def screen_of(where: str, field: str = "") -> str:
    """Return the screen of the part or form *where*, or of the *field* of the facts that has a screen of its own."""
    if where == "facts" and field:
        where = item_forms.place_of_field(field)
    return "words" if where in LOCALES else where


def place_of(where: str) -> dict[str, str]:
    return {"locale": where} if where in LOCALES else {}


def problem_address(item: Item, problem: Problem) -> str:
    """Return where the field is that *problem* is about."""
    if problem.photo:
        return url_for("admin.photo", number=problem.photo, _anchor=problem.field)
    if problem.field == "photos":
        return item_address(item, "item_photos")
    return item_address(item, screen_of(problem.part, problem.field), **place_of(problem.part), _anchor=problem.field)


def base_of(item: Item, typed: Any, name: str = "base") -> int:
    """Return the revision that the form began from; one that never was is a broken request."""
    if typed is None:
        return item.head
    return number_up_to(item.head, typed.get(name, ""))


@desk(f"/{KIND}/new", "create", BOTH)
def new(plural: str) -> BaseResponse:
    """Make an item from a name in one language and, where the kind has them, a category."""
    kind = addresses.KINDS[plural]
    waiting, typed = _typed_for_new(kind)
    form = forms.FACTS[kind](typed)
    names = {locale: typed.get(f"name-{locale}", "").strip() if typed else "" for locale in LOCALES}
    errors = _wrong_with_new(form, names) if posted() else []
    if posted() and not errors:
        return redirect(item_address(_create(kind, form, names), done="saved"), 303)
    marks = unsaved.context(scratch.form_of(kind, "new"), typed, None if typed else waiting)
    answer = page(
        "new",
        422 if errors else 200,
        plural=plural,
        kind=kind,
        form=form,
        names=names,
        errors=errors,
        done=request.args.get("done", ""),
        **marks,
    )
    if request.method == "GET":
        unsaved.note_opening(scratch.form_of(kind, "new"), waiting)
    return answer


def _typed_for_new(kind: str) -> tuple[unsaved.Unsaved | None, MultiDict[str, str] | None]:
    """Return the text that waits for a new item, and what the form is to hold of it or was sent."""
    if request.method == "POST":
        if not posted():
            unsaved.keep(scratch.form_of(kind, "new"), fields())
        return None, fields()
    waiting = unsaved.of_new(kind, ("name-id", "name-en", "category"))
    return waiting, unsaved.typed_in(waiting.row) if waiting and request.args.get("scratch") == "use" else None


def _wrong_with_new(form: Any, names: dict[str, str]) -> list[tuple[str, str]]:
    errors = []
    if not any(names.values()):
        errors.append(("name-id", NAME_NEEDED))
    errors += [(f"name-{locale}", limits.TOO_LONG) for locale in LOCALES if len(names[locale]) > limits.SHORT]
    if "category" in form and not form.category.data:
        errors.append(("category", N_("Choose a category.")))
    elif "category" in form and not form.category.validate(form):
        errors.append(("category", limits.NOT_A_CHOICE))
    return errors


def _create(kind: str, form: Form, names: dict[str, str]) -> Item:
    words = {locale: {"name": name} for locale, name in names.items() if name}
    if kind != "notice":
        words = {locale: {**said, "slug": slugify(said["name"])} for locale, said in words.items()}
    facts = {"category": form.category.data} if hasattr(form, "category") else {}
    code = items.free_code(kind, names["id"] or names["en"])
    scratch.saved(account(), scratch.form_of(kind, "new"), request.form.get(unsaved.OPENING, ""))
    return items.create(kind, code, {"facts": facts, "words": words}, actor())


@desk(f"/{KIND}/<code>", "read")
def show(plural: str, code: str) -> BaseResponse:
    """Show the state of an item in one sentence, what differs from live, and the next deeds."""
    return show_page(guarded_item(plural, code), done=request.args.get("done", ""))


def show_page(item: Item, status: int = 200, done: str = "") -> BaseResponse:
    """Return the screen of *item* as it is now, saying what was *done*."""
    return page(
        "show",
        status,
        item=item,
        plural=addresses.PLURALS[item.kind],
        name=display_name(item),
        state=state(item),
        coverage=translation.coverage(item),
        is_place=items.snapshot(item)["facts"].get("kind") == "place",
        live_paths=_live_paths(item),
        notice=live_notice(item.code) if item.kind == "notice" else None,
        checked_on=items.snapshot(item, item.live_facts)["facts"]["checked_on"] if item.live_facts else "",
        now=clock.now(),
        revisions=items.revisions(item)[:10],
        people=people(),
        meanwhile=_meanwhile(item),
        may=lambda deed: can(account(), deed, item),
        publication=undo.publication(item) if can(account(), "publish", item) else None,
        may_undo_trash=trash.live_before(item) is not None,
        reports=reports.of(item) if can(account(), "read_reports", item) else [],
        dropped=request.args.getlist("dropped"),
        owner=signed_owner(),
        item_address=item_address,
        done=done,
    )


def _live_paths(item: Item) -> dict[str, str]:
    if item.kind == "notice":
        return {lo: _page_with(item.code, lo) for lo in LOCALES if item.live(lo) is not None}
    entry = catalogue().entry(item.kind, item.code)
    return {lo: entry.cards[lo].path for lo in LOCALES if lo in entry.locales} if entry else {}


def _page_with(code: str, locale: str) -> str:
    """Return a page that shows a notice: of its first place, else of its first district, else the home page."""
    known, notice = catalogue(), live_notice(code)
    for place in notice.destinations if notice else ():
        if path := known.path("destination", place, locale):
            return path
    districts = [known.districts[one] for one in (notice.districts if notice else ()) if one in known.districts]
    return addresses.section("districts", locale, districts[0].slug) if districts else addresses.home(locale)


def people() -> dict[int | None, str]:
    """Return the name of each account by its number."""
    return {row.id: row.name for row in db.session.execute(select(Account.id, Account.name))}


def _meanwhile(item: Item) -> dict[str, Any]:
    """Return who saved what, and *between* which revisions, since the form behind the newest one was opened."""
    newest, *older = items.revisions(item)
    others = [r for r in older if r.number > newest.base]
    if not others:
        return {"names": [], "fields": [], "between": {}}
    changed = changed_fields(items.snapshot(item, newest.base), items.snapshot(item, others[0].number))
    names = {r.account_id: r.command for r in others} | people()
    return {
        "names": sorted({names[r.account_id] for r in others}),
        "fields": [name for _, name in changed],
        "between": {"left": newest.base, "right": others[0].number},
    }
