"""The lists of items. Thin over `editing`."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from flask import g, request, url_for
from sqlalchemy import Row, and_, select
from werkzeug.wrappers import Response as BaseResponse

from pesona import addresses
from pesona.admin.blueprint import account, desk, page
from pesona.admin.items import KIND, item_address
from pesona.admin.several import imported_drafts
from pesona.admin.sign_in import signed_owner
from pesona.db import db
from pesona.editing.permissions import can
from pesona.editing.state import STATES, Standing, State, standings, state
from pesona.locales import LOCALES
from pesona.models import destination, event
from pesona.models.area import District
from pesona.models.item import PARTS, Item, Revision
from pesona.paging import cut, page_number
from pesona.text.folding import fold

PAGE_SIZE = 100
CATEGORIES = {"destination": destination.CATEGORIES, "event": event.CATEGORIES, "page": ()}
TRASH = "trash"


@dataclass(frozen=True, slots=True)
class Filter:
    """What the list is narrowed to; the address calls each field by its name here."""

    q: str = ""
    state: str = ""
    locale: str = ""
    district: str = ""
    category: str = ""

    def fits(self, row: Row[Any], about: Standing | None) -> bool:
        """Tell whether a *row* of the newest revisions is wanted, with what is asked and planned for its item."""
        said = (fold(self.q) in fold(f"{row.id} {row.en} {row.Item.code}"), self.district in ("", row.district))
        return all(said) and self.category in ("", row.category) and self._is(row, about)

    def _is(self, row: Row[Any], about: Standing | None) -> bool:
        if self.state in ("", TRASH):
            return not self.locale or bool(getattr(row, self.locale))
        # What is live as newest, with nothing asked or planned, needs no look.
        if about is None and all(row.Item.live(part) == row.Item.head for part in PARTS):
            return self.state == "live"
        states = state(row.Item, about or Standing()).locales
        return self.state in ([states[self.locale]] if self.locale else states.values())


@desk(f"/{KIND}", "read")
def listing(plural: str) -> BaseResponse:
    """List the items of a kind by name, with their state in each language."""
    kind, wanted = addresses.KINDS[plural], _wanted()
    about = standings(kind)
    named = [
        (_name(row), row.Item)
        for row in _newest(kind, wanted.state == TRASH)
        if wanted.fits(row, about.get(row.Item.id))
    ]
    named.sort(key=lambda pair: (fold(pair[0]), pair[1].code))
    shown, paging = cut(named, page_number(), PAGE_SIZE, lambda n: _path(plural, wanted, n))
    return page(
        "listing",
        plural=plural,
        rows=[(name, *_row(item, about.get(item.id)), item.code) for name, item in shown],
        total=len(named),
        wanted=wanted,
        narrowed=wanted != Filter(),
        states=(*STATES, TRASH),
        done=request.args.get("done", ""),
        districts=db.session.execute(select(District.code, District.name).order_by(District.name)).all(),
        categories=CATEGORIES.get(kind, ()),
        item_address=item_address,
        imported=imported_drafts(plural),
        owner=signed_owner(),
        **paging.context(),
    )


def _wanted() -> Filter:
    given = {name: request.args.get(name, "").strip() for name in Filter.__dataclass_fields__}
    if given["state"] not in (*STATES, TRASH):
        given["state"] = ""
    if given["locale"] not in LOCALES:
        given["locale"] = ""
    return Filter(**given)


def _row(item: Item, about: Standing | None) -> tuple[str, State]:
    """Return where the row of *item* leads, and its state; a review leads to the difference against live."""
    known = about or Standing()
    asked = known.review is not None and known.review.state == "open" and can(account(), "publish", item)
    return item_address(item, "publish_item" if asked else "show"), state(item, known)


def _newest(kind: str, trashed: bool) -> Sequence[Row[Any]]:
    """Return each item of *kind*, in the trash or not, with newest names, district and category, in one question."""
    names = [Revision.snapshot["words"][locale]["name"].as_string().label(locale) for locale in LOCALES]
    facts = [Revision.snapshot["facts"][name].as_string().label(name) for name in ("district", "category")]
    newest = and_(Revision.item_id == Item.id, Revision.number == Item.head)
    there = and_(Item.removed_at.is_(None), Item.trashed_at.is_not(None)) if trashed else Item.is_there()
    question = select(Item, *names, *facts).join(Revision, newest).where(Item.kind == kind, there)
    return db.session.execute(question).all()


def _name(row: Row[Any]) -> str:
    """Return the name in the reader's language, or the other one, or the code."""
    return str(getattr(row, g.locale) or row.id or row.en or row.Item.code)


def _path(plural: str, wanted: Filter, number: int) -> str:
    query = {name: value for name, value in asdict(wanted).items() if value}
    return url_for("admin.listing", plural=plural, **query, page=number if number > 1 else None)
