"""The content version and the moment: what, beside its address and the release, decides a page."""

import threading
import time
from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, select

from pesona import clock
from pesona.db import db
from pesona.models.changes import after_public_commit
from pesona.models.public import ContentVersion

FRESH_SECONDS = 0.1


State = tuple[int, str]  # content version and moment


# Each gives the instants (aware) at which something published changes by itself: they are asked
# once per content version, so whoever sets such an instant raises the version.
boundaries: list[Callable[[Connection], Iterable[datetime]]] = []


@dataclass(frozen=True, slots=True)
class _Seen:
    number: int
    instants: tuple[datetime, ...]
    read_at: float
    state: State


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
                    instants = seen.instants if seen and known else _instants(connection)
                seen = _seen[engine] = _Seen(number, instants, asked_at, (number, _moment(instants)))
    return seen


def content_version(engine: Engine | None = None) -> int:
    """Return the number of the published content, read at most every 100 ms in each process."""
    return _look(engine or db.engine).number


def page_state(engine: Engine) -> State:
    """Return content version and moment; every request asks, so both are looked up only every 100 ms."""
    seen = _look(engine)
    return seen.state if clock.is_system() else (seen.number, _moment(seen.instants))


def version_in(connection: Connection) -> int:
    """Return the content version as the transaction of *connection* sees it."""
    return connection.execute(_NUMBER).scalar_one()


def _instants(connection: Connection) -> tuple[datetime, ...]:
    return tuple(sorted(instant for question in boundaries for instant in question(connection)))


def _moment(instants: tuple[datetime, ...]) -> str:
    """Return the latest boundary that is not in the future: one of *instants*, or the last midnight WIB."""
    now = clock.now()
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    passed = bisect_right(instants, now)
    return max([midnight, *instants[:passed][-1:]]).isoformat()
