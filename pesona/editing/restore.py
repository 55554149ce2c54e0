"""A backup put in the place of the site: checked first, then switched in one step that a death cannot halve."""

import os
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Connection, Engine, delete, func, insert, inspect, select, update

from pesona.clock import utc_now
from pesona.db import db, sqlite_engine
from pesona.editing import archive, rowcopy, schema
from pesona.models.account import Account, Attempt, LogEntry, SignIn
from pesona.models.changes import after_public_commit
from pesona.models.item import Item
from pesona.models.public import ContentVersion, Outbox
from pesona.settings import KEY_FILE

STAGED = ".restore-"
# Far enough that nothing published while the restore runs can reach the number of the restored site.
VERSIONS_AHEAD = 1000


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore brought back: when the backup was made, how many items and media files."""

    made_at: str
    items: int
    media: int


def restore(source: Path, home: Path, overwrite: bool, tell: archive.Tell = archive.silent) -> Restored:
    """Put the backup *source* in the place of the site in *home*. Raises `archive.Refused` before touching anything.

    Killed at any moment it leaves the old site or the new one: the database is switched in one
    transaction, media that only the old one names are removed after it.
    """
    if not overwrite and not _is_empty():
        raise archive.Refused("this site is not empty; with --overwrite the backup takes its place")
    for left in home.glob(f"{STAGED}*"):  # by a restore that was killed
        shutil.rmtree(left)
    with TemporaryDirectory(prefix=STAGED, dir=home) as folder:
        staged = Path(folder)
        about = archive.unpack(source, staged, tell)
        items = _prepare(staged / archive.DATABASE, about)
        media = {p.relative_to(staged) for p in archive.files_below(staged / archive.MEDIA)}
        _place([path for path in media if not (home / path).exists()], staged, home)
        _switch(staged / archive.DATABASE)
        _place([path for path in media if (staged / path).exists()], staged, home)
        if (staged / archive.KEY).exists():
            (staged / archive.KEY).chmod(0o600)
            os.replace(staged / archive.KEY, home / KEY_FILE)
        for path in archive.files_below(home / archive.MEDIA):
            if path.relative_to(home) not in media:
                path.unlink()
    return Restored(about["made_at"], items, len(media))


def _is_empty() -> bool:
    with db.engine.connect() as connection:
        if not inspect(connection).has_table(Item.__tablename__):
            return True
        return not any(connection.execute(select(model.id).limit(1)).first() for model in (Item, Account))


def _prepare(copy: Path, about: dict[str, Any]) -> int:
    """Check the unpacked database and make it fit to take the place of the site's; return how many items it holds."""
    engine = sqlite_engine(copy)
    try:
        if not _is_sound(copy):
            raise archive.Refused("the database in this backup is damaged")
        if not rowcopy.is_known(engine):
            raise archive.Refused("the database in this backup is of a newer release: install that first")
        rowcopy.upgrade(engine)
        newest = _newest_version()
        with engine.begin() as connection:
            schema.make_triggers(connection)
            return _make_ready(connection, about, newest)
    finally:
        engine.dispose()


def _is_sound(copy: Path) -> bool:
    try:
        with closing(sqlite3.connect(copy)) as connection:
            sound = connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            return sound and not connection.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.DatabaseError:
        return False


def _newest_version() -> int:
    """Return the content version of the site as it is, which pages in memory carry."""
    with db.engine.connect() as connection:
        if not inspect(connection).has_table(ContentVersion.__tablename__):
            return 0
        return connection.scalar(select(ContentVersion.number)) or 0


def _make_ready(connection: Connection, about: dict[str, Any], newest: int) -> int:
    # Whoever signed out or was shut out since the backup must not come in by it.
    connection.execute(delete(SignIn))
    connection.execute(delete(Attempt))
    own = connection.scalar(select(ContentVersion.number)) or 0
    connection.execute(update(ContentVersion).values(number=max(own, newest) + VERSIONS_AHEAD))
    # Should nobody be left to make the index anew, the next process to look does it by these notes.
    connection.execute(delete(Outbox))
    connection.execute(insert(Outbox).from_select(["kind", "code"], select(Item.kind, Item.code)))
    connection.execute(
        insert(LogEntry).values(
            at=utc_now(), role="restore", deed="restore_site", sentence=f"backup of {about['made_at']}", details={}
        )
    )
    return connection.scalar(select(func.count()).select_from(Item)) or 0


def _place(paths: list[Path], staged: Path, home: Path) -> None:
    for path in paths:
        (home / path).parent.mkdir(parents=True, exist_ok=True)
        os.replace(staged / path, home / path)


def _switch(copy: Path) -> None:
    """Let the database of the site become that of *copy*, in one transaction."""
    db.session.remove()
    if db.engine.dialect.name == "sqlite":
        # Page by page into the same file: processes that have it open see the new site at once.
        path = str(db.engine.url.database)
        with closing(sqlite3.connect(copy)) as source, closing(sqlite3.connect(path, timeout=30)) as site:
            source.backup(site)
    else:
        if not schema.is_current():
            schema.init()
        _to_postgresql(copy, db.engine)
    for tell in after_public_commit:
        tell()


def _to_postgresql(copy: Path, site: Engine) -> None:
    engine = sqlite_engine(copy)
    try:
        with engine.connect() as source, site.begin() as target:
            rowcopy.empty(target)
            rowcopy.copy_rows(source, target)
            rowcopy.count_on(target)
    finally:
        engine.dispose()
