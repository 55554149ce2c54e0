"""The calendar of holidays that editors keep: checked, added, changed, removed, each deed logged.

Every deed runs in the caller's transaction; the flush hook makes it public.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from sqlalchemy import select

from pesona.clock import utc_now
from pesona.db import db
from pesona.editing import log
from pesona.editing.checks import Problem
from pesona.editing.log import Actor
from pesona.models.holiday import KINDS, STATUSES, Holiday
from pesona.models.public import ContentVersion

LONGEST_NAME, LONGEST_SOURCE = 120, 300
FIRST_YEAR, LAST_YEAR = 2000, 2100
# As the form names them, and the columns they fill.
COLUMNS = {
    "day": "date",
    "name_id": "name_id",
    "name_en": "name_en",
    "kind": "kind",
    "certainty": "status",
    "source": "source",
}

Values = Mapping[str, str]  # by the fields, as typed and tidied


def years() -> dict[int, int]:
    """Return the years that have any row, with how many, in order."""
    days = db.session.scalars(select(Holiday.date))
    return dict(sorted(Counter(day.year for day in days).items()))


def of_year(year: int) -> list[Holiday]:
    """Return the rows of *year* by day."""
    span = Holiday.date.between(date(year, 1, 1), date(year, 12, 31))
    return list(db.session.scalars(select(Holiday).where(span).order_by(Holiday.date, Holiday.name_id)))


def find(number: int, lock: bool = False) -> Holiday | None:
    """Return the row, locked until the transaction ends where *lock* is wanted."""
    statement = select(Holiday).where(Holiday.id == number)
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    return db.session.scalar(statement)


def values_of(row: Holiday) -> dict[str, str]:
    """Return the fields of *row* as a form holds them."""
    return {name: str(getattr(row, column)) for name, column in COLUMNS.items()}


def problems(given: Values, own: Holiday | None = None) -> list[Problem]:
    """Return what speaks against *given*, which may stand in place of *own*; locks the table."""
    return [*_of_day(given["day"]), *_of_words(given)] or _taken(given, own)


def _of_day(typed: str) -> Iterator[Problem]:
    day = read_day(typed)
    if day is None:
        yield Problem("date", "", "day", values={"date": typed[:40] or "–"})
    elif not FIRST_YEAR <= day.year <= LAST_YEAR:
        yield Problem("holiday_year", "", "day", values={"first": FIRST_YEAR, "last": LAST_YEAR})


def _of_words(given: Values) -> Iterator[Problem]:
    for name in ("name_id", "source"):
        if not given[name]:
            yield Problem("missing", "", name)
    for name, limit in (("name_id", LONGEST_NAME), ("name_en", LONGEST_NAME), ("source", LONGEST_SOURCE)):
        if len(given[name]) > limit:
            yield Problem("too_long", "", name, values={"limit": limit})
    for name, codes in (("kind", KINDS), ("certainty", STATUSES)):
        if given[name] not in codes:
            yield Problem("choice", "", name)


def _taken(given: Values, own: Holiday | None) -> list[Problem]:
    # Who holds the row of the content version is alone until the end of the transaction.
    db.session.execute(select(ContentVersion.number).with_for_update())
    day = date.fromisoformat(given["day"])
    other = db.session.scalar(select(Holiday).where(Holiday.date == day, Holiday.name_id == given["name_id"]))
    return [] if other is None or other is own else [Problem("holiday_taken", "", "name_id")]


def read_day(typed: str) -> date | None:
    """Return the ISO day *typed*, or None."""
    try:
        return date.fromisoformat(typed) if len(typed) == 10 else None
    except ValueError:
        return None


def add(given: Values, actor: Actor) -> Holiday:
    row = _row(given, actor)
    db.session.add(row)
    db.session.flush()
    log.note(actor, "holiday_add", _sentence(row), number=row.id, old=None, new=values_of(row))
    return row


def change(row: Holiday, given: Values, actor: Actor) -> bool:
    """Give *row* other values; tell whether that changed anything."""
    old = values_of(row)
    if old == given:
        return False
    for column, value in _columns(given).items():
        setattr(row, column, value)
    row.row_version += 1
    row.updated_at, row.updated_by = utc_now(), actor.account_id
    log.note(actor, "holiday_change", _sentence(row), number=row.id, old=old, new=values_of(row))
    return True


def remove(row: Holiday, actor: Actor) -> None:
    log.note(actor, "holiday_remove", _sentence(row), number=row.id, old=values_of(row), new=None)
    db.session.delete(row)


def load(rows: Iterable[Values], actor: Actor) -> int:
    """Add *rows* of years that have none yet; return how many. A year that editors have begun is theirs."""
    kept = years()
    new = [_row(given, actor) for given in rows if int(given["day"][:4]) not in kept]
    if new:
        db.session.add_all(new)
        filled = sorted({str(row.date.year) for row in new})
        log.note(actor, "holidays_load", ", ".join(filled), count=len(new))
    return len(new)


def _row(given: Values, actor: Actor) -> Holiday:
    return Holiday(**_columns(given), updated_by=actor.account_id)


def _columns(given: Values) -> dict[str, Any]:
    filled: dict[str, Any] = {column: given[name] for name, column in COLUMNS.items()}
    return filled | {"date": date.fromisoformat(given["day"])}


def _sentence(row: Holiday) -> str:
    return f"{row.date.isoformat()} {row.name_id}"
