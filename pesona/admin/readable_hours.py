"""The hours of a draft as lines that people read."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from pesona.admin import names
from pesona.admin.hours_fields import DAY_NAMES
from pesona.hours.sentences import clock_words, times_words, week_sentence
from pesona.hours.week import DAYS, parse_entries, parse_times, parse_week
from pesona.i18n import Speaker
from pesona.text import dates
from pesona.text.names import N_


def week(speaker: Speaker, text: str) -> list[str]:
    """Return each part of a week as a line; what is not understood stays as it is written."""
    return _or_as_written(text, lambda: week_sentence(parse_week(text), speaker.locale).split("; "))


def last_entry(speaker: Speaker, text: str) -> list[str]:
    """Return the last entry of each day that has one, days of the same time together."""
    return _or_as_written(text, lambda: _entries(speaker, text))


def seasons(speaker: Speaker, rows: list[dict[str, Any]]) -> list[str]:
    """Return each season as a line: its names, its days, its hours."""
    found = []
    for row in rows:
        named = (row["name_id"], row["name_en"], _span(speaker, row["start"], row["end"]))
        last = "; ".join(last_entry(speaker, row["last_entry"])) if row["last_entry"] else ""
        entry = f"{speaker.gettext(N_('Last entry'))} {last}" if last else ""
        hours = "; ".join(week(speaker, row["week"])) if row["week"] else ""
        found.append(" · ".join(filter(None, (*named, hours, entry))))
    return found


def of_dates(speaker: Speaker, rows: list[dict[str, Any]]) -> list[str]:
    """Return each day of its own as a line: when, its hours, its notes."""
    return [
        " · ".join(
            filter(
                None,
                (
                    _span(speaker, row["start"], row["end"]),
                    _times(speaker, row["times"]),
                    row["note_id"],
                    row["note_en"],
                ),
            )
        )
        for row in rows
    ]


def of_holidays(speaker: Speaker, rows: list[dict[str, Any]]) -> list[str]:
    return [f"{_span(speaker, row['date'], '')} · {_times(speaker, row['times'])}" for row in rows]


def _entries(speaker: Speaker, text: str) -> list[str]:
    minutes = parse_entries(text)
    known = zip(DAYS, minutes, strict=True)
    return [
        f"{speaker.name(DAY_NAMES, day)} {clock_words(minute, speaker.locale)} WIB"
        for day, minute in known
        if minute is not None
    ]


def _times(speaker: Speaker, times: str) -> str:
    if times == "usual":
        return speaker.name(names.CHOICES, "as_usual")
    return "; ".join(_or_as_written(times, lambda: [times_words(parse_times(times), speaker.locale)]))


def _span(speaker: Speaker, start: str, end: str) -> str:
    try:
        return dates.day_range(date.fromisoformat(start), date.fromisoformat(end or start), speaker.locale)
    except ValueError:
        return " – ".join(filter(None, (start, end)))


def _or_as_written(text: str, said: Callable[[], list[str]]) -> list[str]:
    try:
        return said()
    except ValueError:
        return [text]


READERS: Mapping[str, Callable[[Speaker, Any], list[str]]] = {
    "hours_week": week,
    "hours_last_entry": last_entry,
    "hours_seasons": seasons,
    "hours_dates": of_dates,
    "hours_holiday_dates": of_holidays,
    "hours_holidays": lambda speaker, code: [speaker.name(names.CHOICES, code)],
    **dict.fromkeys(("closed_until", "hours_checked_on"), lambda speaker, day: [_span(speaker, day, "")]),
}
