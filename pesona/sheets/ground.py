"""What lies under every drawn map: its window, land and rivers, and the names by which one finds one's way."""

from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from weakref import WeakKeyDictionary

from pesona.geo.distance import SIAK_TOWN
from pesona.geo.geometry import Point, geometry, plain_lands
from pesona.geo.placing import Box, Named
from pesona.geo.projection import Window
from pesona.queries.catalogue import Catalogue, catalogue
from pesona.queries.places import places

WIDTH, HEIGHT = 720, 480
VILLAGE_KM, DISTRICT_KM, MARGIN_KM = 3.5, 18.0, 5.0
TOWN = "Siak Sri Indrapura"
PEKANBARU = ("Pekanbaru", (0.5071, 101.4478))
RIVER = {"id": "Sungai Siak", "en": "Siak River"}


@dataclass(frozen=True, slots=True)
class Base:
    """Land and rivers as paths in the units of a drawing."""

    width: int
    height: int
    land: str
    rivers: str
    siak: str


_kept: WeakKeyDictionary[Catalogue, dict[tuple[str, int, int], Window]] = WeakKeyDictionary()


def window_of(code: str, width: int = WIDTH, height: int = HEIGHT) -> Window:
    """Return the window of a village, a district, or without a *code* the whole regency; kept until something changes."""
    windows = _kept.setdefault(catalogue(), {})
    window = windows.get((code, width, height))
    if window is None:
        window = windows[code, width, height] = _window_of(code, width, height)
    return window


def _window_of(code: str, width: int, height: int) -> Window:
    known = catalogue()
    if code in known.villages:
        return _at_least(VILLAGE_KM, Window.around(_spots(code), VILLAGE_KM / 4, width, height))
    if code:
        inside = [known.centroids[village] for village, (_, district) in known.villages.items() if district == code]
        return _at_least(DISTRICT_KM, Window.around(inside or [known.centroids[code]], MARGIN_KM, width, height))
    return Window.around(list(known.centroids.values()) or [SIAK_TOWN], 2 * MARGIN_KM, width, height)


def _at_least(width_km: float, window: Window) -> Window:
    return window if window.width_km >= width_km else replace(window, width_km=width_km)


def _spots(village: str) -> list[Point]:
    """Return where things of *village* are drawn: at their own points, or at its middle."""
    known = catalogue()
    spots = [place.spot.at for place in places() if place.entry.village == village and place.spot]
    return spots or [known.centroids[village]]


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


@lru_cache(maxsize=512)
def course(window: Window) -> tuple[Box, ...]:
    """Return what the river of Siak takes up in *window*, so that no name stands in it."""
    units = [window.units(point) for point in geometry().siak]
    boxes = []
    for (x, y), (to_x, to_y) in pairwise(units):
        if -20 <= x <= window.width + 20 and -20 <= y <= window.height + 20:
            steps = max(1, round(max(abs(to_x - x), abs(to_y - y)) / 8))
            middles = ((x + (to_x - x) * n / steps, y + (to_y - y) * n / steps) for n in range(steps))
            boxes += [Box(mx - 3, my - 3, mx + 3, my + 3) for mx, my in middles]
    return tuple(boxes)


def towns(window: Window, beside: float, letters: float) -> list[Named]:
    """Return the two towns by which one finds one's way."""
    here = Named(TOWN, "town", *window.units(SIAK_TOWN), beside, letters)
    name, at = PEKANBARU
    return [here, Named(name, "town", *window.units(at), letters * 0.6, letters)]


def river(window: Window, locale: str, letters: float) -> list[Named]:
    """Return the name of the river at several of its bends; it stands at the first that has room."""
    points = [window.units(point) for point in geometry().siak if window.shows(point, edge=40)]
    third = len(points) // 3
    bends = points[third::7] + points[:third:7][::-1]
    return [Named(RIVER[locale], "river", x, y, letters * 0.8, letters) for x, y in bends]
