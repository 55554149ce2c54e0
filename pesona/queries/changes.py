"""What has changed of a kind since a moment, with what has left the site: for those who keep a copy."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from pesona.db import reading
from pesona.models.item import Item


@dataclass(frozen=True, slots=True)
class Change:
    """When (UTC) the public last saw a change of the item *code*; what is not *live* was public once."""

    at: datetime
    code: str
    live: bool


def changes(kind: str, after: datetime) -> list[Change]:
    """Return the last change of each item of *kind* that was ever public, where it is later than *after* (UTC)."""
    wanted = select(Item.code, Item.live_facts, Item.live_id, Item.live_en, Item.facts_at, Item.id_at, Item.en_at)
    found = []
    with reading() as connection:
        for row in connection.execute(wanted.where(Item.kind == kind)):
            # A withdrawal moves the time of its language too, so that it is told.
            at = max((at for at in (row.facts_at, row.id_at, row.en_at) if at), default=None)
            live = row.live_facts is not None and (row.live_id is not None or row.live_en is not None)
            if at is not None and at > after and (live or row.id_at or row.en_at):
                found.append(Change(at, row.code, live))
    return sorted(found, key=lambda change: (change.at, change.code))


def is_removed(kind: str, code: str) -> bool:
    """Tell whether *code* was that of an item that was removed for good after it had been public."""
    wanted = select(Item.removed_at, Item.id_at, Item.en_at).where(Item.kind == kind, Item.code == code)
    with reading() as connection:
        row = connection.execute(wanted).first()
    return row is not None and row.removed_at is not None and bool(row.id_at or row.en_at)
