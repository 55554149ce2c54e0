"""A plan as GPX 1.1: its places as points, and the order of each day as a route. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, tostring

from pesona.published import Point

MEDIA_TYPE = "application/gpx+xml"
_NAMESPACE = "http://www.topografix.com/GPX/1/1"


@dataclass(frozen=True, slots=True)
class Waypoint:
    """A place with what is said of it and the address of its page; its point is known well enough."""

    name: str
    said: str
    link: str
    point: Point


@dataclass(frozen=True, slots=True)
class Route:
    """The places of one day in their order; only the places are true, not the lines between them."""

    name: str
    points: Sequence[Waypoint]


def gpx(name: str, said: str, address: str, routes: Sequence[Route]) -> bytes:
    """Return the plan *name* at *address* with each place as a point and each day as a route."""
    root = Element("gpx", {"xmlns": _NAMESPACE, "version": "1.1", "creator": "Pesona Siak"})
    about = SubElement(root, "metadata")
    SubElement(about, "name").text = name
    SubElement(about, "desc").text = said
    SubElement(about, "link", {"href": address})
    for route in routes:
        for one in route.points:
            _point(root, "wpt", one)
    for route in (one for one in routes if len(one.points) > 1):
        drawn = SubElement(root, "rte")
        SubElement(drawn, "name").text = route.name
        for one in route.points:
            _point(drawn, "rtept", one)
    written: bytes = tostring(root, encoding="UTF-8", xml_declaration=True)
    return written + b"\n"


def _point(parent: Element, tag: str, one: Waypoint) -> None:
    made = SubElement(parent, tag, {"lat": f"{one.point.latitude:.5f}", "lon": f"{one.point.longitude:.5f}"})
    SubElement(made, "name").text = one.name
    if one.said:
        SubElement(made, "desc").text = one.said
    SubElement(made, "link", {"href": one.link})
