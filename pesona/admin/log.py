"""The log at the desk: everybody's own deeds, for editors those of items, for administrators all."""

from collections.abc import Sequence
from typing import Any

from flask import g, request, url_for
from sqlalchemy import ColumnElement, func, or_, select
from werkzeug.wrappers import Response as BaseResponse

from pesona import addresses, i18n
from pesona.admin import deeds
from pesona.admin.blueprint import account, desk, page
from pesona.admin.items import people
from pesona.db import db
from pesona.editing.permissions import standing
from pesona.models.account import LogAddress, LogEntry
from pesona.models.item import Item, Revision
from pesona.paging import cut, page_number

PAGE_SIZE = 50
FILTERS = ("person", "deed", "item")


@desk("/log", "log")
def log_of_deeds() -> BaseResponse:
    """Show the log, the newest deed first, narrowed by person, deed or item."""
    chosen = {name: value for name in FILTERS if (value := request.args.get(name, "").strip())}
    wanted = [_open_to_reader(), *_narrowed(chosen)]
    total = db.session.scalar(select(func.count()).select_from(LogEntry).where(*wanted)) or 0
    shown, paging = cut(range(total), page_number(), PAGE_SIZE, lambda n: _path(chosen, n))
    newest_first = select(LogEntry).where(*wanted).order_by(LogEntry.id.desc())
    rows = db.session.scalars(newest_first.offset(PAGE_SIZE * (paging.page - 1)).limit(len(shown))).all()
    who = people()
    return page(
        "log",
        rows=_told(rows, who),
        total=total,
        chosen=chosen,
        people=_people_to_choose(who),
        deeds=sorted((deeds.choice(i18n.speaker(), deed), deed) for deed in deeds.DEEDS),
        **paging.context(),
    )


def _open_to_reader() -> ColumnElement[bool]:
    own = LogEntry.account_id == account().id
    of_items = LogEntry.item_id.is_not(None)
    every = LogEntry.id > 0
    return {"contributor": own, "editor": or_(own, of_items), "administrator": every}[standing(account())]


def _narrowed(chosen: dict[str, str]) -> list[ColumnElement[bool]]:
    """Return the conditions of the filters; one that names nothing finds nothing."""
    found = []
    if "person" in chosen:
        number = int(chosen["person"]) if chosen["person"].isascii() and chosen["person"][:9].isdigit() else -1
        found.append(LogEntry.account_id == number)
    if "deed" in chosen:
        found.append(LogEntry.deed == chosen["deed"])
    if "item" in chosen:
        found.append(LogEntry.item_id.in_(select(Item.id).where(Item.code == chosen["item"])))
    return found


def _people_to_choose(who: dict[int | None, str]) -> list[tuple[str, str]]:
    """Return (name, number) of those whose deeds the reader may see at all."""
    if standing(account()) == "contributor":
        return [(account().name, str(account().id))]
    return sorted((name, str(number)) for number, name in who.items())


def _told(rows: Sequence[LogEntry], who: dict[int | None, str]) -> list[dict[str, Any]]:
    """Return each of *rows* with its sentence, and its address where the reader keeps accounts."""
    items = _names_of({row.item_id for row in rows if row.item_id})
    addresses_of = _addresses([row.id for row in rows]) if standing(account()) == "administrator" else {}
    speaker = i18n.speaker()
    told = []
    for row in rows:
        name, path = items.get(row.item_id, ("", ""))
        by = who.get(row.account_id, "") if row.account_id else row.role and f"pesona {row.role}"
        told.append(
            {
                "entry": row,
                "sentence": deeds.sentence(speaker, row, by, name),
                "path": path,
                "item": name,
                "address": addresses_of.get(row.id, ""),
            }
        )
    return told


def _addresses(entries: Sequence[int]) -> dict[int, str]:
    kept = select(LogAddress.entry_id, LogAddress.address).where(LogAddress.entry_id.in_(entries))
    return {row.entry_id: row.address for row in db.session.execute(kept)}


def _names_of(numbers: set[int | None]) -> dict[int | None, tuple[str, str]]:
    """Return the newest name and the address of each item, in one question."""
    newest = (Revision.item_id == Item.id) & (Revision.number == Item.head)
    names = [Revision.snapshot["words"][lo]["name"].as_string().label(lo) for lo in ("id", "en")]
    rows = db.session.execute(select(Item, *names).join(Revision, newest).where(Item.id.in_(numbers)))
    return {
        row.Item.id: (
            str(getattr(row, g.locale) or row.id or row.en or row.Item.code),
            url_for("admin.show", plural=addresses.PLURALS[row.Item.kind], code=row.Item.code),
        )
        for row in rows
    }


def _path(chosen: dict[str, str], number: int) -> str:
    return url_for("admin.log_of_deeds", **chosen, page=number if number > 1 else None)  # type: ignore[arg-type]
