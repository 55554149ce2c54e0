"""The time of a schedule as typed: Asia/Jakarta, to come, and within a year. Pure."""

import re
from datetime import date, datetime, time, timedelta

from pesona.clock import WIB

LONGEST = timedelta(days=366)
_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
_TIME = re.compile(r"(\d{1,2})(?:[.:](\d{2})|(\d{2}))?")


class WrongTime(ValueError):
    """A time cannot be planned; *reason* is `missing`, `impossible`, `past` or `far`, *field* `day` or `time`."""

    def __init__(self, reason: str, field: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.field = field


def moment(day: str, hour: str, now: datetime) -> datetime:
    """Return the moment in WIB that *day* (2026-09-05 or 5.9.2026) and *hour* (08:00, 8.00) name.

    Raises `WrongTime` where there is no such moment, or none that can be planned at *now*.
    """
    for field, typed in (("day", day), ("time", hour)):
        if not typed:
            raise WrongTime("missing", field)
    at = datetime.combine(_day(day), hour_of(hour), WIB)
    if at <= now:
        raise WrongTime("past", "day")
    if at > now + LONGEST:
        raise WrongTime("far", "day")
    return at


def _day(typed: str) -> date:
    found = _DAY.fullmatch(typed.strip())
    if found is None:
        raise WrongTime("impossible", "day")
    year, month, day = found.group(1, 2, 3) if found[1] else found.group(6, 5, 4)
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise WrongTime("impossible", "day") from None


def hour_of(typed: str) -> time:
    found = _TIME.fullmatch(typed.strip())
    if found is None or int(found[1]) > 23 or int(found[2] or found[3] or 0) > 59:
        raise WrongTime("impossible", "time")
    return time(int(found[1]), int(found[2] or found[3] or 0))
