"""Which destinations are known to be open on a day, from what is kept with the catalogue."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from weakref import WeakKeyDictionary

from pesona.clock import WIB
from pesona.hours.days import Day, day_of
from pesona.published import Holiday, Hours, PublishedNotice
from pesona.queries.catalogue import Catalogue, Entry, catalogue
from pesona.queries.holidays import by_day

_MOST_DAYS = 366

# Each list asks, and the answer costs as much as there are places.
_known: WeakKeyDictionary[Catalogue, bool] = WeakKeyDictionary()


def are_known() -> bool:
    """Tell whether the hours of any destination are known."""
    known = catalogue()
    if known not in _known:
        _known[known] = any(_tells(entry.hours) for entry in known.entries["destination"].values())
    return _known[known]


def open_places(first: date, last: date) -> frozenset[str]:
    """Return the codes of those known to be open on one of the days at least; of a longer span its first year.

    One whose hours are not known, or that is open by appointment only, is not among them.
    """
    last = min(last, first + timedelta(days=min(_MOST_DAYS, (date.max - first).days)))
    known, holidays = catalogue(), by_day(first, last)
    closures = [notice for notice in known.notices if notice.kind == "closure" and notice.destinations]
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return frozenset(
        entry.code
        for entry in known.entries["destination"].values()
        if _tells(entry.hours) and any(_is_open(entry, day, holidays, closures) for day in days)
    )


def _tells(hours: Hours) -> bool:
    return hours.status == "always_open" or hours.told


def _is_open(entry: Entry, day: date, holidays: Mapping[date, Holiday], closures: list[PublishedNotice]) -> bool:
    found = day_of(entry.hours, day, holidays)
    shut = any(entry.code in notice.destinations and _covers(notice, found) for notice in closures)
    return bool(found.spans) and not shut


def _covers(notice: PublishedNotice, day: Day) -> bool:
    """Tell whether *notice* is on from the first opening of *day* to the last closing, or to midnight."""
    midnight = datetime.combine(day.day, time(), WIB)
    ends = (day.spans[0].opens, min(day.spans[-1].closes, 24 * 60) - 1) if day.spans else ()
    return all(notice.is_on(midnight + timedelta(minutes=minute)) for minute in ends)
