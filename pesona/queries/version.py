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


@dataclass(frozen=True, slots=True)
class _Seen:
    number: int
    read_at: float


_NUMBER = select(ContentVersion.number)
_seen: WeakKeyDictionary[Engine, _Seen] = WeakKeyDictionary()
_lock = threading.Lock()


def _forget() -> None:
    _seen.pop(db.engine, None)


# A publication in this process is seen at once, in others within the 100 ms.
after_public_commit.append(_forget)


def content_version(engine: Engine | None = None) -> int:
    """Return the number of the published content, read at most every 100 ms in each process."""
    engine = engine or db.engine
    seen = _seen.get(engine)
    if seen is None or time.monotonic() - seen.read_at > FRESH_SECONDS:
        with _lock:
            seen = _seen.get(engine)
            if seen is None or time.monotonic() - seen.read_at > FRESH_SECONDS:
                asked_at = time.monotonic()
                with engine.connect() as connection:
                    seen = _seen[engine] = _Seen(version_in(connection), asked_at)
    return seen.number


def version_in(connection: Connection) -> int:
    """Return the content version as the transaction of *connection* sees it."""
    return connection.execute(_NUMBER).scalar_one()


_moment = (0.0, "")


def moment() -> str:
    """Return the latest boundary in time that is not in the future: so far midnight WIB."""
    global _moment
    if not clock.is_system():
        return clock.today().isoformat()
    # Asked for by every request, so it is kept until the boundary after it.
    if time.time() >= _moment[0]:
        today = clock.today()
        _moment = (clock.midnight_after(today).timestamp(), today.isoformat())
    return _moment[1]
