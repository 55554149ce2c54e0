"""The drawing behind the map point: land, water and names in a window, as an SVG of our own."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from flask import g, make_response, request
from sqlalchemy import select
from werkzeug.wrappers import Response as BaseResponse

from pesona import i18n
from pesona.admin.blueprint import desk
from pesona.admin.point_form import MIDDLE, WIDEST_KM
from pesona.db import db
from pesona.editing import point
from pesona.geo.geometry import Point, geometry
from pesona.geo.projection import Window
from pesona.models.area import District, Village

# From here on villages and destinations are named, above it districts.
NEAR_KM = 25.0
SCALES_KM = (50, 20, 10, 5, 2, 1, 0.5, 0.2)
LETTER, LINE = 6.0, 13.0


@dataclass(frozen=True, slots=True)
class Mark:
    """A name in the drawing: *kind* is district, village or destination; without room its text is empty."""

    kind: str
    text: str
    x: float
    y: float


@desk("/map.svg", "read")
def point_map() -> BaseResponse:
    """Draw the window that the query names, with a cross at its point."""
    window, shapes = _window(), geometry()
    at = _point("at")
    scale = next(km for km in SCALES_KM if km <= window.width_km / 3)
    svg = i18n.render(
        "admin/map.svg",
        g.locale,
        window=window,
        lands=window.path(shapes.lands, closed=True),
        waters=window.path(shapes.waters, closed=True),
        rivers=window.path((*shapes.rivers, shapes.siak)),
        marks=list(_with_room(_marks(window, request.args.get("code", "")), window)),
        cross=window.units(at) if at and window.shows(at) else None,
        scale=scale,
        scale_units=scale * window.units_per_km,
    )
    answer = make_response(svg)
    answer.content_type = "image/svg+xml; charset=utf-8"
    return answer


def _point(name: str) -> Point | None:
    try:
        latitude, longitude = map(float, request.args.get(name, "").split(","))
    except ValueError:
        return None
    return (latitude, longitude) if abs(latitude) <= 85 and abs(longitude) <= 180 else None


def _window() -> Window:
    width = request.args.get("km", WIDEST_KM, float)
    return Window(*(_point("middle") or MIDDLE), width if 1 <= width <= WIDEST_KM else WIDEST_KM)


def _marks(window: Window, code: str) -> Iterator[Mark]:
    near = window.width_km <= NEAR_KM
    others = [row for row in point.places() if row.Item.code != code]
    yield from _seen(window, "destination", ((point.name_of(o, g.locale) if near else "", o) for o in others))
    kind, model = ("village", Village) if near else ("district", District)
    rows: Iterable[Any] = db.session.scalars(select(model).order_by(model.code))
    yield from _seen(window, kind, ((row.name, row) for row in rows))


def _seen(window: Window, kind: str, named: Iterable[tuple[str, Any]]) -> Iterator[Mark]:
    for text, row in named:
        at = (row.latitude, row.longitude)
        if window.shows(at, edge=3):
            yield Mark(kind, text, *window.units(at))


def _with_room(marks: Iterable[Mark], window: Window) -> Iterator[Mark]:
    """Yield *marks*, names only where they neither meet another nor the rim."""
    taken: list[tuple[float, float, float]] = []
    for mark in marks:
        half = len(mark.text) * LETTER / 2
        meets = any(abs(mark.x - x) < half + other and abs(mark.y - y) < LINE for x, y, other in taken)
        fits = half <= mark.x <= window.width - half and mark.y >= LINE
        if mark.text and fits and not meets:
            taken.append((mark.x, mark.y, half))
            yield mark
        elif mark.kind == "destination":
            yield Mark(mark.kind, "", mark.x, mark.y)
