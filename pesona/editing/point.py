"""The point of a place: what lies around it, saved as one value, and the list of places without a good one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Integer, Row, and_, cast, func, or_, select

from pesona.db import db
from pesona.editing import items
from pesona.editing.log import Actor
from pesona.editing.snapshot import Snapshot
from pesona.geo.distance import distance_km
from pesona.geo.geometry import Point
from pesona.locales import LOCALES
from pesona.models.area import District, Village
from pesona.models.item import Item, Revision

FIELDS = ("latitude", "longitude", "coord_precision_m")
COARSE_M = 1000
OUTSIDE_KM = 20.0


class Moved(Exception):
    """Somebody else moved the point since the form was opened; *theirs* is the revision, nothing was stored."""

    def __init__(self, theirs: Revision) -> None:
        super().__init__(f"revision {theirs.number}")
        self.theirs = theirs


@dataclass(frozen=True, slots=True)
class Around:
    """What lies around a point: the district of the nearest village centroid, the nearest other destination."""

    district: str
    village: str
    village_km: float
    neighbour: str
    neighbour_km: float

    @property
    def outside(self) -> bool:
        """Tell whether the point lies outside the regency, as far as centroids can say."""
        return self.village_km > OUTSIDE_KM


def of(snapshot: Snapshot) -> dict[str, Any]:
    """Return the point of *snapshot* with its precision."""
    return {name: snapshot["facts"][name] for name in FIELDS}


def save(item: Item, base: int, wanted: dict[str, Any], actor: Actor) -> items.Saved:
    """Store the point *wanted*, chosen on revision *base*; the item must have been found with `lock`.

    Latitude and longitude never merge field by field: half of each would be a place that nobody chose.
    Where somebody else moved the point meanwhile to yet another place, `Moved` is raised.
    """
    before, newest = of(items.snapshot(item, base)), of(items.snapshot(item))
    if newest not in (before, wanted) and wanted != before:
        raise Moved(items.last_change(item, "facts", next(n for n in FIELDS if newest[n] != before[n])))
    return items.save(item, base, {"facts": wanted}, actor)


def around(point: Point, item: Item, locale: str) -> Around:
    """Return what lies around *point* of *item*, named in *locale*."""
    villages = db.session.execute(
        select(Village.name, Village.latitude, Village.longitude, District.name.label("district"))
        .join(District, District.code == Village.district_code)
        .order_by(Village.code)
    ).all()
    village_km, village = min(
        ((distance_km(point, (row.latitude, row.longitude)), row) for row in villages), key=lambda pair: pair[0]
    )
    others = [(distance_km(point, (row.latitude, row.longitude)), row) for row in places() if row.Item.id != item.id]
    neighbour_km, neighbour = min(others, key=lambda pair: pair[0], default=(0.0, None))
    named = name_of(neighbour, locale) if neighbour else ""
    return Around(village.district, village.name, village_km, named, neighbour_km)


def name_of(row: Row[Any], locale: str) -> str:
    """Return the name of a row of `places` or `coarse` in *locale*, or in the other language, or the code."""
    return str(getattr(row, locale) or next((n for lo in LOCALES if (n := getattr(row, lo))), row.Item.code))


def places() -> Sequence[Row[Any]]:
    """Return each destination whose newest draft has a point fine enough to measure from."""
    return db.session.execute(_newest().where(_latitude().is_not(None), _precision() <= COARSE_M)).all()


def coarse() -> Sequence[Row[Any]]:
    """Return the places whose newest draft has no point or only a coarse one, with district and precision."""
    return db.session.execute(_newest().where(_is_coarse()).order_by(Item.code)).all()


def coarse_count() -> int:
    """Return how many places have no point or only a coarse one."""
    return db.session.scalar(_joined(select(func.count())).where(_is_coarse())) or 0


def coarsest_first(question: Any) -> Any:
    """Let *question* be about the places of `coarse`: public ones first, then those without any point."""
    is_draft, has_point = Item.live_facts.is_(None), _latitude().is_not(None)
    found = _joined(question).where(_is_coarse())
    return found.order_by(cast(is_draft, Integer), cast(has_point, Integer), _precision().desc(), Item.code)


def _newest() -> Any:
    facts = Revision.snapshot["facts"]
    names = [Revision.snapshot["words"][locale]["name"].as_string().label(locale) for locale in LOCALES]
    return _joined(
        select(
            Item,
            *names,
            _latitude().label("latitude"),
            facts["longitude"].as_float().label("longitude"),
            facts["coord_precision_m"].as_float().label("precision"),
            facts["district"].as_string().label("district"),
        )
    )


def _joined(question: Any) -> Any:
    newest = and_(Revision.item_id == Item.id, Revision.number == Item.head)
    is_place = Revision.snapshot["facts"]["kind"].as_string() == "place"
    return (
        question.select_from(Item).join(Revision, newest).where(Item.kind == "destination", Item.is_there(), is_place)
    )


def _latitude() -> Any:
    return Revision.snapshot["facts"]["latitude"].as_float()


def _precision() -> Any:
    return func.coalesce(Revision.snapshot["facts"]["coord_precision_m"].as_float(), 0)


def _is_coarse() -> Any:
    return or_(_latitude().is_(None), _precision() > COARSE_M)
