"""What speaks against publishing the photos of an item: truth and completeness block, quality only warns."""

import re
from collections.abc import Collection, Iterator, Sequence

from sqlalchemy import select

from pesona.db import db
from pesona.editing.problem import Problem
from pesona.editing.snapshot import Snapshot
from pesona.locales import LOCALES
from pesona.models.item import Item
from pesona.models.photo import ItemPhoto, Photo

# What cameras and telephones call a file, or one word that ends as a file does.
_FILE_NAME = re.compile(
    r"^\S*\.(jpe?g|png|webp|heic)$|^(img|dsc|dscn|dcim|pxl|mvimg|screenshot|whatsapp image)[ _-]*\d|^[\w-]*\d{5,}$",
    re.I,
)


def problems(item: Item, snapshot: Snapshot, parts: Collection[str]) -> Iterator[Problem]:
    """Yield the findings about the photos that readers would see if *parts* of *snapshot* were published."""
    with_facts = "facts" in parts
    numbers = snapshot["facts"].get("photos", []) if with_facts else _live_numbers(item)
    if with_facts and item.kind == "destination" and not numbers:
        yield Problem("photo_none", "facts", "photos", blocks=False)
    known = {photo.id: photo for photo in db.session.scalars(select(Photo).where(Photo.id.in_(numbers)))}
    shown = [locale for locale in LOCALES if locale in parts or (with_facts and item.live(locale) is not None)]
    for number in numbers:
        photo = known.get(number)
        if photo is None or photo.trashed_at is not None:
            yield Problem("photo_gone", "facts", "photos", values={"number": number})
        else:
            yield from _of_photo(photo, shown)


def _of_photo(photo: Photo, locales: Sequence[str]) -> Iterator[Problem]:
    told = {"number": photo.id}
    for name in ("credit", "licence"):
        if not getattr(photo, name):
            yield Problem(f"photo_{name}", "facts", name, values=told, photo=photo.id)
    if photo.decorative:
        return
    for locale in locales:
        alt, field = getattr(photo, f"alt_{locale}"), f"alt_{locale}"
        if not alt:
            yield Problem(f"photo_{field}", locale, field, values=told, photo=photo.id)
        elif is_file_name(alt):
            yield Problem("photo_alt_file", locale, field, blocks=False, values=told, photo=photo.id)


def is_file_name(alt: str) -> bool:
    return _FILE_NAME.search(alt.strip()) is not None


def _live_numbers(item: Item) -> list[int]:
    shown = select(ItemPhoto.photo_id).where(ItemPhoto.item_id == item.id).order_by(ItemPhoto.position)
    return list(db.session.scalars(shown))
