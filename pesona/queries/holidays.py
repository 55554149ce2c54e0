"""The holidays of a span of days, from what is kept with the catalogue: no statement of their own."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from datetime import date

from pesona.published import Holiday
from pesona.queries.catalogue import catalogue


def holidays(first: date, last: date) -> tuple[Holiday, ...]:
    """Return the holidays from *first* to *last*, both included, in order; on one day, national ones first."""
    kept = catalogue().holidays
    start = bisect_left(kept, first, key=_day)
    return kept[start : bisect_right(kept, last, key=_day)]


def _day(holiday: Holiday) -> date:
    return holiday.day


def by_day(first: date, last: date) -> Mapping[date, Holiday]:
    """Return the holidays of the span by their day: where two fall on one, the first of `holidays`."""
    found: dict[date, Holiday] = {}
    for holiday in holidays(first, last):
        found.setdefault(holiday.day, holiday)
    return found
