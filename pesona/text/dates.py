"""Dates, times, numbers and money in words, by CLDR with the patterns of our house. Pure."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache

from babel.dates import format_date, get_month_names
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal

from pesona.clock import as_wib
from pesona.locales import CLDR


@lru_cache(maxsize=4096)
def day(value: date, locale: str, weekday: bool = True) -> str:
    """Return *value* as `Rabu, 26 Februari 2020` or `Wednesday, 26 February 2020`."""
    pattern = "EEEE, d MMMM y" if weekday else "d MMMM y"
    return format_date(value, pattern, locale=CLDR[locale])


@lru_cache(maxsize=4096)
def day_range(start: date, end: date, locale: str) -> str:
    """Return `26–28 Februari 2026`, naming month and year once where both days share them."""
    if start == end:
        return day(start, locale, weekday=False)
    if start.year != end.year:
        return f"{day(start, locale, weekday=False)} – {day(end, locale, weekday=False)}"
    if start.month != end.month:
        first = format_date(start, "d MMMM", locale=CLDR[locale])
        return f"{first} – {day(end, locale, weekday=False)}"
    return f"{start.day}–{day(end, locale, weekday=False)}"


def iso_day(text: str) -> date | None:
    """Return the day that *text* writes by ISO 8601, or None where it writes none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@lru_cache(maxsize=64)
def month_name(number: int, locale: str) -> str:
    return str(get_month_names("wide", "stand-alone", CLDR[locale])[number])


@lru_cache(maxsize=64)
def month_short(number: int, locale: str) -> str:
    return str(get_month_names("abbreviated", "stand-alone", CLDR[locale])[number])


def either(said: Sequence[str], locale: str) -> str:
    """Return `September atau Desember`."""
    return format_list(said, "or", CLDR[locale])


def month(value: date, locale: str) -> str:
    """Return `Februari 2020`."""
    return format_date(value, "MMMM y", locale=CLDR[locale])


def moment(value: datetime, locale: str, weekday: bool = False) -> str:
    """Return a stored UTC moment as `26 Februari 2020 pukul 15.00 WIB`, with its day of the week where wanted."""
    said = day(as_wib(value).date(), locale, weekday)
    return f"{said}{' pukul' if locale == 'id' else ','} {time_of_day(value, locale)} WIB"


def time_of_day(value: datetime, locale: str) -> str:
    """Return the time of a stored UTC moment on the clocks of Siak: `15.00` or `3:00 pm`."""
    local = as_wib(value)
    if locale == "id":
        return f"{local:%H.%M}"
    return f"{local.hour % 12 or 12}:{local:%M} {'am' if local.hour < 12 else 'pm'}"


def clock_time(text: str, locale: str) -> str:
    """Return `HH:MM` as `15.00` or `3:00 pm`."""
    hour, minute = text.split(":")
    if locale == "id":
        return f"{hour}.{minute}"
    return f"{int(hour) % 12 or 12}:{minute} {'am' if int(hour) < 12 else 'pm'}"


def time_range(start: str, end: str, locale: str) -> str:
    """Return `15.00–17.00 WIB` or `3:00 pm – 5:00 pm WIB` of two times `HH:MM`; without an end, the start alone."""
    dash = "–" if locale == "id" else " – "
    return f"{dash.join(clock_time(one, locale) for one in (start, end) if one)} WIB"


def weekday_short(value: date, locale: str) -> str:
    """Return `Rab` or `Wed`."""
    return format_date(value, "ccc", locale=CLDR[locale])


def weekday_name(value: date, locale: str) -> str:
    """Return `Rabu` or `Wednesday`."""
    return format_date(value, "cccc", locale=CLDR[locale])


_EDTF_ONE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?(~)?")
_ABOUT = {"id": "sekitar", "en": "about"}


@lru_cache(maxsize=4096)
def edtf(text: str, locale: str) -> str:
    """Return an EDTF date, month, year or range (`1889/1893`, `2025-04`, `1860~`) in words.

    What is not of that form comes back as it is, so nothing is lost.
    """
    start, slash, end = text.partition("/")
    if slash:
        return f"{edtf(start, locale)}–{edtf(end, locale)}"
    found = _EDTF_ONE.fullmatch(text)
    if not found:
        return text
    words = _edtf_words(found, locale)
    return f"{_ABOUT[locale]} {words}" if found[4] and words != text else words


def _edtf_words(found: re.Match[str], locale: str) -> str:
    year, month_part, day_part = int(found[1]), found[2], found[3]
    try:
        if day_part:
            return day(date(year, int(month_part), int(day_part)), locale, weekday=False)
        if month_part:
            return month(date(year, int(month_part), 1), locale)
    except ValueError:
        return found[0]
    return found[1]


def number(value: float, locale: str) -> str:
    return format_decimal(value, locale=CLDR[locale])


_FREE = {"id": "gratis", "en": "free"}


def money(amount_idr: int, locale: str) -> str:
    """Return `Rp15.000` or `IDR 15,000`; nothing to pay is `gratis` or `free`."""
    if amount_idr == 0:
        return _FREE[locale]
    pattern = "¤#,##0" if locale == "id" else "¤ #,##0"
    return format_currency(amount_idr, "IDR", pattern, locale=CLDR[locale], currency_digits=False)
