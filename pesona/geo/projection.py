"""The projection of the drawn map: degrees to units of the drawing and back.

So near the equator a plain grid of degrees, narrowed by the cosine of the middle, is true to a few metres.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, radians

from pesona.geo.distance import EARTH_KM
from pesona.geo.geometry import Line, Point

KM_PER_DEGREE = radians(EARTH_KM)


@dataclass(frozen=True, slots=True)
class Window:
    """What a drawing shows: its middle in degrees, its width in kilometres, its size in units (x right, y down)."""

    latitude: float
    longitude: float
    width_km: float
    width: int = 288
    height: int = 288

    @classmethod
    def around(cls, points: Iterable[Point], margin_km: float, width: int = 288, height: int = 288) -> "Window":
        """Return the narrowest window that shows *points* with *margin_km* on each side."""
        latitudes, longitudes = zip(*points, strict=True)
        latitude, longitude = (min(latitudes) + max(latitudes)) / 2, (min(longitudes) + max(longitudes)) / 2
        across = (max(longitudes) - min(longitudes)) * KM_PER_DEGREE * cos(radians(latitude))
        down = (max(latitudes) - min(latitudes)) * KM_PER_DEGREE * width / height
        return cls(latitude, longitude, max(across, down) + 2 * margin_km, width, height)

    @property
    def units_per_km(self) -> float:
        return self.width / self.width_km

    def units(self, point: Point) -> tuple[float, float]:
        """Return where *point* (latitude, longitude) lies in the drawing."""
        up, right = self._units_per_degree()
        x = self.width / 2 + (point[1] - self.longitude) * right
        return x, self.height / 2 - (point[0] - self.latitude) * up

    def degrees(self, x: float, y: float) -> Point:
        """Return the (latitude, longitude) of a place in the drawing."""
        up, right = self._units_per_degree()
        return self.latitude + (self.height / 2 - y) / up, self.longitude + (x - self.width / 2) / right

    def shows(self, point: Point, edge: float = 0) -> bool:
        """Tell whether *point* lies in the drawing, at least *edge* units from its rim."""
        x, y = self.units(point)
        return edge <= x <= self.width - edge and edge <= y <= self.height - edge

    def path(self, lines: Iterable[Line], closed: bool = False) -> str:
        """Return *lines* as the path of an SVG: those that cannot be seen left out, others thinned to the unit."""
        return "".join(self._path(line, closed) for line in lines if self._touches(line))

    def _path(self, line: Line, closed: bool) -> str:
        drawn: list[tuple[float, float]] = []
        for x, y in map(self.units, line):
            if not drawn or abs(x - drawn[-1][0]) + abs(y - drawn[-1][1]) >= 1:
                drawn.append((x, y))
        return f"M{'L'.join(f'{x:.1f} {y:.1f}' for x, y in drawn)}{'Z' if closed else ''}"

    def _touches(self, line: Line) -> bool:
        units = [self.units(point) for point in line]
        xs, ys = [x for x, _ in units], [y for _, y in units]
        return max(xs) >= 0 and min(xs) <= self.width and max(ys) >= 0 and min(ys) <= self.height

    def _units_per_degree(self) -> tuple[float, float]:
        up = self.units_per_km * KM_PER_DEGREE
        return up, up * cos(radians(self.latitude))


def moved(point: Point, north_m: float, east_m: float) -> Point:
    """Return *point* moved by so many metres."""
    latitude = point[0] + north_m / 1000 / KM_PER_DEGREE
    return latitude, point[1] + east_m / 1000 / KM_PER_DEGREE / cos(radians(point[0]))
