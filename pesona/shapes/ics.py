"""Events as iCalendar (RFC 5545, RFC 7986): one VEVENT for each date that is stored. Pure.

The same state gives the same bytes: no moment of asking enters, so ETag and 304 hold.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from icalendar import Calendar, Event, Timezone, TimezoneStandard

from pesona.clock import WIB
from pesona.published import Occurrence, Point, PublishedEvent
from pesona.queries.catalogue import Entry
from pesona.text import names

MEDIA_TYPE = "text/calendar; charset=utf-8"
REFRESHED_EVERY = timedelta(hours=12)
STATUSES = {"expected": "TENTATIVE", "postponed": "TENTATIVE", "cancelled": "CANCELLED"}
PLAIN = ("planned", "held")  # they need no word beside the date

Say = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Dated:
    """An event with what its calendar needs beside it.

    *revision* numbers its live facts; *dates* are those to be told; *place* and *point* are of the
    destination where it happens, the point only where it is exact.
    """

    event: PublishedEvent
    revision: int
    dates: Sequence[Occurrence]
    place: str = ""
    point: Point | None = None


def calendar(dated: Iterable[Dated], locale: str, site: str, path: str, name: str, say: Say) -> bytes:
    """Return the calendar *name* at *path*, with every date of *dated* as readers of *locale* read it.

    *say* translates a phrase of `names`.
    """
    made = begun(locale, site, path, name)
    for one in dated:
        add_dates(made, one, locale, site, say)
    written: bytes = made.to_ical()
    return written


def begun(locale: str, site: str, path: str, name: str) -> Calendar:
    """Return the calendar *name* at *path*, in which nothing stands yet."""
    made = Calendar()
    made.add("prodid", f"-//Siak//Pesona Siak//{locale.upper()}")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("name", name, parameters={"LANGUAGE": locale})
    made.add("x-wr-calname", name)
    made.add("x-wr-timezone", WIB.key)
    made.add("refresh-interval", REFRESHED_EVERY, parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", "PT12H")
    made.add("source", site + path, parameters={"VALUE": "URI"})
    made.add_component(_zone())
    return made


def add_dates(made: Calendar, one: Dated, locale: str, site: str, say: Say) -> None:
    """Put the dates that *one* has to tell into the calendar *made*."""
    names_of = uids(one.event)
    for occurrence in dict.fromkeys(one.dates):
        made.add_component(_date(one, occurrence, names_of[occurrence], locale, site, say))


def _zone() -> Timezone:
    zone, standard = Timezone(), TimezoneStandard()
    zone.add("tzid", WIB.key)
    standard.add("dtstart", datetime(1970, 1, 1))
    standard.add("tzoffsetfrom", timedelta(hours=7))
    standard.add("tzoffsetto", timedelta(hours=7))
    standard.add("tzname", "WIB")
    zone.add_component(standard)
    return zone


def uids(event: PublishedEvent | Entry) -> dict[Occurrence, str]:
    """Return the name for ever of each date: the code of *event* and the first day that the date had.

    A second date of the same day is numbered by its time; a moved one comes before one that took its day.
    """
    found: dict[Occurrence, str] = {}
    taken: dict[str, int] = {}
    in_order = sorted(event.occurrences, key=lambda o: (o.start_time, not o.previous_start, o.start, o.end))
    for one in dict.fromkeys(in_order):
        first = one.previous_start or one.start.isoformat()
        taken[first] = taken.get(first, 0) + 1
        which = f"-{taken[first]}" if taken[first] > 1 else ""
        found[one] = f"{event.code}-{first.replace('-', '')}{which}@pesona-siak"
    return found


def _date(one: Dated, occurrence: Occurrence, uid: str, locale: str, site: str, say: Say) -> Event:
    event, words = one.event, one.event.translation(locale)
    changed = event.changed_at(locale).replace(microsecond=0, tzinfo=UTC)
    status = say(names.STATUSES[occurrence.status])
    made = Event()
    made.add("uid", uid)
    made.add("dtstamp", changed)
    made.add("last-modified", changed)
    made.add("sequence", one.revision)
    for name, value in _times(occurrence).items():
        made.add(name, value)
    # Many calendars show no status, so what must not be missed stands before the name.
    made.add("summary", f"{status}: {words.name}" if occurrence.off else words.name, parameters={"LANGUAGE": locale})
    made.add("status", STATUSES.get(occurrence.status, "CONFIRMED"))
    made.add("transp", "TRANSPARENT")
    made.add("url", site + event.path(locale))
    made.add("categories", [say(names.CATEGORIES[event.category])] if event.category else [])
    for name, value in _told(one, occurrence, status, locale).items():
        if value:
            made.add(name, value)
    return made


def _times(occurrence: Occurrence) -> dict[str, date | datetime]:
    """Return DTSTART and DTEND: exclusive, and absent where no end is known."""
    if not occurrence.start_time:
        return {"dtstart": occurrence.start, "dtend": occurrence.end + timedelta(days=1)}
    start = datetime.combine(occurrence.start, time.fromisoformat(occurrence.start_time), WIB)
    if occurrence.end_time:
        end = datetime.combine(occurrence.end, time.fromisoformat(occurrence.end_time), WIB)
    elif occurrence.end > occurrence.start:
        end = datetime.combine(occurrence.end + timedelta(days=1), time(), WIB)
    else:
        return {"dtstart": start}
    return {"dtstart": start, "dtend": end} if end > start else {"dtstart": start}


def _told(one: Dated, occurrence: Occurrence, status: str, locale: str) -> dict[str, Any]:
    """Return what is said of a date where it is known: the status with its reason, and where it is."""
    event, words = one.event, one.event.translation(locale)
    own_venue = occurrence.venue(locale)
    note = occurrence.note(locale)
    said = [] if occurrence.status in PLAIN else [status]
    first = ". ".join(part.rstrip(".") for part in (*said, note) if part)
    point = None if own_venue else one.point
    return {
        "description": "\n\n".join(filter(None, (f"{first}." if first else "", words.summary))),
        "location": own_venue or words.venue or one.place or (event.district.name if event.district else ""),
        "geo": (round(point.latitude, 5), round(point.longitude, 5)) if point and point.exact else None,
    }
