"""Whether a stop of a plan fits its day: opening hours, dates of events, notices; why not, and when next. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from pesona.clock import WIB, midnight_after
from pesona.hours.days import Day, Holidays, day_of
from pesona.published import Hours, Occurrence, PublishedNotice
from pesona.text import moments

AHEAD = 60  # days in which the next good day is looked for


@dataclass(frozen=True, slots=True)
class Check:
    """What is known of a stop on its day.

    *kind* is open, always, appointment, unknown, closed, for_good, for_now, over, shut, held, tentative, full, off,
    elsewhen, ended or unannounced; *warns* where one should not come then. *day* are the hours of that day, *date*
    the date of the event, *by* what decides, *next_day* and *next_date* the next good moment.
    """

    kind: str
    warns: bool = False
    day: Day | None = None
    date: Occurrence | None = None
    by: PublishedNotice | None = None
    next_day: Day | None = None
    next_date: Occurrence | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """The day that is asked about, and what is true around it."""

    on: date
    now: datetime
    holidays: Holidays
    notices: Sequence[PublishedNotice] = ()  # those that concern the stop


def place(hours: Hours, asked: Asked) -> Check:
    """Return whether a place can be visited on the day *asked*."""
    found = day_of(hours, asked.on, asked.holidays)
    closure = next(
        (one for one in on_day(asked.notices, asked.on) if one.kind == "closure" and _shuts(one, found)), None
    )
    kind = _kind(hours, found, asked)
    if closure and kind not in ("for_good", "closed", "for_now"):
        return Check("shut", True, found, by=closure, next_day=_next(hours, asked))
    warns = kind in ("closed", "for_good", "for_now", "over")
    return Check(kind, warns, found, next_day=_next(hours, asked) if warns and kind != "for_good" else None)


def _kind(hours: Hours, found: Day, asked: Asked) -> str:
    if found.why == "closed":
        return "for_now" if hours.on(asked.on) == "closed_for_now" else "for_good"
    if not found.known or not found.spans:
        return "appointment" if hours.by_appointment else "closed" if found.known else "unknown"
    if _closes(found) <= asked.now:
        return "over"
    return "always" if found.why == "always" else "open"


def _closes(day: Day) -> datetime:
    return datetime.combine(day.day, time(), WIB) + timedelta(minutes=day.spans[-1].closes)


def _shuts(notice: PublishedNotice, day: Day) -> bool:
    """Tell whether *notice* is on from the first opening of *day* to the last closing, or all day long."""
    midnight = datetime.combine(day.day, time(), WIB)
    ends = (day.spans[0].opens, min(day.spans[-1].closes, 24 * 60) - 1) if day.spans else (0, 24 * 60 - 1)
    return all(notice.is_on(midnight + timedelta(minutes=minute)) for minute in ends)


def _next(hours: Hours, asked: Asked) -> Day | None:
    """Return the next day that is not over on which the place is open and no notice closes it."""
    closures = [one for one in asked.notices if one.kind == "closure"]
    first = max(asked.on, asked.now.date() - timedelta(days=1)) + timedelta(days=1)
    for ahead in range(AHEAD):
        day = day_of(hours, first + timedelta(days=ahead), asked.holidays)
        if day.spans and _closes(day) > asked.now and not any(_shuts(one, day) for one in closures):
            return day
    return None


def event(dates: Iterable[Occurrence], asked: Asked) -> Check:
    """Return whether an event takes place on the day *asked*."""
    known = list(dates)
    today = asked.now.date()
    there = sorted((one for one in known if one.start <= asked.on <= one.end), key=lambda one: one.off)
    coming = sorted((one for one in known if one.end >= today and not one.off), key=lambda one: one.start)
    after = next((one for one in coming if one.end > asked.on), coming[0] if coming else None)
    if not there:
        kind = "elsewhen" if any(one.end >= today for one in known) else "ended" if known else "unannounced"
        return Check(kind, True, next_date=after)
    one = there[0]
    if one.off:
        return Check("off", True, date=one, next_date=after)
    if one.status == "full":
        return Check("full", True, date=one, next_date=next((o for o in coming if o.start > one.start), None))
    return Check("tentative" if one.status == "expected" else "held", False, date=one)


def on_day(notices: Iterable[PublishedNotice], day: date) -> list[PublishedNotice]:
    """Return those of *notices* that are on at some moment of *day*."""
    found = []
    for notice in notices:
        start, end = moments.first(notice.start), moments.last(notice.end)
        begun = start is not None and start < midnight_after(day)
        if begun and (end is None or end > datetime.combine(day, time(), WIB)):
            found.append(notice)
    return found
