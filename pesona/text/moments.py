"""Moments in WIB as editors write them: a day, or a day and a time of day. Pure.

Written down they are `2026-09-05` or `2026-09-05 08:00`. A day begins at its midnight and ends at the next.
"""

import re
from datetime import UTC, date, datetime
from functools import lru_cache

from pesona.clock import WIB, midnight_after
from pesona.text import dates

_WRITTEN = re.compile(r"(\d{4}-\d\d-\d\d)(?: (\d\d:\d\d))?")
_TYPED = re.compile(
    r"(?:(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})|(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}))"
    r"(?:(?:T|,? +)(?:pukul +|jam +)?(\d{1,2})[.:](\d{2})(?: *WIB)?)?",
    re.IGNORECASE,
)
YEARS = range(2000, 2200)


def tidy(typed: str) -> str:
    """Return *typed* as it is written down: `5/9/2026 8.00` is `2026-09-05 08:00`; what is not understood stays."""
    found = _TYPED.fullmatch(" ".join(typed.split()))
    if not found:
        return typed.strip()
    year, month, day = found.group(1, 2, 3) if found[1] else found.group(6, 5, 4)
    at = f" {int(found[7]):02}:{found[8]}" if found[7] else ""
    return f"{year}-{int(month):02}-{int(day):02}{at}"


def write(moment: datetime) -> str:
    """Return the minute of *moment* in WIB as it is written down."""
    return moment.astimezone(WIB).strftime("%Y-%m-%d %H:%M")


@lru_cache(maxsize=1024)
def first(text: str) -> datetime | None:
    """Return the instant at which *text* begins, or None where it is no moment."""
    found = _WRITTEN.fullmatch(text)
    try:
        moment = datetime.fromisoformat(text).replace(tzinfo=WIB) if found else None
    except ValueError:
        return None
    return moment if moment and moment.year in YEARS else None


@lru_cache(maxsize=1024)
def last(text: str) -> datetime | None:
    """Return the instant at which *text* is over, or None where it is no moment: a day ends at midnight."""
    begun = first(text)
    return begun if begun is None or has_time(text) else midnight_after(begun.date())


def has_time(text: str) -> bool:
    return " " in text


def iso(text: str) -> str:
    """Return *text* by ISO 8601, a time with its offset."""
    return f"{text.replace(' ', 'T')}:00+07:00" if has_time(text) else text


def said(text: str, locale: str) -> str:
    """Return *text* in words: `5 September 2026`, or `5 September 2026 pukul 08.00 WIB`."""
    begun = first(text)
    if begun is None:
        return text
    if has_time(text):
        return dates.moment(begun.astimezone(UTC).replace(tzinfo=None), locale)
    return dates.day(date.fromisoformat(text), locale, weekday=False)
