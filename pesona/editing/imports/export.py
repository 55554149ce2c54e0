"""The content of a kind as a file: the same columns as an import reads, sorted by code."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import and_, select

from pesona.db import db
from pesona.editing.imports.areas import Areas
from pesona.editing.imports.cells import guard
from pesona.editing.imports.columns import COLUMNS, ERROR, NUMBERS
from pesona.editing.imports.plan import KINDS, Outcome
from pesona.editing.imports.tables import Table
from pesona.editing.imports.workbooks import LONGEST_CELL, workbook
from pesona.editing.snapshot import complete
from pesona.models.item import Item, Revision

FORMATS = ("csv", "xlsx")
_CHUNK = 200


class TooLong(ValueError):
    """A text does not fit into a cell of an XLSX file; as CSV it does."""


def rows(kind: str) -> Iterator[list[str]]:
    """Yield the cells of each item of *kind*: its newest draft, what was removed left out."""
    noun, areas = KINDS[kind], Areas()
    there = (Item.kind == noun.KIND, Item.is_there())
    codes = sorted(db.session.scalars(select(Item.code).where(*there)))
    newest = and_(Revision.item_id == Item.id, Revision.number == Item.head)
    for start in range(0, len(codes), _CHUNK):
        wanted = select(Item.code, Revision.snapshot).join(Revision, newest)
        found = db.session.execute(wanted.where(*there, Item.code.in_(codes[start : start + _CHUNK])))
        for code, stored in sorted(found, key=lambda row: row.code):
            cells = {
                "code": code,
                **noun.cells(complete(noun.KIND, {key: stored[key] for key in ("facts", "words")}), areas),
            }
            yield [cells[column] for column in COLUMNS[kind]]


def content(kind: str, form: str, found: Iterable[Sequence[str]], more: Sequence[str] = ()) -> bytes:
    """Return *found*, rows of the columns of *kind* and of *more*, as a file of *form* (csv or xlsx)."""
    header = [*COLUMNS[kind], *more]
    return _of_header(kind, form, header, found)


def repair(table: Table, outcomes: Iterable[Outcome], form: str) -> bytes:
    """Return the wrong rows of *table* as they came, with what is wrong in a column of its own."""
    wrong = {
        one.line: " ".join(f.english() for f in one.findings if f.wrong) for one in outcomes if one.outcome == "wrong"
    }
    header = [*(name for name in table.header if name != ERROR), ERROR]
    found = (
        [*(row.cells.get(name, "") for name in header[:-1]), wrong[row.line]]
        for row in table.rows()
        if row.line in wrong
    )
    return _of_header(table.kind, form, header, found)


def _of_header(kind: str, form: str, header: Sequence[str], found: Iterable[Sequence[str]]) -> bytes:
    numbers = {place for place, name in enumerate(header) if name in NUMBERS}
    if form == "xlsx":
        return workbook(kind, header, (_typed(row, numbers) for row in found))
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(header)
    for row in found:
        writer.writerow([text if _is_number(n, text, numbers) else guard(text) for n, text in enumerate(row)])
    return file.getvalue().encode("utf-8")


def _typed(row: Sequence[str], numbers: set[int]) -> list[str | float]:
    if any(len(text) >= LONGEST_CELL for text in row):
        raise TooLong(row[0])
    return [float(text) if _is_number(n, text, numbers) else guard(text) for n, text in enumerate(row)]


def _is_number(place: int, text: str, numbers: set[int]) -> bool:
    if place not in numbers or not text:
        return False
    try:
        float(text)
    except ValueError:
        return False
    return text.isascii()
