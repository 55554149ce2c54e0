"""The days of the coming four weeks as a strip shows them: one row a week, Monday first. Pure."""

from datetime import date, timedelta

from pesona.hours.days import Day, Holidays, span_of_days
from pesona.hours.sentences import times_words
from pesona.published import Hours

_UNKNOWN = {"id": "belum diketahui", "en": "not known"}
_BY_APPOINTMENT = {"id": "dengan janji temu", "en": "by appointment"}
_WEEKS = 4


def strip(hours: Hours, today: date, holidays: Holidays) -> list[list[Day]]:
    """Return four weeks of days, the first that of *today*."""
    monday = today - timedelta(days=today.weekday())
    days = span_of_days(hours, monday, monday + timedelta(days=_WEEKS * 7 - 1), holidays)
    return [days[start : start + 7] for start in range(0, len(days), 7)]


def day_words(hours: Hours, day: Day, locale: str) -> str:
    """Return the times of *day* in words; a place by appointment is never closed unless it is closed as a whole."""
    if hours.by_appointment and not day.spans and day.why != "closed":
        return _BY_APPOINTMENT[locale]
    return times_words(day.spans, locale) if day.known else _UNKNOWN[locale]
