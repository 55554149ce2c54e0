"""Whole published items, from the public tables alone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, select

from pesona import facilities, published
from pesona.db import Model, reading
from pesona.hours.facts import read as read_hours
from pesona.locales import LOCALES
from pesona.models.destination import Destination, DestinationTranslation
from pesona.models.event import Event, EventTranslation, Occurrence
from pesona.models.item import Item, Slug
from pesona.models.page import Page, PageTranslation
from pesona.published import (
    HoursReport,
    Point,
    Price,
    PublishedDestination,
    PublishedEvent,
    PublishedItem,
    PublishedPage,
    Source,
    Words,
)
from pesona.queries.catalogue import Catalogue, catalogue, occurrence

TABLES: dict[str, tuple[type[Model], type[Model]]] = {
    "destination": (Destination, DestinationTranslation),
    "event": (Event, EventTranslation),
    "page": (Page, PageTranslation),
}
_WORDS = set(Words.__dataclass_fields__)


def published_item(kind: str, slug: str) -> PublishedItem | None:
    """Return the item whose live words in either language have *slug*, or None."""
    facts, words = (table.__table__ for table in TABLES[kind])
    found = select(words.c.item_id).where(words.c.slug == slug)
    with reading() as connection:
        items = _items(connection, kind, facts.c.item_id.in_(found))
    return items[0] if items else None


def published_by_codes(kind: str, codes: Sequence[str]) -> list[PublishedItem]:
    """Return the published ones among *codes*, keeping the order given."""
    facts = TABLES[kind][0].__table__
    with reading() as connection:
        items = {item.code: item for item in _items(connection, kind, facts.c.code.in_(codes))}
    return [items[code] for code in codes if code in items]


def moved_to(kind: str, slug: str) -> str | None:
    """Return the code of the item that *slug* belonged to, if that item is live today."""
    entry = _item_of_slug(kind, slug)
    return entry.code if entry and entry.is_public else None


def is_gone(kind: str, slug: str) -> bool:
    """Tell whether *slug* belonged to an item that was removed for good."""
    entry = _item_of_slug(kind, slug)
    return entry is not None and entry.removed_at is not None


def _item_of_slug(kind: str, slug: str) -> Any:
    statement = (
        select(Item.code, Item.removed_at, Item.live_facts, Item.live_id, Item.live_en)
        .join(Slug, Slug.item_id == Item.id)
        .where(Slug.kind == kind, Slug.slug == slug)
    )
    with reading() as connection:
        row = connection.execute(statement).first()
    return Item(**row._mapping) if row else None


def _items(connection: Connection, kind: str, condition: Any) -> list[PublishedItem]:
    facts, words = (table.__table__ for table in TABLES[kind])
    rows = connection.execute(select(facts).where(condition)).mappings().all()
    ids = [row["item_id"] for row in rows]
    spoken: dict[int, dict[str, Words]] = {}
    # The languages are named because the primary key begins with them: without, every row is read.
    wanted = select(words).where(words.c.locale.in_(LOCALES), words.c.item_id.in_(ids))
    for row in connection.execute(wanted).mappings():
        values = {name: value for name, value in row.items() if name in _WORDS}
        spoken.setdefault(row["item_id"], {})[row["locale"]] = Words(**values)
    dates = _dates(connection, ids) if kind == "event" else {}
    photos = catalogue().photos
    return [
        replace(
            build(kind, dict(row), spoken[row["item_id"]], dates.get(row["item_id"], ())),
            photos=photos.get(row["item_id"], ()),
        )
        for row in rows
        if row["item_id"] in spoken
    ]


def build(
    kind: str,
    row: Mapping[str, Any],
    words: Mapping[str, Words],
    dates: Sequence[published.Occurrence] = (),
) -> PublishedItem:
    """Return the item that a *row* of public facts, the *words* and the *dates* of an event make."""
    return _BUILD[kind](row, words, dates, catalogue())


def _dates(connection: Connection, ids: Iterable[int]) -> dict[int, tuple[published.Occurrence, ...]]:
    table = Occurrence.__table__
    statement = select(table).where(table.c.item_id.in_(list(ids))).order_by(table.c.start, table.c.number)
    found: dict[int, tuple[published.Occurrence, ...]] = {}
    for o in connection.execute(statement):
        found[o.item_id] = (*found.get(o.item_id, ()), occurrence(o))
    return found


def _shared(row: Mapping[str, Any], words: Mapping[str, Words]) -> dict[str, Any]:
    return {
        "code": row["code"],
        "updated_at": row["updated_at"],
        "aliases": tuple(row["aliases"]),
        "sources": tuple(Source(**source) for source in row["sources"]),
        "related": tuple(row["related"]),
        "checked_on": row["checked_on"],
        "translations": words,
    }


def _destination(
    row: Mapping[str, Any], words: Mapping[str, Words], _dates: Any, known: Catalogue
) -> PublishedDestination:
    village = known.villages.get(row["village_code"] or "")
    point = None
    if row["latitude"] is not None and row["longitude"] is not None:
        point = Point(row["latitude"], row["longitude"], row["coord_precision_m"] or 100)
    return PublishedDestination(
        **_shared(row, words),
        kind=row["kind"],
        category=row["category"],
        district=known.districts.get(row["district_code"] or ""),
        village=village[0] if village else None,
        point=point,
        name_jawi=row["name_jawi"],
        year_built=row["year_built"],
        architect=row["architect"],
        hours=read_hours(row),
        hours_reported=tuple(HoursReport(**report) for report in row["hours_reported"]),
        prices=tuple(Price(**price) for price in row["prices"]),
        facilities=facilities.read(row["facilities"]),
    )


def _event(row: Mapping[str, Any], words: Mapping[str, Words], dates: Any, known: Catalogue) -> PublishedEvent:
    return PublishedEvent(
        **_shared(row, words),
        category=row["category"],
        district=known.districts.get(row["district_code"] or ""),
        destination=row["destination_code"],
        name_jawi=row["name_jawi"],
        usual_months=tuple(row["usual_months"]),
        moving_date=row["moving_date"],
        occurrences=tuple(dates),
    )


def _page(row: Mapping[str, Any], words: Mapping[str, Words], _dates: Any, _known: Catalogue) -> PublishedPage:
    return PublishedPage(**_shared(row, words), position=row["position"], menu=row["menu"])


_BUILD = {"destination": _destination, "event": _event, "page": _page}
