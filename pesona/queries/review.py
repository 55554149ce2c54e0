"""When the facts of a place want to be looked at again: half a year after somebody last did."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, datetime, time

from sqlalchemy import Connection, Text, cast, or_, select

from pesona.clock import WIB, as_wib
from pesona.models.destination import Destination
from pesona.published import PublishedDestination
from pesona.queries.version import boundaries

MONTHS = 6


def due_at(checked_on: str, published_at: datetime) -> datetime:
    """Return the end of the review interval: from the day of the check, or from publication (UTC) where none is known."""
    if checked_on:
        return _later(datetime.combine(date.fromisoformat(checked_on), time(), WIB))
    return _later(as_wib(published_at))


def is_due(item: PublishedDestination, now: datetime) -> bool:
    """Tell whether hours or prices of a place went unchecked for too long."""
    told = item.prices or item.hours_reported or item.hours_status != "unknown"
    return item.kind == "place" and bool(told) and due_at(item.checked_on, item.updated_at) <= now


def _later(moment: datetime) -> datetime:
    years, month = divmod(moment.month - 1 + MONTHS, 12)
    year, month = moment.year + years, month + 1
    return moment.replace(year=year, month=month, day=min(moment.day, monthrange(year, month)[1]))


def _instants(connection: Connection) -> Iterator[datetime]:
    told = or_(
        Destination.hours_status != "unknown",
        cast(Destination.hours_reported, Text) != "[]",
        cast(Destination.prices, Text) != "[]",
    )
    rows = select(Destination.checked_on, Destination.updated_at).where(Destination.kind == "place", told)
    for checked_on, updated_at in connection.execute(rows):
        yield due_at(checked_on, updated_at)


boundaries.append(_instants)
