"""The small map of a plan: its known points by number, joined day by day with straight lines."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pesona.geo.placing import Box, Name, names
from pesona.geo.projection import Window
from pesona.queries.catalogue import catalogue
from pesona.sheets.ground import Base, base, course, river, towns, window_of

SMALL = (360, 270)
CLOSE = 22  # units; nearer marks would hide one another

Numbered = tuple[int, tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark with the numbers of the stops that lie there."""

    x: float
    y: float
    label: str

    @property
    def half(self) -> float:
        """Return half the width that the label needs."""
        return max(10.0, 3.4 * len(self.label) + 4)


@dataclass(frozen=True, slots=True)
class Route:
    """The ground with marks, and a path of straight lines for each day that has two points."""

    base: Base
    marks: tuple[Mark, ...]
    paths: tuple[str, ...]
    names: Sequence[Name]


def route(days: Sequence[Sequence[Numbered]], districts: Iterable[str], locale: str) -> Route | None:
    """Return the map of the numbered points of *days*; closer where one of *districts* shows them all."""
    points = [one for day in days for one in day]
    if not points:
        return None
    window = _window(points, districts)
    marks = _marks(points, window)
    taken = [Box(mark.x - mark.half, mark.y - 10, mark.x + mark.half, mark.y + 10) for mark in marks]
    wanted = [*towns(window, 9, 10), *river(window, locale, 10)]
    said = list(names(wanted, [*taken, *course(window)], window.width, window.height))
    return Route(base(window), marks, tuple(_path(day, window) for day in days if len(day) > 1), said)


def _window(points: Sequence[Numbered], districts: Iterable[str]) -> Window:
    # Only the windows of the map are drawn, not one for each plan: there is no end of plans.
    known = catalogue().districts
    windows = (window_of(code, *SMALL) for code in sorted(districts) if code in known)
    closer = [one for one in windows if all(_inside(one, at) for _, at in points)]
    return min(closer, key=lambda one: one.width_km, default=window_of("", *SMALL))


def _inside(window: Window, at: tuple[float, float]) -> bool:
    x, y = window.units(at)
    return 12 <= x <= window.width - 12 and 12 <= y <= window.height - 12


def _marks(points: Sequence[Numbered], window: Window) -> tuple[Mark, ...]:
    groups: list[tuple[tuple[float, float], list[int]]] = []
    for number, at in points:
        x, y = window.units(at)
        near = next((one for (gx, gy), one in groups if abs(gx - x) < CLOSE and abs(gy - y) < CLOSE), None)
        if near is None:
            groups.append(((round(x, 1), round(y, 1)), [number]))
        else:
            near.append(number)
    return tuple(Mark(x, y, _label(numbers)) for (x, y), numbers in groups)


def _label(numbers: list[int]) -> str:
    """Return `3`, `3, 5` or `3–7`; of many that do not follow one another the first and how many more."""
    if len(numbers) > 2 and numbers[-1] - numbers[0] == len(numbers) - 1:
        return f"{numbers[0]}–{numbers[-1]}"
    if len(numbers) > 3:
        return f"{numbers[0]} +{len(numbers) - 1}"
    return ", ".join(map(str, numbers))


def _path(day: Sequence[Numbered], window: Window) -> str:
    units = (window.units(at) for _, at in day)
    return "M" + "L".join(f"{round(x, 1)} {round(y, 1)}" for x, y in units)
