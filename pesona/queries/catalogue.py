"""Everything that lists need of what is published, read once for each content version.

It is made from the public tables alone and may be thrown away at any time. Lists, menus, links,
near-by places and search results take their cards from it, so that they cost no statement.
"""

import threading
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, func, select

from pesona import addresses, facilities
from pesona.db import db, reading
from pesona.hours.facts import read as read_hours
from pesona.locales import LOCALES, other_locale
from pesona.models.area import District, Village
from pesona.models.destination import Destination, DestinationTranslation
from pesona.models.event import Event, EventTranslation
from pesona.models.event import Occurrence as OccurrenceRow
from pesona.models.holiday import NATIONAL, RAMADAN
from pesona.models.holiday import Holiday as HolidayRow
from pesona.models.item import Item
from pesona.models.page import Page, PageTranslation
from pesona.models.report import Correction
from pesona.models.synonym import SEPARATOR, Synonym
from pesona.prices import is_confirmed
from pesona.published import Area, Card, Holiday, Hours, Occurrence, Photo, Point, Price, PublishedNotice
from pesona.queries.notice_rows import live_notices
from pesona.queries.photos import photos_of_items
from pesona.queries.version import content_version, version_in
from pesona.text.folding import fold

_UNKNOWN = Hours()


@dataclass(frozen=True, slots=True)
class Entry:
    """One published item as lists need it, with a card for readers of each language."""

    kind: str
    code: str
    updated_at: datetime
    cards: Mapping[str, Card]
    locales: frozenset[str]
    changed_at: Mapping[str, datetime]
    sort_keys: Mapping[str, str]
    names: str
    all_names: tuple[str, ...] = ()
    category: str = ""
    district: str = ""
    village: str = ""
    subkind: str = ""
    point: Point | None = None
    position: int = 0
    menu: str = ""
    usual_months: tuple[int, ...] = ()
    occurrences: tuple[Occurrence, ...] = ()
    places: tuple[str, ...] = ()
    prices: tuple[Price, ...] = ()  # those that somebody stands for
    hours: Hours = _UNKNOWN
    step_free: bool = False  # what is not known is not told apart from no: lists ask for a yes


@dataclass(frozen=True, eq=False)  # one is only ever itself, so what is made from it can be kept beside it
class Catalogue:
    """All entries by kind and code, the areas, the notices, the holidays, the editors' synonyms, as of one content version."""

    version: int
    entries: Mapping[str, Mapping[str, Entry]]
    districts: Mapping[str, Area]
    villages: Mapping[str, tuple[Area, str]]
    centroids: Mapping[str, tuple[float, float]]  # of districts and villages, by code
    in_order: Mapping[tuple[str, str], tuple[Entry, ...]] = field(default_factory=dict)
    counts: Mapping[str, Counter[tuple[str, str]]] = field(default_factory=dict)
    by_latitude: tuple[tuple[float, Entry], ...] = ()
    synonyms: tuple[tuple[str, ...], ...] = ()
    holidays: tuple[Holiday, ...] = ()  # by day
    notices: tuple[PublishedNotice, ...] = ()
    photos: Mapping[int, tuple[Photo, ...]] = field(default_factory=dict)  # by the number of the item
    corrected: Mapping[tuple[str, str], date] = field(default_factory=dict)  # by kind and code, the last day

    def entry(self, kind: str, code: str) -> Entry | None:
        return self.entries[kind].get(code)

    def path(self, kind: str, code: str, locale: str) -> str | None:
        """Return the address of a live item, or None where it is not live."""
        entry = self.entries[kind].get(code)
        return entry.cards[locale].path if entry else None

    def cards(self, kind: str, codes: Iterable[str], locale: str) -> list[Card]:
        """Return the cards of the live items among *codes*, keeping the order given."""
        known = self.entries[kind]
        return [known[code].cards[locale] for code in codes if code in known]


_kept: WeakKeyDictionary[Engine, Catalogue] = WeakKeyDictionary()
_lock = threading.Lock()


def catalogue() -> Catalogue:
    """Return the catalogue of the present content version, read anew where it has moved on."""
    engine = db.engine
    version = content_version(engine)
    kept = _kept.get(engine)
    if kept is not None and kept.version >= version:
        return kept
    with _lock:
        kept = _kept.get(engine)
        if kept is None or kept.version < version:
            with reading() as connection:
                kept = _kept[engine] = _read(connection)
    return kept


def _read(connection: Connection) -> Catalogue:
    version = version_in(connection)
    districts = {d.code: d for d in connection.execute(select(District.__table__)).all()}
    villages = connection.execute(select(Village.__table__)).all()
    names = {code: row.name for code, row in districts.items()}
    photos = photos_of_items(connection)
    main = {item_id: found[0] for item_id, found in photos.items()}
    entries = {
        "destination": _destinations(connection, names, main),
        "event": _events(connection, names, main),
        "page": _pages(connection, main),
    }
    return Catalogue(
        version=version,
        entries=entries,
        districts={c: Area(c, d.name, d.slug) for c, d in districts.items()},
        villages={v.code: (Area(v.code, v.name, ""), v.district_code) for v in villages},
        centroids={area.code: (area.latitude, area.longitude) for area in (*districts.values(), *villages)},
        in_order={(k, lo): _by_name(e, lo) for k, e in entries.items() for lo in LOCALES},
        counts={k: _counts(e.values()) for k, e in entries.items()},
        by_latitude=_by_latitude(entries["destination"].values()),
        synonyms=_synonyms(connection),
        holidays=_holidays(connection),
        notices=live_notices(connection),
        photos=photos,
        corrected=_corrected(connection),
    )


def _by_name(entries: Mapping[str, Entry], locale: str) -> tuple[Entry, ...]:
    # The code ends the sort key, so the order is total and pages neither double nor lose a row.
    return tuple(sorted(entries.values(), key=lambda e: (e.sort_keys[locale], e.code)))


def _by_latitude(entries: Iterable[Entry]) -> tuple[tuple[float, Entry], ...]:
    exact = ((e.point.latitude, e) for e in entries if e.point is not None and e.point.exact)
    return tuple(sorted(exact, key=lambda pair: pair[0]))


def _counts(entries: Iterable[Entry]) -> Counter[tuple[str, str]]:
    counted: Counter[tuple[str, str]] = Counter()
    for entry in entries:
        counted["category", entry.category] += 1
        counted["district", entry.district] += 1
    return counted


def _synonyms(connection: Connection) -> tuple[tuple[str, ...], ...]:
    groups = connection.execute(select(Synonym.words).order_by(Synonym.id)).scalars()
    return tuple(tuple(word.strip() for word in words.lower().split(SEPARATOR)) for words in groups)


def _holidays(connection: Connection) -> tuple[Holiday, ...]:
    columns = ("name_id", "name_en", "kind", "status", "source")
    rows = connection.execute(select(HolidayRow.__table__).where(HolidayRow.kind != RAMADAN))
    found = (Holiday(row.date, *(getattr(row, name) for name in columns)) for row in rows)
    return tuple(sorted(found, key=lambda holiday: (holiday.day, holiday.kind != NATIONAL, holiday.name_id)))


def _corrected(connection: Connection) -> dict[tuple[str, str], date]:
    last = select(Item.kind, Item.code, func.max(Correction.day)).join(Correction, Correction.item_id == Item.id)
    return {(kind, code): day for kind, code, day in connection.execute(last.group_by(Item.kind, Item.code))}


def _words(connection: Connection, table: type, *more: str) -> dict[int, dict[str, object]]:
    names = ("item_id", "locale", "slug", "name", "sort_key", "summary", "updated_at", *more)
    found: dict[int, dict[str, object]] = {}
    for row in connection.execute(select(*(getattr(table, name) for name in names))):
        found.setdefault(row.item_id, {})[row.locale] = row
    return found


def _destinations(
    connection: Connection, districts: Mapping[str, str], photos: Mapping[int, Photo]
) -> dict[str, Entry]:
    words = _words(connection, DestinationTranslation)
    columns = [c for c in Destination.__table__.columns if c.name not in ("hours_reported", "sources")]
    return {
        row.code: _entry(
            "destination",
            row,
            words[row.item_id],
            {
                "district": districts.get(row.district_code or "", ""),
                "kind": row.kind,
                "at": _measured(row),
                "photo": photos.get(row.item_id),
            },
            category=row.category,
            district=row.district_code or "",
            village=row.village_code or "",
            subkind=row.kind,
            point=_point(row),
            prices=_prices(row),
            hours=_hours(row),
            step_free=row.kind == "place" and facilities.is_yes(facilities.read(row.facilities), "step_free"),
        )
        for row in connection.execute(select(*columns))
        if row.item_id in words
    }


def _prices(row: Any) -> tuple[Price, ...]:
    return tuple(filter(is_confirmed, (Price(**price) for price in row.prices))) if row.kind == "place" else ()


def _hours(row: Any) -> Hours:
    return read_hours(row._mapping) if row.kind == "place" else _UNKNOWN


def _point(row: object) -> Point | None:
    latitude, longitude = row.latitude, row.longitude  # type: ignore[attr-defined]
    if latitude is None or longitude is None:
        return None
    return Point(latitude, longitude, row.coord_precision_m or 100)  # type: ignore[attr-defined]


def _measured(row: Any) -> str:
    """Return the point of a place as `latitude,longitude` where distances may be measured from it."""
    point = _point(row) if row.kind == "place" else None
    return f"{point.latitude},{point.longitude}" if point and point.exact else ""


def occurrence(row: Any) -> Occurrence:
    """Return the date of an event that a *row* of its public table holds."""
    return Occurrence(**{name: getattr(row, name) for name in Occurrence.__dataclass_fields__})


def _events(connection: Connection, districts: Mapping[str, str], photos: Mapping[int, Photo]) -> dict[str, Entry]:
    words = _words(connection, EventTranslation, "usual_time")
    dates: dict[int, list[Occurrence]] = {}
    in_time = select(OccurrenceRow.__table__).order_by(OccurrenceRow.start, OccurrenceRow.number)
    for o in connection.execute(in_time):
        dates.setdefault(o.item_id, []).append(occurrence(o))
    return {
        row.code: _entry(
            "event",
            row,
            words[row.item_id],
            {
                "district": districts.get(row.district_code or "", ""),
                "photo": photos.get(row.item_id),
                "moving": row.moving_date,
            },
            category=row.category,
            district=row.district_code or "",
            usual_months=tuple(row.usual_months),
            occurrences=tuple(dates.get(row.item_id, ())),
            places=tuple(filter(None, (row.destination_code, *row.related))),
        )
        for row in connection.execute(select(Event.__table__))
        if row.item_id in words
    }


def _pages(connection: Connection, photos: Mapping[int, Photo]) -> dict[str, Entry]:
    words = _words(connection, PageTranslation)
    return {
        row.code: _entry(
            "page", row, words[row.item_id], {"photo": photos.get(row.item_id)}, position=row.position, menu=row.menu
        )
        for row in connection.execute(select(Page.__table__))
        if row.item_id in words
    }


def _entry(kind: str, row: object, words: dict, card: dict, **facts: object) -> Entry:  # type: ignore[type-arg]
    shown = {locale: words.get(locale) or words[other_locale(locale)] for locale in LOCALES}
    cards = {
        locale: Card(
            item_kind=kind,
            code=row.code,  # type: ignore[attr-defined]
            locale=w.locale,
            path=addresses.item(kind, locale, w.slug),
            name=w.name,
            summary=w.summary,
            category=str(facts.get("category", "")),
            usual_time=getattr(w, "usual_time", ""),
            **card,
        )
        for locale, w in shown.items()
    }
    jawi = getattr(row, "name_jawi", "")  # pages have none
    all_names = (*(w.name for w in words.values()), *row.aliases, *([jawi] if jawi else []))  # type: ignore[attr-defined]
    return Entry(
        kind=kind,
        code=row.code,  # type: ignore[attr-defined]
        updated_at=row.updated_at,  # type: ignore[attr-defined]
        cards=cards,
        locales=frozenset(words),
        changed_at={lo: max(row.updated_at, w.updated_at) for lo, w in words.items()},  # type: ignore[attr-defined]
        sort_keys={locale: w.sort_key for locale, w in shown.items()},
        names=fold(" ".join(all_names)),
        all_names=all_names,
        **facts,  # type: ignore[arg-type]
    )


def day_card(card: Card, occurrence: Occurrence) -> Card:
    """Return *card* showing the date and status of *occurrence*."""
    return Card(
        card.item_kind, card.code, card.locale, card.path, card.name, card.summary, card.category,
        card.district, card.kind, occurrence.start, occurrence.end, occurrence.status, card.usual_time, card.photo,
        occurrence.start_time, occurrence.end_time, occurrence.previous_start, occurrence.venue(card.locale), card.moving,
    )  # fmt: skip
