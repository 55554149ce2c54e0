"""A revision as its public page would show it, and the signed links by which others may look at one."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from itsdangerous import BadSignature, URLSafeSerializer

from pesona import clock
from pesona.db import db
from pesona.editing import items
from pesona.editing.rows import facts_row, occurrence_rows, words_row
from pesona.editing.snapshot import Snapshot
from pesona.locales import LOCALES
from pesona.models.item import Item
from pesona.published import Occurrence, PublishedItem, Words
from pesona.queries.items import build
from pesona.queries.photos import photos_by_number

LIFETIME = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Link:
    """What a signed link names: one revision in one language, until a moment (UTC)."""

    item: Item
    revision: int
    locale: str
    until: datetime


def as_public(item: Item, number: int) -> PublishedItem | None:
    """Return revision *number* in the shape of what is published, or None where it has no name yet.

    No public table is read or written. What the checks would refuse is left out: a draft may hold anything.
    """
    snapshot = items.snapshot(item, number)
    changed_at = items.revision(item, number).created_at
    words = {locale: _words(snapshot, locale, changed_at) for locale in LOCALES if snapshot["words"][locale]["name"]}
    if not words:
        return None
    row = {**facts_row(item.code, snapshot), "updated_at": changed_at}
    if "prices" in row:
        row["prices"] = [price for price in row["prices"] if _is_told(price)]
    photos = photos_by_number(db.session.connection(), snapshot["facts"]["photos"])
    return replace(build(item.kind, row, words, tuple(_dates(snapshot))), photos=photos)


def _is_told(price: dict[str, Any]) -> bool:
    return isinstance(price["amount_idr"], int) or (price["kind"] == "donation" and price["amount_idr"] is None)


def _words(snapshot: Snapshot, locale: str, changed_at: datetime) -> Words:
    row = {name: text for name, text in words_row(locale, snapshot).items() if name != "sort_key"}
    row["slug"] = row["slug"] or "-"
    return Words(locale=locale, updated_at=changed_at, **row)


def _dates(snapshot: Snapshot) -> Iterator[Occurrence]:
    given = [row for row in snapshot["facts"].get("occurrences", []) if _is_date(row["start"], row["end"])]
    for row in occurrence_rows({**snapshot, "facts": {"occurrences": given}}):
        yield Occurrence(**{name: value for name, value in row.items() if name != "number"})


def _is_date(start: str, end: str) -> bool:
    try:
        return date.fromisoformat(start) <= date.fromisoformat(end or start)
    except ValueError:
        return False


def make_link(item: Item, number: int, locale: str, secret: str) -> tuple[str, datetime]:
    """Return the token of a link to one revision in one language, and when it ends."""
    until = (clock.utc_now() + LIFETIME).replace(microsecond=0)
    payload: list[Any] = [item.id, number, locale, int(until.replace(tzinfo=UTC).timestamp())]
    return str(_signer(secret).dumps(payload)), until


def read_link(token: str, secret: str) -> Link | None:
    """Return what *token* names, or None where nobody here has signed it or the item is gone."""
    try:
        item_id, number, locale, until = _signer(secret).loads(token)
    except BadSignature:
        return None
    item = db.session.get(Item, item_id)
    if item is None or item.removed_at is not None:
        return None
    return Link(item, number, locale, datetime.fromtimestamp(until, UTC).replace(tzinfo=None))


def _signer(secret: str) -> URLSafeSerializer:
    return URLSafeSerializer(secret, salt="preview")
