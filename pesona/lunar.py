"""Dates that move with the moon: "27 Ramadan", "Safar", "Cap Go Meh", as days of our calendar and back. Pure.

The Hijri calendar is the computed one (Umm al-Qura, by hijridate): the decree that fixes a month in
Indonesia may differ from it by a day, so whatever is computed here is expected, never certain.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from hijridate import Gregorian, Hijri
from hijridate.ummalqura import GREGORIAN_RANGE, HIJRI_RANGE

HIJRI = "hijri"
CHINESE = "chinese"

MONTHS_ID = (
    "Muharam", "Safar", "Rabiulawal", "Rabiulakhir", "Jumadilawal", "Jumadilakhir",
    "Rajab", "Syakban", "Ramadan", "Syawal", "Zulkaidah", "Zulhijah",
)  # fmt: skip
MONTHS_EN = (
    "Muharram", "Safar", "Rabi’ al-Awwal", "Rabi’ al-Thani", "Jumada al-Ula", "Jumada al-Akhirah",
    "Rajab", "Sha’ban", "Ramadan", "Shawwal", "Dhu al-Qa’dah", "Dhu al-Hijjah",
)  # fmt: skip
# As people write them, letters only; the names above are added.
SPELLINGS = (
    "muharram", "shafar", "rabiulawwal rabialawal rabiawal", "rabiulakhir rabiutsani rabialakhir rabiulsani",
    "jumadilula jumadalawwal jumadilawwal", "jumadiltsani jumadatsaniyah jumadaltsani", "rejab",
    "syaban shaban syaaban", "ramadhan romadhon ramadlan", "syawwal shawal",
    "zulkaedah zulqaidah zulqadah dzulqadah dzulqaidah dzulkaidah dhulqadah",
    "zulhijjah dzulhijjah dzulhijah dhulhijjah",
)  # fmt: skip
FEASTS = {
    "tahunbaruislam": (1, 1), "asyura": (10, 1), "maulid": (12, 3), "maulidnabi": (12, 3),
    "isramikraj": (27, 7), "isramiraj": (27, 7), "nuzululquran": (17, 9),
    "idulfitri": (1, 10), "lebaran": (1, 10), "iduladha": (10, 12),
}  # fmt: skip
CHINESE_DAYS = {"imlek": 1, "tahunbaruimlek": 1, "chinesenewyear": 1, "lunarnewyear": 1, "capgomeh": 15}

# The first day of the Chinese year from 2015 on, from the table of the package holidays (MIT).
NEW_YEARS_FROM = 2015
NEW_YEARS = (
    "02-19 02-08 01-28 02-16 02-05 01-25 02-12 02-01 01-22 02-10 01-29 02-17 "
    "02-06 01-26 02-13 02-03 01-23 02-11 01-31 02-19 02-08 01-28 02-15 02-04 "
    "01-24 02-12 02-01 01-22 02-10 01-30 02-17 02-06 01-26 02-14 02-02 01-23"
).split()
KONGZILI = 551  # what Indonesia adds to the year for the year of Confucius

_TEXT = re.compile(
    r"(?:(?P<first>\d{1,2})(?:\s*(?P<sign>[-–—/]|s\.d\.|sampai|to)\s*(?P<last>\d{1,2}))?\s+)?"
    r"(?P<name>[^\W\d](?:[^\W\d]|[\s'’‘`ʿʾ.-])*?)"
    r"(?:\s*(?P<way>[+−-])\s*(?P<shift>\d{1,2})(?:\s*(?:hari|days?))?)?",
    re.IGNORECASE,
)

Span = tuple[date, date]  # first and last day


@dataclass(frozen=True, slots=True)
class Anchor:
    """One or several days of a month of the moon, and so many days after; *last* 30 is the month's last day."""

    calendar: str
    month: int
    first: int
    last: int
    shift: int = 0


def parse(text: str) -> Anchor | None:
    """Return the anchor that *text* names, or None where it is not understood."""
    found = _TEXT.fullmatch(" ".join(text.split()))
    if found is None:
        return None
    key = _key(found["name"])
    shift = int(found["shift"] or 0) * (1 if found["way"] == "+" else -1)
    if found["first"] is None and key in CHINESE_DAYS:
        return Anchor(CHINESE, 1, CHINESE_DAYS[key], CHINESE_DAYS[key], shift)
    if found["first"] is None and key in FEASTS:
        day, month = FEASTS[key]
        return Anchor(HIJRI, month, day, day, shift)
    days = _days(found["first"], found["sign"], found["last"])
    return Anchor(HIJRI, _MONTHS[key], *days, shift) if days and key in _MONTHS else None


def _days(first: str | None, sign: str | None, last: str | None) -> tuple[int, int] | None:
    if first is None:
        return (1, 30)
    if sign == "/":  # "29/30": the last day, whichever it is; of any other pair nobody knows what is meant
        return (30, 30) if (first, last) == ("29", "30") else None
    days = int(first), int(last or first)
    return days if 1 <= days[0] <= days[1] <= 30 else None


def _key(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.lower())
    return "".join(letter for letter in plain if letter.isalpha() and letter.isascii())


_MONTHS = {
    _key(name): number
    for number, (id_name, en_name, more) in enumerate(zip(MONTHS_ID, MONTHS_EN, SPELLINGS, strict=True), 1)
    for name in (id_name, en_name, *more.split())
}


def spans(anchor: Anchor, year: int) -> tuple[Span, ...]:
    """Return the days of *anchor* that begin in *year*: as a rule once, in some years twice or never."""
    # A lunar year is shorter than ours, and a shift may lead over the turn of the year.
    if anchor.calendar == CHINESE:
        found = [_chinese(anchor, one) for one in (year - 1, year, year + 1)]
    else:
        about = (year - 622) * 33 // 32
        found = [_hijri(anchor, one) for one in range(about - 2, about + 4)]
    return tuple(span for span in found if span and span[0].year == year)


def expected(text: str, year: int) -> tuple[Span, ...]:
    """Return the days that *text* is expected to fall on in *year*; none where it is not understood."""
    anchor = parse(text)
    return spans(anchor, year) if anchor else ()


def following(anchor: Anchor, after: date) -> Span | None:
    """Return the first expected days of *anchor* that are not all over with the day *after*."""
    soon = (span for year in range(after.year - 1, after.year + 2) for span in spans(anchor, year))
    return next((span for span in soon if span[1] > after), None)


def _chinese(anchor: Anchor, year: int) -> Span | None:
    start = _new_year(year)
    return _moved(start, anchor, anchor.last) if start else None


def _new_year(year: int) -> date | None:
    place = year - NEW_YEARS_FROM
    return date.fromisoformat(f"{year}-{NEW_YEARS[place]}") if 0 <= place < len(NEW_YEARS) else None


def _hijri(anchor: Anchor, year: int) -> Span | None:
    if not HIJRI_RANGE[0][0] <= year <= HIJRI_RANGE[1][0]:
        return None
    start = Hijri(year, anchor.month, 1)
    return _moved(date(*start.to_gregorian().datetuple()), anchor, start.month_length())


def _moved(start: date, anchor: Anchor, length: int) -> Span:
    # A month of 29 days has no thirtieth: its last day stands for it.
    first, last = min(anchor.first, length), min(anchor.last, length)
    return start + timedelta(first - 1 + anchor.shift), start + timedelta(last - 1 + anchor.shift)


@lru_cache(maxsize=1024)
def next_expected(text: str, after: date) -> Span | None:
    """Return the first days, not all over with *after*, that *text* is expected on; none where it is not understood."""
    anchor = parse(text)
    return following(anchor, after) if anchor else None


@lru_cache(maxsize=4096)
def said(text: str, first: date, last: date, locale: str) -> str:
    """Say the days of what moves as *text* does, in that calendar; empty where it is not understood."""
    anchor = parse(text)
    return words(first, last, locale, anchor) if anchor else ""


@dataclass(frozen=True, slots=True)
class HijriDay:
    """A day of the Hijri calendar."""

    year: int
    month: int
    day: int


def hijri(day: date) -> HijriDay | None:
    """Return *day* in the computed Hijri calendar, or None before 1924 and after 2077."""
    if not date(*GREGORIAN_RANGE[0]) <= day <= date(*GREGORIAN_RANGE[1]):
        return None
    return HijriDay(*Gregorian.fromdate(day).to_hijri().datetuple())


def hijri_words(first: date, last: date, locale: str, anchor: Anchor | None = None) -> str:
    """Say the days from *first* to *last* in the Hijri calendar; empty where it is not known.

    Days that stand one day beside those computed for *anchor* are its own: there the decree differed.
    """
    shift = timedelta(_beside(anchor, first, last) if anchor else 0)
    start, end = hijri(first + shift), hijri(last + shift)
    return _range(start, end, locale) if start and end else ""


def _beside(anchor: Anchor, first: date, last: date) -> int:
    for year in (first.year - 1, first.year, first.year + 1):
        for begin, end in spans(anchor, year):
            away = (begin - first).days
            if abs(away) <= 1 and end - begin == last - first:
                return away
    return 0


def _range(start: HijriDay, end: HijriDay, locale: str) -> str:
    if start.year != end.year:
        return f"{_one(start, locale)} – {_one(end, locale)}"
    if start.month != end.month:
        return f"{start.day} {month_name(start.month, locale)} – {_one(end, locale)}"
    return _one(end, locale) if start == end else f"{start.day}–{_one(end, locale)}"


def _one(day: HijriDay, locale: str) -> str:
    return f"{day.day} {month_name(day.month, locale)} {day.year} {'H' if locale == 'id' else 'AH'}"


def month_name(month: int, locale: str) -> str:
    return (MONTHS_ID if locale == "id" else MONTHS_EN)[month - 1]


def chinese_words(first: date, locale: str) -> str:
    """Say *first* by the Chinese year that Indonesia counts: which day of the first month; else empty."""
    start = _new_year(first.year)
    number = (first - start).days + 1 if start else 0
    if not 1 <= number <= 29:
        return ""
    year = first.year + KONGZILI
    return f"hari ke-{number} Imlek {year}" if locale == "id" else f"day {number} of the Lunar New Year {year}"


def words(first: date, last: date, locale: str, anchor: Anchor) -> str:
    """Say the days from *first* to *last* in the calendar of *anchor*."""
    if anchor.calendar == CHINESE:
        return chinese_words(first, locale)
    return hijri_words(first, last, locale, anchor)
