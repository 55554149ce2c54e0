"""Opening hours as schema.org and the API tell them, from the engine's own days. Pure."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from pesona.hours.days import Day, Holidays, span_of_days
from pesona.hours.intervals import intervals
from pesona.hours.shown import as_text
from pesona.hours.week import MIDNIGHT, WHOLE_DAY, Span, Spans, Week, parse_week, write_minute
from pesona.published import Hours, HoursDate, Season

AHEAD = 400  # days of which structured data tells what differs from the week
API_AHEAD = 28
DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def jsonld(hours: Hours, today: date, holidays: Holidays) -> dict[str, Any]:
    """Return `openingHoursSpecification` and its special form; of what is not known nothing.

    No two special ones are of the same day, so nothing depends on which of them a reader prefers.
    """
    if hours.status == "always_open":
        return {"openingHoursSpecification": _of_week((WHOLE_DAY,) * 7)}
    if not hours.told or (hours.status == "closed_for_now" and hours.closed_until is None):
        return {}
    days = span_of_days(hours, today, today + timedelta(days=AHEAD - 1), holidays)
    special = [one for run in _runs(days) for one in _of_run(run)]
    found = {"openingHoursSpecification": _of_week(parse_week(hours.week)) if hours.week else []}
    return {name: value for name, value in {**found, "specialOpeningHoursSpecification": special}.items() if value}


def _runs(days: list[Day]) -> Iterator[list[Day]]:
    """Yield the runs of neighbouring days that one season, or one set of times, decides; those of the week are none."""
    for _, run in groupby(days, lambda one: (one.why, one.by, one.spans if one.why != "season" else ())):
        found = list(run)
        if found[0].why in ("date", "holiday", "season", "closed"):
            yield found


def _of_run(run: list[Day]) -> Iterator[dict[str, Any]]:
    valid = {"validFrom": run[0].day.isoformat(), "validThrough": run[-1].day.isoformat()}
    if run[0].why != "season":
        yield from (_spec(valid, span) for span in run[0].spans or (None,))
        return
    week: dict[Spans, list[int]] = {}
    for one in run[:7]:
        week.setdefault(one.spans, []).append(one.day.weekday())
    for spans, days in week.items():
        yield from (_spec({**valid, "dayOfWeek": _names(sorted(days))}, span) for span in spans or (None,))


def _of_week(week: Week) -> list[dict[str, Any]]:
    groups: dict[Span, list[int]] = {}
    for day, spans in enumerate(week):
        for span in spans:
            groups.setdefault(span, []).append(day)
    return [_spec({"dayOfWeek": _names(days)}, span) for span, days in groups.items()]


def _spec(more: dict[str, Any], span: Span | None) -> dict[str, Any]:
    # Opening and closing at the same midnight is how schema.org says closed; a whole day ends at 23:59.
    opens, closes = ("00:00", "00:00") if span is None else (write_minute(span.opens), write_minute(span.closes))
    if span is not None and span.closes == MIDNIGHT:
        closes = "23:59" if span.whole_day else "00:00"
    return {"@type": "OpeningHoursSpecification", **more, "opens": opens, "closes": closes}


def _names(days: list[int]) -> list[str]:
    return [DAY_NAMES[day] for day in days]


def api(hours: Hours, today: date, holidays: Holidays) -> dict[str, Any]:
    """Return every fact of *hours*, and the intervals of the four weeks from *today*.

    An answer may be kept for the day, so it says when the place opens and closes and not whether it is open now.
    *status_today* follows `closed_until`; *known* tells whether hours of today follow from the facts.
    """
    last = today + timedelta(days=API_AHEAD - 1)
    ahead = span_of_days(hours, today, last, holidays)
    return {
        "status": hours.status,
        "status_today": hours.on(today),
        "known": ahead[0].known,
        "closed_until": hours.closed_until.isoformat() if hours.closed_until else None,
        "opening_hours": hours.week,
        "last_entry": hours.last_entry,
        "seasons": [_season(row) for row in hours.seasons],
        "dates": [_date(row) for row in hours.dates],
        "holidays": hours.holidays,
        "holiday_dates": [{"date": row.day.isoformat(), "times": row.times} for row in hours.holiday_dates],
        "by_appointment": hours.by_appointment,
        "appointment_contact": hours.contact,
        "source": hours.source,
        "checked_on": hours.checked_on,
        "from": today.isoformat(),
        "through": last.isoformat(),
        "unknown_days": [one.day.isoformat() for one in ahead if not one.known],
        "intervals": [
            {"opens": opens, "closes": closes, "last_entry": entry or None}
            for opens, closes, entry in map(as_text, intervals(hours, today, last, holidays))
        ],
    }


def _season(row: Season) -> dict[str, str]:
    return {
        "name_id": row.name_id,
        "name_en": row.name_en,
        "start": row.start.isoformat(),
        "end": row.end.isoformat(),
        "week": row.week,
        "last_entry": row.last_entry,
    }


def _date(row: HoursDate) -> dict[str, str]:
    return {
        "start": row.start.isoformat(),
        "end": row.end.isoformat(),
        "times": row.times,
        "note_id": row.note_id,
        "note_en": row.note_en,
    }
