"""Schedules: a publication of one pinned revision, or a withdrawal, at a set time, without a cron.

Every time is a moment of the content version (`queries.version`), so each process knows when one has
passed: it does what is due and answers then. Whoever sets or ends a schedule holds the item's lock,
and so does whoever claims it, so it is done once over all processes and threads.
"""

import logging
import threading
from collections.abc import Collection
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from weakref import WeakKeyDictionary

from sqlalchemy import ColumnElement, Engine, select, update

from pesona import clock
from pesona.db import begin_writing, db, reading
from pesona.editing import log, publish, review
from pesona.editing.checks import Problem
from pesona.editing.log import Actor
from pesona.models.account import Account
from pesona.models.item import Item
from pesona.models.review import Schedule

STANDING = ("waiting", "failed", "skipped")
RETRY = timedelta(minutes=1)

_next_try: WeakKeyDictionary[Engine, datetime] = WeakKeyDictionary()
_at_it = threading.Lock()
logger = logging.getLogger(__name__)


@dataclass(slots=True)
class Round:
    """What one look at the clock did: the schedules that ended, each with its item, and how many errors."""

    ended: list[tuple[Item, Schedule]] = field(default_factory=list)
    errors: int = 0


def of(item: Item) -> list[Schedule]:
    """Return what still stands for *item*: what waits, and what failed or was skipped and not yet seen to."""
    wanted = select(Schedule).where(Schedule.item_id == item.id, Schedule.state.in_(STANDING))
    return list(db.session.scalars(wanted.order_by(Schedule.at, Schedule.id)))


def find(item: Item, number: int) -> Schedule | None:
    return db.session.scalar(
        select(Schedule)
        .where(Schedule.id == number, Schedule.item_id == item.id)
        .execution_options(populate_existing=True)
    )


def is_troubled() -> ColumnElement[bool]:
    """Return the condition that a schedule failed, was skipped or is late."""
    late = (Schedule.state == "waiting") & (Schedule.at < clock.utc_now() - RETRY)
    return late | Schedule.state.in_(("failed", "skipped"))


def plan(item: Item, parts: Collection[str], at: datetime, actor: Actor) -> Schedule:
    """Let the newest revision of *item* go live for *parts* at the moment *at*; raises as `publish` does."""
    publish.check(item, item.head, parts)
    return _plan(item, "publish", parts, at, actor)


def plan_withdrawal(item: Item, locale: str, at: datetime, actor: Actor, reason: str) -> Schedule:
    """Let the words in *locale* leave the public tables at the moment *at*."""
    return _plan(item, "withdraw", (locale,), at, actor, reason)


def _plan(item: Item, deed: str, parts: Collection[str], at: datetime, actor: Actor, reason: str = "") -> Schedule:
    replaced = [row for row in of(item) if row.deed == deed and set(row.parts) & set(parts)]
    for row in replaced:
        _end(row, "cancelled")
    moment = at.astimezone(UTC).replace(tzinfo=None)
    made = Schedule(item_id=item.id, deed=deed, parts=list(parts), revision=item.head, at=moment, reason=reason)
    made.account_id = actor.account_id
    db.session.add(made)
    db.session.flush()
    details = {"schedule": made.id, "parts": made.parts, "at": f"{moment}Z", "replaces": [row.id for row in replaced]}
    log.note(actor, f"schedule_{deed}", reason, item=item, revision=item.head, **details)
    return made


def cancel(item: Item, row: Schedule, actor: Actor) -> None:
    """End a schedule that waits, or that failed and has been seen to; raises `MovedOn` where it has ended."""
    if row.state not in STANDING:
        raise publish.MovedOn
    log.note(actor, "cancel_schedule", item=item, revision=row.revision, schedule=row.id, state=row.state)
    _end(row, "cancelled")


def use_newest(item: Item, row: Schedule, actor: Actor) -> None:
    """Pin the newest revision in place of the older one; raises as `publish` does."""
    if row.state != "waiting" or row.deed != "publish":
        raise publish.MovedOn
    publish.check(item, item.head, row.parts)
    log.note(actor, "use_newest", item=item, revision=item.head, schedule=row.id, before=row.revision)
    row.revision = item.head


def heal() -> bool:
    """Do what is due before a page is answered; tell whether the site may have changed.

    Never raises, and waits for no other thread. After an error the next try is a minute later.
    """
    if clock.now() < _next_try.get(db.engine, clock.now()) or not _at_it.acquire(blocking=False):
        return False
    try:
        errors = do_due().errors
    except Exception:
        logger.exception("what is due could not be looked up")
        errors = 1
    finally:
        _at_it.release()
    if errors:
        _next_try[db.engine] = clock.now() + RETRY
    return True


def do_due() -> Round:
    """Do everything that is due, each in a transaction of its own."""
    done = Round()
    due = select(Schedule.id, Schedule.item_id).where(Schedule.state == "waiting", Schedule.at <= clock.utc_now())
    with reading() as connection:
        found = connection.execute(due.order_by(Schedule.at, Schedule.id)).all()
    for number, item_id in found:
        try:
            claimed = _claim(number, item_id)
            if claimed is not None:
                _perform(*claimed)
                db.session.commit()
                done.ended.append(claimed)
        except Exception:
            logger.exception("schedule %s could not be done; the next try is a minute later", number)
            done.errors += 1
        finally:
            db.session.rollback()
    return done


def _claim(number: int, item_id: int) -> tuple[Item, Schedule] | None:
    """Take schedule *number* for this transaction alone, or return None where somebody else has it or its item."""
    begin_writing()
    free = select(Item).where(Item.id == item_id).with_for_update(skip_locked=True)
    item = db.session.scalar(free.execution_options(populate_existing=True))
    waits = (Schedule.id == number) & (Schedule.state == "waiting") & (Schedule.at <= clock.utc_now())
    taken = update(Schedule).where(waits).values(state="done").execution_options(synchronize_session=False)
    if item is None or not db.session.execute(taken).rowcount:  # type: ignore[attr-defined]
        return None
    return item, db.session.get_one(Schedule, number, populate_existing=True)


def _perform(item: Item, row: Schedule) -> None:
    account = db.session.get(Account, row.account_id) if row.account_id else None
    actor = Actor(account, "" if account else "schedule")
    try:
        if item.removed_at is not None:
            raise publish.MovedOn
        if row.deed == "withdraw":
            publish.withdraw(item, row.parts[0], actor, row.reason)
        else:
            publish.publish(item, row.revision, row.parts, actor)
            review.settle(item, row.revision)
    except publish.Blocked as blocked:
        row.reasons = [asdict(problem) for problem in blocked.problems]
        _report(item, row, "failed", actor)
    except publish.MovedOn:
        _report(item, row, "skipped", actor)
    # Not in the conditional update: this change is what raises the content version.
    row.ended_at = clock.utc_now()


def _report(item: Item, row: Schedule, state: str, actor: Actor) -> None:
    row.state = state
    log.note(actor, f"schedule_{state}", item=item, revision=row.revision, schedule=row.id, reasons=row.reasons)


def _end(row: Schedule, state: str) -> None:
    row.state, row.ended_at = state, clock.utc_now()


def problems(row: Schedule) -> list[Problem]:
    """Return what the checks found when *row* was due."""
    return [Problem(**reason) for reason in row.reasons]
