"""The grammar of a week: a part of OpenStreetMap's `opening_hours`, over the days Mo to Su. Pure.

`Mo-Th 08:00-16:00; Fr 08:00-11:30,14:00-16:00; Sa,Su 09:00-02:00`: a day that is not named is closed, a later
rule overrides, and an end before the start is the next day. docs/decisions/0014-opening-hours.md says why it is ours.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby, pairwise
from typing import NamedTuple

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
MIDNIGHT = 24 * 60

_DAY = f"(?:{'|'.join(DAYS)})"
_LIST = rf"{_DAY}(?:-{_DAY})?(?:, ?{_DAY}(?:-{_DAY})?)*"
_RULE = re.compile(rf"(?:({_LIST}) +)?(\S.*)")
_TIME = re.compile(r"(\d\d):([0-5]\d)")


class HoursError(ValueError):
    """Hours that cannot be: *code* says why (unknown, empty_range, overlap), *text* where."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(f"{code}: {text}")
        self.code, self.text = code, text


class Span(NamedTuple):
    """From one minute of a day to another; past 24 × 60 the end is on the next day."""

    opens: int
    closes: int

    @property
    def whole_day(self) -> bool:
        return self == (0, MIDNIGHT)


Spans = tuple[Span, ...]
Week = tuple[Spans, ...]
WHOLE_DAY: Spans = (Span(0, MIDNIGHT),)


@lru_cache(maxsize=2048)
def parse_week(text: str) -> Week:
    """Return the spans of each of the seven days, Monday first; `24/7` and `off` are weeks too."""
    if text.strip() == "24/7":
        return (WHOLE_DAY,) * 7
    week: list[Spans] = [()] * 7
    for days, times in _rules(text):
        spans = parse_times(times)
        for day in days:
            week[day] = spans
    return tuple(week)


@lru_cache(maxsize=2048)
def parse_entries(text: str) -> tuple[int | None, ...]:
    """Return the minute of the last entry of each day from `Mo-Su 16:30; Fr 15:30`; what is not named is not known."""
    entries: list[int | None] = [None] * 7
    for days, time in _rules(text) if text.strip() else ():
        for day in days:
            entries[day] = None if time == "off" else _minute(time)
    return tuple(entries)


def _rules(text: str) -> Iterator[tuple[list[int], str]]:
    for part in text.split(";"):
        found = _RULE.fullmatch(part.strip())
        if not found:
            raise HoursError("unknown", part.strip())
        yield _days(found[1] or "Mo-Su"), found[2]


def _days(text: str) -> list[int]:
    days: list[int] = []
    for part in text.split(","):
        first, _, last = part.strip().partition("-")
        start, end = DAYS.index(first), DAYS.index(last or first)
        days += [day % 7 for day in range(start, end + 1 if end >= start else end + 8)]
    return days


@lru_cache(maxsize=2048)
def parse_times(text: str) -> Spans:
    """Return the spans of one day from `off` or `08:00-11:30,14:00-16:00`, in time."""
    if text.strip() == "off":
        return ()
    spans = sorted(_span(part.strip()) for part in text.split(","))
    for one, after in pairwise(spans):
        if after.opens <= one.closes:
            raise HoursError("overlap", text.strip())
    if spans[-1].closes - MIDNIGHT > spans[0].opens:
        raise HoursError("overlap", text.strip())
    return tuple(spans)


def _span(text: str) -> Span:
    start, dash, end = text.partition("-")
    if not dash:
        raise HoursError("unknown", text)
    opens, closes = _minute(start), _minute(end)
    if opens == closes or opens >= MIDNIGHT or closes > MIDNIGHT:
        raise HoursError("empty_range" if opens == closes else "unknown", text)
    return Span(opens, closes if closes > opens else closes + MIDNIGHT)


def _minute(text: str) -> int:
    found = _TIME.fullmatch(text)
    minute = int(found[1]) * 60 + int(found[2]) if found else MIDNIGHT + 1
    if minute > MIDNIGHT:
        raise HoursError("unknown", text)
    return minute


def write_week(week: Week) -> str:
    """Return *week* in the grammar, days with the same times together; a week without times is `off`."""
    groups: dict[Spans, list[int]] = {}
    for day, spans in enumerate(week):
        if spans:
            groups.setdefault(spans, []).append(day)
    return "; ".join(f"{write_days(days)} {write_times(spans)}" for spans, days in groups.items()) or "off"


def write_entries(entries: tuple[int | None, ...]) -> str:
    """Return the last entry of each day in the grammar; where none is known it is empty."""
    groups: dict[int, list[int]] = {}
    for day, minute in enumerate(entries):
        if minute is not None:
            groups.setdefault(minute, []).append(day)
    return "; ".join(f"{write_days(days)} {write_minute(minute)}" for minute, days in groups.items())


def write_times(spans: Spans) -> str:
    return ",".join(f"{write_minute(s.opens)}-{write_minute(s.closes)}" for s in spans) or "off"


def write_minute(minute: int) -> str:
    """Return `HH:MM`; of the next day is the time of day, the end of a day is `24:00`."""
    within = minute if minute <= MIDNIGHT else minute - MIDNIGHT
    return f"{within // 60:02}:{within % 60:02}"


def write_days(days: list[int]) -> str:
    return ",".join(
        DAYS[first] if first == last else f"{DAYS[first]}{'-' if last - first > 1 else ','}{DAYS[last]}"
        for first, last in runs(days)
    )


def runs(numbers: list[int]) -> list[tuple[int, int]]:
    """Return the first and last of each run of neighbours in the sorted *numbers*."""
    found = []
    for _, group in groupby(enumerate(numbers), lambda pair: pair[1] - pair[0]):
        run = [number for _, number in group]
        found.append((run[0], run[-1]))
    return found
