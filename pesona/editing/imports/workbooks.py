"""XLSX files read and written: no bombs, no document types, no formulas, one row at a time."""

import datetime
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from xml.etree.ElementTree import ParseError

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils.exceptions import InvalidFileException

from pesona.editing.imports.cells import number_text, tidy, unguard
from pesona.editing.imports.findings import Finding, Unreadable, of

MOST_BYTES = 200 * 1024 * 1024  # unpacked
MOST_PARTS = 500
MOST_COLUMNS = 100
LONGEST_CELL = 32_767  # letters
DOCTYPES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))
_CHUNK = 1 << 20
_DAMAGED = (zipfile.BadZipFile, InvalidFileException, ParseError, KeyError, ValueError, OSError, EOFError,
            IndexError, TypeError, AttributeError, NotImplementedError, RuntimeError, SyntaxError)  # fmt: skip


def is_workbook(content: bytes) -> bool:
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return True
    if content.startswith((b"\xd0\xcf\x11\xe0", b"%PDF", b"{\\rtf")):
        raise Unreadable("format")
    return False


def workbook_rows(content: bytes) -> Iterator[tuple[int, Sequence[str], list[Finding]]]:
    """Yield (row, texts, what is wrong) of the first sheet of *content*; raises `Unreadable`."""
    _refuse_traps(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        try:
            sheet = book.worksheets[0]
            # A file may lie about its size.
            sheet.reset_dimensions()
            for number, cells in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), 1):
                yield _row(number, cells)
        finally:
            book.close()
    except Unreadable:
        raise
    except _DAMAGED:
        raise Unreadable("broken_xlsx") from None


def _refuse_traps(content: bytes) -> None:
    """Refuse what unpacks to too much, or holds a document type (no entity of it is ever looked at)."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_BYTES:
                raise Unreadable("bomb")
            for part in parts:
                if part.filename.lower().endswith((".xml", ".rels")):
                    _refuse_doctype(archive, part)
    except Unreadable:
        raise
    except _DAMAGED:
        raise Unreadable("broken_xlsx") from None


def _refuse_doctype(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    # A document type can only stand at the beginning of a part, after comments at most.
    with archive.open(part) as file:
        begin = file.read(_CHUNK)
    if any(mark in begin for mark in DOCTYPES):
        raise Unreadable("entities")


def _row(number: int, cells: Sequence[Any]) -> tuple[int, Sequence[str], list[Finding]]:
    texts, wrong = [], []
    for place, cell in enumerate(cells):
        if cell.data_type == "f":
            wrong.append(of("formula", str(place)))
        elif cell.data_type == "e":
            wrong.append(of("error_value", str(place), value=str(cell.value)))
        texts.append(_text(cell.value))
    while texts and not texts[-1]:
        texts.pop()
    return number, texts, wrong


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        return value.isoformat() if value.time() != datetime.time() else value.date().isoformat()
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value) if isinstance(value, int) else number_text(value)
    return tidy(unguard(str(value)))


def workbook(title: str, header: Sequence[str], rows: Iterable[Sequence[str | float]]) -> bytes:
    """Return an XLSX file of one sheet; texts stay texts and numbers stay numbers."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "B2"
    for row in (header, *rows):
        sheet.append([_cell(sheet, value) for value in row])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _cell(sheet: Any, value: str | float) -> Any:
    if not isinstance(value, str):
        return value
    if not value:
        return None
    cell = WriteOnlyCell(sheet, value)
    cell.data_type = "s"
    return cell
