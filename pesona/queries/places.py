"""The places of the map: where each is drawn, and how surely that is known."""

from collections.abc import Iterable
from dataclasses import dataclass

from pesona.geo.geometry import Point
from pesona.published import PublishedDestination
from pesona.queries.catalogue import Catalogue, Entry, catalogue


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something is drawn: its own point, or where that is coarse the middle of its village or district.

    *area* is the code of that village or district, empty where the point stands for itself.
    """

    at: Point
    area: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A live destination of the kind `place`; without *spot* nobody knows yet where it lies.

    *village* and *district* are names, empty where they are not known.
    """

    entry: Entry
    spot: Spot | None
    village: str = ""
    district: str = ""


def places() -> list[Place]:
    """Return the live places in the order of their names."""
    known = catalogue()
    entries = (e for e in known.in_order["destination", "id"] if e.subkind == "place")
    return [_place(entry, known) for entry in entries]


def _place(entry: Entry, known: Catalogue) -> Place:
    village, district = known.villages.get(entry.village), known.districts.get(entry.district)
    return Place(entry, _spot(entry, known), village[0].name if village else "", district.name if district else "")


def spot_of(item: PublishedDestination) -> Spot | None:
    """Return where *item*, live or a draft, is drawn."""
    if item.kind != "place":
        return None
    if item.point is not None and item.point.exact:
        return Spot((item.point.latitude, item.point.longitude))
    areas = (area.code for area in (item.village, item.district) if area)
    return _middle(areas, catalogue())


def _spot(entry: Entry, known: Catalogue) -> Spot | None:
    if entry.point is not None and entry.point.exact:
        return Spot((entry.point.latitude, entry.point.longitude))
    return _middle((entry.village, entry.district), known)


def _middle(areas: Iterable[str], known: Catalogue) -> Spot | None:
    return next((Spot(known.centroids[code], code) for code in areas if code in known.centroids), None)
