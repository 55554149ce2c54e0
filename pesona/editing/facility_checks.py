"""The checks of what a place has: each finding names what it is about."""

from collections.abc import Collection, Iterator
from typing import Any

from pesona import clock
from pesona.editing.problem import Problem
from pesona.models.destination import ANSWERS, FACILITIES
from pesona.text.dates import iso_day


def problems(rows: list[dict[str, Any]], keys: Collection[str]) -> Iterator[Problem]:
    """Yield what speaks against publishing the *rows*, whose sources are named by *keys*."""
    for row in rows:
        yield from _row(row, keys)


def _row(row: dict[str, Any], keys: Collection[str]) -> Iterator[Problem]:
    what = {"what": row["what"]}
    if row["what"] not in FACILITIES or row["answer"] not in ("", *ANSWERS):
        yield _problem("facility_choice", what)
    elif not row["answer"]:
        yield _problem("facility_unanswered", what, blocks=False)
        return
    named = row["source"].split()
    if not named or not set(named) <= set(keys):
        yield _problem("facility_source", {**what, "source": row["source"] or "–"})
    day = iso_day(row["checked_on"])
    if row["checked_on"] and day is None:
        yield _problem("facility_day", {**what, "date": row["checked_on"]})
    elif day and day > clock.today():
        yield _problem("facility_checked_ahead", what)


def _problem(rule: str, values: dict[str, Any], blocks: bool = True) -> Problem:
    return Problem(rule, "facts", "facilities", blocks=blocks, values=values)
