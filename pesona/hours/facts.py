"""Opening hours as a snapshot or a public row has them, read into one value. Pure."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from pesona.hours.week import parse_entries, parse_times, parse_week
from pesona.published import HolidayTimes, Hours, HoursDate, Season

_Row = TypeVar("_Row")
_Value = TypeVar("_Value")


def read(facts: Mapping[str, Any]) -> Hours:
    """Return the hours of *facts*; of a draft in which something is not readable, the rest.

    Nothing unreadable is published: the desk's checks find it first.
    """
    until = list(_readable([facts["closed_until"]], date.fromisoformat)) if facts["closed_until"] else []
    return Hours(
        status=facts["hours_status"],
        week=next(_readable([facts["hours_week"]], _week), ""),
        last_entry=next(_readable([facts["hours_last_entry"]], _entries), ""),
        seasons=tuple(_readable(facts["hours_seasons"], _season)),
        dates=tuple(_readable(facts["hours_dates"], _date)),
        holidays=facts["hours_holidays"],
        holiday_dates=tuple(_readable(facts["hours_holiday_dates"], _holiday)),
        by_appointment=facts["by_appointment"],
        contact=facts["appointment_contact"],
        closed_until=until[0] if until else None,
        source=facts["hours_source"],
        checked_on=facts["hours_checked_on"],
    )


def _readable(rows: Sequence[_Row], reader: Callable[[_Row], _Value]) -> Iterator[_Value]:
    for row in rows:
        try:
            yield reader(row)
        except ValueError:
            continue


def _week(text: str) -> str:
    if text:
        parse_week(text)
    return text


def _entries(text: str) -> str:
    parse_entries(text)
    return text


def _season(row: Mapping[str, str]) -> Season:
    start, end = _days(row)
    parse_week(row["week"])
    return Season(row["name_id"], row["name_en"], start, end, row["week"], _entries(row["last_entry"]))


def _date(row: Mapping[str, str]) -> HoursDate:
    parse_times(row["times"])
    return HoursDate(*_days(row), row["times"], row["note_id"], row["note_en"])


def _days(row: Mapping[str, str]) -> tuple[date, date]:
    start = date.fromisoformat(row["start"])
    return start, date.fromisoformat(row["end"]) if row["end"] else start


def _holiday(row: Mapping[str, str]) -> HolidayTimes:
    if row["times"] not in ("", "usual"):
        parse_times(row["times"])
    return HolidayTimes(date.fromisoformat(row["date"]), row["times"])
