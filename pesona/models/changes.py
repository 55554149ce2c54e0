"""The flush hook: every transaction that changes a public table raises the content version.

It also leaves a note in the outbox for each item whose search documents must be made again, in the
same transaction; notices, synonyms, holidays, corrections and schedules stand in none. Bulk UPDATE and DELETE bypass it, so
nothing here may use them.
"""

from collections.abc import Callable, Iterable

from sqlalchemy import event, insert, update
from sqlalchemy.orm import Session

from pesona.db import db
from pesona.models.destination import Destination, DestinationTranslation
from pesona.models.event import Event, EventTranslation, Occurrence
from pesona.models.holiday import Holiday
from pesona.models.item import Item
from pesona.models.notice import Notice, NoticeTranslation
from pesona.models.page import Page, PageTranslation
from pesona.models.photo import ItemPhoto, Photo
from pesona.models.public import ContentVersion, Outbox
from pesona.models.report import Correction
from pesona.models.review import Schedule
from pesona.models.synonym import Synonym

OF_ITEMS = (
    Destination,
    DestinationTranslation,
    Event,
    EventTranslation,
    Occurrence,
    Page,
    PageTranslation,
    ItemPhoto,
)
# A schedule is no public row, but the moment of every page depends on when it is due.
PUBLIC = (*OF_ITEMS, Notice, NoticeTranslation, Photo, Synonym, Holiday, Correction, Schedule)

# Called after the commit of a transaction that changed something public.
after_public_commit: list[Callable[[], None]] = []


def listen() -> None:
    """Watch the session of the site; safe to call once for each application made."""
    if not event.contains(db.session, "before_flush", _note_changes):
        event.listen(db.session, "before_flush", _note_changes)
        event.listen(db.session, "after_commit", _tell)
        event.listen(db.session, "after_soft_rollback", _forget)


def _note_changes(session: Session, _context: object, _instances: object) -> None:
    touched = [row for row in _changed(session) if isinstance(row, PUBLIC)]
    if not touched:
        return
    session.info["public_changed"] = True
    session.execute(update(ContentVersion).values(number=ContentVersion.number + 1))
    for item_id in sorted({row.item_id for row in touched if isinstance(row, OF_ITEMS)}):
        item = session.get_one(Item, item_id)
        session.execute(insert(Outbox).values(kind=item.kind, code=item.code))


def _changed(session: Session) -> Iterable[object]:
    yield from session.new
    yield from session.deleted
    yield from (row for row in session.dirty if session.is_modified(row))


def _tell(session: Session) -> None:
    if session.info.pop("public_changed", False):
        for callback in after_public_commit:
            callback()


def _forget(session: Session, _previous: object) -> None:
    session.info.pop("public_changed", None)
