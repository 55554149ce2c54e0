"""The index follows the database: the outbox drained, the whole made anew, differences told."""

import logging
from collections.abc import Iterator

from flask import current_app
from sqlalchemy import delete, func, select

from pesona.db import db, reading
from pesona.models.public import Outbox
from pesona.queries.catalogue import catalogue
from pesona.queries.items import published_by_codes
from pesona.search.document import Document, digest, documents
from pesona.search.engine import Engine
from pesona.search.postings import Snapshot, Unavailable

BATCH = 200
log = logging.getLogger(__name__)


def index() -> Engine:
    found: Engine = current_app.extensions["pesona.index"]
    return found


def snapshot() -> Snapshot:
    """Return the index for a search; looks at most every 100 ms whether the database has moved on.

    Raises `Unavailable`.
    """
    found = index()
    if not found.is_fresh() and lags():
        drain()
    return found.snapshot()


def drain() -> None:
    """Bring the index up to date with the outbox, or leave it to whoever is at it.

    Never raises nor waits: the save that left the notes stands, and the next drain finds them.
    """
    try:
        with index().locked(wait=False) as mine:
            if mine:
                _drain_locked()
    except Exception:
        log.exception("the search index could not be brought up to date")


def lags() -> bool:
    """Tell whether notes are waiting in the outbox."""
    with reading() as connection:
        return connection.execute(select(Outbox.id).limit(1)).first() is not None


def rebuild() -> int:
    """Make the index anew from the public tables; return the number of documents."""
    with index().locked():
        return _rebuild_locked()


def ensure() -> None:
    """Make the index where it is missing or unreadable, then drain; called at start."""
    with index().locked():
        try:
            index().look()
            _drain_locked()
        except Unavailable:
            _rebuild_locked()


def heal() -> bool:
    """Make a missing or broken index anew unless somebody is at it; tell whether it was done."""
    with index().locked(wait=False) as mine:
        if mine:
            _rebuild_locked()
        return mine


def differences() -> Iterator[str]:
    """Yield one line for each document that is missing, left over, or not as the database says."""
    expected = {document.key: digest(document) for document in all_documents()}
    try:
        stored = index().digests()
    except Unavailable as problem:
        yield f"the index cannot be read: {problem}"
        return
    for key in sorted(expected.keys() | stored.keys()):
        if key not in stored:
            yield f"{key}: missing in the index"
        elif key not in expected:
            yield f"{key}: in the index but not published"
        elif stored[key] != expected[key]:
            yield f"{key}: differs from what is published"


def _drain_locked() -> None:
    while True:
        with reading() as connection:
            notes = connection.execute(select(Outbox.__table__).order_by(Outbox.id).limit(BATCH)).all()
        if not notes:
            return
        touched = {(note.kind, note.code) for note in notes}
        try:
            found = [document for kind, code in sorted(touched) for document in _documents(kind, [code])]
            index().update([f"{kind}/{code}" for kind, code in touched], found)
        except Unavailable:
            _rebuild_locked()
        else:
            _forget_notes(notes[-1].id)


def _rebuild_locked() -> int:
    with reading() as connection:
        last = connection.execute(select(func.max(Outbox.id))).scalar() or 0
    count = index().rebuild(all_documents())
    _forget_notes(last)
    return count


def _forget_notes(last: int) -> None:
    with db.engine.connect().execution_options(writing=True) as connection:
        connection.execute(delete(Outbox).where(Outbox.id <= last))
        connection.commit()


def all_documents() -> Iterator[Document]:
    """Yield every published document."""
    for kind, entries in catalogue().entries.items():
        codes = list(entries)
        for start in range(0, len(codes), BATCH):
            yield from _documents(kind, codes[start : start + BATCH])


def _documents(kind: str, codes: list[str]) -> Iterator[Document]:
    for item in published_by_codes(kind, codes):
        yield from documents(item)
