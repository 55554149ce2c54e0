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
_STALE: tuple[float, State] = (0.0, (0, ""))


class Watch:
    """What this process knows of the content version of one database, looked up at most every 100 ms."""

    def __init__(self) -> None:
        # The state, and until when (monotonic seconds) a request may take it from here without asking.
        self.fresh = _STALE
        self._seen: _Seen | None = None
        self._lock = threading.Lock()

    def forget(self) -> None:
        """Look at the next question."""
        with self._lock:
            self._seen, self.fresh = None, _STALE

    def look(self, engine: Engine) -> _Seen:
        seen = self._seen
        if seen is None or time.monotonic() - seen.read_at > FRESH_SECONDS:
            with self._lock:
                seen = self._seen
                if seen is None or time.monotonic() - seen.read_at > FRESH_SECONDS:
                    seen = self._seen = self._asked(engine, seen)
                    # A clock that is moved by hand may go further within the 100 ms.
                    usual = clock.is_system() and not seen.overdue
                    self.fresh = (seen.read_at + FRESH_SECONDS, seen.state) if usual else _STALE
        return seen

    def _asked(self, engine: Engine, seen: _Seen | None) -> _Seen:
        asked_at = time.monotonic()
        with engine.connect() as connection:
            number = version_in(connection)
            if seen is None or seen.number != number:
                seen = _Seen(number, _instants(connection), asked_at, (number, ""), _due(connection), False)
        return _at_present(replace(seen, read_at=asked_at))


_watches: WeakKeyDictionary[Engine, Watch] = WeakKeyDictionary()


def watch(engine: Engine) -> Watch:
    """Return the watch over the database of *engine*."""
    found = _watches.get(engine)
    return found if found is not None else _watches.setdefault(engine, Watch())


def _forget_all() -> None:
    for one in list(_watches.values()):
        one.forget()


# A publication in this process is seen at once, in others within the 100 ms.
after_public_commit.append(_forget_all)
clock.after_setting.append(_forget_all)


def content_version(engine: Engine | None = None) -> int:
    """Return the number of the published content, read at most every 100 ms in each process."""
    engine = engine or db.engine
    return watch(engine).look(engine).number


def page_state(engine: Engine, publish_due: Publisher) -> State:
    """Return content version and moment; where a schedule has come due, *publish_due* is called first."""
    seen = _look_now(engine)
    if seen.overdue and publish_due():
        # Another process may have been faster: then, too, the answer is that of now.
        watch(engine).forget()
        seen = _look_now(engine)
    return seen.state


def _look_now(engine: Engine) -> _Seen:
    seen = watch(engine).look(engine)
    return seen if clock.is_system() else _at_present(seen)


def _at_present(seen: _Seen) -> _Seen:
    now = clock.now()
    overdue = seen.due is not None and seen.due <= now
    state = (seen.number, _moment(seen.instants, now))
    # The same pair as before where nothing has changed: pages are kept with it.
    return replace(seen, state=seen.state if seen.state == state else state, overdue=overdue)


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
