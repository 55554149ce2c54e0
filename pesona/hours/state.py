"""Whether a place is open at a moment, until when, and when next. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from pesona.clock import WIB
from pesona.hours.days import Holidays, day_of
from pesona.hours.intervals import Interval, intervals
from pesona.published import Hours

# A place that does not close within these days never closes as far as a visitor is concerned,
# and one that does not open within them has no next opening to name.
HORIZON = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class State:
    """What holds at a moment: *is_open* is None where it is not known; a place by appointment is never closed."""

    is_open: bool | None
    by_appointment: bool = False
    closes: datetime | None = None
    last_entry: datetime | None = None
    opens: datetime | None = None

    @property
    def is_closed(self) -> bool:
        return self.is_open is False and not self.by_appointment


def state(hours: Hours, now: datetime, holidays: Holidays) -> State:
    """Return the state at *now*, an aware moment of any zone."""
    here = now.astimezone(WIB)
    today, until = here.date(), (here + HORIZON).date()
    found = intervals(hours, today, until, holidays)
    running = next((one for one in found if one.opens <= here < one.closes), None)
    coming = next((one.opens for one in found if one.opens > here), None)
    if running:
        return State(True, hours.by_appointment, _end(running, here), running.last_entry, coming)
    day = day_of(hours, today, holidays)
    by_appointment = hours.by_appointment and day.why != "closed"
    return State(False if day.known else None, by_appointment, opens=coming)


def _end(running: Interval, now: datetime) -> datetime | None:
    return running.closes if running.closes < now + HORIZON - timedelta(days=1) else None
