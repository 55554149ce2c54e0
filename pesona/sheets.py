"""Sheets of the drawn map: the regency, a district, the surroundings of a village; with marks and names.

Every sheet is placed twice, for a narrow and for a wide screen, since marks and letters keep their size.
"""

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import atan2, degrees

from pesona.geo.distance import SIAK_TOWN, distance_km
from pesona.geo.geometry import Point, geometry, plain_lands
from pesona.geo.placing import Box, Cluster, Name, Named, clusters, names
from pesona.geo.projection import Window
from pesona.published import PublishedDestination
from pesona.queries.catalogue import catalogue
from pesona.queries.places import Place, spot_of
from pesona.text.folding import fold

WIDTH, HEIGHT = 720, 480
VILLAGE_KM, LEAST_KM, MARGIN_KM = 5.0, 18.0, 5.0
SMALL = (360, 220)
EDGE = 18  # a mark nearer to the rim would be cut
SCALES_KM = (20, 10, 5, 2, 1)
TOWN = "Siak Sri Indrapura"
PEKANBARU = ("Pekanbaru", (0.5071, 101.4478))
RIVER = {"id": "Sungai Siak", "en": "Siak River"}
PathOf = Callable[[str], str]  # the address of the sheet of an area of this code


@dataclass(frozen=True, slots=True)
class Size:
    """How large a mark and letters are in the drawing, and how near two marks may come, for a width of screen."""

    name: str
    letters: float
    radius: float
    gap: float


SIZES = (Size("narrow", 23, 25, 66), Size("wide", 13, 15, 34))


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
class Base:
    """Land and rivers as paths in the units of a drawing."""

    width: int
    height: int
    land: str
    rivers: str
    siak: str


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


def is_sheet(code: str) -> bool:
    known = catalogue()
    return code in known.districts or code in known.villages


def window_of(code: str, width: int = WIDTH, height: int = HEIGHT) -> Window:
    """Return the window of a village, a district, or without a *code* the whole regency."""
    known = catalogue()
    if code in known.villages:
        return Window(*_heart(code), VILLAGE_KM, width, height)
    if code:
        inside = [known.centroids[village] for village, (_, district) in known.villages.items() if district == code]
        fit = Window.around(inside or [known.centroids[code]], MARGIN_KM, width, height)
        return fit if fit.width_km >= LEAST_KM else Window(fit.latitude, fit.longitude, LEAST_KM, width, height)
    return Window.around(list(known.centroids.values()) or [SIAK_TOWN], 2 * MARGIN_KM, width, height)


def _heart(village: str) -> Point:
    """Return the middle of the sure points in *village*, or of the village."""
    known = catalogue()
    sure = [
        e.point for e in known.entries["destination"].values() if e.village == village and e.point and e.point.exact
    ]
    if not sure:
        return known.centroids[village]
    latitudes, longitudes = [p.latitude for p in sure], [p.longitude for p in sure]
    return (min(latitudes) + max(latitudes)) / 2, (min(longitudes) + max(longitudes)) / 2


@lru_cache(maxsize=512)
def base(window: Window) -> Base:
    """Return land and water of *window*; what cannot be seen is left out."""
    shapes = geometry()
    return Base(
        window.width,
        window.height,
        window.path(plain_lands(), closed=True),
        window.path(shapes.rivers),
        window.path([shapes.siak]),
    )


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


@dataclass(frozen=True, slots=True)
class Locator:
    """A small map of the regency with one thing in it, *hollow* where but its area is known; *sheet* shows it closer."""

    base: Base
    here: tuple[float, float]
    hollow: bool
    sheet: str
    names: Sequence[Name]


def locator(item: PublishedDestination, locale: str) -> Locator | None:
    """Return where *item* lies in the regency, or nothing where nobody knows."""
    spot = spot_of(item)
    if spot is None:
        return None
    window = window_of("", *SMALL)
    x, y = window.units(spot.at)
    closest = spot.area or (item.village.code if item.village else item.district.code if item.district else "")
    said = _small_names(window, _around(x, y), locale)
    return Locator(base(window), (round(x, 1), round(y, 1)), bool(spot.area), closest, said)


def overview(locale: str) -> Locator:
    """Return the small map of the regency with its town."""
    window = window_of("", *SMALL)
    x, y = window.units(SIAK_TOWN)
    return Locator(
        base(window), (round(x, 1), round(y, 1)), False, "", _small_names(window, _around(x, y), locale, beside=21)
    )


def _around(x: float, y: float) -> list[Box]:
    """Return what the mark of a small map takes up."""
    return [Box(x - 18, y - 18, x + 18, y + 18)]


def _small_names(window: Window, taken: list[Box], locale: str, beside: float = 9) -> list[Name]:
    wanted = [*_towns(window, beside, 10), *_river(window, locale, 10)]
    return list(names(wanted, [*taken, *_course(window)], window.width, window.height))


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
        *([] if code else _towns(window, far, size.letters)),
        *_names_of_marks(found, code, locale, far, size),
        *_river(window, locale, size.letters),
        *_names_of_areas(code, window, size),
    ]
    return Layer(size, marks, list(names(wanted, [*taken, corner, *_course(window)], window.width, window.height)))


@lru_cache(maxsize=512)
def _course(window: Window) -> tuple[Box, ...]:
    """Return what the river of Siak takes up in *window*, so that no name stands in it."""
    units = [window.units(point) for point in geometry().siak]
    boxes = []
    for (x, y), (to_x, to_y) in pairwise(units):
        if -20 <= x <= window.width + 20 and -20 <= y <= window.height + 20:
            steps = max(1, round(max(abs(to_x - x), abs(to_y - y)) / 8))
            middles = ((x + (to_x - x) * n / steps, y + (to_y - y) * n / steps) for n in range(steps))
            boxes += [Box(mx - 3, my - 3, mx + 3, my + 3) for mx, my in middles]
    return tuple(boxes)


def _towns(window: Window, beside: float, letters: float) -> list[Named]:
    """Return the two towns by which one finds one's way."""
    here = Named(TOWN, "town", *window.units(SIAK_TOWN), beside, letters)
    name, at = PEKANBARU
    return [here, Named(name, "town", *window.units(at), letters * 0.6, letters)]


def _river(window: Window, locale: str, letters: float) -> list[Named]:
    """Return the name of the river at several of its bends; it stands at the first where there is room."""
    points = [window.units(point) for point in geometry().siak if window.shows(point, edge=40)]
    middle = points[len(points) // 2 :: 7] + points[: len(points) // 2 : 7][::-1]
    return [Named(RIVER[locale], "river", x, y, letters * 0.8, letters) for x, y in middle]


def _mark(cluster: Cluster[Place], code: str, listed: Container[str], locale: str, path_of: PathOf) -> Mark:
    inside, first = cluster.members, cluster.members[0]
    hollow = all(place.spot and place.spot.area for place in inside)
    path = first.entry.cards[locale].path
    if len(inside) > 1:
        closer = _closer(inside, code)
        path = path_of(closer) if closer else f"#{first.entry.code if first.entry.code in listed else 'places'}"
    return Mark(round(cluster.x, 1), round(cluster.y, 1), inside, path, hollow)


def _closer(inside: Sequence[Place], code: str) -> str:
    """Return the area whose sheet draws *inside* further apart, or nothing where none does."""
    known, spots = catalogue(), [place.spot.at for place in inside if place.spot]
    if len(set(spots)) == 1 or code in known.villages:
        return ""
    apart = max(distance_km(spots[0], one) for one in spots)
    if code or apart < VILLAGE_KM / 3:
        return nearest_village(spots[0])
    districts = [place.entry.district for place in inside if place.entry.district]
    return max(sorted(set(districts)), key=districts.count, default="")


def nearest_village(point: Point) -> str:
    known = catalogue()
    return min(known.villages, key=lambda code: distance_km(point, known.centroids[code]), default="")


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
