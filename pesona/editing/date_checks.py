"""The checks of an event's dates before publication."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import time, timedelta
from typing import Any

from pesona import clock
from pesona.editing.problem import Problem
from pesona.models.event import STATUSES
from pesona.queries.holidays import holidays
from pesona.recurrence import MOST
from pesona.text.dates import iso_day

# What lasts longer meets holidays anyway.
LONGEST_WITH_HOLIDAYS = timedelta(days=10)


def problems(rows: Sequence[dict[str, Any]], keys: set[str]) -> Iterator[Problem]:
    """Yield what is wrong with the dates *rows*; *keys* are those of the sources of the event."""
    for row in rows:
        named = row["source"].split()
        if not named or not set(named) <= keys:
            yield _problem("row_source", source=row["source"] or "–")
        if row["status"] not in STATUSES:
            yield _problem("choice")
        yield from _span(row)
        yield from _holidays(row)
    told = Counter((row["start"], row["start_time"], row["venue_id"]) for row in rows)
    for (start, _, _), count in told.items():
        if start and count > 1:
            yield _problem("date_twice", blocks=False, date=start)
    if len(rows) > MOST:
        yield _problem("dates_many", blocks=False, count=len(rows))


def _span(row: dict[str, Any]) -> Iterator[Problem]:
    start, end = iso_day(row["start"]), iso_day(row["end"] or row["start"])
    if start is None or end is None:
        yield _problem("date", date=row["start"] or row["end"] or "–")
        return
    for text in (row["start_time"], row["end_time"]):
        if text and not _is_time(text):
            yield _problem("date_time", time=text)
    if row["previous_start"] and iso_day(row["previous_start"]) is None:
        yield _problem("date", date=row["previous_start"])
    if end < start or (end == start and row["start_time"] > row["end_time"] > ""):
        yield _problem("end_before_start", date=row["start"])


def _holidays(row: dict[str, Any]) -> Iterator[Problem]:
    """Yield the first holiday that a date to come falls on: some people are free then, and some offices are shut."""
    start, end = iso_day(row["start"]), iso_day(row["end"] or row["start"])
    if start and end and end >= clock.today() and end - start <= LONGEST_WITH_HOLIDAYS:
        for holiday in holidays(start, end)[:1]:
            said = [holiday.name_id, holiday.name_en or holiday.name_id]
            yield _problem("date_holiday", blocks=False, day=holiday.day.isoformat(), holiday=said)


def _is_time(text: str) -> bool:
    try:
        return len(text) == 5 and bool(time.fromisoformat(text) or True)
    except ValueError:
        return False


def _problem(rule: str, blocks: bool = True, **values: Any) -> Problem:
    return Problem(rule, "facts", "occurrences", values=values, blocks=blocks)
