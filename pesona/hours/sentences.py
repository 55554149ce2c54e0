"""Opening hours in words of either language, true all day. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pesona.hours.days import Holidays
from pesona.hours.week import DAYS, MIDNIGHT, Span, Spans, Week, parse_entries, parse_times, parse_week, runs
from pesona.published import Hours
from pesona.text.dates import day as day_words
from pesona.text.dates import day_range

DAY_NAMES = {
    "id": ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_WORDS = {
    "id": {
        "unknown": "jam buka belum diketahui",
        "always_open": "selalu buka",
        "closed": "tutup untuk seterusnya",
        "closed_for_now": "tutup sementara",
        "until": "tutup sementara sampai dengan {}",
        "daily": "setiap hari",
        "off": "tutup",
        "whole": "24 jam",
        "and": " dan ",
        "next": " (esok hari)",
        "entry": "masuk terakhir {}",
        "appointment": "dengan janji temu",
        "also": "juga dengan janji temu",
        "as_usual": "buka seperti biasa pada hari libur nasional dan cuti bersama",
        "holidays": "tutup pada hari libur nasional dan cuti bersama",
    },
    "en": {
        "unknown": "opening hours not yet known",
        "always_open": "always open",
        "closed": "closed for good",
        "closed_for_now": "closed for now",
        "until": "closed for now until {} inclusive",
        "daily": "daily",
        "off": "closed",
        "whole": "24 hours",
        "and": " and ",
        "next": " (next day)",
        "entry": "last entry {}",
        "appointment": "by appointment",
        "also": "also by appointment",
        "as_usual": "open as usual on public holidays and days of joint leave",
        "holidays": "closed on public holidays and days of joint leave",
    },
}


@dataclass(frozen=True, slots=True)
class Told:
    """The hours in words: one sentence, and what else holds of seasons, dates, holidays and the last entry."""

    sentence: str
    notes: tuple[str, ...] = ()


def told(hours: Hours, locale: str, today: date, holidays: Holidays) -> Told:
    """Return *hours* in words; of seasons and dates only those that are not over before *today*."""
    words, status = _WORDS[locale], hours.on(today)
    if status == "closed_for_now" and hours.closed_until:
        return Told(words["until"].format(day_words(hours.closed_until, locale, weekday=False)))
    if status in ("closed", "closed_for_now"):
        return Told(words[status])
    said = words[status] if status in words else _usual(hours, locale)
    if status != "has_hours":
        return Told(*_with_appointment(hours, said if status != "unknown" else "", (), locale))
    notes = (*_entries(hours.last_entry, locale), *_seasons(hours, locale, today), *_dates(hours, locale, today))
    return Told(*_with_appointment(hours, said, (*notes, *_holidays(hours, locale, today, holidays)), locale))


def _usual(hours: Hours, locale: str) -> str:
    # Where one may come by appointment, no day is closed.
    other = _WORDS[locale]["appointment"] if hours.by_appointment else ""
    return week_sentence(parse_week(hours.week), locale, other) if hours.week else ""


def _with_appointment(hours: Hours, said: str, notes: tuple[str, ...], locale: str) -> tuple[str, tuple[str, ...]]:
    words = _WORDS[locale]
    if not hours.by_appointment:
        return said or words["unknown"], notes
    contact = f": {hours.contact}" if hours.contact else ""
    if not said:
        return words["appointment"] + contact, notes
    return said, (words["also"] + contact, *notes)


def week_sentence(week: Week, locale: str, closed: str = "") -> str:
    """Return `setiap hari 08.00–17.00 WIB`, days with the same times together and *closed* ones last."""
    groups: dict[Spans, list[int]] = {}
    for day, spans in enumerate(week):
        groups.setdefault(spans, []).append(day)
    if all(span.whole_day for spans in week for span in spans) and all(week):
        return _WORDS[locale]["always_open"]
    ordered = sorted(groups.items(), key=lambda group: not group[0])
    return "; ".join(f"{_days(days, locale)} {_times(spans, locale, closed)}" for spans, days in ordered)


def _times(spans: Spans, locale: str, closed: str) -> str:
    return times_words(spans, locale) if spans or not closed else closed


def times_words(spans: Spans, locale: str) -> str:
    """Return `08.00–11.30 dan 14.00–16.00 WIB`, or `tutup` where there are none."""
    if not spans:
        return _WORDS[locale]["off"]
    said = _WORDS[locale]["and"].join(_span(span, locale) for span in spans)
    # A length of time has no time zone.
    return said if all(span.whole_day for span in spans) else f"{said} WIB"


def _days(days: list[int], locale: str) -> str:
    if len(days) == len(DAYS):
        return _WORDS[locale]["daily"]
    names = DAY_NAMES[locale]
    found = []
    for first, last in runs(days):
        join = "–" if last - first > 1 else ", "
        found.append(names[first] if first == last else f"{names[first]}{join}{names[last]}")
    return ", ".join(found)


def _span(span: Span, locale: str) -> str:
    if span.whole_day:
        return _WORDS[locale]["whole"]
    after = _WORDS[locale]["next"] if span.closes > MIDNIGHT else ""
    return f"{clock_words(span.opens, locale)}–{clock_words(span.closes, locale)}{after}"


def clock_words(minute: int, locale: str) -> str:
    """Return a minute of the day as `08.00` or `8:00 am`; the end of the day is `24.00` or `midnight`."""
    if minute == MIDNIGHT:
        return "24.00" if locale == "id" else "midnight"
    hour, rest = minute // 60 % 24, minute % 60
    return f"{hour:02}.{rest:02}" if locale == "id" else f"{hour % 12 or 12}:{rest:02} {'am' if hour < 12 else 'pm'}"


def _entries(text: str, locale: str) -> Iterator[str]:
    groups: dict[int, list[int]] = {}
    for day, minute in enumerate(parse_entries(text)):
        if minute is not None:
            groups.setdefault(minute, []).append(day)
    said = "; ".join(
        clock_words(minute, locale)
        if len(days) == len(DAYS)
        else f"{_days(days, locale)} {clock_words(minute, locale)}"
        for minute, days in groups.items()
    )
    if said:
        yield _WORDS[locale]["entry"].format(f"{said} WIB")


def _seasons(hours: Hours, locale: str, today: date) -> Iterator[str]:
    for row in sorted(hours.seasons, key=lambda one: one.start):
        if row.end >= today:
            when = f"{row.name(locale)}, {day_range(row.start, row.end, locale)}" if row.name(locale) else ""
            entry = ", ".join(("", *_entries(row.last_entry, locale)))
            week = week_sentence(parse_week(row.week), locale)
            yield f"{when or day_range(row.start, row.end, locale)}: {week}{entry}"


def _dates(hours: Hours, locale: str, today: date) -> Iterator[str]:
    for row in sorted(hours.dates, key=lambda one: one.start):
        if row.end >= today:
            note = f" ({row.name(locale)})" if row.name(locale) else ""
            yield f"{day_range(row.start, row.end, locale)}: {times_words(parse_times(row.times), locale)}{note}"


def _holidays(hours: Hours, locale: str, today: date, holidays: Holidays) -> Iterator[str]:
    if hours.holidays in ("as_usual", "closed"):
        yield _WORDS[locale]["as_usual" if hours.holidays == "as_usual" else "holidays"]
    for row in sorted(hours.holiday_dates, key=lambda one: one.day) if hours.holidays == "one_by_one" else ():
        if row.day >= today and row.day in holidays and row.times not in ("", "usual"):
            name = holidays[row.day].name(locale)
            yield f"{name}, {day_range(row.day, row.day, locale)}: {times_words(parse_times(row.times), locale)}"
