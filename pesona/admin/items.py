"""The screens of one item: new, show, facts, words, publish, withdraw. Thin over `editing`."""

from typing import Any

from flask import abort, g, redirect, request, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response as BaseResponse
from wtforms import Form, SelectChoice

from pesona import addresses
from pesona.admin import conflict, forms
from pesona.admin.blueprint import account, actor, desk, fields, page, posted
from pesona.admin.sign_in import signed_owner
from pesona.db import db
from pesona.editing import checks, items, publish
from pesona.editing.permissions import can
from pesona.editing.snapshot import Snapshot, changed_fields, part
from pesona.editing.state import State, state
from pesona.locales import LOCALES
from pesona.models.account import Account
from pesona.models.area import District, Village
from pesona.models.item import PARTS, Item
from pesona.queries.catalogue import catalogue
from pesona.text.names import N_
from pesona.text.slugs import slugify

BOTH = ("GET", "POST")
KIND = "<any(destinations,events,pages):plural>"
NAME_NEEDED = N_("Give it a name in at least one language.")


def guarded_item(plural: str, code: str, deed: str = "read") -> Item:
    """Return the item behind an address of the desk; every screen loads it through here."""
    item = items.find(addresses.KINDS[plural], code, lock=request.method == "POST")
    if item is None:
        abort(404)
    if not can(account(), deed, item):
        abort(403)
    return item


def item_address(item: Item, screen: str = "show", **values: Any) -> str:
    plural = addresses.PLURALS[item.kind]
    return url_for(f"admin.{screen}", plural=plural, code=item.code, **values)


def display_name(item: Item) -> str:
    """Return the newest name of *item*, in the reader's language where it has one."""
    words = items.snapshot(item)["words"]
    return words[g.locale]["name"] or words["id"]["name"] or words["en"]["name"] or item.code


@desk(f"/{KIND}/new", "create", BOTH)
def new(plural: str) -> BaseResponse:
    """Make an item from a name in one language and, where the kind has them, a category."""
    kind = addresses.KINDS[plural]
    form = forms.FACTS[kind](fields() if request.method == "POST" else None)
    names = {locale: fields().get(f"name-{locale}", "").strip() for locale in LOCALES}
    errors = _wrong_with_new(form, names) if posted() else []
    if posted() and not errors:
        return redirect(item_address(_create(kind, form, names), done="saved"), 303)
    status = 422 if errors else 200
    return page("new", status, plural=plural, kind=kind, form=form, names=names, errors=errors, owner=signed_owner())


def _wrong_with_new(form: Any, names: dict[str, str]) -> list[tuple[str, str]]:
    errors = []
    if not any(names.values()):
        errors.append(("name-id", NAME_NEEDED))
    errors += [(f"name-{locale}", forms.TOO_LONG) for locale in LOCALES if len(names[locale]) > forms.SHORT]
    if "category" in form and not form.category.data:
        errors.append(("category", N_("Choose a category.")))
    elif "category" in form and not form.category.validate(form):
        errors.append(("category", forms.NOT_A_CHOICE))
    return errors


def _create(kind: str, form: Form, names: dict[str, str]) -> Item:
    words = {locale: {"name": name, "slug": slugify(name)} for locale, name in names.items() if name}
    facts = {"category": form.category.data} if hasattr(form, "category") else {}
    code = items.free_code(kind, names["id"] or names["en"])
    return items.create(kind, code, {"facts": facts, "words": words}, actor())


@desk(f"/{KIND}/<code>", "read")
def show(plural: str, code: str) -> BaseResponse:
    """Show the state of an item in one sentence, what differs from live, and the next deeds."""
    item = guarded_item(plural, code)
    how = state(item)
    return page(
        "show",
        item=item,
        plural=plural,
        name=display_name(item),
        state=how,
        live_paths=_live_paths(item),
        revisions=items.revisions(item)[:10],
        people=people(),
        meanwhile=_meanwhile(item),
        may=lambda deed: can(account(), deed, item),
        item_address=item_address,
        done=request.args.get("done", ""),
    )


def _live_paths(item: Item) -> dict[str, str]:
    entry = catalogue().entry(item.kind, item.code)
    return {lo: entry.cards[lo].path for lo in LOCALES if lo in entry.locales} if entry else {}


def people() -> dict[int | None, str]:
    """Return the name of each account by its number."""
    return {row.id: row.name for row in db.session.execute(select(Account.id, Account.name))}


def _meanwhile(item: Item) -> dict[str, list[str]]:
    """Return who saved what between the form behind the newest revision and its save."""
    newest, *older = items.revisions(item)
    others = [r for r in older if r.number > newest.base]
    if not others:
        return {"names": [], "fields": []}
    changed = changed_fields(items.snapshot(item, newest.base), items.snapshot(item, others[0].number))
    names = {r.account_id: r.command for r in others} | people()
    return {"names": sorted({names[r.account_id] for r in others}), "fields": [name for _, name in changed]}


@desk(f"/{KIND}/<code>/facts", "edit", BOTH)
def facts(plural: str, code: str) -> BaseResponse:
    """Show and save the facts of an item."""
    return _edit(guarded_item(plural, code, "edit"), "facts")


@desk(f"/{KIND}/<code>/words/<any(id,en):locale>", "edit", BOTH)
def words(plural: str, code: str, locale: str) -> BaseResponse:
    """Show and save the words of an item in one language, beside the other one."""
    return _edit(guarded_item(plural, code, "edit"), locale)


def _edit(item: Item, where: str) -> BaseResponse:
    typed = fields() if request.method == "POST" else None
    snapshot = items.snapshot(item)
    form = _form(item, where, snapshot, typed)
    base = _base(item, typed)
    if typed is not None and "clash" in typed and not posted():
        return _choose_again(item, where, form, typed)
    if not posted() or request.form.get("action", "save") != "save":
        if posted():
            _add_row(form, request.form["action"])
        return _edit_page(item, where, form, base, snapshot, typed=typed is not None)
    if not form.validate():
        return _edit_page(item, where, form, base, snapshot, status=422, typed=True)
    wanted = forms.values(form)
    if where != "facts" and not wanted["slug"] and wanted["name"]:
        wanted["slug"] = slugify(wanted["name"])
    if where != "facts" and not any(
        (wanted["name"], *(snapshot["words"][lo]["name"] for lo in LOCALES if lo != where))
    ):
        form.name.errors = [NAME_NEEDED]
        return _edit_page(item, where, form, base, snapshot, status=422, typed=True)
    return _save(item, where, form, base, wanted)


def _save(item: Item, where: str, form: Any, base: int, wanted: dict[str, Any]) -> BaseResponse:
    if conflict.undecided(request.form):
        base, wanted = _base(item, request.form, "began"), conflict.mine_again(form, request.form)
    else:
        wanted = conflict.chosen(form, wanted, request.form)
    try:
        saved = items.save(item, base, {where: wanted}, actor())
    except items.Conflict as clash:
        return conflict.page_of(item, where, clash, _address(item, where), people(), request.form)
    done = "same" if not saved.changed else "merged" if saved.theirs_kept else "saved"
    return redirect(item_address(item, done=done), 303)


def _choose_again(item: Item, where: str, form: Any, typed: Any) -> BaseResponse:
    """Show the conflict page as it was before the sign-in ended; nothing is saved."""
    mine = conflict.mine_again(form, typed)
    try:
        merged = items.join(item, _base(item, typed, "began"), {where: mine})
    except items.Conflict as clash:
        return conflict.page_of(item, where, clash, _address(item, where), people(), typed)
    form = _form(item, where, merged.snapshot, None)
    return _edit_page(item, where, form, item.head, items.snapshot(item), typed=True)


def _address(item: Item, where: str) -> str:
    return item_address(item, _screen(where), **_place(where))


def _screen(where: str) -> str:
    return "facts" if where == "facts" else "words"


def _place(where: str) -> dict[str, str]:
    return {} if where == "facts" else {"locale": where}


def _base(item: Item, typed: Any, name: str = "base") -> int:
    """Return the revision that the form began from; one that never was is a broken request."""
    if typed is None:
        return item.head
    given = typed.get(name, "")
    if not (given.isascii() and given.isdigit() and 1 <= int(given[:9]) <= item.head):
        abort(400)
    return int(given)


def _form(item: Item, where: str, snapshot: Snapshot, typed: Any) -> Any:
    kind = (forms.FACTS if where == "facts" else forms.WORDS)[item.kind]
    form = kind(typed, data=part(snapshot, where)) if typed is None else kind(typed)
    if "district" in form:
        areas(form)
    for field in form:
        if typed is None and field.type == "FieldList":
            field.append_entry()
    return form


def areas(form: Any) -> None:
    """Give *form* the districts and villages to choose from; not known is a choice."""
    districts = db.session.execute(select(District.code, District.name).order_by(District.name)).all()
    form.district.choices = [SelectChoice(""), *(SelectChoice(row.code, row.name) for row in districts)]
    if "village" in form:
        named = {row.code: row.name for row in districts}
        villages = db.session.execute(select(Village.code, Village.name, Village.district_code))
        listed = sorted((named[of], name, code) for code, name, of in villages)
        form.village.choices = [SelectChoice(""), *(SelectChoice(code, f"{of}: {name}") for of, name, code in listed)]


def _add_row(form: Any, action: str) -> None:
    _, _, name = action.partition("add:")
    if name not in form or form[name].type != "FieldList":
        abort(400)
    form[name].append_entry()


def _edit_page(
    item: Item, where: str, form: Any, base: int, snapshot: Snapshot, status: int = 200, typed: bool = False
) -> BaseResponse:
    beside = {"en": "id", "id": "en"}.get(where)
    return page(
        "edit",
        status,
        item=item,
        where=where,
        fields=forms.in_order(form),
        base=base,
        owner=signed_owner(),
        name=display_name(item),
        action=_address(item, where),
        back=item_address(item),
        beside=snapshot["words"][beside] if beside else None,
        beside_locale=beside,
        errors=_errors(form) if status == 422 else [],
        unsaved=typed and status == 200,
    )


def _errors(form: Any) -> list[tuple[str, str]]:
    """Return (id of the field, message) of everything wrong in *form*, rows included."""
    found = []
    for field in form:
        if field.type == "FieldList":
            for entry in field.entries:
                found += [(inner.id, inner.errors[0]) for inner in entry.form if inner.errors]
        elif field.errors:
            found.append((field.id, field.errors[0]))
    return found


@desk(f"/{KIND}/<code>/publish", "publish", BOTH)
def publish_item(plural: str, code: str) -> BaseResponse:
    """Show what publication would change and what speaks against it; publish what is ticked."""
    item = guarded_item(plural, code, "publish")
    if not posted():
        return _publish_page(item, state(item))
    number, ticked = _base(item, request.form), [p for p in PARTS if p in request.form.getlist("parts")]
    if number != item.head:
        return _publish_page(item, state(item), 409, moved_on=True)
    try:
        publish.publish(item, number, ticked, actor())
    except publish.Blocked as blocked:
        return _publish_page(item, state(item), 422, blocked.problems)
    return redirect(item_address(item, done="published"), 303)


def _publish_page(
    item: Item, how: State, status: int = 200, blocked: list[checks.Problem] | None = None, moved_on: bool = False
) -> BaseResponse:
    found = checks.problems(item, items.snapshot(item), how.parts)
    return page(
        "publish",
        status,
        item=item,
        name=display_name(item),
        state=how,
        problems=blocked if blocked is not None else found,
        moved_on=moved_on,
        item_address=item_address,
        screen=_screen,
        place=_place,
    )


@desk(f"/{KIND}/<code>/withdraw/<any(id,en):locale>", "withdraw", BOTH)
def withdraw(plural: str, code: str, locale: str) -> BaseResponse:
    """Ask once more, with a reason for the log, and take one language off the site."""
    item = guarded_item(plural, code, "withdraw")
    if item.live(locale) is None:
        abort(404)
    reason = fields().get("reason", "").strip()[:500]
    status = 200 if not posted() else 409 if _base(item, request.form) != item.head else 422
    if status == 422 and reason:
        publish.withdraw(item, locale, actor(), reason)
        return redirect(item_address(item, done="withdrawn"), 303)
    return page(
        "withdraw",
        status,
        item=item,
        owner=signed_owner(),
        reason=reason,
        action=item_address(item, "withdraw", locale=locale),
        moved_on=status == 409,
        name=display_name(item),
        locale_of_words=locale,
        back=item_address(item),
        missing=status == 422,
    )
