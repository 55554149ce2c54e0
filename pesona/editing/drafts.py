"""Which items have a draft that readers do not see: words that never were live, or text that differs from what is."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import aliased

from pesona.db import db
from pesona.editing.snapshot import Snapshot, part, upgraded
from pesona.locales import LOCALES
from pesona.models.item import PARTS, Item, Revision

# One of these holds text as soon as a language is begun.
_BEGUN = ("name", "summary", "body")


def newest() -> ColumnElement[bool]:
    """Return the condition that joins each item with its newest revision."""
    return and_(Revision.item_id == Item.id, Revision.number == Item.head)


def waiting() -> ColumnElement[bool]:
    """Return the condition that a draft waits, for a question that joins `newest`; it asks one question itself."""
    return and_(Item.is_there(), or_(*map(_never_live, LOCALES), Item.id.in_(_differing())))


def _never_live(locale: str) -> ColumnElement[bool]:
    words = Revision.snapshot["words"][locale]
    begun = or_(*(words[name].as_string() != "" for name in _BEGUN))
    # What was withdrawn has a time; it is no draft.
    return and_(getattr(Item, f"live_{locale}").is_(None), getattr(Item, f"{locale}_at").is_(None), begun)


def _differing() -> list[int]:
    """Return the items of which a live part differs from the newest revision.

    A mark that is behind says nothing: each publication moves those of its own parts. The database
    compares the stored text, which an older shape makes different too, so those few are read.
    """
    head, of_part = aliased(Revision), aliased(Revision)
    numbers = (Item.head, Item.live_facts, Item.live_id, Item.live_en)
    question = (
        select(Item, of_part.number, of_part.snapshot)
        .join(head, and_(head.item_id == Item.id, head.number == Item.head))
        .join(of_part, and_(of_part.item_id == Item.id, of_part.number.in_(numbers)))
        .where(Item.is_there(), or_(*(_stored_otherwise(where, head) for where in PARTS)))
    )
    found: dict[Item, dict[int, Snapshot]] = {}
    for item, number, snapshot in db.session.execute(question):
        found.setdefault(item, {})[number] = upgraded(item.kind, snapshot)[0]
    return [item.id for item, snapshots in found.items() if any(_differences(item, snapshots))]


def _stored_otherwise(where: str, head: Any) -> ColumnElement[bool]:
    live, mark = aliased(Revision), getattr(Item, f"live_{where}")
    stored = select(_text(live, where)).where(live.item_id == Item.id, live.number == mark).scalar_subquery()
    return and_(mark < Item.head, stored != _text(head, where))


def _text(revision: Any, where: str) -> Any:
    whole = revision.snapshot["facts"] if where == "facts" else revision.snapshot["words"][where]
    return whole.as_string()


def _differences(item: Item, snapshots: dict[int, Snapshot]) -> Iterator[bool]:
    for where in PARTS:
        number = item.live(where)
        if number is not None:
            yield part(snapshots[number], where) != part(snapshots[item.head], where)
