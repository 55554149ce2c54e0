"""The photos of live items, from the public list and the photos themselves."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, select

from pesona import published
from pesona.locales import LOCALES
from pesona.models.photo import ItemPhoto, Photo


def photos_of_items(connection: Connection) -> dict[int, tuple[published.Photo, ...]]:
    """Return the photos of each live item, by its number, in their order."""
    photo, use = Photo.__table__, ItemPhoto.__table__
    statement = select(photo, use.c.item_id).join(use, use.c.photo_id == photo.c.id)
    found: dict[int, tuple[published.Photo, ...]] = {}
    for row in connection.execute(statement.order_by(use.c.item_id, use.c.position)):
        found[row.item_id] = (*found.get(row.item_id, ()), _photo(row))
    return found


def photos_by_number(connection: Connection, numbers: Sequence[int]) -> tuple[published.Photo, ...]:
    """Return the photos *numbers*, in this order, whatever they are used for; unknown ones are left out."""
    photo = Photo.__table__
    found = {row.id: _photo(row) for row in connection.execute(select(photo).where(photo.c.id.in_(numbers)))}
    return tuple(found[number] for number in numbers if number in found)


def _photo(row: Row[Any]) -> published.Photo:
    return published.Photo(
        number=row.id,
        name=row.name,
        width=row.width,
        height=row.height,
        focus=(row.cut_x, row.cut_y),
        ready=row.ready,
        alts={locale: "" if row.decorative else getattr(row, f"alt_{locale}") for locale in LOCALES},
        captions={locale: getattr(row, f"caption_{locale}") for locale in LOCALES},
        credit=row.credit,
        licence=row.licence,
        source=row.source,
        date=row.date,
    )
