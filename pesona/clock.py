"""The clock of the site: Asia/Jakarta whatever the server's zone, settable in tests."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

WIB = ZoneInfo("Asia/Jakarta")

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """Return the present moment in Asia/Jakarta."""
    return datetime.now(WIB)


_clock: Clock = system_clock

# Called when another clock is set: who keeps something for a while lets go of it.
after_setting: list[Callable[[], None]] = []


def set_clock(clock: Clock | None) -> None:
    """Let *clock* tell the time from now on; None gives the system's back."""
    global _clock
    _clock = clock or system_clock
    for forget in after_setting:
        forget()


def is_system() -> bool:
    return _clock is system_clock


def now() -> datetime:
    """Return the present moment, aware, in Asia/Jakarta."""
    return _clock().astimezone(WIB)


def utc_now() -> datetime:
    """Return the present moment as stored in the database: UTC without zone."""
    return now().astimezone(UTC).replace(tzinfo=None)


def today() -> date:
    """Return today's date in Asia/Jakarta."""
    return now().date()


def midnight_after(day: date) -> datetime:
    """Return the moment at which *day* ends in Asia/Jakarta."""
    return datetime.combine(day + timedelta(days=1), time(), WIB)


def as_wib(moment: datetime) -> datetime:
    """Return a *moment* stored as naive UTC in Asia/Jakarta."""
    return moment.replace(tzinfo=UTC).astimezone(WIB)
