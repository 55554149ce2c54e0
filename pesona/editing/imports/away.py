"""Items that an undone import put into the trash, and that the next import of their code brings back."""

from sqlalchemy import select

from pesona.clock import utc_now
from pesona.db import db
from pesona.editing import log
from pesona.editing.log import Actor
from pesona.models.account import LogEntry
from pesona.models.item import Item

TAKEN_BACK = "import_taken_back"


def is_away(item: Item) -> bool:
    """Tell whether an undone import put *item* into the trash, and nothing happened to it since."""
    if item.trashed_at is None or item.removed_at is not None:
        return False
    last = select(LogEntry.deed).where(LogEntry.item_id == item.id).order_by(LogEntry.id.desc()).limit(1)
    return db.session.scalar(last) == TAKEN_BACK


def is_gone(item: Item) -> bool:
    """Tell whether somebody put *item* into the trash or removed it for good."""
    return not item.stands and not is_away(item)


def put_away(item: Item, actor: Actor) -> None:
    item.trashed_at = utc_now()
    log.note(actor, TAKEN_BACK, item.code, item=item, revision=item.head)


def bring_back(item: Item) -> None:
    item.trashed_at = None
