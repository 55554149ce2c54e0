"""A CSV or XLSX file as a header and rows, each with its line in the file; how it was read is told."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pesona.editing.imports import columns
from pesona.editing.imports.cells import date_order, tidy, unguard
from pesona.editing.imports.findings import Finding, Unreadable, of
from pesona.editing.imports.workbooks import is_workbook, workbook_rows

SEPARATORS = (",", ";", "\t", "|")
LONGEST_GAP = 1000

# (line of the file, texts of the cells, what is wrong with them)
Line = tuple[int, Sequence[str], list[Finding]]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the file: its cells by column; without cells it is empty."""

    line: int
    cells: dict[str, str]
    findings: list[Finding] = field(default_factory=list)


@dataclass(slots=True)
class Table:
    """A file that can be read, and how: *encoding*, *separator*, *decimal* and order of *dates*."""

    kind: str
    header: list[str]
    content: bytes = field(repr=False)
    encoding: str = ""
    separator: str = ""
    decimal: str = "."
    dates: str = "ymd"
    dates_guessed: bool = False
    count: int = 0

    def rows(self) -> Iterator[Row]:
        """Yield each row below the header; empty lines at the end do not count."""
        lines = _lines(self.content, self.encoding, self.separator)
        next(lines)
        gap: list[int] = []
        for line, cells, wrong in lines:
            if not any(cells) and not wrong:
                if len(gap) >= LONGEST_GAP:
                    raise Unreadable("gap", line=line)
                gap.append(line)
                continue
            yield from (Row(empty, {}) for empty in gap)
            gap.clear()
            yield self._row(line, cells, wrong)

    def _row(self, line: int, cells: Sequence[str], wrong: list[Finding]) -> Row:
        found = [Finding(f.rule, self._name(f.column), f.values) for f in wrong]
        if any(cells[len(self.header) :]) or (self.separator and len(cells) < len(self.header)):
            found.append(of("cells", cells=len(cells), header=len(self.header)))
        return Row(line, dict(zip(self.header, cells, strict=False)), found)

    def _name(self, number: str) -> str:
        return self.header[int(number)] if number and int(number) < len(self.header) else ""


def read(kind: str, content: bytes, limit: int | None = None) -> Table:
    """Return *content* as a table of *kind* with at most *limit* rows; raises `Unreadable`."""
    if is_workbook(content):
        encoding, separator = "", ""
    else:
        encoding = _encoding(content)
        separator = _separator(kind, _decoded(content, encoding))
    first = next(_lines(content, encoding, separator), None)
    if first is None:
        raise Unreadable("empty")
    table = Table(kind, columns.header(kind, first[1]), content, encoding, separator)
    _look_through(table, limit)
    return table


def _look_through(table: Table, limit: int | None) -> None:
    """Count the rows of *table* and find out how it writes numbers and dates."""
    orders = set()
    for row in table.rows():
        table.count += 1
        if limit is not None and table.count > limit:
            raise Unreadable("many_rows", limit=limit)
        if any("," in row.cells.get(name, "") for name in columns.NUMBERS):
            table.decimal = ","
        orders |= {date_order(row.cells.get(name, "")) for name in columns.DATES}
    if not table.count:
        raise Unreadable("empty")
    if orders - {""}:
        table.dates = "mdy" if "mdy" in orders and "dmy" not in orders else "dmy"
        table.dates_guessed = not orders & {"dmy", "mdy"}


def _lines(content: bytes, encoding: str, separator: str) -> Iterator[Line]:
    if encoding:
        yield from _csv_lines(_decoded(content, encoding), separator)
    else:
        yield from workbook_rows(content)


def _csv_lines(text: str, separator: str) -> Iterator[Line]:
    start = 2 if _names_separator(text) else 1
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    skipped = start - 1
    began = 1
    while True:
        try:
            cells = next(reader, None)
        except csv.Error:
            raise Unreadable("broken_csv", line=began) from None
        if cells is None:
            return
        line, began = began, reader.line_num + 1
        if skipped:
            skipped -= 1
            continue
        yield line, [tidy(unguard(cell.strip(" "))) for cell in cells], []


def _names_separator(text: str) -> bool:
    return text[:4].lower() == "sep=" and text[5:6] in ("\r", "\n")


def _separator(kind: str, text: str) -> str:
    """Return the separator under which the first line names most of our columns."""
    if _names_separator(text):
        return text[4]
    known = set(columns.COLUMNS[kind])
    head = text[:20_000]

    def named(separator: str) -> int:
        first = next(csv.reader(io.StringIO(head, newline=""), delimiter=separator), [])
        return len({name.strip().lower() for name in first} & known)

    return max(SEPARATORS, key=named)


def _encoding(content: bytes) -> str:
    """Return the encoding of a text file: by its mark, by its zeros, or by what it can be."""
    for mark, name in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return name
    if b"\0" in content[:200]:
        even, odd = content[0:200:2].count(0), content[1:200:2].count(0)
        return "utf-16-le" if odd > even else "utf-16-be"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "windows-1252"
    return "utf-8"


def _decoded(content: bytes, encoding: str) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        raise Unreadable("encoding") from None
    if "\0" in text[:1000]:
        raise Unreadable("format")
    return text
