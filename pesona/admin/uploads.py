"""The screen of all photos: upload several at once, find one again. Thin over `editing`."""

from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

from flask import abort, current_app, g, redirect, request, url_for
from sqlalchemy import or_, select
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response as BaseResponse

from pesona import addresses
from pesona.admin.blueprint import actor, desk, fields, page, posted
from pesona.admin.items import BOTH, display_name, guarded_item, item_address
from pesona.admin.sign_in import signed_owner
from pesona.db import begin_writing, db
from pesona.editing import items, photos
from pesona.editing.snapshot import FACTS
from pesona.media.store import Store
from pesona.media.taking import LARGEST_FILE, Refused
from pesona.models.item import Item
from pesona.models.photo import Photo
from pesona.paging import cut, page_number

MOST_FILES = 10
LARGEST_UPLOAD = MOST_FILES * LARGEST_FILE + 1024 * 1024
PAGE_SIZE = 48
STATES = ("care", "trash")


@dataclass(slots=True)
class Outcome:
    """What became of the files of one upload."""

    added: list[Photo] = field(default_factory=list)
    known: list[Photo] = field(default_factory=list)
    refused: list[tuple[str, Refused]] = field(default_factory=list)

    @property
    def photos(self) -> list[Photo]:
        return [*self.added, *self.known]

    @property
    def status(self) -> int:
        """Return 413 where a file was too large, 422 where one is no photo for us."""
        reasons = {refused.reason for _, refused in self.refused}
        return 413 if "large" in reasons else 422 if reasons else 303


def _too_large() -> BaseResponse:
    # The form cannot be read, but its address names the item too.
    return _page(_item_named(request.args.get("for", "")), Outcome(refused=[("", Refused("request"))]), 413)


@desk("/photos", "upload_photo", BOTH, LARGEST_UPLOAD, _too_large)
def uploads() -> BaseResponse:
    """Show all photos, the newest first; take new ones in, for one item where the form says so."""
    item = _item_wanted()
    if not posted():
        return _page(item, Outcome(), 200)
    files = [file for file in request.files.getlist("files") if file.filename]
    # The write lock is given up meanwhile: other people save while pictures are decoded.
    db.session.rollback()
    prepared, refused = _prepare(files)
    begin_writing()
    item = _item_wanted()
    outcome = _add(prepared, item)
    outcome.refused = refused if files else [("", Refused("none"))]
    if outcome.status != 303:
        return _page(item, outcome, outcome.status)
    return redirect(_next(item, outcome), 303)


def _item_wanted() -> Item | None:
    """Return the item whose photos these become, named as in `destinations/istana-siak`."""
    return _item_named(fields().get("for") or request.args.get("for", ""))


def _item_named(name: str) -> Item | None:
    plural, _, code = name.partition("/")
    if plural not in addresses.KINDS:
        return None
    if "photos" not in FACTS[addresses.KINDS[plural]]:
        abort(404)
    return guarded_item(plural, code, "edit")


def _prepare(files: Iterable[FileStorage]) -> tuple[list[photos.Prepared], list[tuple[str, Refused]]]:
    store: Store = current_app.extensions["pesona.media"]
    prepared, refused = [], []
    for file in files:
        try:
            # One byte more than allowed is enough to know.
            with closing(file):
                prepared.append(photos.prepare(store, file.stream.read(LARGEST_FILE + 1)))
        except Refused as reason:
            refused.append(((file.filename or "")[-80:], reason))
    return prepared, refused


def _add(prepared: list[photos.Prepared], item: Item | None) -> Outcome:
    outcome = Outcome()
    for one in prepared:
        photo, is_new = photos.add(one, actor())
        if photo not in outcome.photos:
            (outcome.added if is_new else outcome.known).append(photo)
    if item is not None and outcome.photos:
        before = items.snapshot(item)["facts"]["photos"]
        more = [photo.id for photo in outcome.photos if photo.id not in before]
        items.save(item, item.head, {"facts": {"photos": [*before, *more]}}, actor())
    return outcome


def _next(item: Item | None, outcome: Outcome) -> str:
    """Return where to go on: to the words of a single photo, else to where all of them are."""
    if len(outcome.photos) == 1:
        done = "photo_added" if outcome.added else "photo_known"
        return url_for("admin.photo", number=outcome.photos[0].id, done=done)
    if item is not None:
        return item_address(item, "item_photos", done="photos_added")
    return url_for("admin.uploads", done="photos_added")


def _page(item: Item | None, outcome: Outcome, status: int) -> BaseResponse:
    query, wanted = request.args.get("q", "").strip()[:100], request.args.get("state", "")
    found = matching(query, wanted)
    shown, paging = cut(found, page_number(), PAGE_SIZE, lambda n: _path(query, wanted, n))
    return page(
        "photos",
        status,
        photos=shown,
        total=len(found),
        query=query,
        wanted=wanted,
        is_complete=photos.is_complete,
        outcome=outcome,
        most_files=MOST_FILES,
        item=item,
        item_name=item and display_name(item),
        item_address=item_address,
        wanted_for=f"{addresses.PLURALS[item.kind]}/{item.code}" if item else "",
        owner=signed_owner(),
        again="typed" in g,
        done=request.args.get("done", ""),
        **paging.context(),
    )


def matching(query: str, wanted: str = "", without: Iterable[int] = ()) -> list[Photo]:
    """Return the photos whose words hold *query*, the newest first: those in care of words, or in the trash."""
    statement = select(Photo).where(Photo.id.not_in(list(without))).order_by(Photo.id.desc())
    statement = statement.where(Photo.trashed_at.is_not(None) if wanted == "trash" else Photo.trashed_at.is_(None))
    if wanted == "care":
        statement = statement.where(photos.lacks_words())
    if query:
        words = (Photo.alt_id, Photo.alt_en, Photo.caption_id, Photo.caption_en, Photo.credit)
        statement = statement.where(or_(*(column.icontains(query, autoescape=True) for column in words)))
    return list(db.session.scalars(statement))


def _path(query: str, wanted: str, number: int) -> str:
    return url_for("admin.uploads", q=query or None, state=wanted or None, page=number if number > 1 else None)


def thumbnails(numbers: list[int]) -> dict[int, Any]:
    """Return the photos with these *numbers*."""
    return {photo.id: photo for photo in db.session.scalars(select(Photo).where(Photo.id.in_(numbers)))}
