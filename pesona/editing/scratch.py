"""Scratch: what is typed and not saved, one row an account and form. Never a revision, never another's."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import SQLAlchemyError

from pesona import clock
from pesona.db import db, writing_at_once
from pesona.models.account import Account
from pesona.models.item import Item
from pesona.models.scratch import Scratch

PRESENT = timedelta(hours=2)
LONGEST = 256 * 1024
# Of the form itself, not of what was typed into it.
CONTROLS = frozenset(("owner", "action", "form", "base", "opening", "locale"))

Fields = Iterable[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody else who opened the same form not long ago and has not saved."""

    name: str
    opened_at: datetime

    @property
    def minutes(self) -> int:
        return max(0, int((clock.utc_now() - self.opened_at).total_seconds() // 60))


class TooLong(ValueError):
    """The text is longer than a scratch row may be."""


def form_of(kind: str, code: str, part: str = "") -> str:
    """Return the name of the form for *part* of an item, or of the form for a new one (code `new`)."""
    return "/".join(filter(None, (kind, code, part)))


def note_opening(account: Account, form: str, nothing_new: datetime | None = None) -> None:
    """Note that *account* opened *form* now; where the row cannot be written at once, do without.

    Text that was kept at *nothing_new* says what is saved already: it waits no longer.
    """
    who, now = account.id, clock.utc_now()
    # What was read is on the page by now: one connection at a time.
    db.session.rollback()
    mine = (Scratch.account_id == who, Scratch.form == form)
    with suppress(SQLAlchemyError), writing_at_once() as connection:
        if connection.execute(update(Scratch).where(*mine).values(opened_at=now)).rowcount == 0:
            connection.execute(insert(Scratch).values(account_id=who, form=form, opened_at=now))
        elif nothing_new is not None:
            connection.execute(update(Scratch).where(*mine, Scratch.kept_at == nothing_new).values(fields=[]))


def kept(account: Account, form: str) -> Scratch | None:
    """Return the row of *account* for *form* where it holds text."""
    row = db.session.get(Scratch, (account.id, form))
    return row if row is not None and row.fields else None


def keep(account: Account, form: str, base: int, fields: Fields, opening: str) -> Scratch:
    """Store what was typed into *form* on revision *base*; raises `TooLong`.

    The text of another *opening* of the same form steps back into *earlier*.
    """
    typed = [[name, text] for name, text in fields if name not in CONTROLS]
    if sum(len(name) + len(text) for name, text in typed) > LONGEST:
        raise TooLong
    row = db.session.get(Scratch, (account.id, form))
    if row is None:
        row = Scratch(account_id=account.id, form=form)
        db.session.add(row)
    elif row.fields and row.opening != opening and row.fields != typed:
        row.earlier = {name: getattr(row, name) for name in ("opening", "base", "fields")}
        row.earlier["kept_at"] = row.kept_at.isoformat()
    row.opening, row.base, row.fields, row.kept_at = opening, base, typed, clock.utc_now()
    db.session.flush()
    return row


def drop(account: Account, form: str) -> None:
    """Forget the text of *form*; that of the opening before takes its place."""
    row = db.session.get(Scratch, (account.id, form))
    if row is None or not row.earlier:
        forget(account, form)
        return
    before: dict[str, Any] = row.earlier
    row.opening, row.base, row.fields = before["opening"], before["base"], before["fields"]
    row.kept_at, row.earlier = datetime.fromisoformat(before["kept_at"]), {}


def saved(account: Account, form: str, opening: str) -> None:
    """Forget what was typed in this *opening* of *form*, which is saved; another's text still waits."""
    row = db.session.get(Scratch, (account.id, form))
    if row is None:
        return
    if row.earlier and row.earlier["opening"] == opening:
        row.earlier = {}
    elif not row.fields or row.opening == opening or not opening:
        drop(account, form)


def forget(account: Account, form: str) -> None:
    """Delete the row of *account* for *form*."""
    db.session.execute(delete(Scratch).where(Scratch.account_id == account.id, Scratch.form == form))


def forget_item(item: Item) -> None:
    """Delete what anybody typed into the forms of *item*, which is removed for good."""
    forms = [form_of(item.kind, item.code, part) for part in ("facts", "hours", "id", "en")]
    db.session.execute(delete(Scratch).where(Scratch.form.in_(forms)))


def others(account: Account, form: str) -> list[Present]:
    """Return who else opened *form* within two hours and has not saved, the latest first."""
    rows = db.session.execute(
        select(Account.name, Scratch.opened_at)
        .join(Account, Account.id == Scratch.account_id)
        .where(Scratch.form == form, Scratch.account_id != account.id)
        .where(Scratch.opened_at > clock.utc_now() - PRESENT)
        .order_by(Scratch.opened_at.desc())
    )
    return [Present(*row) for row in rows]
