"""The queue of photos whose files must be made: worked off by one thread of one process, and checked.

Every function needs an application context; the files themselves are made outside of any transaction.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

from PIL import Image
from sqlalchemy import select

from pesona.db import begin_writing, db
from pesona.media import making
from pesona.media.store import Store
from pesona.models.photo import Photo, PhotoJob

EVERY_SECONDS = 2.0
KEPT_SECONDS = 24 * 3600

log = logging.getLogger(__name__)


def ask(photo: Photo) -> None:
    """Put *photo* into the queue, in the running transaction."""
    if db.session.get(PhotoJob, photo.id) is None:
        db.session.add(PhotoJob(photo_id=photo.id))


def keep_working(store: Store, context: Callable[[], AbstractContextManager[object]]) -> None:
    """Work off the queue in a thread until the process ends; what is begun then is begun again at the next start."""
    threading.Thread(target=_for_ever, args=(store, context), daemon=True, name="photos").start()


def _for_ever(store: Store, context: Callable[[], AbstractContextManager[object]]) -> None:
    failed: set[int] = set()
    pause = threading.Event()
    while True:
        try:
            with context(), store.locked(wait=False) as mine:
                if mine:
                    work_off(store, failed)
        except Exception:
            log.exception("the queue of photos could not be worked off")
        pause.wait(EVERY_SECONDS)


def work_off(store: Store, failed: set[int] | None = None) -> int:
    """Make the files of every photo in the queue; return how many photos were made ready.

    A photo that cannot be made stays in the queue, noted in *failed*, and is not tried again there.
    """
    failed = set() if failed is None else failed
    done = 0
    while (number := _next(failed)) is not None:
        try:
            done += _make(store, number)
        except Exception:
            db.session.rollback()
            failed.add(number)
            log.exception("the files of photo %s could not be made", number)
    return done


def _next(failed: set[int]) -> int | None:
    waiting = select(PhotoJob.photo_id).where(PhotoJob.photo_id.not_in(failed)).order_by(PhotoJob.photo_id)
    number = db.session.scalar(waiting.limit(1))
    # The pictures take seconds: no transaction stays open meanwhile.
    db.session.rollback()
    return number


def _make(store: Store, number: int) -> bool:
    photo = db.session.get_one(Photo, number, populate_existing=True)
    focus, name, path = photo.focus, photo.name, store.original(photo.name, photo.suffix)
    size = (photo.width, photo.height)
    db.session.rollback()
    with Image.open(path) as image:
        making.make(store, image, making.files(name, *size, focus), focus)
    begin_writing()
    photo = db.session.get_one(Photo, number, populate_existing=True)
    settled = photo.focus == focus
    if settled:
        photo.cut_x, photo.cut_y, photo.ready = *focus, True
        job = db.session.get(PhotoJob, number)
        if job is not None:
            db.session.delete(job)
    db.session.commit()
    return settled


def rebuild(store: Store) -> Iterator[tuple[int, int]]:
    """Yield (number, files made) for each photo while making again whatever is missing."""
    with store.locked():
        for number in db.session.scalars(select(Photo.id).order_by(Photo.id)).all():
            photo = db.session.get_one(Photo, number)
            wanted, path = list(_files(photo)), store.original(photo.name, photo.suffix)
            missing = [file for file in wanted if not _is_whole(store.file(file[0]), file[2])]
            cut = photo.cut
            db.session.rollback()
            for file in missing:
                store.file(file[0]).unlink(missing_ok=True)
            made = 0
            if missing:
                with Image.open(path) as image:
                    made = making.make(store, image, missing, cut)
            yield number, made
        work_off(store)
        _sweep(store)


def _sweep(store: Store) -> None:
    """Remove the files of former cuts; younger ones may belong to a page that is being read, or an upload."""
    wanted = {file[0] for photo in db.session.scalars(select(Photo)) for file in _files(photo)}
    long_ago = time.time() - KEPT_SECONDS
    for path in (store.file(name) for name in store.names() - wanted):
        if path.stat().st_mtime < long_ago:
            path.unlink(missing_ok=True)


def differences(store: Store) -> Iterator[str]:
    """Yield one line for each original or file that is missing or broken."""
    for photo in db.session.scalars(select(Photo).order_by(Photo.id)):
        path = store.original(photo.name, photo.suffix)
        if not path.is_file():
            yield f"photo {photo.id}: the original is missing"
        elif store.hash_of(path) != photo.name:
            yield f"photo {photo.id}: the original is not what was stored"
        for name, _, width, _ in _files(photo):
            if not _is_whole(store.file(name), width):
                yield f"photo {photo.id}: {name} is missing or broken"
        if not photo.ready or photo.cut != photo.focus:
            yield f"photo {photo.id}: not all files are made yet"


def _files(photo: Photo) -> Iterator[making.File]:
    """Yield the files that pages may ask for now."""
    make = making.files if photo.ready else making.first_files
    return make(photo.name, photo.width, photo.height, photo.cut)


def _is_whole(path: Path, width: int) -> bool:
    try:
        with Image.open(path) as image:
            image.load()
            return image.width == width
    except (OSError, SyntaxError, ValueError):
        return False
