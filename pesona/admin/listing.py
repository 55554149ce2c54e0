"""The screens of many items: home and the lists. Thin over `editing`."""

from collections.abc import Sequence
from typing import Any

from flask import g, request, url_for
from sqlalchemy import Row, and_, select
from werkzeug.wrappers import Response as BaseResponse

from pesona import addresses
from pesona.admin.blueprint import account, desk, page
from pesona.admin.items import KIND, display_name, item_address
from pesona.db import db
from pesona.editing.state import state
from pesona.locales import LOCALES
from pesona.models.item import PARTS, Item, Revision
from pesona.paging import cut, page_number
from pesona.text.folding import fold

PAGE_SIZE = 100


@desk("", "read")
def desk_home() -> BaseResponse:
    """Show what differs from live, and what this account touched last."""
    drafts = [(item, state(item)) for item in db.session.scalars(_unpublished().limit(20))]
    mine = select(Item).join(Revision, Revision.item_id == Item.id).where(Revision.account_id == account().id)
    newest = mine.group_by(Item.id).order_by(db.func.max(Revision.id).desc()).limit(8)
    return page(
        "home",
        drafts=[(item, how, display_name(item)) for item, how in drafts],
        mine=[(item, display_name(item)) for item in db.session.scalars(newest)],
        item_address=item_address,
        done=request.args.get("done", ""),
    )


def _unpublished() -> Any:
    """Return the question for items whose newest revision is not live as a whole."""
    behind = [
        (getattr(Item, f"live_{where}").is_(None)) | (getattr(Item, f"live_{where}") < Item.head) for where in PARTS
    ]
    return select(Item).where(behind[0] | behind[1] | behind[2], Item.removed_at.is_(None)).order_by(Item.id.desc())


@desk(f"/{KIND}", "read")
def listing(plural: str) -> BaseResponse:
    """List the items of a kind by name, with their state in each language."""
    query, wanted = request.args.get("q", "").strip(), request.args.get("state", "")
    named = [
        (_name(row), row.Item)
        for row in _newest(addresses.KINDS[plural])
        if fold(query) in fold(f"{row.id} {row.en} {row.Item.code}") and (not wanted or _is(row.Item, wanted))
    ]
    named.sort(key=lambda pair: (fold(pair[0]), pair[1].code))
    shown, paging = cut(named, page_number(), PAGE_SIZE, lambda n: _path(plural, query, wanted, n))
    return page(
        "listing",
        plural=plural,
        rows=[(item, name, state(item)) for name, item in shown],
        total=len(named),
        query=query,
        wanted=wanted,
        item_address=item_address,
        **paging.context(),
    )


def _newest(kind: str) -> Sequence[Row[Any]]:
    """Return each item of *kind* with its newest names `id` and `en`, in one question."""
    names = [Revision.snapshot["words"][locale]["name"].as_string().label(locale) for locale in LOCALES]
    newest = and_(Revision.item_id == Item.id, Revision.number == Item.head)
    return db.session.execute(select(Item, *names).join(Revision, newest).where(Item.kind == kind)).all()


def _name(row: Row[Any]) -> str:
    """Return the name in the reader's language, or the other one, or the code."""
    return str(getattr(row, g.locale) or row.id or row.en or row.Item.code)


def _is(item: Item, wanted: str) -> bool:
    """Tell whether *item* is in the state *wanted* in some language; what is live as newest needs no look."""
    if all(item.live(part) == item.head for part in PARTS):
        return wanted == "live"
    return wanted in state(item).locales.values()


def _path(plural: str, query: str, wanted: str, number: int) -> str:
    return url_for(
        "admin.listing", plural=plural, q=query or None, state=wanted or None, page=number if number > 1 else None
    )
