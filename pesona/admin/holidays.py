"""The screen of the calendar of holidays: a year listed, days added, changed, removed. Thin over `editing`."""

from typing import Any

from flask import abort, g, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from pesona import clock, i18n
from pesona.admin import names
from pesona.admin.blueprint import actor, desk, fields, number_up_to, page, posted
from pesona.admin.forms import HolidayFields
from pesona.admin.items import people
from pesona.admin.sign_in import signed_owner
from pesona.editing import holidays
from pesona.models.holiday import Holiday
from pesona.text.names import N_

BOTH = ("GET", "POST")
LIST = "/lists/holidays"
DAY = f"{LIST}/<int(max=2147483647):number>"
GONE = N_("Somebody has removed this day meanwhile. What you typed stands in the form for a new one.")

Errors = list[tuple[str, str]]


@desk(LIST, "lists", BOTH)
def holiday_list() -> BaseResponse:
    """Show the days of a year; add one."""
    form = _form({})
    if not posted():
        return _list_page(form)
    given = _typed(form)
    errors = _mark_wrong(form, given)
    if errors:
        return _list_page(form, 422, errors)
    return _done("holiday_added", holidays.add(given, actor()).date.year)


@desk(DAY, "lists", BOTH)
def holiday(number: int) -> BaseResponse:
    """Show one day as a form; save it unless somebody else was faster."""
    row = holidays.find(number, lock=request.method == "POST")
    if row is None:
        return _gone()
    form = _form(holidays.values_of(row))
    return _save(row, form) if posted() else _edit_page(row, form, _base(row))


def _save(row: Holiday, form: HolidayFields) -> BaseResponse:
    given = _typed(form)
    if _base(row) != row.row_version and holidays.values_of(row) != given:
        return _edit_page(row, form, row.row_version, 409)
    errors = _mark_wrong(form, given, row)
    if errors:
        return _edit_page(row, form, row.row_version, 422, errors)
    changed = holidays.change(row, given, actor())
    return _done("holiday_saved" if changed else "same", row.date.year)


@desk(f"{DAY}/remove", "lists", BOTH)
def remove_holiday(number: int) -> BaseResponse:
    """Ask once more, and remove a day unless somebody has just changed it."""
    row = holidays.find(number, lock=request.method == "POST")
    if row is None:
        return _done("holiday_removed") if posted() else abort(404)
    moved_on = posted() and _base(row) != row.row_version
    if posted() and not moved_on:
        holidays.remove(row, actor())
        return _done("holiday_removed", row.date.year)
    return page("remove_holiday", 409 if moved_on else 200, row=row, moved_on=moved_on, owner=signed_owner())


def _form(given: dict[str, str]) -> HolidayFields:
    return HolidayFields(fields() if request.method == "POST" else None, data=given)


def _typed(form: HolidayFields) -> dict[str, str]:
    return {name: " ".join((form[name].data or "").split()) for name in holidays.COLUMNS}


def _mark_wrong(form: HolidayFields, given: dict[str, str], own: Holiday | None = None) -> Errors:
    """Put what is wrong beside its field of *form*; return it as (id of the field, message)."""
    found = [(p.field, names.sentence(i18n.speaker(), p)) for p in holidays.problems(given, own)]
    for name, message in found:
        form[name].errors = [*form[name].errors, message]
    return found


def _base(row: Holiday) -> int:
    """Return the version of *row* that the form began from; one that never was is a broken request."""
    if request.method != "POST":
        return row.row_version
    return number_up_to(row.row_version, fields().get("base", ""))


def _done(code: str, year: int | None = None) -> BaseResponse:
    return redirect(url_for("admin.holiday_list", year=year, done=code), 303)


def _gone() -> BaseResponse:
    """Answer for a day that is not there any more; what was typed comes back as a new one."""
    if request.method != "POST":
        abort(404)
    return _list_page(_form({}), 409, [("day", GONE)])


def _year() -> int:
    """Return the year that the address asks for, else that of the day typed, else the present one."""
    typed = request.args.get("year") or (request.form.get("day", "")[:4] if request.method == "POST" else "")
    year = int(typed) if len(typed) == 4 and typed.isascii() and typed.isdigit() else 0
    return year if holidays.FIRST_YEAR <= year <= holidays.LAST_YEAR else clock.now().year


def _choices(shown: int) -> list[dict[str, Any]]:
    kept = holidays.years()
    present = clock.now().year
    return [
        {
            "path": url_for("admin.holiday_list", year=year),
            "name": str(year),
            "count": kept.get(year, 0),
            "chosen": year == shown,
        }
        for year in sorted({*kept, present, present + 1, shown})
    ]


def _list_page(form: HolidayFields, status: int = 200, errors: Errors | None = None) -> BaseResponse:
    year = _year()
    return page(
        "holidays",
        status,
        year=year,
        years=_choices(year),
        rows=holidays.of_year(year),
        form=form,
        errors=errors or [],
        unsaved="typed" in g,
        owner=signed_owner(),
        done=request.args.get("done", ""),
    )


def _edit_page(
    row: Holiday, form: HolidayFields, base: int, status: int = 200, errors: Errors | None = None
) -> BaseResponse:
    return page(
        "holiday",
        status,
        row=row,
        form=form,
        base=base,
        errors=errors or [],
        theirs=people().get(row.updated_by, "") if status == 409 else None,
        unsaved="typed" in g,
        owner=signed_owner(),
    )
