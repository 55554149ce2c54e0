"""The days that a visitor asks for, `on` once or twice, and what is wrong with them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import request

from pesona.public.arguments import LONGEST
from pesona.text.dates import iso_day
from pesona.text.names import N_

FIELDS = (N_("First day"), N_("Last day"))
WRONG = {
    "not_a_day": N_(
        "%(field)s: “%(typed)s” is not a day of the calendar. Write year, month and day, for example 2026-12-05."
    ),
    "end_before_start": N_("%(field)s: it comes before the first day."),
    "too_many": N_("%(field)s: this address names more than two days. Give one day, or the first and the last."),
}
_SHAPE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SHOWN = 40


@dataclass(frozen=True, slots=True)
class AskedDays:
    """The first and last day asked for, or what is wrong; *typed* is what stands in the two fields."""

    typed: tuple[str, str] = ("", "")
    days: tuple[date, date] | None = None
    wrong: str = ""
    at: int = 0

    def __bool__(self) -> bool:
        return self.typed != ("", "")

    @property
    def query(self) -> tuple[str, ...]:
        """Return the values of `on` that ask for the same days."""
        return tuple(one for one in self.typed if one)

    @property
    def place(self) -> dict[str, str]:
        """Return which field is wrong and what was typed there, both as their message names them."""
        typed = self.typed[self.at]
        shown = typed if len(typed) <= _SHOWN else f"{typed[:_SHOWN]}…"
        return {"field": FIELDS[self.at], "typed": shown}


def asked_days() -> AskedDays:
    """Return the days of the request; empty fields ask for nothing."""
    return read_days(request.args.getlist("on"))


def read_days(given: Sequence[str]) -> AskedDays:
    """Return the days that the values of `on` ask for."""
    clean = ["".join(one[:LONGEST].split()).replace("\0", "") for one in given]
    first, last, *more = *clean, "", ""
    typed = (first, last)
    if any(more):
        return AskedDays(typed, wrong="too_many")
    days = [_day(one) for one in typed]
    for at, (text, day) in enumerate(zip(typed, days, strict=True)):
        if text and day is None:
            return AskedDays(typed, wrong="not_a_day", at=at)
    start, end = days[0] or days[1], days[1] or days[0]
    if start is None or end is None:
        return AskedDays()
    if end < start:
        return AskedDays(typed, wrong="end_before_start", at=1)
    return AskedDays(typed, (start, end))


def _day(text: str) -> date | None:
    return iso_day(text) if _SHAPE.fullmatch(text) else None
