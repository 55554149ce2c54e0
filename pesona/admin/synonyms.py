"""The screen of search synonyms: groups listed, added, changed, removed. Thin over `editing`."""

from typing import Any

from flask import abort, g, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from pesona import counts, i18n
from pesona.admin import forms, names
from pesona.admin.blueprint import actor, desk, fields, number_up_to, page, posted
from pesona.admin.items import people
from pesona.admin.sign_in import signed_owner
from pesona.editing import synonyms
from pesona.models.synonym import Synonym
from pesona.search.synonyms import shipped
from pesona.text.names import N_

BOTH = ("GET", "POST")
LIST = "/lists/synonyms"
GROUP = f"{LIST}/<int(max=2147483647):number>"
GONE = N_("Somebody has removed this group meanwhile. What you typed stands in the form for a new one.")

Errors = list[tuple[str, str]]


@desk(LIST, "lists", BOTH)
def synonym_list() -> BaseResponse:
    """Show all groups and what was searched for in vain; add a group."""
    form = _form(words=request.args.get("words", ""))
    if not posted():
        return _list_page(form)
    words, note = _typed(form)
    errors = _mark_wrong(form, words, note)
    if errors:
        return _list_page(form, 422, errors)
    synonyms.add(words, note, actor())
    return _done("group_added")


@desk(GROUP, "lists", BOTH)
def synonym(number: int) -> BaseResponse:
    """Show one group as a form; save it unless somebody else was faster."""
    row = synonyms.find(number, lock=request.method == "POST")
    if row is None:
        return _gone()
    form = _form(words="\n".join(row.group), note=row.note)
    return _save(row, form) if posted() else _edit_page(row, form, _base(row))


def _save(row: Synonym, form: Any) -> BaseResponse:
    words, note = _typed(form)
    if _base(row) != row.row_version and not synonyms.is_same(row, words, note):
        return _edit_page(row, form, row.row_version, 409)
    errors = _mark_wrong(form, words, note, row)
    if errors:
        return _edit_page(row, form, row.row_version, 422, errors)
    return _done("group_saved" if synonyms.change(row, words, note, actor()) else "same")


@desk(f"{GROUP}/remove", "lists", BOTH)
def remove_synonym(number: int) -> BaseResponse:
    """Ask once more, and remove a group unless somebody has just changed it."""
    row = synonyms.find(number, lock=request.method == "POST")
    if row is None:
        return _done("group_removed") if posted() else abort(404)
    moved_on = posted() and _base(row) != row.row_version
    if posted() and not moved_on:
        synonyms.remove(row, actor())
        return _done("group_removed")
    return page("remove_synonym", 409 if moved_on else 200, row=row, moved_on=moved_on, owner=signed_owner())


def _form(**given: str) -> Any:
    return forms.SynonymGroup(fields() if request.method == "POST" else None, data=given)


def _typed(form: Any) -> tuple[tuple[str, ...], str]:
    return synonyms.group(form.words.data or ""), " ".join((form.note.data or "").split())


def _mark_wrong(form: Any, words: tuple[str, ...], note: str, own: Synonym | None = None) -> Errors:
    """Put what is wrong beside its field of *form*; return it as (id of the field, message)."""
    found = [(p.field, names.sentence(i18n.speaker(), p)) for p in synonyms.problems(words, note, own)]
    for name, message in found:
        form[name].errors = [*form[name].errors, message]
    return found


def _base(row: Synonym) -> int:
    """Return the version of *row* that the form began from; one that never was is a broken request."""
    if request.method != "POST":
        return row.row_version
    return number_up_to(row.row_version, fields().get("base", ""))


def _done(code: str) -> BaseResponse:
    return redirect(url_for("admin.synonym_list", done=code), 303)


def _gone() -> BaseResponse:
    """Answer for a group that is not there any more; typed words come back as a new group."""
    if request.method != "POST":
        abort(404)
    return _list_page(_form(), 409, [("words", GONE)])


def _list_page(form: Any, status: int = 200, errors: Errors | None = None) -> BaseResponse:
    groups = synonyms.groups()
    return page(
        "synonyms",
        status,
        groups=groups,
        shipped=shipped(),
        people=people(),
        missed=counts.missed(without=synonyms.known_words()),
        form=form,
        errors=errors or [],
        unsaved="typed" in g,
        owner=signed_owner(),
        done=request.args.get("done", ""),
    )


def _edit_page(row: Synonym, form: Any, base: int, status: int = 200, errors: Errors | None = None) -> BaseResponse:
    return page(
        "synonym",
        status,
        row=row,
        form=form,
        base=base,
        errors=errors or [],
        theirs=people().get(row.updated_by, "") if status == 409 else None,
        unsaved="typed" in g,
        owner=signed_owner(),
    )
