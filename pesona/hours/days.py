"""What holds on one day: the spans of time, and the rule that decides. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from pesona.hours.week import MIDNIGHT, WHOLE_DAY, Spans, parse_entries, parse_times, parse_week
from pesona.published import Holiday, Hours, HoursDate, Season

Holidays = Mapping[date, Holiday]


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a place: *why* is unknown, always, closed, date, holiday, season or week.

    *by* is the season, date or holiday that decides; *last_entry* is a minute of the day or not known.
    """

    day: date
    why: str
    spans: Spans = ()
    last_entry: int | None = None
    by: Season | HoursDate | Holiday | None = None

    @property
    def known(self) -> bool:
        return self.why != "unknown"

    def name(self, locale: str) -> str:
        """Return the name of the season or holiday or the note of the date, or nothing."""
        return self.by.name(locale) if self.by else ""


def day_of(hours: Hours, day: date, holidays: Holidays) -> Day:
    """Return what holds on *day*: closed status, then date, holiday, season, week."""
    status = hours.on(day)
    if status in ("closed", "closed_for_now"):
        return Day(day, "closed")
    if status == "always_open":
        return Day(day, "always", WHOLE_DAY)
    if status != "has_hours":
        return Day(day, "unknown")
    return _date(hours, day) or _holiday(hours, day, holidays) or _season(hours, day) or _week(hours, day)


def span_of_days(hours: Hours, first: date, last: date, holidays: Holidays) -> list[Day]:
    """Return the days from *first* to *last*, both included."""
    return [day_of(hours, first + timedelta(days=n), holidays) for n in range((last - first).days + 1)]


def _date(hours: Hours, day: date) -> Day | None:
    # The narrowest wins, and of equal ones the one that was written last.
    found = [row for row in hours.dates if row.start <= day <= row.end]
    if not found:
        return None
    row = min(reversed(found), key=lambda one: one.end - one.start)
    return Day(day, "date", parse_times(row.times), by=row)


def _holiday(hours: Hours, day: date, holidays: Holidays) -> Day | None:
    holiday = holidays.get(day)
    if holiday is None:
        return None
    if hours.holidays == "closed":
        return Day(day, "holiday", by=holiday)
    decided = {row.day: row.times for row in hours.holiday_dates} if hours.holidays == "one_by_one" else {}
    times = decided.get(day, "usual")
    return None if times in ("", "usual") else Day(day, "holiday", parse_times(times), by=holiday)


def _season(hours: Hours, day: date) -> Day | None:
    found = [row for row in hours.seasons if row.start <= day <= row.end]
    if not found:
        return None
    row = min(reversed(found), key=lambda one: one.end - one.start)
    return Day(day, "season", *_of_week(row.week, row.last_entry, day), by=row)


def _week(hours: Hours, day: date) -> Day:
    if not hours.week:
        return Day(day, "unknown")
    return Day(day, "week", *_of_week(hours.week, hours.last_entry, day))


def _of_week(week: str, entries: str, day: date) -> tuple[Spans, int | None]:
    spans, entry = parse_week(week)[day.weekday()], parse_entries(entries)[day.weekday()]
    if entry is not None and spans and entry < spans[0].opens:
        entry += MIDNIGHT
    return spans, entry
