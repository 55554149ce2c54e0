"""Home: what needs care, each thing one press away; what is not public yet; one's own last items; search. Thin over `editing`."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask import g, request, url_for
from sqlalchemy import ColumnElement, and_, func, or_, select
from werkzeug.wrappers import Response as BaseResponse

from pesona import addresses, i18n
from pesona.admin.blueprint import account, desk, page, refuse
from pesona.admin.items import item_address, place_of, screen_of
from pesona.db import db
from pesona.editing import care, drafts, translation
from pesona.locales import LOCALES
from pesona.models.item import Item, Revision
from pesona.paging import cut, page_number
from pesona.text.folding import fold
from pesona.text.names import N_

PAGE_SIZE = 100
MOST_FOUND = 50
FEW = 8

WHAT = f"<any({','.join(row.what for row in care.ROWS)}):what>"
# Rows whose list is a screen of its own.
LISTS: dict[str, tuple[str, dict[str, Any]]] = {
    "photo": ("admin.uploads", {"state": "care"}),
    "point": ("admin.coarse_points", {}),
    "missed": ("admin.synonym_list", {}),
    "links": ("admin.links_care", {}),
}
NEW = {
    "destination": N_("New destination"),
    "event": N_("New event"),
    "page": N_("New page"),
    "notice": N_("New notice"),
}


@dataclass(frozen=True, slots=True)
class Named:
    """An item with its newest name, and the language of that."""

    item: Item
    name: str
    locale: str

    @property
    def address(self) -> str:
        return item_address(self.item)


@dataclass(frozen=True, slots=True)
class Known:
    """The items that a screen names, by number and by kind and code."""

    by_id: dict[int | None, Named] = field(default_factory=dict)
    by_code: dict[tuple[str, str], Named] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Line:
    """What Home and the lists of its rows say of one thing that needs care."""

    name: str
    locale: str
    address: str
    since: date | None
    said: str


@desk("", "read")
def desk_home() -> BaseResponse:
    """Show what needs care, the most urgent thing of each row; or, with `q`, the items of that name."""
    query = request.args.get("q", "").strip()
    if query:
        return _found(query)
    needs, newest, mine = care.needs(account()), _numbers(_newest_drafts()), _numbers(_touched_last())
    known = known_items(needs, {*newest, *mine})
    return page(
        "home",
        rows=[(need, line_of(need, known), list_of(need.row)) for need in needs],
        drafts=[known.by_id[one] for one in newest],
        coverages=translation.coverages([known.by_id[one].item for one in newest]),
        mine=[known.by_id[one] for one in mine],
        done=request.args.get("done", ""),
    )


@desk(f"/care/{WHAT}", "read")
def care_list(what: str) -> BaseResponse:
    """List everything that a row of Home counts, the most urgent first."""
    row = care.rows(account()).get(what)
    if row is None:
        refuse(next(row.deed for row in care.ROWS if row.what == what))
    found = care.listed(row, account())
    shown, paging = cut(found, page_number(), PAGE_SIZE, lambda n: list_of(row, n))
    known = known_items(shown)
    lines = [line_of(need, known) for need in shown]
    return page("care", row=row, lines=lines, total=len(found), **paging.context())


def _found(query: str) -> BaseResponse:
    """Return the page of the items of all kinds whose newest name or code holds *query*."""
    wanted, words = fold(query), []
    for row in _rows(Item.is_there()):
        if wanted in fold(f"{row.id} {row.en} {row.Item.code}"):
            words.append(_named(row))
    words.sort(key=lambda one: (fold(one.name), one.item.kind, one.item.code))
    return page("found", query=query, found=words[:MOST_FOUND], total=len(words))


def _newest_drafts() -> Any:
    """Return the question for the items that are not public as they are, the latest change first."""
    question = select(Item.id).join(Revision, drafts.newest()).where(drafts.waiting())
    return question.order_by(Revision.id.desc()).limit(FEW)


def _touched_last() -> Any:
    mine = select(Item.id).join(Revision, Revision.item_id == Item.id)
    of_account = mine.where(Revision.account_id == account().id, Item.is_there()).group_by(Item.id)
    return of_account.order_by(func.max(Revision.id).desc()).limit(FEW)


def _numbers(question: Any) -> list[int]:
    return list(db.session.scalars(question))


def known_items(needs: Iterable[care.Need], more: Collection[int] = ()) -> Known:
    """Return the items that *needs* are about and those numbered *more*, with their names, in one question."""
    forms = [_form(need.at) for need in needs if need.row.what == "typed"]
    numbers = {*more, *(need.item_id for need in needs if need.item_id is not None)}
    of_forms = [and_(Item.kind == kind, Item.code == code) for kind, code, _ in forms]
    found = [_named(row) for row in _rows(or_(Item.id.in_(numbers), *of_forms))]
    return Known({one.item.id: one for one in found}, {(one.item.kind, one.item.code): one for one in found})


def _rows(condition: ColumnElement[bool]) -> Sequence[Any]:
    names = [Revision.snapshot["words"][locale]["name"].as_string().label(locale) for locale in LOCALES]
    return db.session.execute(select(Item, *names).join(Revision, drafts.newest()).where(condition)).all()


def _named(row: Any) -> Named:
    """Return an item by its newest name in the reader's language, or the other, or by its code."""
    spoken = next((locale for locale in (g.locale, *LOCALES) if getattr(row, locale)), "")
    return Named(row.Item, getattr(row, spoken) if spoken else row.Item.code, spoken)


def _form(name: str) -> tuple[str, str, str]:
    """Return kind, code and part of the form *name*; that for a new item has the code `new` and no part."""
    kind, _, rest = name.partition("/")
    code, _, where = rest.partition("/")
    return kind, code, where


def line_of(need: care.Need, known: Known) -> Line:
    """Return what is said of *need*: its name, and where its button leads."""
    if need.row.what == "missed":
        address = url_for("admin.synonym_list", words=need.said, _anchor="words")
        return Line(need.said, need.at, address, need.since, "")
    if need.row.what == "photo":
        name = i18n.speaker(g.locale).gettext("Photo %(number)s", number=need.at)
        return Line(name, g.locale, url_for("admin.photo", number=need.at), need.since, "")
    if need.row.what == "typed":
        name, locale, address = _typed(need.at, known)
        return Line(name, locale, address, need.since, "")
    if need.item_id is None:
        name = i18n.speaker(g.locale).gettext("The site as a whole")
        return Line(name, g.locale, url_for("admin.report", number=need.at), need.since, need.said)
    one = known.by_id[need.item_id]
    if need.row.what == "reports":
        return Line(one.name, one.locale, item_address(one.item, _anchor="reports"), need.since, need.said)
    if need.row.what == "links":
        address = item_address(one.item, screen_of(need.at), **place_of(need.at))
        return Line(one.name, one.locale, address, need.since, need.said)
    values = {need.row.place: need.at} if need.row.place else {}
    return Line(one.name, one.locale, item_address(one.item, need.row.screen, **values), need.since, need.said)


def _typed(form: str, known: Known) -> tuple[str, str, str]:
    kind, code, where = _form(form)
    if not where:
        return i18n.speaker(g.locale).gettext(NEW[kind]), g.locale, url_for("admin.new", plural=addresses.PLURALS[kind])
    one = known.by_code[kind, code]
    return one.name, one.locale, item_address(one.item, screen_of(where), **place_of(where))


def list_of(row: care.Row, number: int = 1) -> str:
    if row.what in LISTS:
        endpoint, values = LISTS[row.what]
        return url_for(endpoint, **values)
    return url_for("admin.care_list", what=row.what, page=number if number > 1 else None)
