"""Which live places say two things of the same: reported facts of their sources that cannot both be true."""

from typing import Any

from sqlalchemy import JSON, Select, func, or_, select, true, type_coerce

from pesona.db import db
from pesona.models.destination import Destination
from pesona.prices import disputed
from pesona.published import Price


def places() -> Select[Any]:
    """Ask for the numbers of the live places whose sources differ.

    Hours differ where the newest and the undated reports do not all say the same; prices where two
    sources of the same time do. What follows in time does not differ.
    """
    hours = _hours().subquery()
    prices = Destination.item_id.in_(_disputing_prices())
    return select(Destination.item_id).where(or_(prices, Destination.item_id.in_(select(hours.c.item_id))))


def _hours() -> Select[Any]:
    report = _rows(Destination.hours_reported)
    rule, as_of = _text(report, "rule"), _text(report, "as_of")
    dated = _of_places(report, func.max(as_of).label("newest")).group_by(Destination.item_id).subquery()
    told = _of_places(report).join(dated, dated.c.item_id == Destination.item_id)
    counting = told.where(or_(as_of == "", as_of == dated.c.newest)).group_by(Destination.item_id)
    return counting.having(func.count(rule.distinct()) > 1)


def _disputing_prices() -> list[int]:
    """Return the places whose page says of a price that the sources differ: both are one judgement."""
    several = select(Destination.item_id, Destination.prices).where(func.json_array_length(Destination.prices) > 1)
    found = db.session.execute(several)
    return [place.item_id for place in found if disputed([Price(**row) for row in place.prices])]


def _of_places(rows: Any, *more: Any) -> Select[Any]:
    return select(Destination.item_id, *more).select_from(Destination).join(rows, true())


def _rows(column: Any) -> Any:
    """Return the rows in a JSON list as a table, by the word that this database has for it."""
    opened = func.json_each if db.engine.dialect.name == "sqlite" else func.json_array_elements
    return opened(column).table_valued("value")


def _text(row: Any, name: str) -> Any:
    return type_coerce(row.c.value, JSON)[name].as_string()
