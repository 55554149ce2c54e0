"""Compare the public tables with the published revisions, item by item and field by field."""

from collections.abc import Iterator
from typing import Any, cast

from sqlalchemy import Table, select

from pesona.db import Model, db
from pesona.editing import items
from pesona.editing.rows import FACTS_TABLE, WORDS_TABLE, facts_row, occurrence_rows, photo_rows, words_row
from pesona.locales import LOCALES
from pesona.models.event import Occurrence
from pesona.models.item import PARTS, Item, Slug
from pesona.models.photo import ItemPhoto


def differences() -> Iterator[str]:
    """Yield one line for each difference; nothing where all is as published."""
    for item in db.session.scalars(select(Item).order_by(Item.kind, Item.code)):
        for line in _of_item(item):
            yield f"{item.kind} {item.code}: {line}"
    yield from _strays()


def _of_item(item: Item) -> Iterator[str]:
    if (item.trashed_at or item.removed_at) and any(item.live(where) for where in PARTS):
        yield "is in the trash or removed, and still live"
    facts: dict[str, Any] | None = None
    dates: list[dict[str, Any]] = []
    photos: list[dict[str, Any]] = []
    if item.live_facts is not None:
        snapshot = items.snapshot(item, item.live_facts)
        facts = {**facts_row(item.code, snapshot), "updated_at": item.facts_at}
        dates, photos = occurrence_rows(snapshot), photo_rows(snapshot)
    yield from _dates(item, dates)
    yield from _photos(item, photos)
    yield from _compare("facts", db.session.get(FACTS_TABLE[item.kind], item.id), facts)
    for locale in LOCALES:
        words, number = None, item.live(locale)
        if number is not None:
            words = words_row(locale, items.snapshot(item, number))
            words["updated_at"] = getattr(item, f"{locale}_at")
            if "slug" in words:
                yield from _slug(item, words["slug"])
        yield from _compare(
            locale, db.session.get(WORDS_TABLE[item.kind], {"item_id": item.id, "locale": locale}), words
        )


def _compare(part: str, row: Model | None, expected: dict[str, Any] | None) -> Iterator[str]:
    if row is None and expected is None:
        return
    if row is None:
        yield f"{part} is published but not public"
    elif expected is None:
        yield f"{part} is public but not published"
    else:
        for name, value in expected.items():
            if getattr(row, name) != value:
                yield f"{part}.{name} differs from the published revision"


def _dates(item: Item, expected: list[dict[str, Any]]) -> Iterator[str]:
    stored = db.session.scalars(select(Occurrence).where(Occurrence.item_id == item.id).order_by(Occurrence.number))
    names = ("number", "start", "end", "status", "source", "note_id", "note_en")
    if [{n: getattr(o, n) for n in names} for o in stored] != [{n: row[n] for n in names} for row in expected]:
        yield "facts.occurrences differs from the published revision"


def _photos(item: Item, expected: list[dict[str, Any]]) -> Iterator[str]:
    shown = select(ItemPhoto.photo_id).where(ItemPhoto.item_id == item.id).order_by(ItemPhoto.position)
    if list(db.session.scalars(shown)) != [row["photo_id"] for row in expected]:
        yield "facts.photos differs from the published revision"


def _slug(item: Item, slug: str) -> Iterator[str]:
    kept = db.session.get(Slug, (item.kind, slug))
    if kept is None or kept.item_id != item.id:
        yield f"slug {slug} is not kept in the slug history"


def _strays() -> Iterator[str]:
    known = select(Item.id)
    for model in (*FACTS_TABLE.values(), *WORDS_TABLE.values(), Occurrence, ItemPhoto):
        table = cast(Table, model.__table__)  # type: ignore[attr-defined]
        for item_id in db.session.scalars(select(table.c.item_id).where(table.c.item_id.not_in(known))):
            yield f"{table.name} row of item {item_id}: there is no such item"
