"""Links that may be broken: outside addresses of the published text are asked now and then, and failures counted by day.

Every function needs an application context; nobody waits for an answer inside a transaction.
"""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from pesona import background, clock
from pesona.db import begin_writing, db
from pesona.editing import link_uses, log
from pesona.editing.log import Actor
from pesona.editing.reaching import problem_of
from pesona.models.link import LinkCheck, LinkUse

FAILED_DAYS = 3
IGNORED_DAYS = 90
FINE_FOR = timedelta(days=7)
# What a server without a way to the outside would say of every address.
UNREACHED = frozenset(("no_host", "no_connection", "timeout"))

A_MINUTE = 3
# Whoever only tries the site out asks nobody anything.
FIRST_AFTER_SECONDS = 15 * 60
EVERY_SECONDS = 60

Ask = Callable[[str], str]

logger = logging.getLogger(__name__)


def agent(site_url: str) -> str:
    """Return the name under which the site at *site_url* asks, so that others see who it is."""
    return f"PesonaSiak-LinkCheck/1.0 (+{site_url}/)"


def asking(site_url: str) -> Ask:
    """Return what asks an address on behalf of the site at *site_url*."""
    return lambda url: problem_of(url, agent(site_url))


def locked(home: Path, wait: bool) -> AbstractContextManager[bool]:
    """Hold the lock of all processes that ask; without *wait*, tell whether it was free."""
    return background.locked(home / "links.lock", wait)


def is_broken() -> ColumnElement[bool]:
    """Return the condition that a check failed on enough days and that nobody ignores it."""
    return and_(LinkCheck.failed_days >= FAILED_DAYS, ~_is_ignored())


def first_use() -> ColumnElement[bool]:
    """Return the condition that a use is the first of its address: one to mend, however often it stands."""
    other = select(func.min(LinkUse.id).label("id")).group_by(LinkUse.url).subquery()
    return LinkUse.id.in_(select(other.c.id))


def ignore(url: str, actor: Actor) -> bool:
    """Leave *url* alone for 90 days; tell whether it was broken at all."""
    row = db.session.scalars(select(LinkCheck).where(LinkCheck.url == url, is_broken())).one_or_none()
    if row is None:
        return False
    row.ignored_until = clock.today() + timedelta(days=IGNORED_DAYS)
    log.note(actor, "ignore_link", url)
    return True


def collect() -> None:
    """Note all outside addresses of the published text, and forget what was known of others."""
    begin_writing()
    link_uses.refresh_all()
    db.session.flush()
    unused = select(LinkCheck).where(~exists().where(LinkUse.url == LinkCheck.url))
    for row in db.session.scalars(unused):
        db.session.delete(row)
    db.session.commit()


def check(urls: list[str], ask: Ask) -> Iterator[tuple[str, str]]:
    """Yield (address, problem) for each of *urls* after asking it and noting what came of it."""
    for url in urls:
        db.session.rollback()
        problem = ask(url)
        begin_writing()
        _note(url, problem)
        db.session.commit()
        yield url, problem


def all_urls() -> list[str]:
    """Return every address that is used and not ignored."""
    return list(db.session.scalars(_used()))


def due_urls(most: int) -> list[str]:
    """Return the addresses whose turn it is: what failed each day, what answered each week, what is new first."""
    midnight = datetime.combine(clock.today(), time(), clock.WIB).astimezone(UTC).replace(tzinfo=None)
    again = and_(LinkCheck.problem != "", LinkCheck.checked_at < midnight)
    old = LinkCheck.checked_at < midnight - FINE_FOR
    due = _used().where(or_(LinkCheck.url.is_(None), again, old))
    return list(db.session.scalars(due.limit(most)))


def broken() -> int:
    """Return how many addresses may be broken."""
    used = exists().where(LinkUse.url == LinkCheck.url)
    return db.session.scalar(select(func.count()).select_from(LinkCheck).where(is_broken(), used)) or 0


def problems(urls: list[str]) -> dict[str, str]:
    """Return what was wrong the last time, by address."""
    return {row.url: row.problem for row in db.session.scalars(select(LinkCheck).where(LinkCheck.url.in_(urls)))}


def _used() -> Any:
    used = select(LinkUse.url).distinct().subquery()
    asked = select(used.c.url).outerjoin(LinkCheck, LinkCheck.url == used.c.url)
    free = asked.where(or_(LinkCheck.url.is_(None), ~_is_ignored()))
    return free.order_by(LinkCheck.url.is_not(None), LinkCheck.checked_at, used.c.url)


def _is_ignored() -> ColumnElement[bool]:
    return and_(LinkCheck.ignored_until.is_not(None), LinkCheck.ignored_until > clock.today())


def _note(url: str, problem: str) -> None:
    """Count a failure once a day; an answer makes all former ones forgotten."""
    row = db.session.get(LinkCheck, url)
    if row is None:
        row = LinkCheck(url=url, failed_days=0)
        db.session.add(row)
    row.checked_at, row.problem, today = clock.utc_now(), problem, clock.today()
    if problem not in UNREACHED:
        row.reached_on = today
    if not problem:
        row.failed_days, row.failed_since, row.failed_on = 0, None, None
    elif row.failed_on != today and (problem not in UNREACHED or _has_a_way_out()):
        row.failed_days += 1
        row.failed_on, row.failed_since = today, row.failed_since or today


def _has_a_way_out() -> bool:
    """Tell whether any server answered lately; if none did, it is we who are cut off."""
    lately = clock.today() - FINE_FOR
    return bool(db.session.scalar(select(exists().where(LinkCheck.reached_on >= lately))))


def keep_checking(home: Path, site_url: str, context: Callable[[], AbstractContextManager[object]]) -> None:
    """Ask a few addresses a minute, in a thread of one process, until it ends."""
    threading.Thread(target=_for_ever, args=(home, asking(site_url), context), daemon=True, name="links").start()


def _for_ever(home: Path, ask: Ask, context: Callable[[], AbstractContextManager[object]]) -> None:
    pause, collected = threading.Event(), date.min
    pause.wait(FIRST_AFTER_SECONDS)
    while True:
        try:
            with context(), locked(home, wait=False) as mine:
                if mine and collected < clock.today():
                    collect()
                    collected = clock.today()
                if mine:
                    a_few(ask)
        except Exception:
            logger.exception("the outside links could not be checked")
        pause.wait(EVERY_SECONDS)


def a_few(ask: Ask) -> int:
    """Ask some of the addresses that are due, fewer where another process has just asked; return how many."""
    minute_ago = clock.utc_now() - timedelta(minutes=1)
    lately = db.session.scalar(select(func.count()).select_from(LinkCheck).where(LinkCheck.checked_at > minute_ago))
    return len(list(check(due_urls(max(0, A_MINUTE - (lately or 0))), ask)))
