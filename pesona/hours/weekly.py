"""A week as the desk types it: the ranges of each day, read by the grammar of *week* and written back. Pure."""

from collections.abc import Sequence

from pesona.hours.week import DAYS, HoursError, parse_entries, parse_times, parse_week, write_days, write_minute
from pesona.text.typed_times import Range

Week = list[list[Range]]


def read(text: str) -> Week | None:
    """Return the ranges of each day from Monday, or None where *text* is no week."""
    if not text.strip():
        return [[] for _ in DAYS]
    try:
        return [[(write_minute(one.opens), write_minute(one.closes)) for one in day] for day in parse_week(text)]
    except HoursError:
        return None


def are_apart(day: Sequence[Range]) -> bool:
    """Tell whether the ranges of *day* can be: none empty, none that meets another, also past midnight."""
    return not day or is_day(_day(day))


def write(week: Sequence[Sequence[Range]]) -> str:
    """Return *week* with days of the same hours named together; closed days are left out."""
    return _rules([_day(day) for day in week])


def read_last(text: str) -> list[str] | None:
    """Return the time of last entry of each day from Monday, or None where *text* says none."""
    try:
        return ["" if minute is None else write_minute(minute) for minute in parse_entries(text)]
    except HoursError:
        return None


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
    try:
        return parse_times(times) is not None
    except HoursError:
        return False


def _day(ranges: Sequence[Range]) -> str:
    return ",".join(f"{start}-{end}" for start, end in ranges)


def _rules(bodies: Sequence[str]) -> str:
    named: dict[str, list[int]] = {}
    for number, body in enumerate(bodies):
        if body:
            named.setdefault(body, []).append(number)
    return "; ".join(f"{write_days(numbers)} {body}" for body, numbers in named.items())
