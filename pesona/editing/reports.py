"""Mistakes that visitors report: received without an account, answered at the desk, forgotten after 90 days.

Every deed runs in the caller's transaction.
"""

import hashlib
import hmac
import secrets
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.exc import SQLAlchemyError

from pesona import clock
from pesona.background import keep_doing
from pesona.db import begin_writing, db
from pesona.editing import items, log, sign_ins
from pesona.editing.log import Actor
from pesona.models.item import PARTS, Item
from pesona.models.report import FIXED, OPEN, Correction, Report

KEPT = timedelta(days=90)
LONGEST, LONGEST_PLACE, LONGEST_ANSWER = 2000, 200, 500
EVERY_SECONDS = 3600


class NothingPublished(Exception):
    """Readers have seen no change of the item since the report came, so it cannot be called corrected."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a form of the site was given: a *mark* of its own, and when (UTC)."""

    mark: str
    at: datetime


def new_stamp(secret: str) -> str:
    """Return a signed stamp for a form that is opened now."""
    return str(_signer(secret).dumps([secrets.token_hex(16), clock.utc_now().isoformat()]))


def read_stamp(text: str, secret: str) -> Stamp | None:
    """Return the stamp that *text* is, or None where it is none of ours."""
    try:
        mark, at = _signer(secret).loads(text)
    except BadSignature:
        return None
    return Stamp(mark, datetime.fromisoformat(at))


def _signer(secret: str) -> URLSafeSerializer:
    return URLSafeSerializer(secret, salt="report form")


def token_of(stamp: Stamp, secret: str) -> str:
    """Return the token of the report from the form with *stamp*: the same however often the form is sent."""
    return hmac.new(secret.encode(), f"report {stamp.mark}".encode(), hashlib.sha256).hexdigest()[:32]


def find(token: str) -> Report | None:
    """Return the report whose sender holds *token*."""
    return db.session.scalar(select(Report).where(Report.token_hash == sign_ins.token_hash(token)))


def receive(token: str, locale: str, about: tuple[str, str], place: str, text: str, actor: Actor) -> Report:
    """Keep what a visitor reports of the item *about*, (kind, code), or of the site where there is no such item."""
    forget()
    item = items.find(*about)
    known = item.id if item and item.removed_at is None else None
    row = Report(token_hash=sign_ins.token_hash(token), item_id=known, locale=locale, place=place, text=text)
    db.session.add(row)
    db.session.flush()
    # The log is kept for good, so it says nothing of what the visitor wrote.
    log.note(actor, "report", f"#{row.id}", item=item if known else None)
    return row


def get(number: int, lock: bool = False) -> Report | None:
    """Return the report *number*, its row locked until the transaction ends where *lock* is wanted."""
    return db.session.get(Report, number, with_for_update=True if lock else None, populate_existing=lock)


def item_of(row: Report) -> Item | None:
    return db.session.get(Item, row.item_id) if row.item_id is not None else None


def of(item: Item) -> list[Report]:
    """Return the reports about *item* that are still kept: open ones first, the oldest first."""
    kept = select(Report).where(Report.item_id == item.id, is_kept())
    return list(db.session.scalars(kept.order_by(Report.state != OPEN, Report.sent_at, Report.id)))


def is_kept() -> ColumnElement[bool]:
    """Return the condition that the words of a report are still here."""
    return Report.sent_at > clock.utc_now() - KEPT


def is_over(row: Report) -> bool:
    return ends_at(row) <= clock.utc_now()


def ends_at(row: Report) -> datetime:
    """Return when the private address of a report ends, and its words go (UTC)."""
    return row.sent_at + KEPT


def answer(row: Report, verdict: str, words: str, elsewhere: bool, actor: Actor) -> None:
    """Say whether a mistake is *fixed* or there is none, with a line for the sender.

    What is fixed is linked to the revision that readers see, and its page names the day; *elsewhere*
    means that the mistake was not in the item itself. Raises `NothingPublished`.
    """
    forget()
    item = item_of(row)
    here = item if verdict == FIXED and not elsewhere else None
    row.revision = _mended_by(here, row.sent_at) if here else None
    row.state, row.answer = verdict, words
    row.answers += 1
    row.answered_at, row.answered_by = clock.utc_now(), actor.account_id
    _correct(row)
    log.note(
        actor, "report_fixed" if verdict == FIXED else "report_no_fault", f"#{row.id}", item=item, revision=row.revision
    )


def reopen(item: Item, revision: int) -> None:
    """Open again what *revision* of *item* had mended: its publication is undone, so the mistake is back."""
    mended = select(Report).where(Report.item_id == item.id, Report.revision == revision)
    for row in db.session.scalars(mended).all():
        row.state, row.answer, row.revision = OPEN, "", None
        row.answers += 1
        row.answered_at = row.answered_by = None
        _correct(row)


def _mended_by(item: Item, since: datetime) -> int:
    """Return the live revision with the latest change that readers have seen *since* the report."""
    seen = [(getattr(item, f"{part}_at"), item.live(part)) for part in PARTS]
    later = [(at, number) for at, number in seen if at is not None and number is not None and at >= since]
    if not later:
        raise NothingPublished
    return max(later)[1]


def _correct(row: Report) -> None:
    """Let the page say that it was corrected today, or take that back."""
    known = db.session.scalar(select(Correction).where(Correction.report_id == row.id))
    if row.revision is None:
        if known is not None:
            db.session.delete(known)
    elif known is None:
        given = {"item_id": row.item_id, "revision": row.revision, "day": clock.today()}
        db.session.add(Correction(report_id=row.id, **given))
    else:
        known.revision = row.revision


def forget() -> None:
    """Empty what was written in reports that are older than is promised; that there was one stays."""
    words = or_(Report.text != "", Report.place != "", Report.answer != "")
    db.session.execute(update(Report).where(~is_kept(), words).values(text="", place="", answer=""))


def keep_forgetting(context: Callable[[], AbstractContextManager[Any]]) -> None:
    """Forget every hour, until the process ends."""
    keep_doing(lambda: _forget_now(context), EVERY_SECONDS)


def _forget_now(context: Callable[[], AbstractContextManager[Any]]) -> None:
    with context():
        try:
            begin_writing()
            forget()
            db.session.commit()
        except SQLAlchemyError:
            # Somebody is writing, or the disk is full: the next hour tries again.
            db.session.rollback()
