"""One consistent file of database, media and secret key, made while the site runs."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from pesona.clock import utc_now
from pesona.db import begin_writing, db, reading, sqlite_engine
from pesona.editing import archive, log, rowcopy
from pesona.editing.log import Actor
from pesona.settings import KEY_FILE


def backup(target: Path, home: Path, actor: Actor, tell: archive.Tell = archive.silent) -> int:
    """Write the site in *home* to *target*; return how many files. Raises `archive.Refused`.

    The database is copied first, as it is at one instant; media are files that never change, so what
    is copied after it holds at least all that the database names.
    """
    if target.exists():
        raise archive.Refused(f"{target} is there already; a backup never takes the place of another file")
    if not target.parent.is_dir():
        raise archive.Refused(f"there is no folder {target.parent}")
    with _database() as copy:
        files = {archive.DATABASE: copy, **_kept(home)}
        about = {"made_at": utc_now().isoformat(), "database": db.engine.dialect.name}
        try:
            archive.write(target, files, about, tell)
        except FileExistsError as problem:
            raise archive.Refused(f"{target} is there already") from problem
    begin_writing()
    log.note(actor, "backup", target.name)
    db.session.commit()
    return len(files)


def _kept(home: Path) -> dict[str, Path]:
    media = home / archive.MEDIA
    found = {f"{archive.MEDIA}/{p.relative_to(media).as_posix()}": p for p in archive.files_below(media)}
    key = home / KEY_FILE
    return {**found, **({archive.KEY: key} if key.is_file() else {})}


@contextmanager
def _database() -> Iterator[Path]:
    with TemporaryDirectory(prefix="pesona-") as folder:
        copy = Path(folder) / archive.DATABASE
        if db.engine.dialect.name == "sqlite":
            with (
                closing(sqlite3.connect(str(db.engine.url.database))) as site,
                closing(sqlite3.connect(copy)) as target,
            ):
                site.backup(target)
        else:
            _from_postgresql(copy)
        yield copy


def _from_postgresql(copy: Path) -> None:
    engine = sqlite_engine(copy)
    try:
        rowcopy.make_tables(engine)
        with reading() as site, engine.begin() as target:
            rowcopy.copy_rows(site, target)
    finally:
        engine.dispose()
