"""Opening hours as a page shows them: words, the days ahead, and what a browser needs to say "open now". Pure."""

import json
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from pesona.clock import WIB
from pesona.hours.days import Day, Holidays, span_of_days
from pesona.hours.intervals import Interval, intervals
from pesona.hours.sentences import Told, told
from pesona.hours.strip import day_words
from pesona.published import Hours

AHEAD = 28  # days


@dataclass(frozen=True, slots=True)
class ShownDay:
    """One of the days ahead in words; *name* is the season, the holiday or the note that decides."""

    day: date
    words: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class ShownHours:
    """The words of the hours, true all day, and the intervals of the days ahead.

    *until* is the moment (ISO 8601) from which a browser must say nothing; it is empty where it never may speak.
    """

    told: Told
    days: tuple[ShownDay, ...] = ()
    coming: str = "[]"
    until: str = ""
    by_appointment: bool = False


def shown(hours: Hours, locale: str, today: date, holidays: Holidays) -> ShownHours:
    """Return what the page of a place shows in *locale* on *today*."""
    plain = told(hours, locale, today, holidays)
    said = Told(_begun(plain.sentence), tuple(map(_begun, plain.notes)))
    if hours.on(today) != "has_hours":
        return ShownHours(said, by_appointment=hours.by_appointment)
    ahead = span_of_days(hours, today, today + timedelta(days=AHEAD - 1), holidays)
    days = tuple(ShownDay(one.day, day_words(hours, one, locale), one.name(locale)) for one in ahead)
    if not any(one.known for one in ahead):
        return ShownHours(said, by_appointment=hours.by_appointment)
    coming = intervals(hours, today, ahead[-1].day, holidays)
    return ShownHours(said, days, json.dumps([as_text(one) for one in coming]), _until(ahead), hours.by_appointment)


def _begun(text: str) -> str:
    return text[:1].upper() + text[1:]


def as_text(one: Interval) -> list[str]:
    """Return opening, closing and last entry by ISO 8601 with the offset of WIB; what is not known is empty."""
    last = one.last_entry.isoformat(timespec="minutes") if one.last_entry else ""
    return [one.opens.isoformat(timespec="minutes"), one.closes.isoformat(timespec="minutes"), last]


def _until(days: list[Day]) -> str:
    """Return where the run of known days that begins today ends."""
    if not days[0].known:
        return ""
    end = next((one.day for one in days if not one.known), days[-1].day + timedelta(days=1))
    return datetime.combine(end, time(), WIB).isoformat(timespec="minutes")
