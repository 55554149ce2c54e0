"""The days of a month in weeks, with what they hold laid in lanes, so that what lasts days makes one bar a week. Pure."""

from calendar import Calendar
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from pesona.queries.agenda import Happening

LANES = 3
WEEK = 7
_WEEKS = Calendar(firstweekday=0)


@dataclass(frozen=True, slots=True)
class Bar:
    """What one date shows on one day: *span* is the days it covers from there in its week, 0 where it goes on."""

    happening: Happening
    lane: int
    span: int


@dataclass(slots=True)
class Day:
    """One day of the grid; *more* is how many dates found no lane."""

    day: date
    inside: bool
    bars: list[Bar] = field(default_factory=list)
    more: int = 0

    @property
    def count(self) -> int:
        return len(self.bars) + self.more


def weeks(year: int, month: int, happenings: Sequence[Happening]) -> list[list[Day]]:
    """Return the weeks of a month, Monday first; days of other months stand empty."""
    return [_week(week, month, happenings) for week in _WEEKS.monthdatescalendar(year, month)]


def _week(days: Sequence[date], month: int, happenings: Sequence[Happening]) -> list[Day]:
    found = [Day(day, day.month == month) for day in days]
    inside = [one for one in found if one.inside]
    first, last = inside[0].day, inside[-1].day
    touching = [h for h in happenings if h.start <= last and h.end >= first]
    # What lasts longer lies above, so that bars seldom change their lane; what runs for weeks takes the lanes left over.
    touching.sort(key=lambda h: (h.is_long, max(h.start, first), -min(h.end, last).toordinal(), *h.key()))
    free_from = [first] * LANES
    for one in touching:
        begin, end = max(one.start, first), min(one.end, last)
        lane = next((n for n, free in enumerate(free_from) if free <= begin), None)
        if lane is not None:
            free_from[lane] = end + timedelta(days=1)
        _lay(one, found[begin.weekday() : end.weekday() + 1], lane)
    return found


def _lay(one: Happening, days: Sequence[Day], lane: int | None) -> None:
    for place, day in enumerate(days):
        if lane is None:
            day.more += 1
        else:
            day.bars.append(Bar(one, lane, 0 if place else len(days)))
