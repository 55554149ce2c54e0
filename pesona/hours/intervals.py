"""When a place is open, as intervals in WIB: the one truth of sentence, page, structured data and API. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from pesona.clock import WIB
from pesona.hours.days import Day, Holidays, span_of_days
from pesona.published import Hours


@dataclass(frozen=True, slots=True)
class Interval:
    """Open from *opens* until just before *closes*; after *last_entry*, where it is known, nobody is let in."""

    opens: datetime
    closes: datetime
    last_entry: datetime | None = None


def intervals(hours: Hours, first: date, last: date, holidays: Holidays) -> list[Interval]:
    """Return the intervals that touch the days *first* to *last*, in time, those that meet made one.

    They are whole: one that began the day before or ends the day after is not cut.
    """
    begin = datetime.combine(first, time(), WIB)
    days = span_of_days(hours, first - timedelta(days=1), last, holidays)
    return [one for one in _merged(piece for day in days for piece in _of_day(day)) if one.closes > begin]


def _of_day(day: Day) -> Iterator[Interval]:
    midnight = datetime.combine(day.day, time(), WIB)
    for span in day.spans:
        inside = day.last_entry is not None and span.opens <= day.last_entry <= span.closes
        last = midnight + timedelta(minutes=day.last_entry or 0) if inside else None
        yield Interval(midnight + timedelta(minutes=span.opens), midnight + timedelta(minutes=span.closes), last)


def _merged(pieces: Iterator[Interval]) -> list[Interval]:
    found: list[Interval] = []
    for one in pieces:
        if found and one.opens <= found[-1].closes:
            before = found.pop()
            longest = max((before, one), key=lambda piece: piece.closes)
            one = Interval(before.opens, longest.closes, longest.last_entry)
        found.append(one)
    return found
