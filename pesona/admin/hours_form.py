"""The form of opening hours, and the buttons that fill it in without saving."""

from typing import Any

from wtforms import BooleanField, Form

from pesona.admin import forms
from pesona.admin.hours_fields import DecidedField, LastEntryField, TimesField, WeekField
from pesona.hours import weekly
from pesona.hours.week import DAYS
from pesona.models import destination as destinations
from pesona.text.names import N_

FRIDAY, BREAK = DAYS.index("Fr"), ("11:30", "14:00")
# Patterns to begin from; nobody says that a place keeps them.
PATTERNS = {
    "daily": "Mo-Su 08:00-17:00",
    "office": "Mo-Th 08:00-16:00; Fr 08:00-11:30,14:00-16:00",
    "weekend": "Sa,Su 08:00-17:00",
    "none": "",
}
CLOSED_WEEK = "off"  # of a season in which nobody opens
IN_ISO = N_("In the form 2026-09-05.")


class SeasonRow(Form):
    """A dated range with a week of its own."""

    name_id = forms.short(N_("Name in Indonesian"))
    name_en = forms.short(N_("Name in English"))
    start = forms.moment(N_("First day"))
    end = forms.moment(N_("Last day"))
    week = WeekField(N_("Hours of the week"))
    last_entry = LastEntryField(N_("Last entry"))


class DateRow(Form):
    """One day, or a few, with hours of their own."""

    start = forms.moment(N_("First day"))
    end = forms.moment(N_("Last day"))
    times = TimesField(N_("Hours"))
    note_id = forms.short(N_("Note in Indonesian"))
    note_en = forms.short(N_("Note in English"))


class HoursForm(Form):
    """When a destination is open."""

    hours_status = forms.ChoiceField(N_("Opening hours"), destinations.HOURS_STATUSES)
    closed_until = forms.moment(
        N_("Closed until"), N_("The last closed day, in the form 2026-09-05; empty is not known.")
    )
    hours_week = WeekField(N_("Hours of the week"))
    hours_last_entry = LastEntryField(N_("Last entry"))
    by_appointment = BooleanField(N_("By appointment"), false_values=(False, "false", "False", "", "0"))
    appointment_contact = forms.medium(
        N_("Contact for an appointment"), N_("Such as a name and a telephone number."), 2
    )
    hours_seasons = forms.rows(N_("Seasons"), SeasonRow, N_("Such as Ramadan or school holidays, entered each year."))
    hours_dates = forms.rows(
        N_("Days of their own"),
        DateRow,
        N_("Such as 09.00–12.00, 13.00–15.00, or “closed”. Leave the last day empty for one day."),
    )
    hours_holidays = forms.ChoiceField(N_("Public holidays"), destinations.HOLIDAY_POLICIES)
    hours_holiday_dates = DecidedField(N_("Holidays one by one"))
    hours_source = forms.short(N_("Source of the hours"), N_("Keys of sources of this item, parted by spaces."))
    hours_checked_on = forms.moment(N_("Hours checked on"), IN_ISO)


def kept_as_written(wanted: dict[str, Any], before: dict[str, Any]) -> dict[str, Any]:
    """Return *wanted* with each week that means what stood there *before* in its old letters: it is no change."""
    kept = dict(wanted)
    for name in ("hours_week", "hours_last_entry"):
        if weekly.same(wanted[name], before[name]):
            kept[name] = before[name]
    old = before["hours_seasons"]
    rows = [{**row, "week": row["week"] or CLOSED_WEEK} for row in wanted["hours_seasons"]]
    kept["hours_seasons"] = [next((one for one in old if _same_season(one, row)), row) for row in rows]
    return kept


def _same_season(one: dict[str, Any], other: dict[str, Any]) -> bool:
    weeks = ("week", "last_entry")
    return all(weekly.same(one[name], other[name]) if name in weeks else one[name] == other[name] for name in other)


def press(form: HoursForm, action: str) -> bool:
    """Do to *form* what the button *action* says, such as `monday:hours_week`; tell whether there is such a button."""
    deed, _, rest = action.partition(":")
    name, _, which = rest.partition(":")
    week, last = _days_of(form, name)
    if deed == "show" and not rest:
        return True
    if week is None:
        return False
    if deed == "third":
        week.ranges = 3
    elif deed == "monday" and last is not None:
        week.copy_first()
        last.copy_first()
    elif deed == "break":
        week.put(weekly.write(_with_break(week.week())))
    elif deed == "pattern" and which in PATTERNS:
        week.put(PATTERNS[which])
    else:
        return False
    return True


def _days_of(form: HoursForm, name: str) -> tuple[Any, Any]:
    """Return the week named *name* and its last entry: of the form itself, or of one of its seasons."""
    if name == form.hours_week.name:
        return form.hours_week, form.hours_last_entry
    for entry in form.hours_seasons.entries:
        if name == entry.form.week.name:
            return entry.form.week, entry.form.last_entry
    return None, None


def _with_break(week: weekly.Week) -> weekly.Week:
    """Return *week* with Friday's prayer break; a Friday without hours takes those of Monday."""
    hours = week[FRIDAY] or week[0]
    if hours:
        start, end = hours[0][0], hours[-1][1]
        if start < BREAK[0] and end > BREAK[1]:
            week[FRIDAY] = [(start, BREAK[0]), (BREAK[1], end)]
    return week
