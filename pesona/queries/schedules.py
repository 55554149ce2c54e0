"""When schedules are due: instants at which what is published changes by itself."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Connection, select

from pesona.clock import as_wib
from pesona.models.review import Schedule

_WAITING = select(Schedule.at).where(Schedule.state == "waiting").order_by(Schedule.at)


def due_times(connection: Connection) -> Iterator[datetime]:
    """Yield the time of every schedule that waits, the nearest first."""
    yield from map(as_wib, connection.execute(_WAITING).scalars())
