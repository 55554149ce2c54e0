"""Which price holds on a day, for whom, and which came before and come after. Pure.

Two kinds of price meet here, and docs/decisions/0013-prices.md says why:

- A *set* price has `valid_from` or `valid_until`. Both days are included, an empty one is open. Of those about the
  same thing that cover a day, the one that began last holds: an open price ends when the next begins, and comes back
  after one that is set for a while. Where nothing decides between two, they clash (`conflicts`).
- A *report* has neither: a page printed it, as of some day. Reports about the same thing follow one another in time by
  their `as_of`, an undated one before all others. A report tells nothing of a day that a set price covers, nor
  of one after a set price has ended, unless it was printed after that end.

`as_of` only dates what a source said: it never begins or ends a set price.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from itertools import combinations

from pesona.published import Price
from pesona.text.dates import iso_day

PERSONS = ("adult", "child", "student")

# EDTF as our rows use it: year, month or day, about (~), a range.
_EDTF = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?~?")
_AMOUNT = re.compile(r"(?:rp\.?|idr)? ?(\d+|\d{1,3}(?:([., ])\d{3})(?:\2\d{3})*)(?:(?:,|\.)-|([.,])00)?")
_FREE = frozenset(("gratis", "free", "cuma-cuma"))
_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two set prices about the same thing, by their place in the list, that both claim the days from *day*."""

    first: int
    second: int
    day: date


@dataclass(frozen=True, slots=True)
class PriceList:
    """The prices of a place as one day sees them: *holding*, set for later, and history, the latest first."""

    holding: tuple[Price, ...] = ()
    coming: tuple[Price, ...] = ()
    earlier: tuple[Price, ...] = ()
    disputed: frozenset[Price] = frozenset()


@dataclass(slots=True)
class Line:
    """One line of the table of prices: the same visitor, day and thing, side by side by where one is from."""

    like: Price
    domestic: list[Price] = field(default_factory=list)
    foreign: list[Price] = field(default_factory=list)
    anyone: list[Price] = field(default_factory=list)


def is_set(price: Price) -> bool:
    """Tell whether *price* says on which days it holds; else it is a report."""
    return bool(price.valid_from or price.valid_until)


def is_confirmed(price: Price) -> bool:
    """Tell whether somebody stands for *price*: it is set, or an editor has checked it."""
    return is_set(price) or bool(price.checked_on)


def on_day(prices: Sequence[Price], day: date) -> PriceList:
    """Return *prices* as *day* sees them; each is in one of the three parts."""
    prices = tuple(dict.fromkeys(prices))
    chosen = {price for group in _groups(prices) for price in _of_group(group, day)}
    holding = tuple(p for p in prices if p in chosen and not any(_gives_way(p, other) for other in chosen))
    coming = tuple(p for p in prices if p not in holding and is_set(p) and _span(p)[0] > day)
    rest = [p for p in prices if p not in holding and p not in coming]
    return PriceList(
        holding,
        tuple(sorted(coming, key=lambda p: _span(p)[0])),
        tuple(sorted(rest, key=_when, reverse=True)),
        frozenset(disputed(prices)),
    )


def price_for(prices: Sequence[Price], day: date, visitor: str, residence: str, holiday: bool = False) -> Price | None:
    """Return what a *visitor* pays on *day*, or None where nobody knows; what has a note of its own is left out.

    The most exact class wins: first by visitor, then by residence, then by day. `any` takes in persons only,
    never a group or a vehicle.
    """
    days = (*(("holiday",) if holiday else ()), "weekend" if day.weekday() >= 5 else "weekday", "any")
    wanted = (_widening(visitor), (residence, "any"), days)
    fitting = [p for p in on_day(prices, day).holding if not p.thing and all(map(_in, _class(p), wanted))]
    return min(fitting, key=lambda p: [options.index(one) for one, options in zip(_class(p), wanted, strict=True)],
               default=None)  # fmt: skip


def conflicts(prices: Sequence[Price]) -> list[Conflict]:
    """Return every two set prices about the same thing between which nothing decides on some day.

    That is so where both begin on the same day, or where the earlier one is said to hold to a day on which
    the later one has begun.
    """
    found = []
    numbered = [(n, p) for n, p in enumerate(prices) if is_set(p) and _span(p)[0] <= _span(p)[1]]
    for (m, one), (n, other) in combinations(numbered, 2):
        start = max(_span(one)[0], _span(other)[0])
        if one.about != other.about or start > min(_span(one)[1], _span(other)[1]):
            continue
        earlier = min(one, other, key=lambda p: _span(p)[0])
        if _span(one)[0] == _span(other)[0] or earlier.valid_until:
            # Two that have always held clash from the beginning: the first day we can name is the end of one.
            found.append(Conflict(m, n, start if start > date.min else min(_span(one)[1], _span(other)[1])))
    return found


def disputed(prices: Sequence[Price]) -> set[Price]:
    """Return the reports with which another source of the same time does not agree, be it undated both times."""
    reports = [p for p in prices if not is_set(p)]
    found: set[Price] = set()
    for one, other in combinations(reports, 2):
        if _class(one) != _class(other) or one.source == other.source or _paid(one) == _paid(other):
            continue
        same_thing = one.thing == other.thing or "" in (one.thing, other.thing)
        if same_thing and _same_time(one.as_of, other.as_of):
            found |= {one, other}
    return found


def is_free(prices: Sequence[Price], day: date) -> bool | None:
    """Tell whether entry is free on *day*; None where nobody stands for a price of that day.

    Free for some and paid for others is not free; a donation is neither.
    """
    known = [p for p in on_day(prices, day).holding if is_confirmed(p) and p.visitor != "vehicle" and not p.thing]
    if any(p.kind == "fixed" and p.amount_idr for p in known):
        return False
    if any(p.kind != "fixed" for p in known):
        return None
    everyone = any((p.visitor, p.residence, p.day) == ("any", "any", "any") for p in known)
    return True if everyone else None


def lines(prices: Iterable[Price]) -> list[Line]:
    """Return *prices* as the lines of a table, in the order in which each is first named."""
    found: dict[tuple[str, str, str], Line] = {}
    for price in prices:
        line = found.setdefault((price.visitor, price.day, price.thing), Line(price))
        {"domestic": line.domestic, "foreign": line.foreign}.get(price.residence, line.anyone).append(price)
    return list(found.values())


def read_amount(text: str) -> int:
    """Return the rupiah that *text* means, as people write them: `10000`, `10.000`, `Rp10.000,00`, `10,000`, `gratis`.

    Anything that could mean two amounts is a `ValueError`: `10.00`, `1.5`, `10 ribu`.
    """
    typed = " ".join(text.lower().split())
    if typed in _FREE:
        return 0
    found = _AMOUNT.fullmatch(typed)
    digits = re.sub(r"\D", "", found[1]) if found else ""
    # Cents need thousands before them, parted by another mark: in 10.00 the point may be either.
    cents = found is not None and found[3] is not None
    if (
        found is None
        or not digits.isascii()
        or len(digits) > _DIGITS
        or (cents and (len(digits) < 4 or found[2] == found[3]))
    ):
        raise ValueError(text)
    return int(digits)


def _groups(prices: Iterable[Price]) -> Iterable[list[Price]]:
    groups: dict[tuple[str, ...], list[Price]] = {}
    for price in prices:
        groups.setdefault(price.about, []).append(price)
    return groups.values()


def _of_group(group: Sequence[Price], day: date) -> Iterator[Price]:
    """Yield what holds on *day* of prices about the same thing: one, or reports of one time that differ."""
    covering = [p for p in group if is_set(p) and _span(p)[0] <= day <= _span(p)[1]]
    if covering:
        yield max(covering, key=lambda p: _span(p)[0])
        return
    ended = max((_span(p)[1] for p in group if is_set(p) and _span(p)[1] < day), default=date.min)
    reports = [p for p in group if not is_set(p) and _told(p.as_of)[0] <= day]
    reports = [p for p in reports if ended == date.min or (p.as_of and _told(p.as_of)[0] > ended)]
    if reports:
        newest = max(reports, key=_when)
        yield newest
        same_time = (p for p in reports if p.as_of == newest.as_of)
        yield from {_paid(p): p for p in same_time if _paid(p) != _paid(newest)}.values()


def _gives_way(report: Price, other: Price) -> bool:
    """Tell whether *report* is history because *other* holds too.

    A set price replaces the reports about whomever it takes in. A report about many gives way to a newer price that
    tells them apart, and one with a note to a newer one of the same class without.
    """
    if is_set(report) or report is other or other.thing not in ("", report.thing):
        return False
    if is_set(other) and _takes_in(other, report) and other.day in ("any", report.day):
        return True
    return report.day == other.day and _when(other) > _when(report) and _takes_in(report, other)


def _takes_in(wide: Price, narrow: Price) -> bool:
    return wide.visitor in _widening(narrow.visitor) and wide.residence in (narrow.residence, "any")


def _widening(visitor: str) -> tuple[str, ...]:
    return (visitor, "any") if visitor in PERSONS else (visitor,)


def _class(price: Price) -> tuple[str, str, str]:
    return (price.visitor, price.residence, price.day)


def _in(one: str, options: Sequence[str]) -> bool:
    return one in options


def _paid(price: Price) -> tuple[str, int | None]:
    return (price.kind, price.amount_idr)


def _span(price: Price) -> tuple[date, date]:
    """Return the first and the last day of a set price; a day that cannot be read is open."""
    return (iso_day(price.valid_from) or date.min, iso_day(price.valid_until) or date.max)


def _when(price: Price) -> tuple[date, date]:
    """Return where *price* stands in time: the later, the newer."""
    if is_set(price):
        start = _span(price)[0]
        return (start, start)
    return _told(price.as_of)[::-1]


@lru_cache(4096)
def _same_time(one: str, other: str) -> bool:
    if not (one and other):
        return one == other
    (first, last), (start, end) = _told(one), _told(other)
    return first <= end and start <= last


def _told(as_of: str) -> tuple[date, date]:
    """Return the first and the last day that an EDTF date may mean; undated is before all others."""
    start, _, end = as_of.partition("/")
    first, last = _EDTF.fullmatch(start), _EDTF.fullmatch(end or start)
    try:
        return (_bounds(first)[0], _bounds(last)[1]) if first and last else (date.min, date.min)
    except ValueError:
        return (date.min, date.min)


def _bounds(found: re.Match[str]) -> tuple[date, date]:
    year, month, day = int(found[1]), int(found[2] or 0), int(found[3] or 0)
    if day:
        return (date(year, month, day), date(year, month, day))
    if month:
        after = date(year + month // 12, month % 12 + 1, 1)
        return (date(year, month, 1), after - timedelta(days=1))
    return (date(year, 1, 1), date(year, 12, 31))
