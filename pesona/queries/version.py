"""The content version and the moment: what, beside its address and the release, decides a page."""

import threading
import time
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, select

from pesona import clock
from pesona.db import db
from pesona.models.changes import after_public_commit
from pesona.models.public import ContentVersion

FRESH_SECONDS = 0.1


State = tuple[int, str]  # content version and moment


@dataclass(frozen=True, slots=True)
class _Seen:
    number: int
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
                    seen = _seen[engine] = _Seen(number, asked_at, (number, moment()))
    return seen


def content_version(engine: Engine | None = None) -> int:
    """Return the number of the published content, read at most every 100 ms in each process."""
    return _look(engine or db.engine).number


def page_state(engine: Engine) -> State:
    """Return content version and moment; every request asks, so both are looked up only every 100 ms."""
    seen = _look(engine)
    return seen.state if clock.is_system() else (seen.number, moment())


def version_in(connection: Connection) -> int:
    """Return the content version as the transaction of *connection* sees it."""
    return connection.execute(_NUMBER).scalar_one()


def moment() -> str:
    """Return the latest boundary in time that is not in the future: so far midnight WIB."""
    return clock.today().isoformat()
