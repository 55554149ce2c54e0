"""Address parts of drafts: free ones for new items, and the rule that one never follows a name once public."""

from collections.abc import Mapping

from sqlalchemy import and_, select

from pesona.db import db
from pesona.locales import LOCALES
from pesona.models.item import Item, Revision, Slug
from pesona.text.slugs import slugify


def owner(kind: str, slug: str) -> int | None:
    """Return the number of the item that has or had *slug* on the site."""
    return db.session.scalar(select(Slug.item_id).where(Slug.kind == kind, Slug.slug == slug))


def free(kind: str, stem: str) -> str:
    """Return *stem*, or the first of stem-2, stem-3 … that no item of *kind* has, had or wants in its draft."""
    taken = set(db.session.scalars(select(Slug.slug).where(Slug.kind == kind, Slug.slug.startswith(stem))))
    newest = and_(Revision.item_id == Item.id, Revision.number == Item.head)
    for locale in LOCALES:
        slug = Revision.snapshot["words"][locale]["slug"].as_string()
        taken |= set(db.session.scalars(select(slug).join(Item, newest).where(Item.kind == kind)))
    return next(slug for n in range(1, len(taken) + 2) if (slug := stem if n == 1 else f"{stem}-{n}") not in taken)


def of_draft(item: Item, before: Mapping[str, str], wanted: Mapping[str, str]) -> str:
    """Return the slug that *wanted* words get when they take the place of the words *before*.

    One that was typed stands. One that was on the site stays even if its field is emptied. Before
    that, a slug that was made from the name follows it.
    """
    typed = wanted["slug"]
    if typed and typed != before["slug"]:
        return typed
    if before["slug"] and owner(item.kind, before["slug"]) == item.id:
        return before["slug"]
    if typed and typed != slugify(before["name"]):
        return typed
    return slugify(wanted["name"]) or typed
