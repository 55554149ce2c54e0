"""Files of rows for the tests of import: made as people's programs make them."""

import csv
import io
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook, load_workbook

Rows = Sequence[Sequence[Any]]


def as_csv(rows: Rows, separator: str = ",", encoding: str = "utf-8", newline: str = "\r\n") -> bytes:
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=separator, lineterminator=newline).writerows(rows)
    return file.getvalue().encode(encoding)


def as_xlsx(rows: Rows) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def cells_of(content: bytes) -> list[list[Any]]:
    """Return the values of each cell of an XLSX file, with their types."""
    book = load_workbook(io.BytesIO(content))
    return [[(cell.data_type, cell.value) for cell in row] for row in book.active.iter_rows()]


HEADER = ("code", "category", "district", "latitude", "longitude", "name_id", "name_en", "summary_id", "summary_en",
          "body_id", "body_en", "source")  # fmt: skip


def place(number: int, **given: str) -> list[str]:
    """Return a complete row below `HEADER`; *given* cells replace its own."""
    cells = {
        "code": f"uji-{number:03}", "category": "nature", "district": "Siak", "latitude": "0.8", "longitude": "102.05",
        "name_id": f"Tempat uji {number}", "name_en": f"Test place {number}", "summary_id": "Sebuah tempat.",
        "summary_en": "A place.", "body_id": "Teks.", "body_en": "Text.", "source": "Kantor uji",
    }  # fmt: skip
    return [str({**cells, **given}[name]) for name in HEADER]


def places(count: int, wrong: Sequence[int] = ()) -> list[list[str]]:
    """Return the header and *count* rows; those numbered in *wrong* have a district that does not exist."""
    rows = [place(n, district="Atlantis") if n in wrong else place(n) for n in range(1, count + 1)]
    return [list(HEADER), *rows]
