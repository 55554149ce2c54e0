"""A week in OpenStreetMap's grammar as seven days, and back: `Mo-Th 08:00-16:00; Fr 08:00-11:30,14:00-16:00`. Pure.

A day that is not named is closed; a later rule takes the place of an earlier one.
"""

import re
from collections.abc import Sequence
from itertools import groupby, pairwise

from pesona.text import typed_times
from pesona.text.typed_times import Range

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_DAY, _TIME = f"(?:{'|'.join(DAYS)})", r"(?:[01]\d:[0-5]\d|2[0-3]:[0-5]\d|24:00)"
_WHEN, _SPAN = rf"{_DAY}(?:-{_DAY})?", rf"{_TIME}-{_TIME}"
_WEEK = re.compile(rf"(?:({_WHEN}(?:, ?{_WHEN})*) )?(off|{_SPAN}(?:, ?{_SPAN})*)")
_LAST = re.compile(rf"(?:({_WHEN}(?:, ?{_WHEN})*) )?({_TIME})")

_DAY_MINUTES = 24 * 60

Week = list[list[Range]]


def read(text: str) -> Week | None:
    """Return the ranges of each day from Monday, or None where *text* is no week."""
    if text.strip() == "24/7":
        return [[(typed_times.MIDNIGHT, typed_times.DAY_END)] for _ in DAYS]
    bodies = _bodies(text, _WEEK)
    if bodies is None:
        return None
    week = [_ranges(body) for body in bodies]
    return week if all(are_apart(day) for day in week) else None


def are_apart(day: Sequence[Range]) -> bool:
    """Tell whether the ranges of *day* can be: none empty, none that meets another, also past midnight."""
    if not all(typed_times.is_range(*one) for one in day):
        return False
    spans = sorted((_minute(start), _minute(end) + (_DAY_MINUTES if end <= start else 0)) for start, end in day)
    meet = any(later[0] <= earlier[1] for earlier, later in pairwise(spans))
    return not meet and (not spans or spans[-1][1] - _DAY_MINUTES <= spans[0][0])


def _minute(time: str) -> int:
    return int(time[:2]) * 60 + int(time[3:])


def write(week: Sequence[Sequence[Range]]) -> str:
    """Return *week* with days of the same hours named together; closed days are left out."""
    return _rules([",".join(f"{start}-{end}" for start, end in day) for day in week])


def read_last(text: str) -> list[str] | None:
    """Return the time of last entry of each day from Monday, or None where *text* says none."""
    return _bodies(text, _LAST)


def write_last(times: Sequence[str]) -> str:
    """Return the time of last entry of each day, days of the same time named together."""
    return _rules(times)


def same(one: str, other: str) -> bool:
    """Tell whether two weeks, or two texts of last entry, mean the same however they are written."""
    return one == other or any(
        read_either(one) is not None and read_either(one) == read_either(other) for read_either in (read, read_last)
    )


def is_day(times: str) -> bool:
    """Tell whether *times* are the hours of one day: `off`, or ranges."""
    return times == typed_times.OFF or bool(times and (week := read(f"Mo {times}")) and week[0])


def _bodies(text: str, rule: re.Pattern[str]) -> list[str] | None:
    found = [""] * len(DAYS)
    for part in filter(None, (part.strip() for part in text.split(";"))):
        matched = rule.fullmatch(part)
        if not matched:
            return None
        for number in _days(matched[1] or "Mo-Su"):
            found[number] = matched[2]
    return found


def _days(text: str) -> list[int]:
    numbers = []
    for one in text.split(","):
        first, _, last = one.strip().partition("-")
        start = DAYS.index(first)
        length = (DAYS.index(last or first) - start) % len(DAYS)
        numbers += [(start + n) % len(DAYS) for n in range(length + 1)]
    return numbers


def _ranges(body: str) -> list[Range]:
    if body in ("", typed_times.OFF):
        return []
    pairs = (one.strip().partition("-") for one in body.split(","))
    return [(start, end) for start, _, end in pairs]


def _rules(bodies: Sequence[str]) -> str:
    named: dict[str, list[int]] = {}
    for number, body in enumerate(bodies):
        if body:
            named.setdefault(body, []).append(number)
    return "; ".join(f"{_named(numbers)} {body}" for body, numbers in named.items())


def _named(numbers: list[int]) -> str:
    """Return the days *numbers*: three or more in a row as a range."""
    said = []
    for _, run in groupby(enumerate(numbers), lambda pair: pair[1] - pair[0]):
        days = [DAYS[number] for _, number in run]
        said += [f"{days[0]}-{days[-1]}"] if len(days) > 2 else days
    return ",".join(said)
