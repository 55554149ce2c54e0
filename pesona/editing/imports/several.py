"""Imported drafts published from a list: each one checked as on its own screen."""

from sqlalchemy import and_, func, not_, or_, select

from pesona.db import db
from pesona.editing import items, publish
from pesona.editing.checks import Problem
from pesona.editing.imports.run import ORIGIN, differing_parts, is_imported
from pesona.editing.log import Actor
from pesona.locales import LOCALES
from pesona.models.item import PARTS, Item, Revision


def drafts(kind: str, limit: int) -> list[tuple[Item, dict[str, str]]]:
    """Return the first items of *kind* by code whose newest revision came from an import and is not live.

    Each comes with its names by language.
    """
    newest = and_(Revision.item_id == Item.id, Revision.number == Item.head)
    live = or_(*(func.coalesce(getattr(Item, f"live_{where}"), 0) == Item.head for where in PARTS))
    names = [Revision.snapshot["words"][locale]["name"].as_string() for locale in LOCALES]
    there = (Item.kind == kind, Item.is_there(), Revision.origin == ORIGIN, not_(live))
    wanted = select(Item, *names).join(Revision, newest).where(*there).order_by(Item.code).limit(limit)
    return [(item, dict(zip(LOCALES, said, strict=True))) for item, *said in db.session.execute(wanted)]


def publish_draft(kind: str, code: str, base: int, actor: Actor) -> list[Problem]:
    """Publish what differs from live in the imported draft *base* of an item; return what blocks it."""
    item = items.find(kind, code, lock=True)
    if item is None or not item.stands or item.head != base or not is_imported(item):
        return [Problem("moved_on", "facts", "")]
    try:
        publish.publish(item, base, differing_parts(item), actor)
    except publish.Blocked as blocked:
        return blocked.problems
    return []
