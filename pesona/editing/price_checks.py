"""The checks of prices before publication: each finding names the row."""

from collections.abc import Iterator
from typing import Any

from pesona import clock, prices
from pesona.editing.problem import Problem
from pesona.models.destination import DAYS, PRICE_KINDS, RESIDENCES, VISITORS
from pesona.published import Price
from pesona.text.dates import iso_day


def problems(rows: list[dict[str, Any]]) -> Iterator[Problem]:
    """Yield what speaks against publishing the price *rows*, each with the number of its row."""
    for number, row in enumerate(rows, 1):
        yield from _amount(number, row)
        yield from _choices(number, row)
        yield from _days(number, row)
    yield from clashes(rows)


def clashes(rows: list[dict[str, Any]]) -> Iterator[Problem]:
    """Yield a finding for every two rows that set a price for the same visitors on the same day."""
    for found in prices.conflicts([Price(**row) for row in rows]):
        # Rows and an ISO day, not objects: a schedule that fails keeps its findings as JSON.
        values = {
            "first": found.first + 1,
            "second": found.second + 1,
            "first_price": rows[found.first],
            "second_price": rows[found.second],
            "day": found.day.isoformat(),
        }
        yield Problem("price_clash", "facts", "prices", values=values)


def _amount(number: int, row: dict[str, Any]) -> Iterator[Problem]:
    amount = row["amount_idr"]
    if row["kind"] == "donation" and amount is None:
        return
    if not isinstance(amount, int) or amount < 0:
        yield Problem("price_amount", "facts", "prices", values={"number": number})


def _choices(number: int, row: dict[str, Any]) -> Iterator[Problem]:
    known = {"visitor": VISITORS, "residence": RESIDENCES, "day": DAYS, "kind": PRICE_KINDS}
    if any(row[name] not in choices for name, choices in known.items()):
        yield Problem("price_choice", "facts", "prices", values={"number": number})


def _days(number: int, row: dict[str, Any]) -> Iterator[Problem]:
    days = {name: iso_day(row[name]) for name in ("valid_from", "valid_until", "checked_on")}
    for name, day in days.items():
        if row[name] and day is None:
            yield Problem("price_day", "facts", "prices", values={"number": number, "date": row[name]})
    first, last, checked = days.values()
    if first and last and last < first:
        yield Problem("price_ends_first", "facts", "prices", values={"number": number})
    if checked and checked > clock.today():
        yield Problem("price_checked_ahead", "facts", "prices", values={"number": number})
