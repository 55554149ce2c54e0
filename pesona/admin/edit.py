"""The forms of an item: facts and words, saved as drafts. Thin over `editing`."""

from typing import Any

from flask import abort, redirect, request
from sqlalchemy import select
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as BaseResponse
from wtforms import SelectChoice

from pesona import clock
from pesona.admin import conflict, forms, hours_form, hours_view, item_forms, unsaved
from pesona.admin import translation as beside
from pesona.admin.blueprint import account, actor, desk, fields, page, posted
from pesona.admin.dates_form import EventDates
from pesona.admin.hours_form import HoursForm
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
from pesona.db import db
from pesona.editing import items, scratch, slugs, translation
from pesona.editing.snapshot import Snapshot
from pesona.i18n import speaker
from pesona.locales import LOCALES, other_locale
from pesona.models.area import District, Village
from pesona.models.item import Item
from pesona.queries.notices import destination_codes


@desk(f"/{KIND}/<code>/facts", "edit", BOTH)
def facts(plural: str, code: str) -> BaseResponse:
    """Show and save the facts of an item."""
    return edited(guarded_item(plural, code, "edit"), "facts")


@desk(f"/{KIND}/<code>/words/<any(id,en):locale>", "edit", BOTH)
def words(plural: str, code: str, locale: str) -> BaseResponse:
    """Show and save the words of an item in one language, beside the other one."""
    return edited(guarded_item(plural, code, "edit"), locale)


@desk("/<any(destinations):plural>/<code>/hours", "edit", BOTH)
def hours(plural: str, code: str) -> BaseResponse:
    """Show and save when a destination is open."""
    return edited(guarded_item(plural, code, "edit"), item_forms.HOURS)


@desk("/<any(events):plural>/<code>/dates", "edit", BOTH)
def dates(plural: str, code: str) -> BaseResponse:
    """Show and save the dates of an event, and what a rule would make of them."""
    return edited(guarded_item(plural, code, "edit"), item_forms.DATES)


def edited(item: Item, where: str) -> BaseResponse:
    """Answer for the form *where* of *item*: shown, saved, or what another of its buttons asks."""
    if request.method != "POST":
        return _open(item, where)
    typed = fields()
    if where in LOCALES and typed.get("locale", where) != where:
        abort(400)
    base, form = base_of(item, typed), _form(item, where, items.snapshot(item), typed)
    if not posted():
        return _come_back(item, where, form, base, typed)
    action = typed.get("action", "save")
    if action == "scratch":
        return _put_aside(item, where, form, typed)
    if action != "save":
        return _other_button(item, where, form, base, action)
    if not form.validate() or (where in LOCALES and not _is_named(item, where, form)):
        return _edit_page(item, where, form, base, typed, status=422)
    wanted = forms.values(form)
    if "destinations" in wanted:
        wanted["destinations"] = destination_codes(wanted["destinations"])
    if "slug" in wanted:
        wanted["slug"] = slugs.of_draft(item, items.snapshot(item, base)["words"][where], wanted)
    if where == item_forms.HOURS:
        wanted = hours_form.kept_as_written(wanted, items.snapshot(item, base)["facts"])
    return _save(item, where, form, base, wanted)


def _open(item: Item, where: str) -> BaseResponse:
    """Show the form with what is saved, or with the text that waits; note that it is open."""
    waiting = unsaved.of_item(item, where)
    typed = unsaved.typed_in(waiting.row) if waiting and request.args.get("scratch") == "use" else None
    form = _form(item, where, items.snapshot(item), typed)
    answer = _edit_page(item, where, form, base_of(item, typed), typed, waiting=None if typed else waiting)
    if request.method == "GET":
        unsaved.note_opening(_form_name(item, where), waiting)
    return answer


def _come_back(item: Item, where: str, form: Any, base: int, typed: MultiDict[str, str]) -> BaseResponse:
    """Show the text that was typed before the sign-in ended; it is kept, and nothing is saved."""
    if "clash" in typed:
        return _choose_again(item, where, form, typed)
    unsaved.keep(_form_name(item, where), typed)
    return _edit_page(item, where, form, base, typed)


def _is_named(item: Item, where: str, form: Any) -> bool:
    other = items.snapshot(item)["words"][other_locale(where)]["name"]
    if (form.name.data or "").strip() or other:
        return True
    form.name.errors = [NAME_NEEDED]
    return False


def _other_button(item: Item, where: str, form: Any, base: int, action: str) -> BaseResponse:
    """Do what a button other than save asks; the typed text stays in the form."""
    deed, _, name = action.partition(":")
    if deed == "correct" and where == translation.TARGET:
        beside.still_correct(item, name)
        if forms.values(form) == item_forms.part_at(items.snapshot(item), where):
            return redirect(item_address(item, "words", locale=where, done="still_correct"), 303)
    elif deed == "copy" and where == translation.TARGET:
        beside.copy(item, form, name)
    elif deed == "show" and isinstance(form, EventDates):
        return _edit_page(item, where, form, base, request.form, 200 if form.show(clock.today()) else 422)
    elif deed == "add" and name in form and form[name].type == "FieldList":
        form[name].append_entry()
    elif where == item_forms.HOURS and hours_form.press(form, action):
        pass
    else:
        abort(400)
    return _edit_page(item, where, form, base, request.form)


def _save(item: Item, where: str, form: Any, base: int, wanted: dict[str, Any]) -> BaseResponse:
    typed = request.form
    if conflict.undecided(typed):
        base, wanted = base_of(item, typed, "began"), conflict.mine_again(form, typed)
    else:
        wanted = conflict.chosen(form, wanted, typed)
    try:
        saved = items.save(item, base, {item_forms.part_name(where): wanted}, actor(), minor="minor" in typed)
    except items.Conflict as clash:
        _keep_mine(item, where, item_forms.part_at(clash.mine, where), clash.began)
        # What is typed is safe before anything else is tried.
        db.session.commit()
        return conflict.page_of(item, where, clash, _address(item, where), people(), typed)
    scratch.saved(account(), _form_name(item, where), typed.get(unsaved.OPENING, ""))
    done = "same" if not saved.changed else "merged" if saved.theirs_kept else "saved"
    return redirect(item_address(item, done=done), 303)


def _put_aside(item: Item, where: str, form: Any, typed: MultiDict[str, str]) -> BaseResponse:
    """Leave at a conflict what the other one saved, and keep mine as scratch."""
    mine = conflict.chosen(form, conflict.mine_again(form, typed), typed)
    _keep_mine(item, where, mine, base_of(item, typed, "began"))
    return redirect(item_address(item, done="put_aside"), 303)


def _keep_mine(item: Item, where: str, mine: dict[str, Any], began: int) -> None:
    kind = item_forms.form_class(item.kind, where)
    pairs = [*forms.pairs(kind(None, data=mine)), ("base", str(began))]
    opening = fields().get(unsaved.OPENING, "")
    unsaved.keep(_form_name(item, where), MultiDict([*pairs, (unsaved.OPENING, opening)]))


def _choose_again(item: Item, where: str, form: Any, typed: MultiDict[str, str]) -> BaseResponse:
    """Show the conflict page as it was before the sign-in ended; nothing is saved."""
    mine = conflict.mine_again(form, typed)
    _keep_mine(item, where, mine, base_of(item, typed, "began"))
    try:
        merged = items.join(item, base_of(item, typed, "began"), {item_forms.part_name(where): mine})
    except items.Conflict as clash:
        return conflict.page_of(item, where, clash, _address(item, where), people(), typed)
    return _edit_page(item, where, _form(item, where, merged.snapshot, None), item.head, typed)


def _address(item: Item, where: str) -> str:
    return item_address(item, screen_of(where), **place_of(where))


def _form_name(item: Item, where: str) -> str:
    return scratch.form_of(item.kind, item.code, where)


def _form(item: Item, where: str, snapshot: Snapshot, typed: Any) -> Any:
    kind = item_forms.form_class(item.kind, where)
    form = kind(typed, data=item_forms.part_at(snapshot, where)) if typed is None else kind(typed)
    if where == item_forms.HOURS:
        hours_view.prepare(form)
    if "district" in form:
        areas(form)
    if "districts" in form:
        form.districts.choices = [SelectChoice(code, name) for code, name in _districts()]
    for field in form:
        # A season is a whole week of fields: one more comes when it is asked for.
        if typed is None and field.type == "FieldList" and field.short_name != "hours_seasons":
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


def _edit_page(
    item: Item, where: str, form: Any, base: int, typed: Any, status: int = 200, waiting: unsaved.Unsaved | None = None
) -> BaseResponse:
    return page(
        where if where in item_forms.OF_FACTS else "edit",
        status,
        item=item,
        where=where,
        fields=forms.in_order(form),
        labels={field.short_name: field.label.text for field in form},
        base=base,
        name=display_name(item),
        action=_address(item, where),
        back=item_address(item),
        facts_address=item_address(item, "facts"),
        errors=_errors(form) if status == 422 else [],
        not_saved=typed is not None and status == 200,
        saved_at=items.revisions(item)[0].created_at,
        is_minor="minor" in (typed or {}),
        done=request.args.get("done", ""),
        form=form,
        **(
            hours_view.beside(item, form)
            if where == item_forms.HOURS
            else beside.beside(item, item_forms.part_name(where))
        ),
        moving=items.snapshot(item)["facts"].get("moving_date", ""),
        **unsaved.context(_form_name(item, where), typed, waiting),
    )


def _errors(form: Any) -> list[tuple[str, str]]:
    """Return (id of the field, message) of everything wrong in *form*, rows included."""
    found: list[tuple[str, str]] = []
    for field in form:
        if field.type == "FieldList":
            for number, entry in enumerate(field.entries, 1):
                for inner in entry.form:
                    found += getattr(inner, "problems", None) or (
                        [(inner.id, _of_row(field, number, inner))] if inner.errors else []
                    )
        elif hasattr(field, "problems"):
            found += field.problems
        elif field.errors:
            found.append((field.id, _named(field) if isinstance(form, EventDates | HoursForm) else field.errors[0]))
    return found


def _named(field: Any) -> str:
    say = speaker().gettext
    return f"{say(field.label.text)}: {say(field.errors[0])}"


def _of_row(rows: Any, number: int, field: Any) -> str:
    """Return what is wrong with one *field* of the row *number*, which it names."""
    say = speaker().gettext
    return f"{say(rows.label.text)} {number}, {say(field.label.text)}: {say(field.errors[0])}"
