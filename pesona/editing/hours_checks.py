"""What speaks against publishing the hours of a destination: truth blocks, doubt only warns."""

from collections.abc import Iterator
from datetime import date
from itertools import combinations
from typing import Any

from pesona import clock
from pesona.editing.problem import Problem
from pesona.hours import weekly
from pesona.hours.week import MIDNIGHT, parse_entries, parse_week, write_minute
from pesona.models.destination import HOLIDAY_POLICIES, HOURS_STATUSES
from pesona.text import typed_times

Facts = dict[str, Any]


def problems(facts: Facts, keys: set[str]) -> Iterator[Problem]:
    """Yield what is wrong with the hours in *facts*; *keys* are those of the item's sources."""
    for name, choices in (("hours_status", HOURS_STATUSES), ("hours_holidays", HOLIDAY_POLICIES)):
        if facts[name] not in choices:
            yield _of("choice", name)
    yield from _week(facts["hours_week"], facts["hours_last_entry"], "hours_week", "hours_last_entry")
    yield from _seasons(facts["hours_seasons"])
    for row in facts["hours_dates"]:
        yield from _span(row, row["end"] or row["start"], "hours_dates")
        if not weekly.is_day(row["times"]):
            yield _of("day_times", "hours_dates", times=row["times"] or "–")
    for row in facts["hours_holiday_dates"]:
        yield from _day(row["date"], "hours_holiday_dates")
        if row["times"] != typed_times.USUAL and not weekly.is_day(row["times"]):
            yield _of("day_times", "hours_holiday_dates", times=row["times"] or "–")
    yield from _said(facts, keys)


def _said(facts: Facts, keys: set[str]) -> Iterator[Problem]:
    """Yield what is wrong with what stands round the hours: their status, their source, the appointment."""
    own = facts["hours_week"] or facts["hours_seasons"] or facts["hours_dates"]
    if facts["hours_status"] == "has_hours" and not (own or facts["hours_reported"] or facts["by_appointment"]):
        yield _of("hours_none", "hours_week")
    named = facts["hours_source"].split()
    if (own or facts["appointment_contact"] or named) and not (named and set(named) <= keys):
        yield _of("row_source", "hours_source", source=facts["hours_source"] or "–")
    if facts["by_appointment"] and not facts["appointment_contact"]:
        yield _of("appointment_contact", "appointment_contact", blocks=False)
    yield from _day(facts["closed_until"], "closed_until", needed=False)
    until, checked = _date(facts["closed_until"]), _date(facts["hours_checked_on"])
    if facts["hours_status"] == "closed_for_now" and until and until < clock.today():
        yield _of("closed_past", "closed_until", blocks=False)
    yield from _day(facts["hours_checked_on"], "hours_checked_on", needed=False)
    if checked and checked > clock.today():
        yield _of("checked_ahead", "hours_checked_on")


def _seasons(rows: list[Facts]) -> Iterator[Problem]:
    spans = []
    for row in rows:
        wrong = [*_season_days(row)]
        yield from wrong
        yield from _week(row["week"], row["last_entry"], "hours_seasons", "hours_seasons")
        if not row["week"]:
            yield _of("week_form", "hours_seasons", week="–")
        elif not any(weekly.read(row["week"]) or [True]):
            yield _of("season_hours", "hours_seasons", blocks=False, date=row["start"] or "–")
        if not wrong:
            spans.append((row["start"], row["end"]))
    for one, other in combinations(sorted(spans), 2):
        if other[0] <= one[1]:
            yield _of("seasons_overlap", "hours_seasons", blocks=False, one=one[0], other=other[0])


def _season_days(row: Facts) -> Iterator[Problem]:
    name = row["name_id"] or row["name_en"] or row["start"] or row["end"]
    if name and not (row["start"] and row["end"]):
        yield _of("season_ends", "hours_seasons", season=name)
    else:
        yield from _span(row, row["end"], "hours_seasons")


def _week(week: str, last: str, week_field: str, last_field: str) -> Iterator[Problem]:
    if weekly.read(week) is None:
        yield _of("week_form", week_field, week=week)
    if weekly.read_last(last) is None:
        yield _of("week_form", last_field, week=last)
    elif week and last and weekly.read(week) is not None:
        # On a day without hours nobody looks at the last entry.
        for spans, entry in zip(parse_week(week), parse_entries(last), strict=True):
            if entry is None or not spans:
                continue
            if not any(span.opens <= at <= span.closes for span in spans for at in (entry, entry + MIDNIGHT)):
                yield _of("last_entry", last_field, time=write_minute(entry))


def _span(row: Facts, end: str, name: str) -> Iterator[Problem]:
    wrong = [*_day(row["start"], name), *(_day(end, name) if end != row["start"] else ())]
    yield from wrong
    if not wrong and end < row["start"]:
        yield _of("hours_end", name, date=row["start"])


def _day(text: str, name: str, needed: bool = True) -> Iterator[Problem]:
    if (needed or text) and _date(text) is None:
        yield _of("date", name, date=text or "–")


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


def _of(rule: str, name: str, blocks: bool = True, **values: Any) -> Problem:
    return Problem(rule, "facts", name, blocks=blocks, values=values)
