"""One cell of a spreadsheet: cleaned, guarded against formulas, read as number or date. Pure."""

import re
from datetime import date, datetime

from pesona.clock import WIB

# What neither XML nor PostgreSQL takes; tabs and newlines stay.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
# A text that a spreadsheet would take for a formula, apostrophes in front of it or not.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_GUARDED = re.compile(r"''*[=+\-@\t\r]")
_PARTED_DATE = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")

ORDERS = ("ymd", "dmy", "mdy")


def tidy(text: str) -> str:
    """Return *text* as both sides compare it: newlines alike, no control characters, nothing around it."""
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def guard(text: str) -> str:
    """Return *text* with an apostrophe in front where a spreadsheet would compute it."""
    return f"'{text}" if _FORMULA.match(text) else text


def unguard(text: str) -> str:
    """Take off the apostrophe that `guard` put there; one that was always there stays."""
    return text[1:] if _GUARDED.match(text) else text


def number_text(value: float | int | None) -> str:
    """Return a number as a cell prints it: the shortest that reads back the same, or nothing."""
    return "" if value is None else repr(float(value)).removesuffix(".0")


def read_number(text: str) -> float:
    """Return the number in *text*, with decimal point or comma; raises `ValueError`."""
    number = float(text.replace(" ", "").replace(",", "."))
    if number != number or abs(number) > 1e9:
        raise ValueError(text)
    return number


def date_order(text: str) -> str:
    """Return the order of day, month and year that *text* proves, or nothing."""
    parted = _PARTED_DATE.match(text)
    if not parted:
        return ""
    first, second = int(parted[1]), int(parted[2])
    return "dmy" if first > 12 else "mdy" if second > 12 else "either"


def read_date(text: str, order: str) -> tuple[str, bool]:
    """Return the day in *text* as ISO 8601, in Asia/Jakarta, and whether a time of day came with it.

    *order* says how 05/09/2026 is meant: `dmy` or `mdy`. Raises `ValueError`.
    """
    parted = _PARTED_DATE.fullmatch(text)
    if parted:
        first, second, year = (int(number) for number in parted.groups())
        day, month = (second, first) if order == "mdy" else (first, second)
        return date(year, month, day).isoformat(), False
    if not re.match(r"\d{4}-\d\d-\d\d", text):
        raise ValueError(text)
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is not None:
        moment = moment.astimezone(WIB)
    return moment.date().isoformat(), len(text) > 10 and (moment.hour, moment.minute) != (0, 0)
