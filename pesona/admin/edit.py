"""The forms of an item: facts and words, saved as drafts. Thin over `editing`."""

from typing import Any

from flask import abort, redirect, request
from sqlalchemy import select
from werkzeug.wrappers import Response as BaseResponse
from wtforms import SelectChoice

from pesona.admin import conflict, forms
from pesona.admin.blueprint import actor, desk, fields, page, posted
from pesona.admin.items import (
    BOTH,
    KIND,
    NAME_NEEDED,
    base_of,
    display_name,
    guarded_item,
    item_address,
    people,
    place_of,
    screen_of,
)
from pesona.admin.sign_in import signed_owner
from pesona.db import db
from pesona.editing import items
from pesona.editing.snapshot import Snapshot, part
from pesona.locales import LOCALES
from pesona.models.area import District, Village
from pesona.models.item import Item
from pesona.queries.notices import destination_codes
from pesona.text.slugs import slugify


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
    base = base_of(item, typed)
    if typed is not None and "clash" in typed and not posted():
        return _choose_again(item, where, form, typed)
    if not posted() or request.form.get("action", "save") != "save":
        if posted():
            _add_row(form, request.form["action"])
        return _edit_page(item, where, form, base, snapshot, typed=typed is not None)
    if not form.validate():
        return _edit_page(item, where, form, base, snapshot, status=422, typed=True)
    wanted = forms.values(form)
    if "destinations" in wanted:
        wanted["destinations"] = destination_codes(wanted["destinations"])
    if wanted.get("slug") == "" and wanted["name"]:
        wanted["slug"] = slugify(wanted["name"])
    if where != "facts" and not any(
        (wanted["name"], *(snapshot["words"][lo]["name"] for lo in LOCALES if lo != where))
    ):
        form.name.errors = [NAME_NEEDED]
        return _edit_page(item, where, form, base, snapshot, status=422, typed=True)
    return _save(item, where, form, base, wanted)


def _save(item: Item, where: str, form: Any, base: int, wanted: dict[str, Any]) -> BaseResponse:
    if conflict.undecided(request.form):
        base, wanted = base_of(item, request.form, "began"), conflict.mine_again(form, request.form)
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
        merged = items.join(item, base_of(item, typed, "began"), {where: mine})
    except items.Conflict as clash:
        return conflict.page_of(item, where, clash, _address(item, where), people(), typed)
    form = _form(item, where, merged.snapshot, None)
    return _edit_page(item, where, form, item.head, items.snapshot(item), typed=True)


def _address(item: Item, where: str) -> str:
    return item_address(item, screen_of(where), **place_of(where))


def _form(item: Item, where: str, snapshot: Snapshot, typed: Any) -> Any:
    kind = (forms.FACTS if where == "facts" else forms.WORDS)[item.kind]
    form = kind(typed, data=part(snapshot, where)) if typed is None else kind(typed)
    if "district" in form:
        areas(form)
    if "districts" in form:
        form.districts.choices = [SelectChoice(code, name) for code, name in _districts()]
    for field in form:
        if typed is None and field.type == "FieldList":
            field.append_entry()
    return form


def areas(form: Any) -> None:
    """Give *form* the districts and villages to choose from; not known is a choice."""
    districts = _districts()
    form.district.choices = [SelectChoice(""), *(SelectChoice(code, name) for code, name in districts)]
    if "village" in form:
        named = dict(districts)
        villages = db.session.execute(select(Village.code, Village.name, Village.district_code))
        listed = sorted((named[of], name, code) for code, name, of in villages)
        form.village.choices = [SelectChoice(""), *(SelectChoice(code, f"{of}: {name}") for of, name, code in listed)]


def _districts() -> list[tuple[str, str]]:
    """Return the code and name of each district, by name."""
    return [
        (code, name) for code, name in db.session.execute(select(District.code, District.name).order_by(District.name))
    ]


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
