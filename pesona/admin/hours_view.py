"""What the screen of hours shows beside its form: the names of days, the holidays to decide, and what follows."""

from datetime import timedelta
from typing import Any

from flask import g, request

from pesona import clock
from pesona.admin import forms
from pesona.admin.blueprint import fields
from pesona.admin.hours_fields import shown_times
from pesona.admin.hours_form import HoursForm, kept_as_written
from pesona.admin.items import item_address
from pesona.editing import items
from pesona.hours import weekly
from pesona.hours.facts import read
from pesona.hours.sentences import told
from pesona.hours.strip import day_words, strip
from pesona.locales import LOCALES
from pesona.models.item import Item
from pesona.queries.holidays import by_day

AHEAD, WEEKS = timedelta(days=400), timedelta(weeks=4)


def prepare(form: HoursForm) -> None:
    """Ask *form* about the holidays of the next thirteen months."""
    today = clock.today()
    known = by_day(today, today + AHEAD)
    form.hours_holiday_dates.days = {day.isoformat(): holiday.name(g.locale) for day, holiday in known.items()}


def beside(item: Item, form: HoursForm) -> dict[str, Any]:
    """Return what the template of hours needs beside the fields of *form*."""
    facts = items.snapshot(item)["facts"]
    return {
        "keys": [(source["key"], source["publisher"]) for source in facts["sources"] if source["key"]],
        # The season whose button was pressed stays open.
        "opened": "".join(fields().get("action", "").split(":")[1:2]) if request.method == "POST" else "",
        "words_address": {lo: item_address(item, "words", locale=lo, _anchor="status_note") for lo in LOCALES},
        "date_line": date_line,
        **_shown({**facts, **kept_as_written(forms.values(form), facts)}),
    }


def date_line(row: dict[str, str]) -> str:
    """Return one of the days of their own in a line: its days, its hours, its note."""
    days = "–".join(filter(None, (row["start"], row["end"])))
    note = row[f"note_{g.locale}"] or row["note_id"] or row["note_en"]
    return " · ".join(filter(None, (days, shown_times(row["times"]), note)))


def _is_read(facts: dict[str, Any]) -> bool:
    """Tell whether every week and every day of *facts* can be understood."""
    weeks = [(facts["hours_week"], facts["hours_last_entry"])]
    weeks += [(row["week"], row["last_entry"]) for row in facts["hours_seasons"]]
    days = [row["times"] for row in facts["hours_dates"] if row["times"]]
    read_weeks = all(weekly.read(week) is not None and weekly.read_last(last) is not None for week, last in weeks)
    return read_weeks and all(map(weekly.is_day, days))


def _shown(facts: dict[str, Any]) -> dict[str, Any]:
    """Return what *facts* say to visitors in each language, and their four weeks; nothing while they say nothing."""
    today = clock.today()
    known = by_day(today - WEEKS, today + AHEAD)
    if not _is_read(facts):
        return {"said": {}, "strip": []}
    hours = read(facts)
    weeks = [[(day, day_words(hours, day, g.locale)) for day in week] for week in strip(hours, today, known)]
    return {"said": {locale: told(hours, locale, today, known) for locale in LOCALES}, "strip": weeks}
