"""Where a photo is used: in what is live, and in the newest draft of each item."""

from sqlalchemy import and_, select

from pesona.db import db
from pesona.locales import LOCALES
from pesona.models.item import Item, Revision
from pesona.models.photo import ItemPhoto, Photo


def is_live(photo: Photo) -> bool:
    return db.session.scalar(select(ItemPhoto.item_id).where(ItemPhoto.photo_id == photo.id).limit(1)) is not None


def live_items(photo: Photo) -> list[Item]:
    shown = select(ItemPhoto.item_id).where(ItemPhoto.photo_id == photo.id)
    return list(db.session.scalars(select(Item).where(Item.id.in_(shown)).order_by(Item.kind, Item.code)))


def live_locales(photo: Photo) -> list[str]:
    """Return the languages in which readers see *photo*."""
    items = live_items(photo)
    return [locale for locale in LOCALES if any(item.live(locale) is not None for item in items)]


def draft_items(photo: Photo) -> list[Item]:
    """Return the items whose newest draft holds *photo*."""
    shown = Revision.snapshot["facts"]["photos"]
    newest = and_(Revision.item_id == Item.id, Revision.number == Item.head)
    rows = db.session.execute(
        select(Item, shown.label("photos"))
        .join(Revision, newest)
        .where(shown.as_string().is_not(None), shown.as_string() != "[]", Item.removed_at.is_(None))
        .order_by(Item.kind, Item.code)
    )
    return [row.Item for row in rows if photo.id in (row.photos or [])]


def uses(photo: Photo) -> list[tuple[Item, bool]]:
    """Return each item that uses *photo*, and whether readers see it there."""
    live = live_items(photo)
    known = {item.id for item in live}
    return [(item, True) for item in live] + [(item, False) for item in draft_items(photo) if item.id not in known]
