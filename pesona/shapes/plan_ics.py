"""A plan as iCalendar: each stop on its day, an event that is held then with its own date. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from icalendar import Event

from pesona.published import Card, Point
from pesona.shapes import ics
from pesona.shapes.ics import Dated, Say


@dataclass(frozen=True, slots=True)
class PlannedStop:
    """A stop on its day, with what is said of it then."""

    card: Card
    day: date
    said: str
    changed_at: datetime
    point: Point | None = None


def calendar(
    stops: Iterable[PlannedStop], events: Iterable[Dated], locale: str, site: str, path: str, name: str, say: Say
) -> bytes:
    """Return the calendar *name* of the plan at *path*: *stops* for the whole day, *events* at their own times."""
    made = ics.begun(locale, site, path, name)
    for stop in stops:
        made.add_component(_stop(stop, site))
    for one in events:
        ics.add_dates(made, one, locale, site, say)
    written: bytes = made.to_ical()
    return written


def _stop(stop: PlannedStop, site: str) -> Event:
    card, changed = stop.card, stop.changed_at.replace(microsecond=0, tzinfo=UTC)
    made = Event()
    made.add("uid", f"plan-{card.item_kind}-{card.code}-{stop.day:%Y%m%d}@pesona-siak")
    made.add("dtstamp", changed)
    made.add("dtstart", stop.day)
    made.add("dtend", stop.day + timedelta(days=1))
    made.add("summary", card.name, parameters={"LANGUAGE": card.locale})
    made.add("description", "\n\n".join(filter(None, (stop.said, card.summary))))
    made.add("transp", "TRANSPARENT")
    made.add("url", site + card.path)
    if card.district:
        made.add("location", card.district)
    if stop.point:
        made.add("geo", (round(stop.point.latitude, 5), round(stop.point.longitude, 5)))
    return made
