"""When the facts of a place want to be looked at again: half a year after somebody last did."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from typing import TypeVar

from sqlalchemy import ColumnElement, Connection, Text, and_, cast, or_, select

from pesona.clock import WIB, as_wib, midnight_after
from pesona.models.destination import Destination
from pesona.published import PublishedDestination
from pesona.queries.version import boundaries

MONTHS = 6

Moment = TypeVar("Moment", bound=date)

_TOLD = and_(
    Destination.kind == "place",
    or_(
        Destination.hours_status != "unknown",
        cast(Destination.hours_reported, Text) != "[]",
        cast(Destination.prices, Text) != "[]",
    ),
)


def due_at(checked_on: str, published_at: datetime) -> datetime:
    """Return the end of the review interval: from the day of the check, or from publication (UTC) where none is known."""
    if checked_on:
        return _later(datetime.combine(date.fromisoformat(checked_on), time(), WIB))
    return _later(as_wib(published_at))


def is_due(item: PublishedDestination, now: datetime) -> bool:
    """Tell whether hours or prices of a place went unchecked for too long."""
    told = item.prices or item.hours_reported or item.hours_status != "unknown"
    return item.kind == "place" and bool(told) and due_at(item.checked_on, item.updated_at) <= now


def due_on(day: date) -> ColumnElement[bool]:
    """Return the condition that a place is due some time on *day* or was before (see `is_due`)."""
    last = next(d for n in count(6 * 28) if _later(d := day - timedelta(days=n)) <= day)
    checked = and_(Destination.checked_on != "", Destination.checked_on <= last.isoformat())
    end = midnight_after(last).astimezone(UTC).replace(tzinfo=None)
    published = and_(Destination.checked_on == "", Destination.updated_at < end)
    return and_(_TOLD, or_(checked, published))


def _later(moment: Moment) -> Moment:
    years, month = divmod(moment.month - 1 + MONTHS, 12)
    year, month = moment.year + years, month + 1
    return moment.replace(year=year, month=month, day=min(moment.day, monthrange(year, month)[1]))


def _instants(connection: Connection) -> Iterator[datetime]:
    rows = select(Destination.checked_on, Destination.updated_at).where(_TOLD)
    for checked_on, updated_at in connection.execute(rows):
        yield due_at(checked_on, updated_at)


boundaries.append(_instants)
