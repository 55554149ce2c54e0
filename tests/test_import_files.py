"""Files of rows: encodings, separators, numbers, dates, traps, and cells that round-trip."""

import io
import tracemalloc
import zipfile

import pytest
from flask import Flask

from pesona.editing.imports import sources, tables
from pesona.editing.imports.cells import guard, number_text, read_date, read_number, tidy, unguard
from pesona.editing.imports.findings import SENTENCES, Unreadable
from tests.tables import HEADER, as_csv, as_xlsx, place, places

ROWS = [["code", "category", "latitude", "name_id"], ["uji-1", "nature", "0,7947", "Sungai Jernih – “indah”"]]


@pytest.mark.parametrize(
    ("content", "encoding", "separator"),
    [
        (as_csv(ROWS, ";", "utf-8-sig"), "utf-8-sig", ";"),
        (as_csv(ROWS, ",", "utf-8", "\n"), "utf-8", ","),
        (as_csv(ROWS, "\t", "utf-16"), "utf-16", "\t"),
        (as_csv(ROWS, ";", "utf-16-le"), "utf-16-le", ";"),
        (as_csv(ROWS, ";", "utf-16-be"), "utf-16-be", ";"),
        (as_csv(ROWS, ";", "windows-1252"), "windows-1252", ";"),
        (b"sep=;\r\n" + as_csv(ROWS, ";"), "utf-8", ";"),
        (as_csv(ROWS, "|"), "utf-8", "|"),
    ],
)
def test_encoding_separator_and_decimal_comma_are_found(content: bytes, encoding: str, separator: str) -> None:
    """E-56: a `;` file with a mark and a decimal comma has the right columns."""
    table = tables.read("destinations", content)
    assert (table.encoding, table.separator, table.decimal) == (encoding, separator, ",")
    assert table.header == ROWS[0]
    [row] = table.rows()
    assert list(row.cells.values()) == ROWS[1]
    assert row.line == (3 if content.startswith(b"sep=") else 2)


def test_lines_are_those_of_the_file() -> None:
    content = b'code,name_id\r\na,"one\r\ntwo\r\nthree"\r\n\r\nb,x\n"c","y\n\n"\n,\n\n'
    table = tables.read("destinations", content)
    rows = list(table.rows())
    assert [(row.line, row.cells.get("code")) for row in rows] == [(2, "a"), (5, None), (6, "b"), (7, "c")]
    assert rows[0].cells["name_id"] == "one\ntwo\nthree"
    assert table.count == 4


@pytest.mark.parametrize(
    ("dates", "order", "guessed"),
    [(["2026-09-05"], "ymd", False), (["05/09/2026", "13/09/2026"], "dmy", False),
     (["05/09/2026", "09/13/2026"], "mdy", False), (["05/09/2026"], "dmy", True), (["05.09.2026"], "dmy", True)],
)  # fmt: skip
def test_the_order_of_dates_is_found(dates: list[str], order: str, guessed: bool) -> None:
    table = tables.read("events", as_csv([["code", "start"], *([f"a{n}", day] for n, day in enumerate(dates))]))
    assert (table.dates, table.dates_guessed) == (order, guessed)


@pytest.mark.parametrize(
    ("typed", "order", "day", "timed"),
    [("2026-09-05", "ymd", "2026-09-05", False), ("05/09/2026", "dmy", "2026-09-05", False),
     ("05/09/2026", "mdy", "2026-05-09", False), ("2026-09-05T08:00", "ymd", "2026-09-05", True),
     ("2026-09-05T20:00:00Z", "ymd", "2026-09-06", True), ("2026-09-05 00:00:00", "ymd", "2026-09-05", False)],
)  # fmt: skip
def test_dates_are_read_in_the_time_of_siak(typed: str, order: str, day: str, timed: bool) -> None:
    assert read_date(typed, order) == (day, timed)


@pytest.mark.parametrize("typed", ["31/02/2026", "2026-13-01", "5 September", "2026", "05/09/26"])
def test_what_is_no_date_is_refused(typed: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - any
        read_date(typed, "dmy")


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "+62", "-5", "@x", "'=1", "''+1", "'quoted", "plain", "", "'", "''"])
def test_a_guarded_text_comes_back_and_is_no_formula(text: str) -> None:
    """E-60: an exported formula is harmless text and is imported as the same text."""
    assert guard(text)[:1] not in tuple("=+-@\t\r")
    assert unguard(guard(text)) == text


@pytest.mark.parametrize("number", [0.7947, 102.05, -0.5, 102.0, 0.1 + 0.2, 1e-07, 0.0])
def test_numbers_come_back_as_they_were(number: float) -> None:
    assert read_number(number_text(number)) == number


def test_cells_are_tidied_alike_on_both_sides() -> None:
    assert tidy(" a\r\nb\rc\x00\x07\x1f\ud800 ") == "a\nb\nc"


@pytest.mark.parametrize(
    ("typed", "publisher", "url"),
    [("Dinas Pariwisata", "Dinas Pariwisata", ""), ("https://siak.example/a", "siak.example", "https://siak.example/a"),
     ("Dinas (https://siak.example/a)", "Dinas", "https://siak.example/a"),
     ("Antara | 2024 | https://a.example/b | 2026-11", "Antara", "https://a.example/b")],
)  # fmt: skip
def test_sources_are_read_as_people_write_them(typed: str, publisher: str, url: str) -> None:
    [source] = sources.read(typed, [])
    assert (source["publisher"], source["url"]) == (publisher, url)
    assert source["key"]
    assert sources.read(sources.text_of([source]), [source]) == [source]


def test_new_sources_get_keys_of_their_own_and_known_ones_keep_theirs() -> None:
    known = [{"key": "k", "publisher": "Antara", "url": "", "date": "", "checked": ""}]
    found = sources.read("Antara\nAntara | 2024\nDinas\n\nDinas", known)
    assert [source["key"] for source in found] == ["k", "antara", "dinas"]


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"", "empty"), (b"code\r\n\r\n", "empty"), (b"kode\r\na\r\n", "column_like"), (b"code,colour\r\na,b\r\n", "column_unknown"),
        (b"code,,name_id\r\na,b,c\r\n", "column_unnamed"), (b"code,code\r\na,b\r\n", "column_twice"),
        (b"name_id\r\na\r\n", "column_needed"), (b'code,name_id\r\na,"open\r\n', "broken_csv"),
        (b"code,name_id\r\na,\x81\xff\r\n", "encoding"), (b"%PDF-1.7 code", "format"), (b"\xd0\xcf\x11\xe0 xls", "format"),
        (b"PK\x03\x04 not an archive", "broken_xlsx"), (b"code\r\n" + b"\r\n" * 1200 + b"a\r\n", "gap"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_says_why(content: bytes, rule: str) -> None:
    with pytest.raises(Unreadable) as wrong:
        tables.read("destinations", content)
    assert wrong.value.rule == rule
    assert SENTENCES[rule] % wrong.value.values == str(wrong.value)


def test_an_unknown_column_is_named_with_the_nearest_known_one() -> None:
    """E-56."""
    with pytest.raises(Unreadable, match=r"“nama_id”.*“name_id”"):
        tables.read("destinations", as_csv([["code", "nama_id"], ["a", "b"]]))


def test_rows_with_too_many_or_too_few_cells_are_wrong() -> None:
    table = tables.read("destinations", b"code,name_id\r\na,b,c\r\nd\r\ne,f,\r\n")
    assert [[f.rule for f in row.findings] for row in table.rows()] == [["cells"], ["cells"], []]


def test_a_workbook_is_read_with_numbers_dates_and_no_formula() -> None:
    from datetime import datetime

    rows = [["code", "start", "end", "name_id", "venue", None], ["a", datetime(2026, 9, 5), "2026-09-06", 2026, "=1+1", None],
            [None] * 6, ["b", datetime(2026, 9, 5, 8, 30), None, "'=x", 1.5, None]]  # fmt: skip
    table = tables.read("events", as_xlsx(rows))
    first, gap, second = table.rows()
    assert [first.cells[name] for name in ("start", "end", "name_id")] == ["2026-09-05", "2026-09-06", "2026"]
    assert [(f.rule, f.column) for f in first.findings] == [("formula", "venue")]
    assert (gap.line, gap.cells) == (3, {})
    assert [second.cells[name] for name in ("start", "end", "name_id", "venue")] == [
        "2026-09-05T08:30:00",
        "",
        "=x",
        "1.5",
    ]


def rebuilt(change: dict[str, bytes]) -> bytes:
    """Return an XLSX file with some of its parts replaced or added."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(as_xlsx(ROWS))) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in {*old.namelist(), *change}:
            new.writestr(name, change[name] if name in change else old.read(name))
    return made.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_is_refused_before_any_entity_is_looked_at(encoding: str) -> None:
    trap = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'
    with pytest.raises(Unreadable) as wrong:
        tables.read("destinations", rebuilt({"xl/sharedStrings.xml": trap.encode(encoding)}))
    assert wrong.value.rule == "entities"


def test_a_bomb_is_refused_without_being_unpacked() -> None:
    bomb = rebuilt({"xl/media/zeros.bin": b"\0" * (201 * 1024 * 1024)})
    assert len(bomb) < 1_000_000
    tracemalloc.start()
    with pytest.raises(Unreadable) as wrong:
        tables.read("destinations", bomb)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert wrong.value.rule == "bomb"
    assert peak < 5_000_000


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "[Content_Types].xml"])
def test_a_damaged_workbook_is_refused(part: str) -> None:
    with pytest.raises(Unreadable) as wrong:
        tables.read("destinations", rebuilt({part: b"<broken"}))
    assert wrong.value.rule == "broken_xlsx"


def test_a_workbook_that_lies_about_its_size_is_read_as_it_is() -> None:
    sheet = zipfile.ZipFile(io.BytesIO(as_xlsx(ROWS))).read("xl/worksheets/sheet1.xml").decode()
    lie = sheet.replace('<dimension ref="A1:D2"', '<dimension ref="A1:XFD1048576"')
    assert lie != sheet
    assert tables.read("destinations", rebuilt({"xl/worksheets/sheet1.xml": lie.encode()})).count == 1


def test_every_sentence_can_be_filled_and_ends_as_one(app: Flask) -> None:
    for rule, said in SENTENCES.items():
        assert said.endswith((".", "?")), rule
    assert len(place(1)) == len(HEADER)
    assert len(places(3)) == 4
