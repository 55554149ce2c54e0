"""The dates of all events in one order, found and counted by their days: made once for each catalogue.

A question about some days looks at those days alone, however many years the dates span.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from weakref import WeakKeyDictionary

from pesona.published import Card, Occurrence
from pesona.queries.catalogue import Catalogue, Entry, catalogue, day_card

# What lasts three weeks or more stands in a group of its own, so that it never pushes today's down.
LONG = timedelta(weeks=3)
# A date that never ends must not fill the list of months, nor one written wrongly leave what calendars draw.
MOST_MONTHS = 120
YEARS = range(1900, 2200)

Month = tuple[int, int]  # year and month


@dataclass(frozen=True, slots=True)
class Happening:
    """One date of one event; *number* tells it from other dates of the event."""

    entry: Entry
    occurrence: Occurrence
    number: int

    @property
    def start(self) -> date:
        return self.occurrence.start

    @property
    def end(self) -> date:
        return self.occurrence.end

    @property
    def is_long(self) -> bool:
        return self.end - self.start >= LONG - timedelta(days=1)

    def key(self, first: date = date.min) -> tuple[date, date, str, str, int]:
        """Return where it stands in a list that begins at *first*: no two dates stand at one place."""
        at = max(self.start, first)
        return (at, self.end, self.occurrence.start_time, self.entry.code, self.number)

    def card(self, locale: str) -> Card:
        return day_card(self.entry.cards[locale], self.occurrence)


@dataclass(frozen=True, slots=True)
class Days:
    """What some days hold: what takes place in order of time, what runs for weeks, what was called off."""

    on: Sequence[Happening]
    long: Sequence[Happening]
    off: Sequence[Happening]

    def __len__(self) -> int:
        return len(self.on) + len(self.long) + len(self.off)

    def in_time(self, first: date) -> list[Happening]:
        """Return all of it in one order of time that begins at *first*."""
        return sorted((*self.on, *self.long, *self.off), key=lambda one: one.key(first))


@dataclass(frozen=True, eq=False)
class Agenda:
    """Dates in order of time, with what finds those of some days; both days of a question are included."""

    everything: Sequence[Happening]
    _starts: Sequence[date]
    _ends: Sequence[date]
    _short: Sequence[Happening]
    _short_starts: Sequence[date]
    _long: Sequence[Happening]
    _narrower: dict[tuple[str, str], "Agenda"] = field(default_factory=dict)
    _past: dict[date, list[Happening]] = field(default_factory=dict)

    def of(self, category: str, district: str) -> "Agenda":
        """Return the agenda of one category, district or both; empty is all."""
        if not (category or district):
            return self
        found = self._narrower.get((category, district))
        if found is None:
            fitting = [h for h in self.everything if _fits(h.entry, category, district)]
            found = self._narrower[category, district] = agenda_of(fitting)
        return found

    def over(self, today: date) -> int:
        """Count what was over before *today*."""
        return bisect_left(self._ends, today)

    def count(self, first: date, last: date) -> int:
        """Count what touches the days from *first* to *last*."""
        # Whatever is over before the first day has also begun by the last.
        return bisect_right(self._starts, last) - self.over(first)

    def days(self, first: date, last: date) -> Days:
        """Return what touches the days from *first* to *last*."""
        short, long = list(self._touching(first, last)), list(self._lasting(first, last))
        off = [h for h in (*short, *long) if h.occurrence.off]
        return Days(
            [h for h in short if not h.occurrence.off],
            [h for h in long if not h.occurrence.off],
            sorted(off, key=lambda h: h.key(first)),
        )

    def past(self, today: date) -> Sequence[Happening]:
        """Return what was over before *today*, the latest first; worked out once a day."""
        found = self._past.get(today)
        if found is None:
            begun = bisect_left(self._starts, today)
            found = [h for h in reversed(self.everything[:begun]) if h.end < today]
            self._past.clear()
            self._past[today] = found
        return found

    def _touching(self, first: date, last: date) -> Iterator[Happening]:
        earliest = first - LONG if first - date.min > LONG else date.min
        begun = bisect_right(self._short_starts, first)
        running = self._short[bisect_left(self._short_starts, earliest) : begun]
        yield from sorted((h for h in running if h.end >= first), key=lambda h: h.key(first))
        yield from self._short[begun : bisect_right(self._short_starts, last)]

    def _lasting(self, first: date, last: date) -> Iterator[Happening]:
        for one in self._long:
            if one.start > last:
                return
            if one.end >= first:
                yield one

    def months(self) -> list[Month]:
        """Return every month that holds a date, the earliest first."""
        return sorted({month for one in self.everything for month in _months(one)})


def _fits(entry: Entry, category: str, district: str) -> bool:
    return category in ("", entry.category) and district in ("", entry.district)


def _months(one: Happening) -> Iterator[Month]:
    first, last = (day.year * 12 + day.month - 1 for day in (one.start, one.end))
    for month in range(first, min(last, first + MOST_MONTHS) + 1):
        if month // 12 in YEARS:
            yield month // 12, month % 12 + 1


def agenda_of(happenings: Iterable[Happening]) -> Agenda:
    """Return the agenda of these dates, given in any order."""
    everything = sorted(happenings, key=Happening.key)
    short = [h for h in everything if not h.is_long]
    return Agenda(
        everything,
        [h.start for h in everything],
        sorted(h.end for h in everything),
        short,
        [h.start for h in short],
        [h for h in everything if h.is_long],
    )


_kept: WeakKeyDictionary[Catalogue, tuple[Agenda, frozenset[Month]]] = WeakKeyDictionary()


def agenda() -> Agenda:
    """Return the agenda of all published events."""
    return _present()[0]


def months_held() -> frozenset[Month]:
    """Return the months that hold a date of any published event."""
    return _present()[1]


def _present() -> tuple[Agenda, frozenset[Month]]:
    known = catalogue()
    found = _kept.get(known)
    if found is None:
        events = known.entries["event"].values()
        made = agenda_of(Happening(e, o, number) for e in events for number, o in enumerate(e.occurrences))
        found = _kept[known] = (made, frozenset(made.months()))
    return found
