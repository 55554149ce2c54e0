"""The lists of the public pages: filtered, counted and in order, from the catalogue."""

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from heapq import merge
from math import cos, radians
from weakref import WeakKeyDictionary

from pesona import clock, prices
from pesona.geo.distance import KM_PER_DEGREE, SIAK_TOWN, distance_km
from pesona.published import Card, Point
from pesona.queries.catalogue import Catalogue, Entry, catalogue
from pesona.queries.open_places import open_places

SORTS = ("name", "distance")
FILTERS = ("category", "district")
KNOWN = ("free", "step_free")  # filters by what is known to be so; anything else is not known, or not so


@dataclass(frozen=True, slots=True)
class Found:
    """The entries that fit, and how many would fit with another choice of one filter."""

    entries: Sequence[Entry]
    counts: dict[str, Counter[str]]
    totals: dict[str, int]


def destinations(
    locale: str,
    names: str = "",
    category: str = "",
    district: str = "",
    free: str = "",
    step_free: str = "",
    sort: str = "",
    on: tuple[date, date] | None = None,
) -> Found:
    """Return the live destinations that fit; *names* is folded text that a name must contain.

    With *free* only those known to be free today, with *step_free* only those known to be so, with *on* only those
    known to be open then: of most, nobody knows.
    """
    known = catalogue()
    everything = known.in_order["destination", locale]
    if not (names or category or district or on):
        counts = {name: _plain_counts(known, "destination", name) for name in FILTERS}
        found = Found(everything, counts, dict.fromkeys(FILTERS, len(everything)))
    else:
        if names:
            everything = tuple(e for e in everything if all(word in e.names for word in names.split()))
        if on:
            codes = open_places(*on)
            everything = tuple(e for e in everything if e.code in codes)
        found = filtered(everything, category, district)
    wanted = {name for name, is_wanted in (("free", free), ("step_free", step_free)) if is_wanted}
    found = _by_known(found, lambda kept: filtered(kept, category, district), everything, wanted)
    if sort == "distance":
        return Found(sorted(found.entries, key=_distance_from_town), found.counts, found.totals)
    return found


def _by_known(
    found: Found, narrow: Callable[[Sequence[Entry]], Found], everything: Sequence[Entry], wanted: Collection[str]
) -> Found:
    """Return of *everything* what has all that is *wanted*, with the count that each of `KNOWN` leaves.

    *found* is what *narrow* returns for *everything*.
    """
    codes = _codes_of_known(catalogue())

    def having(names: Collection[str]) -> Found:
        return narrow([e for e in everything if all(e.code in codes[name] for name in names)]) if names else found

    kept = having(wanted)
    counts, totals = dict(kept.counts), dict(kept.totals)
    for name in KNOWN:
        others = having([one for one in wanted if one != name])
        number = sum(entry.code in codes[name] for entry in others.entries) if codes[name] else 0
        counts[name], totals[name] = Counter({"yes": number}), len(others.entries)
    return Found(kept.entries, counts, totals)


def _codes_of_known(known: Catalogue) -> dict[str, frozenset[str]]:
    return {"free": _free_today(known), "step_free": _step_free(known)}


_step_free_codes: WeakKeyDictionary[Catalogue, frozenset[str]] = WeakKeyDictionary()


def _step_free(known: Catalogue) -> frozenset[str]:
    """Return the codes of the destinations known to have a step-free way in."""
    if known not in _step_free_codes:
        places = known.entries["destination"].values()
        _step_free_codes[known] = frozenset(entry.code for entry in places if entry.step_free)
    return _step_free_codes[known]


_free: WeakKeyDictionary[Catalogue, tuple[date, frozenset[str]]] = WeakKeyDictionary()


def _free_today(known: Catalogue) -> frozenset[str]:
    """Return the codes of the destinations known to be free today, worked out once a day of *known*."""
    today = clock.today()
    day, codes = _free.get(known, (date.min, frozenset()))
    if day != today:
        priced = (entry for entry in known.entries["destination"].values() if entry.prices)
        codes = frozenset(entry.code for entry in priced if prices.is_free(entry.prices, today))
        _free[known] = today, codes
    return codes


def filtered(entries: Sequence[Entry], category: str, district: str) -> Found:
    """Return the *entries* of *category* and *district*, with the counts of each other choice."""
    in_category = [e for e in entries if not category or e.category == category]
    in_district = [e for e in entries if not district or e.district == district]
    return Found(
        entries=[e for e in in_category if not district or e.district == district],
        counts={
            "category": Counter(e.category for e in in_district),
            "district": Counter(e.district for e in in_category),
        },
        totals={"category": len(in_district), "district": len(in_category)},
    )


def _plain_counts(known: Catalogue, kind: str, name: str) -> Counter[str]:
    return Counter({code: n for (where, code), n in known.counts[kind].items() if where == name})


def _distance_from_town(entry: Entry) -> tuple[float, str]:
    # Points too coarse to measure from stand after all others, by code.
    if entry.point is None or not entry.point.exact:
        return (float("inf"), entry.code)
    return (distance_km(SIAK_TOWN, (entry.point.latitude, entry.point.longitude)), entry.code)


def near(code: str, point: Point | None, locale: str, most: int = 6, within_km: float = 30) -> list[tuple[Card, float]]:
    """Return the destinations nearest to *point* in a straight line, that of *code* aside.

    Only points that are exact enough are measured from and to.
    """
    if point is None or not point.exact:
        return []
    here = (point.latitude, point.longitude)
    # Degrees of longitude are shorter away from the equator, so this never overstates a distance.
    km_eastward = KM_PER_DEGREE * cos(radians(abs(here[0]) + 1))
    nearest: list[tuple[float, str, Entry]] = []
    reach = within_km
    for gap_km, other in _outward(here[0]):
        if gap_km > reach:
            break
        assert other.point is not None
        if abs(other.point.longitude - here[1]) * km_eastward > reach or other.code == code:
            continue
        kilometres = distance_km(here, (other.point.latitude, other.point.longitude))
        if kilometres <= reach:
            insort(nearest, (kilometres, other.code, other))
            del nearest[most:]
            reach = nearest[-1][0] if len(nearest) == most else within_km
    return [(other.cards[locale], kilometres) for kilometres, _, other in nearest]


def _outward(latitude: float) -> Iterator[tuple[float, Entry]]:
    """Yield (kilometres north or south, entry) of every exact point, the nearest latitude first."""
    known = catalogue().by_latitude
    cut = bisect_left(known, latitude, key=lambda pair: pair[0])
    south = ((latitude - at, other) for at, other in map(known.__getitem__, range(cut - 1, -1, -1)))
    north = ((at - latitude, other) for at, other in map(known.__getitem__, range(cut, len(known))))
    for degrees, other in merge(south, north, key=lambda pair: pair[0]):
        yield degrees * KM_PER_DEGREE, other


def events(locale: str, category: str = "", district: str = "") -> Sequence[Entry]:
    """Return the live events of a category and a district, by name."""
    everything = catalogue().in_order["event", locale]
    return filtered(everything, category, district).entries if category or district else everything


def undated_events(entries: Iterable[Entry], locale: str) -> list[Card]:
    """Return the events of which neither a date nor a month is known, in the order given."""
    return [e.cards[locale] for e in entries if not e.occurrences and not e.usual_months]


def usual_events(entries: Iterable[Entry], locale: str) -> list[tuple[int, list[Card]]]:
    """Return, by month, the events that usually come in it."""
    by_month: dict[int, list[Card]] = {}
    for entry in entries:
        for month in entry.usual_months:
            by_month.setdefault(month, []).append(entry.cards[locale])
    return sorted(by_month.items())
