"""The shapes of the drawn map: land, water and rivers as lines of (latitude, longitude) in degrees."""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

Point = tuple[float, float]
Line = tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Geometry:
    """All shapes: *lands* and *waters* are rings to be filled (even-odd), *rivers* are lines."""

    lands: tuple[Line, ...]
    waters: tuple[Line, ...]
    rivers: tuple[Line, ...]


@cache
def geometry() -> Geometry:
    """Return the shapes that ship with the package, read once."""
    lands = tuple(ring for polygon in _coordinates("lands") for ring in polygon)
    waters = tuple(ring for polygon in _coordinates("waterbodies") for ring in polygon)
    return Geometry(tuple(map(_line, lands)), tuple(map(_line, waters)), tuple(map(_line, _coordinates("rivers"))))


def _coordinates(name: str) -> list[list[list[list[float]]]]:
    text = files("pesona.geo").joinpath(f"{name}.geojson").read_text("utf-8")
    found: list[list[list[list[float]]]] = json.loads(text)["coordinates"]
    return found


def _line(points: object) -> Line:
    return tuple((latitude, longitude) for longitude, latitude in points)  # type: ignore[attr-defined]
