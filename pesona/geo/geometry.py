"""The shapes of the drawn map: land, water and rivers as lines of (latitude, longitude) in degrees."""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

Point = tuple[float, float]
Line = tuple[Point, ...]

REACH_DEGREES = 0.07


@dataclass(frozen=True, slots=True)
class Geometry:
    """All shapes: *lands* and *waters* are rings to be filled (even-odd), *rivers* are lines, *siak* is the river of Siak."""

    lands: tuple[Line, ...]
    waters: tuple[Line, ...]
    rivers: tuple[Line, ...]
    siak: Line


@cache
def geometry() -> Geometry:
    """Return the shapes that ship with the package, read once."""
    lands = tuple(ring for polygon in _coordinates("lands") for ring in polygon)
    waters = tuple(ring for polygon in _coordinates("waterbodies") for ring in polygon)
    rivers = tuple(map(_line, _coordinates("rivers")))
    return Geometry(tuple(map(_line, lands)), tuple(map(_line, waters)), rivers, _line(_coordinates("siak")))


@cache
def plain_lands() -> tuple[Line, ...]:
    """Return the lands without the single reaches of rivers that are drawn as lines."""
    shapes = geometry()
    courses = [point for line in (*shapes.rivers, shapes.siak) for point in line]
    return tuple(ring for ring in shapes.lands if not _is_reach(ring, courses))


def _coordinates(name: str) -> Any:
    text = files("pesona.geo").joinpath(f"{name}.geojson").read_text("utf-8")
    return json.loads(text)["coordinates"]


def _is_reach(ring: Line, courses: list[Point]) -> bool:
    """Tell whether *ring* is small and lies along a river: water good to 100 metres is there in pieces."""
    latitudes, longitudes = [point[0] for point in ring], [point[1] for point in ring]
    north, south, east, west = max(latitudes), min(latitudes), max(longitudes), min(longitudes)
    middle = ((north + south) / 2, (east + west) / 2)
    small = max(north - south, east - west) < REACH_DEGREES
    return small and any(abs(la - middle[0]) + abs(lo - middle[1]) < REACH_DEGREES for la, lo in courses)


def _line(points: Any) -> Line:
    return tuple((latitude, longitude) for longitude, latitude in points)
