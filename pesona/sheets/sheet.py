"""One sheet of the map with its marks and names, and the ways to those beside it.

Every sheet is placed twice, for a narrow and for a wide screen, since marks and letters keep their size.
"""

from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import atan2, degrees

from pesona.geo.distance import distance_km
from pesona.geo.placing import Box, Cluster, Name, Named, clusters, names
from pesona.geo.projection import Window
from pesona.queries.catalogue import catalogue
from pesona.queries.places import Place
from pesona.sheets.ground import PEKANBARU, Base, base, course, river, towns, window_of
from pesona.text.folding import fold

EDGE = 18  # a mark nearer to the rim would be cut
SCALES_KM = (20, 10, 5, 2, 1)
PathOf = Callable[[str], str]  # the address of the sheet of an area of this code


@dataclass(frozen=True, slots=True)
class Size:
    """How large a mark, what answers to a finger, and letters are in the drawing, and how near two marks may come.

    A phone of 360 px shows the drawing at half its size: what is to be 44 px there has a radius of 44.
    """

    name: str
    letters: float
    radius: float
    touch: float
    gap: float


SIZES = (Size("narrow", 23, 25, 44, 88), Size("wide", 13, 15, 22, 34))


@dataclass(frozen=True, slots=True)
class Mark:
    """One place or several; *hollow* where of none more than village or district is known."""

    x: float
    y: float
    places: Sequence[Place]
    path: str
    hollow: bool


@dataclass(frozen=True, slots=True)
class Layer:
    """Marks and names for one width of screen."""

    size: Size
    marks: Sequence[Mark]
    names: Sequence[Name]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A drawn part of the regency; *code* is its district or village, empty where it shows all."""

    code: str
    window: Window
    base: Base
    layers: Sequence[Layer]
    pekanbaru: tuple[float, float] | None
    scale_km: int
    scale_units: float


def sheet(code: str, shown: Iterable[Place], listed: Container[str], locale: str, path_of: PathOf) -> Sheet:
    """Return the sheet of the area *code* with those of *shown* that lie in it; the list has the codes *listed*."""
    window = window_of(code)
    seen = inside(window, shown)
    scale = next((km for km in SCALES_KM if km <= window.width_km / 4), SCALES_KM[-1])
    at = window.units(PEKANBARU[1]) if window.shows(PEKANBARU[1]) else None
    layers = [
        _layer(size, code, window, seen, locale, lambda cluster: _mark(cluster, code, listed, locale, path_of))
        for size in SIZES
    ]
    return Sheet(code, window, base(window), layers, at, scale, scale * window.units_per_km)


def inside(window: Window, shown: Iterable[Place]) -> list[Place]:
    """Return those of *shown* that *window* shows, those of a sure point first."""
    seen = [place for place in shown if place.spot and window.shows(place.spot.at, edge=EDGE)]
    return sorted(seen, key=lambda place: bool(place.spot and place.spot.area))


def _layer(
    size: Size, code: str, window: Window, seen: list[Place], locale: str, mark: Callable[[Cluster[Place]], Mark]
) -> Layer:
    placed = ((*window.units(place.spot.at), place) for place in seen if place.spot)
    found = clusters(placed, size.gap)
    marks = [mark(cluster) for cluster in found]
    near, far = size.radius + 4, size.radius + size.letters * 0.3
    taken = [Box(c.x - near, c.y - near, c.x + near, c.y + near) for c in found]
    corner = Box(0, window.height - 2.2 * size.letters - 12, 240, window.height)
    wanted = [
        *([] if code else towns(window, far, size.letters)),
        *_names_of_marks(found, code, locale, far, size),
        *river(window, locale, size.letters),
        *_names_of_areas(code, window, size),
    ]
    return Layer(size, marks, list(names(wanted, [*taken, corner, *course(window)], window.width, window.height)))


def _mark(cluster: Cluster[Place], code: str, listed: Container[str], locale: str, path_of: PathOf) -> Mark:
    members, first = cluster.members, cluster.members[0]
    hollow = all(place.spot and place.spot.area for place in members)
    path = first.entry.cards[locale].path
    if len(members) > 1:
        closer = _closer(members, code)
        path = path_of(closer) if closer else f"#{first.entry.code if first.entry.code in listed else 'places'}"
    return Mark(round(cluster.x, 1), round(cluster.y, 1), members, path, hollow)


def _closer(members: Sequence[Place], code: str) -> str:
    """Return the area whose sheet draws *members* further apart, or nothing where none does.

    It is the one that shows the most of them, and of these the narrowest.
    """
    if len({place.spot.at for place in members if place.spot}) == 1 or code in catalogue().villages:
        return ""
    candidates = [*_most(place.entry.district for place in members), *_most(place.entry.village for place in members)]
    now, windows = window_of(code).width_km, {area: window_of(area) for area in candidates}
    closer = [area for area, window in windows.items() if window.width_km < now]
    return max(closer, key=lambda area: (len(inside(windows[area], members)), -windows[area].width_km), default="")


def _most(codes: Iterable[str]) -> list[str]:
    """Return the few *codes* that come most often."""
    return [code for code, _ in Counter(filter(None, codes)).most_common(4)]


def _names_of_marks(
    found: Sequence[Cluster[Place]], code: str, locale: str, beside: float, size: Size
) -> Iterator[Named]:
    if code:
        for cluster in found:
            if len(cluster.members) == 1:
                text = cluster.members[0].entry.cards[locale].name
                yield Named(text, "place", cluster.x, cluster.y, beside, size.letters)


def _names_of_areas(code: str, window: Window, size: Size) -> Iterator[Named]:
    known = catalogue()
    districts = sorted(known.districts.values(), key=lambda area: area.code != code)
    areas = [] if code in known.villages else [("district", area) for area in districts]
    if code:
        near = (area for area, of in known.villages.values() if code in (of, area.code) or code in known.villages)
        areas += [("village", area) for area in near]
    letters = {"district": size.letters * 0.92, "village": size.letters * 0.9}
    for kind, area in areas:
        at = known.centroids[area.code]
        if window.shows(at):
            beside, dot = (0, 0) if kind == "district" else (5, 3)
            yield Named(area.name, kind, *window.units(at), beside, letters[kind], dot)


def neighbours(code: str, shown: Iterable[Place]) -> list[tuple[str, str]]:
    """Return (direction, code) of the areas of the same level next to *code* that hold something, by compass."""
    known, here = catalogue(), catalogue().centroids[code]
    holding = _holding(code in known.villages, shown) - {code}
    found: dict[str, tuple[float, str]] = {}
    for other in sorted(holding):
        there = known.centroids[other]
        turn = degrees(atan2(there[1] - here[1], there[0] - here[0])) % 360
        direction = ("north", "east", "south", "west")[int((turn + 45) // 90) % 4]
        found[direction] = min(found.get(direction, (float("inf"), "")), (distance_km(here, there), other))
    return [(direction, found[direction][1]) for direction in ("north", "west", "east", "south") if direction in found]


def _holding(villages: bool, shown: Iterable[Place]) -> set[str]:
    if not villages:
        return {place.entry.district for place in shown if place.entry.district}
    return {place.entry.village for place in shown if place.entry.village}


def by_district(shown: Iterable[Place], locale: str) -> list[tuple[str, list[Place]]]:
    """Return *shown* as (name of district, its places), those of no known district last."""
    known = catalogue()
    found: dict[str, list[Place]] = {}
    for place in shown:
        area = known.districts.get(place.entry.district)
        found.setdefault(area.name if area else "", []).append(place)
    for places in found.values():
        places.sort(key=lambda place: fold(place.entry.cards[locale].name))
    return sorted(found.items(), key=lambda pair: (not pair[0], pair[0]))
