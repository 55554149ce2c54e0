"""Which live places say two things of the same: reported facts of their sources that cannot both be true."""

from typing import Any

from sqlalchemy import JSON, Select, func, or_, select, true, type_coerce, union

from pesona.db import db
from pesona.models.destination import Destination

# What a price is about, and when: rows that agree in all of these say one sum, or their sources differ.
ABOUT = ("visitor", "residence", "day", "valid_from", "valid_until", "as_of")


def places() -> Select[Any]:
    """Ask for the numbers of the live places whose sources differ.

    Hours differ where the newest and the undated reports do not all say the same; prices where two rows
    of the same date, or without one, are about the same. What follows in time does not differ.
    """
    found = union(_hours(), _prices()).subquery()
    return select(found.c.item_id)


def _hours() -> Select[Any]:
    report = _rows(Destination.hours_reported)
    rule, as_of = _text(report, "rule"), _text(report, "as_of")
    dated = _of_places(report, func.max(as_of).label("newest")).group_by(Destination.item_id).subquery()
    told = _of_places(report).join(dated, dated.c.item_id == Destination.item_id)
    counting = told.where(or_(as_of == "", as_of == dated.c.newest)).group_by(Destination.item_id)
    return counting.having(func.count(rule.distinct()) > 1)


def _prices() -> Select[Any]:
    price = _rows(Destination.prices)
    thing = func.lower(func.coalesce(func.nullif(_text(price, "note_id"), ""), _text(price, "note_en")))
    about = [thing, *(_text(price, name) for name in ABOUT)]
    alike = _of_places(price).group_by(Destination.item_id, *about)
    return alike.having(func.count(_text(price, "amount_idr").distinct()) > 1)


def _of_places(rows: Any, *more: Any) -> Select[Any]:
    return select(Destination.item_id, *more).select_from(Destination).join(rows, true())


def _rows(column: Any) -> Any:
    """Return the rows in a JSON list as a table, by the word that this database has for it."""
    opened = func.json_each if db.engine.dialect.name == "sqlite" else func.json_array_elements
    return opened(column).table_valued("value")


def _text(row: Any, name: str) -> Any:
    return type_coerce(row.c.value, JSON)[name].as_string()
