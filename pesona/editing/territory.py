"""Where a contributor may edit: everywhere, or only in some districts and villages."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import delete, select

from pesona.db import db
from pesona.models.account import Account
from pesona.models.area import District, Village
from pesona.models.item import Item, Revision
from pesona.models.territory import Territory


class Outside(Exception):
    """A contributor would save something outside their territory; nothing was stored."""


def areas(account: Account) -> frozenset[str]:
    """Return the codes of the districts and villages of *account*; none means everywhere."""
    if account.role != "contributor":
        return frozenset()
    chosen = select(Territory.area_code).where(Territory.account_id == account.id)
    return frozenset(db.session.scalars(chosen))


def allows(account: Account, item: Item) -> bool:
    """Tell whether *item*, as its newest revision stands, lies where *account* may edit."""
    own = areas(account)
    if not own:
        return True
    facts = select(Revision.snapshot["facts"]).where(Revision.item_id == item.id, Revision.number == item.head)
    return _lies_in(own, db.session.scalar(facts) or {}, is_own=item.created_by == account.id)


def guard(account: Account | None, item: Item, facts: Mapping[str, Any]) -> None:
    """Raise `Outside` unless *account* may save *item* with these *facts*; commands may save anywhere."""
    own = areas(account) if account else frozenset()
    if account and own and not _lies_in(own, facts, is_own=item.created_by == account.id):
        raise Outside


def covers_district(account: Account, district: str) -> bool:
    """Tell whether the whole *district* is named as territory of *account*."""
    return district in areas(account)


def _lies_in(own: Collection[str], facts: Mapping[str, Any], is_own: bool) -> bool:
    place = {facts.get("district"), facts.get("village")} - {None, ""}
    # What lies nowhere yet (or never does, as a page) is for its maker only.
    return bool(place & set(own)) if place else is_own


def set_areas(account: Account, codes: Collection[str]) -> tuple[list[str], list[str]]:
    """Limit *account* to the areas *codes*, of which unknown ones are left out; return the old and the new."""
    known = {code for table in (District, Village) for code in db.session.scalars(select(table.code))}
    stored = select(Territory.area_code).where(Territory.account_id == account.id)
    old, new = sorted(db.session.scalars(stored)), sorted(known & set(codes))
    if old != new:
        db.session.execute(delete(Territory).where(Territory.account_id == account.id))
        db.session.add_all(Territory(account_id=account.id, area_code=code) for code in new)
        db.session.flush()
    return old, new
