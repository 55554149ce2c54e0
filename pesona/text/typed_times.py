"""Times of day as people type them: `8`, `08.00`, `8.30`, `0800`, `4 pm`. Pure.

Written down they are `08:00`; shown they are `08.00`, on the desk in either language.
"""

import re

_TYPED = re.compile(r"(?:pukul |jam )?(\d{1,2})(?:[.:]?(\d\d))?(?: ?([ap])\.?m\.?)?(?: ?wib)?")
_BETWEEN = re.compile(r" *(?:[-–—]|\bto\b|\bsampai\b|\bs\.?d\.?) *")
_AND = re.compile(r" *(?:[,;]|\bdan\b|\band\b) *")
_CLOSED = frozenset(("off", "tutup", "closed"))
_USUAL = frozenset(("usual", "as usual", "biasa", "seperti biasa"))
OFF, USUAL, MIDNIGHT, DAY_END = "off", "usual", "00:00", "24:00"

Range = tuple[str, str]


def read(typed: str) -> str | None:
    """Return *typed* as `08:00`, empty where nothing is typed, or None where it is no time of day."""
    text = " ".join(typed.lower().split())
    if not text:
        return ""
    found = _TYPED.fullmatch(text)
    if not found:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    if minute > 59 or hour > 24 or (hour == 24 and minute):
        return None
    return f"{hour:02}:{minute:02}"


def show(time: str) -> str:
    """Return the written *time* as the desk shows it."""
    return time.replace(":", ".")


def is_range(start: str, end: str) -> bool:
    """Tell whether one can open at *start* and close at *end*: the same time twice says nothing."""
    return start != end and start != DAY_END


def ends_next_day(start: str, end: str) -> bool:
    """Tell whether *end* is on the day after *start*; midnight itself ends the day."""
    return end < start and end != MIDNIGHT


def read_day(typed: str) -> str | None:
    """Return the hours of one day: `off`, `usual` or `09:00-12:00,13:00-15:00`; None where not understood."""
    text = " ".join(typed.lower().split())
    if text in _CLOSED:
        return OFF
    if text in _USUAL:
        return USUAL
    if not text:
        return ""
    ranges = []
    for one in _AND.split(text):
        ends = [read(end) for end in _BETWEEN.split(one)]
        if len(ends) != 2 or not all(ends) or not is_range(ends[0] or "", ends[1] or ""):
            return None
        ranges.append(f"{ends[0]}-{ends[1]}")
    return ",".join(ranges)


def show_day(times: str) -> str:
    """Return written *times* of one day as the desk shows them: `09.00–12.00, 13.00–15.00`."""
    return show(times).replace("-", "–").replace(",", ", ")
