"""The content version and the moment: what, beside its address and the release, decides a page."""

import threading
import time
from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, select

from pesona import clock
from pesona.db import db
from pesona.models.changes import after_public_commit
from pesona.models.public import ContentVersion
from pesona.queries.schedules import due_times

FRESH_SECONDS = 0.1


State = tuple[int, str]  # content version and moment


# Each gives the instants (aware) at which something published changes by itself: they are asked
# once per content version, so whoever sets such an instant raises the version.
boundaries: list[Callable[[Connection], Iterable[datetime]]] = [due_times]

# Publishes what is due and tells whether anything was done; it neither raises nor waits.
Publisher = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class _Seen:
    number: int
    instants: tuple[datetime, ...]
    read_at: float
    state: State
    due: datetime | None
    overdue: bool


_NUMBER = select(ContentVersion.number)
_seen: WeakKeyDictionary[Engine, _Seen] = WeakKeyDictionary()
_lock = threading.Lock()


def _forget() -> None:
    _seen.pop(db.engine, None)


# A publication in this process is seen at once, in others within the 100 ms.
after_public_commit.append(_forget)


def _look(engine: Engine) -> _Seen:
    seen = _seen.get(engine)
    if seen is None or time.monotonic() - seen.read_at > FRESH_SECONDS:
        with _lock:
            seen = _seen.get(engine)
            if seen is None or time.monotonic() - seen.read_at > FRESH_SECONDS:
                asked_at = time.monotonic()
                with engine.connect() as connection:
                    number = version_in(connection)
                    known = seen is not None and seen.number == number
                    if seen is None or not known:
                        seen = _Seen(number, _instants(connection), asked_at, (number, ""), _due(connection), False)
                seen = _seen[engine] = _at_present(replace(seen, read_at=asked_at))
    return seen


def content_version(engine: Engine | None = None) -> int:
    """Return the number of the published content, read at most every 100 ms in each process."""
    return _look(engine or db.engine).number


def page_state(engine: Engine, publish_due: Publisher) -> State:
    """Return content version and moment; every request asks, so both are looked up only every 100 ms.

    Where a schedule has come due, *publish_due* is called first.
    """
    seen = _look_now(engine)
    if seen.overdue and publish_due():
        # Another process may have been faster: then, too, the answer is that of now.
        _seen.pop(engine, None)
        seen = _look_now(engine)
    return seen.state


def _look_now(engine: Engine) -> _Seen:
    seen = _look(engine)
    # A clock that is moved by hand may have gone further within the 100 ms.
    return seen if clock.is_system() else _at_present(seen)


def _at_present(seen: _Seen) -> _Seen:
    now = clock.now()
    overdue = seen.due is not None and seen.due <= now
    return replace(seen, state=(seen.number, _moment(seen.instants, now)), overdue=overdue)


def _due(connection: Connection) -> datetime | None:
    return next(iter(due_times(connection)), None)


def version_in(connection: Connection) -> int:
    """Return the content version as the transaction of *connection* sees it."""
    return connection.execute(_NUMBER).scalar_one()


def _instants(connection: Connection) -> tuple[datetime, ...]:
    return tuple(sorted(instant for question in boundaries for instant in question(connection)))


def _moment(instants: tuple[datetime, ...], now: datetime) -> str:
    """Return the latest boundary that is not after *now*: one of *instants*, or the last midnight WIB."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    passed = bisect_right(instants, now)
    return max([midnight, *instants[:passed][-1:]]).isoformat()
