"""Photos taken in, worded, trashed and brought back: live at once where they are shown, so every deed is logged.

Every deed runs in the caller's transaction, except `prepare`, which needs none and takes seconds.
"""

import hashlib
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, not_, or_, select
from sqlalchemy.exc import IntegrityError

from pesona import pictures
from pesona.clock import utc_now
from pesona.db import db
from pesona.editing import items, log
from pesona.editing.log import Actor
from pesona.editing.permissions import can
from pesona.editing.photo_uses import is_live, live_locales
from pesona.editing.problem import Problem
from pesona.locales import LOCALES
from pesona.media import making, queue
from pesona.media.store import Store
from pesona.media.taking import Refused, Taken, take
from pesona.models.account import Account
from pesona.models.item import Item
from pesona.models.photo import CONSENTS, LICENCES, Photo

POINT_PRECISION_M = 100  # telephones note better points than they know
LONGEST_ALT, LONGEST_CREDIT, LONGEST_DATE, LONGEST_TEXT = 150, 200, 40, 500
WORDS = (
    *("alt_id", "alt_en", "decorative", "caption_id", "caption_en"),
    *("credit", "licence", "source", "date", "consent", "focus_x", "focus_y"),
)
_LIMITS = {
    "alt_id": LONGEST_ALT,
    "alt_en": LONGEST_ALT,
    "credit": LONGEST_CREDIT,
    "date": LONGEST_DATE,
    "caption_id": LONGEST_TEXT,
    "caption_en": LONGEST_TEXT,
    "source": LONGEST_TEXT,
}


@dataclass(frozen=True, slots=True)
class Prepared:
    """An upload, by the hash of its bytes; where they are new, what its row will hold: its files are stored."""

    upload: str
    values: Mapping[str, Any] | None = None


def prepare(store: Store, content: bytes) -> Prepared:
    """Store the files of an upload unless its bytes are known; raises `Refused`. Ends the transaction."""
    upload = hashlib.sha256(content).hexdigest()
    known = find_upload(upload)
    # Decoding takes seconds: nobody shall wait for it.
    db.session.rollback()
    if known is not None:
        return Prepared(upload)
    # One at a time: a large picture takes some hundred megabytes while it is open.
    with _one_at_a_time:
        return Prepared(upload, _store_files(store, take(content)))


_one_at_a_time = threading.Lock()


def _store_files(store: Store, taken: Taken) -> dict[str, Any]:
    """Store the original and the first files of *taken*; return what its row will hold."""
    width, height = taken.image.size
    try:
        name = store.keep_original(making.original(taken.image, taken.suffix), taken.suffix)
        wanted = making.first_files(name, width, height, pictures.CENTRE)
        making.make(store, taken.image, wanted, pictures.CENTRE)
    except OSError as problem:
        raise Refused("storage") from problem
    latitude, longitude = taken.point or (None, None)
    told = {"width": width, "height": height, "latitude": latitude, "longitude": longitude}
    return {"name": name, "suffix": taken.suffix, **told}


def add(prepared: Prepared, actor: Actor) -> tuple[Photo, bool]:
    """Return the photo of *prepared* and whether it is new; one from the trash comes back."""
    photo = _new(prepared, actor) if find_upload(prepared.upload) is None else None
    if photo is None:
        known = find_upload(prepared.upload)
        assert known is not None
        if known.trashed_at is not None:
            restore(known, actor)
        return known, False
    queue.ask(photo)
    log.note(actor, "photo_upload", f"{photo.id}: {photo.width} × {photo.height}", number=photo.id)
    return photo, True


def _new(prepared: Prepared, actor: Actor) -> Photo | None:
    """Return the row of a new photo, or None where somebody has just sent the same bytes."""
    assert prepared.values is not None, "a photo is never removed"
    by = {"created_by": actor.account_id, "updated_by": actor.account_id}
    photo = Photo(upload=prepared.upload, **prepared.values, **by)
    try:
        with db.session.begin_nested():
            db.session.add(photo)
    except IntegrityError:
        return None
    return photo


def find_upload(upload: str) -> Photo | None:
    return db.session.scalar(select(Photo).where(Photo.upload == upload))


def find(number: int, lock: bool = False) -> Photo | None:
    """Return the photo, its row locked until the transaction ends where *lock* is wanted."""
    statement = select(Photo).where(Photo.id == number)
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    return db.session.scalar(statement)


def may(account: Account, deed: str, photo: Photo) -> bool:
    """Tell whether *account* may do *deed* to *photo*: contributors only to their own, and while it is not live."""
    if not can(account, deed):
        return False
    return account.role != "contributor" or (photo.created_by == account.id and not is_live(photo))


def values(photo: Photo) -> dict[str, Any]:
    """Return what an editor can change."""
    return {name: getattr(photo, name) for name in WORDS}


def problems(photo: Photo, wanted: Mapping[str, Any]) -> list[Problem]:
    """Return what speaks against giving *photo* the values *wanted*."""
    found = [
        Problem("too_long", "", name, values={"limit": limit})
        for name, limit in _LIMITS.items()
        if len(wanted[name]) > limit
    ]
    found += [
        Problem("choice", "", name)
        for name, choices in (("licence", LICENCES), ("consent", CONSENTS))
        if wanted[name] not in ("", *choices)
    ]
    if is_live(photo):
        found += [Problem(f"photo_{name}_live", "", name) for name in ("credit", "licence") if not wanted[name]]
        for locale in () if wanted["decorative"] else live_locales(photo):
            if not wanted[f"alt_{locale}"]:
                found.append(Problem("photo_alt_live", "", f"alt_{locale}"))
    return found


def change(photo: Photo, wanted: Mapping[str, Any], actor: Actor) -> bool:
    """Give *photo* the values *wanted*; tell whether that changed anything."""
    before = values(photo)
    changed = [name for name in WORDS if wanted[name] != before[name]]
    if not changed:
        return False
    for name in changed:
        setattr(photo, name, wanted[name])
    _touch(photo, actor)
    if photo.focus != photo.cut:
        queue.ask(photo)
    old, new = ({name: side[name] for name in changed} for side in (before, wanted))
    log.note(actor, "photo_words", f"{photo.id}: {', '.join(changed)}", number=photo.id, old=old, new=new)
    return True


def trash(photo: Photo, actor: Actor) -> None:
    """Put *photo* aside, with the point it may still hold; it must be in no use."""
    photo.trashed_at = utc_now()
    photo.latitude = photo.longitude = None
    _touch(photo, actor)
    log.note(actor, "photo_trash", str(photo.id), number=photo.id)


def restore(photo: Photo, actor: Actor) -> None:
    photo.trashed_at = None
    _touch(photo, actor)
    log.note(actor, "photo_restore", str(photo.id), number=photo.id)


def forget_point(photo: Photo, actor: Actor) -> None:
    """Drop where *photo* was taken: nobody wants it for the map."""
    photo.latitude = photo.longitude = None
    log.note(actor, "photo_point", str(photo.id), number=photo.id)


def use_point(photo: Photo, item: Item, actor: Actor) -> None:
    """Give the draft of *item* the point where *photo* was taken, once; nothing where it was answered before."""
    if photo.latitude is None or photo.longitude is None:
        return
    point = {"latitude": photo.latitude, "longitude": photo.longitude, "coord_precision_m": POINT_PRECISION_M}
    photo.latitude = photo.longitude = None
    if not items.save(item, item.head, {"facts": point}, actor, note=f"photo {photo.id}").changed:
        log.note(actor, "photo_point", str(photo.id), number=photo.id)


def is_complete(photo: Photo) -> bool:
    """Tell whether *photo* may be published in both languages."""
    worded = photo.decorative or all(getattr(photo, f"alt_{locale}") for locale in LOCALES)
    return bool(worded and photo.credit and photo.licence)


def lacks_words() -> ColumnElement[bool]:
    """Return the condition that a photo is not complete, as `is_complete` tells it of one."""
    silent = and_(not_(Photo.decorative), or_(*(getattr(Photo, f"alt_{locale}") == "" for locale in LOCALES)))
    return or_(silent, Photo.credit == "", Photo.licence == "")


def _touch(photo: Photo, actor: Actor) -> None:
    photo.row_version += 1
    photo.updated_at, photo.updated_by = utc_now(), actor.account_id
