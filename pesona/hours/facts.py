"""Opening hours as a snapshot or a public row has them, read into one value. Pure."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from pesona.published import HolidayTimes, Hours, HoursDate, Season


def read(facts: Mapping[str, Any]) -> Hours:
    """Return the hours of *facts*; a row whose days are no days is a ValueError, which the desk's checks find first."""
    return Hours(
        status=facts["hours_status"],
        week=facts["hours_week"],
        last_entry=facts["hours_last_entry"],
        seasons=tuple(_season(row) for row in facts["hours_seasons"]),
        dates=tuple(_date(row) for row in facts["hours_dates"]),
        holidays=facts["hours_holidays"],
        holiday_dates=tuple(
            HolidayTimes(date.fromisoformat(row["date"]), row["times"]) for row in facts["hours_holiday_dates"]
        ),
        by_appointment=facts["by_appointment"],
        contact=facts["appointment_contact"],
        closed_until=date.fromisoformat(facts["closed_until"]) if facts["closed_until"] else None,
        source=facts["hours_source"],
        checked_on=facts["hours_checked_on"],
    )


def _season(row: Mapping[str, str]) -> Season:
    start, end = date.fromisoformat(row["start"]), date.fromisoformat(row["end"])
    return Season(row["name_id"], row["name_en"], start, end, row["week"], row["last_entry"])


def _date(row: Mapping[str, str]) -> HoursDate:
    start = date.fromisoformat(row["start"])
    end = date.fromisoformat(row["end"]) if row["end"] else start
    return HoursDate(start, end, row["times"], row["note_id"], row["note_en"])
