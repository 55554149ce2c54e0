"""`pesona import` and `pesona export`: all or nothing, the same file twice, a round trip through an empty site."""

import os
import signal
import subprocess
import sys
import tracemalloc
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from pesona.db import begin_writing, db
from pesona.editing import items
from pesona.editing.imports import columns, run, tables
from pesona.editing.imports.run import Choices
from pesona.editing.log import Actor
from pesona.models.account import LogEntry
from pesona.models.import_batch import ImportBatch
from pesona.models.item import Item, Revision
from pesona.models.public import ContentVersion
from tests.admin.desk import PALACE, newest
from tests.conftest import close_site, make_site
from tests.tables import HEADER, as_csv, as_xlsx, cells_of, place, places
from tests.test_commands import run as pesona

ACTOR = Actor(command="test")


def stored(app: Flask) -> list[int | None]:
    """Return what an import that changes nothing leaves as it is."""
    with app.app_context():
        counts = [db.session.scalar(select(func.count()).select_from(model)) for model in (Item, Revision)]
        return [*counts, db.session.scalar(select(ContentVersion.number))]


def write(folder: Path, content: bytes, name: str = "rows.csv") -> Path:
    file = folder / name
    file.write_bytes(content)
    return file


@pytest.fixture
def empty_site(tmp_path: Path) -> Flask:
    app = make_site(tmp_path / "empty")
    assert pesona(app, "init").exit_code == 0
    yield app
    close_site(app)


@pytest.mark.parametrize("kind", ["destinations", "events"])
def test_the_demo_content_imported_from_its_own_export_changes_nothing(app: Flask, tmp_path: Path, kind: str) -> None:
    before = stored(app)
    for name in ("a.csv", "a.xlsx"):
        assert pesona(app, f"export {kind} {tmp_path / name}").exit_code == 0
        again = pesona(app, f"import {kind} {tmp_path / name} --publish")
        assert again.exit_code == 0, again.output
        assert "0 new, 0 changed" in again.output
        assert stored(app) == before


@pytest.mark.parametrize("kind", ["destinations", "events"])
@pytest.mark.parametrize("through", ["csv", "xlsx"])
def test_export_import_export_is_identical(
    app: Flask, empty_site: Flask, tmp_path: Path, kind: str, through: str
) -> None:
    """Byte for byte as CSV, cell by cell as XLSX; what is published that way agrees with its revisions."""
    for form in ("csv", "xlsx"):
        assert pesona(app, f"export {kind} {tmp_path}/a.{form}").exit_code == 0
    made = pesona(empty_site, f"import {kind} {tmp_path}/a.{through} --publish")
    assert made.exit_code == 0, made.output
    assert " 0 wrong" in made.output
    for form in ("csv", "xlsx"):
        assert pesona(empty_site, f"export {kind} {tmp_path}/b.{form}").exit_code == 0
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()
    cells = cells_of((tmp_path / "a.xlsx").read_bytes())
    assert cells == cells_of((tmp_path / "b.xlsx").read_bytes())
    assert [value for _, value in cells[0]] == list(columns.COLUMNS[kind])
    assert [row[0][1] for row in cells[1:]] == sorted(row[0][1] for row in cells[1:])
    for command in ("content check", "index check"):
        assert pesona(empty_site, command).exit_code == 0


def test_numbers_stay_numbers_and_formulas_become_text(empty_site: Flask, tmp_path: Path) -> None:
    """E-60: `=HYPERLINK(…)` is exported as harmless text and imported again as the same text."""
    trap = '=HYPERLINK("https://evil.example";"x")'
    rows = [list(HEADER), place(1, name_en=f"'{trap}", summary_id="'quoted", latitude="-0.5", body_id="- a\n- b")]
    assert pesona(empty_site, f"import destinations {write(tmp_path, as_csv(rows))}").exit_code == 0
    words = newest(empty_site, "uji-001")["words"]
    assert (words["en"]["name"], words["id"]["summary"], words["id"]["body"]) == (trap, "'quoted", "- a\n- b")
    before = stored(empty_site)
    for name in ("a.csv", "a.xlsx"):
        assert pesona(empty_site, f"export destinations {tmp_path / name}").exit_code == 0
        assert pesona(empty_site, f"import destinations {tmp_path / name}").exit_code == 0
    assert stored(empty_site) == before
    row = dict(zip(columns.COLUMNS["destinations"], cells_of((tmp_path / "a.xlsx").read_bytes())[1], strict=True))
    assert row["latitude"] == ("n", -0.5)
    assert row["name_en"] == ("s", f"'{trap}")
    assert b",-0.5," in (tmp_path / "a.csv").read_bytes()


def test_wrong_rows_write_nothing_or_are_left_out_by_choice(empty_site: Flask, tmp_path: Path) -> None:
    """E-58 on the command line, with a repair file."""
    file = write(tmp_path, as_csv(places(45, wrong=(7, 20, 33))))
    before = stored(empty_site)
    refused = pesona(empty_site, f"import destinations {file} --repair {tmp_path}/repair.csv")
    assert refused.exit_code == 1
    assert "line 8: wrong uji-007" in refused.output
    assert stored(empty_site) == before
    assert pesona(empty_site, f"import destinations {file} --only-good").exit_code == 0
    assert stored(empty_site)[1] == 42
    repaired = (tmp_path / "repair.csv").read_bytes().replace(b",Atlantis,", b",Mempura,")
    again = pesona(empty_site, f"import destinations {write(tmp_path, repaired)}")
    assert "3 new, 0 changed, 0 same, 0 skipped, 0 wrong" in again.output
    assert stored(empty_site)[1] == 45


def test_a_dry_run_writes_nothing_and_names_every_line(app: Flask, tmp_path: Path) -> None:
    """E-57 on the command line."""
    rows = [
        ["code", "category", "name_id", "summary_en"],
        [PALACE, "history", "Istana", ""],
        ["uji", "nature", "Baru", ""],
    ]
    with app.app_context():
        logged = db.session.scalar(select(func.count()).select_from(LogEntry))
    before = stored(app)
    said = pesona(app, f"import destinations {write(tmp_path, as_csv(rows))} --dry-run --publish")
    assert said.exit_code == 0
    assert f"line 2: changed {PALACE}" in said.output
    assert "line 3: new uji" in said.output
    assert "1 new, 1 changed, 0 same, 0 skipped, 0 wrong. Nothing was written." in said.output
    assert stored(app) == before
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(LogEntry)) == logged
        assert not db.session.scalar(select(func.count()).select_from(ImportBatch))


def test_each_command_is_one_deed_in_the_log(app: Flask, tmp_path: Path) -> None:
    """E-63."""
    pesona(app, f"export events {tmp_path}/a.csv")
    pesona(app, f"import events {tmp_path}/a.csv")
    with app.app_context():
        rows = db.session.execute(
            text("SELECT deed, role FROM log_entry WHERE deed IN ('import', 'export') ORDER BY id")
        )
        assert [tuple(row) for row in rows] == [("export", "export events"), ("import", "import events")]


KILLED = """
import os, signal, sys
from tests.conftest import make_site
from tests.test_import_command import ACTOR
from pesona.db import begin_writing
from pesona.editing.imports import run, tables
from pathlib import Path
app = make_site(Path(sys.argv[1]))
with app.app_context():
    begin_writing()
    table = tables.read("destinations", Path(sys.argv[2]).read_bytes())
    for done, _ in enumerate(run.run(table, "rows.csv", run.Choices(ACTOR, publish=True)), 1):
        if done == 20:
            os.kill(os.getpid(), signal.SIGKILL)
"""


def test_an_import_killed_half_way_has_written_nothing(empty_site: Flask, tmp_path: Path) -> None:
    """E-59: the next run is complete."""
    before, file = stored(empty_site), write(tmp_path, as_csv(places(40)))
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}
    command = [sys.executable, "-c", KILLED, str(tmp_path / "empty"), str(file)]
    killed = subprocess.run(command, env=environment, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert stored(empty_site) == before
    assert pesona(empty_site, f"import destinations {file} --publish").exit_code == 0
    assert stored(empty_site)[:2] == [40, 40]
    assert pesona(empty_site, "content check").exit_code == 0


def test_three_thousand_rows_are_stored_in_bounded_memory(empty_site: Flask, tmp_path: Path) -> None:
    long = "Kalimat yang diulang. " * 60
    rows = [list(HEADER), *(place(n, body_id=long, body_en=long) for n in range(1, 3001))]
    content = as_csv(rows)
    with empty_site.app_context():
        begin_writing()
        table = tables.read("destinations", content)
        tracemalloc.start()
        for outcome, _ in run.run(table, "rows.csv", Choices(ACTOR)):
            assert outcome.outcome == "new"
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        db.session.commit()
    assert stored(empty_site)[0] == 3000
    assert peak < 6 * len(content), f"{peak:,} bytes for a file of {len(content):,}"


@pytest.mark.parametrize("kind", ["figures", "programmes"])
def test_kinds_of_later_releases_are_refused_clearly(app: Flask, tmp_path: Path, kind: str) -> None:
    for command in (f"import {kind} {tmp_path}/a.csv", f"export {kind} {tmp_path}/a.csv"):
        refused = pesona(app, command)
        assert refused.exit_code == 1
        assert f"{kind} cannot be imported or exported yet" in refused.output


@pytest.mark.parametrize(
    "command", ["import events {0}/none.csv", "export events {0}/a.ods", "export events {0}/no/a.csv"]
)
def test_a_file_that_cannot_be_read_or_written_is_said(app: Flask, tmp_path: Path, command: str) -> None:
    assert pesona(app, command.format(tmp_path)).exit_code == 1


def imported(app: Flask, tmp_path: Path, rows: object, kind: str = "destinations") -> str:
    return pesona(app, f"import {kind} {write(tmp_path, as_csv(rows))}").output  # type: ignore[arg-type]


WRONG = [
    ({"code": ""}, "needed"), ({"code": "a b"}, "code_form"), ({"code": "new"}, "code_form"), ({"category": ""}, "needed"),
    ({"category": "sea"}, "choice"), ({"name_id": "", "name_en": ""}, "name_needed"), ({"name_id": "x" * 201}, "too_long"),
    ({"latitude": "north"}, "number"), ({"latitude": ""}, "pair"), ({"latitude": "102.05", "longitude": "0.8"}, "swapped"),
    ({"longitude": "181"}, "range"), ({"district": "Atlantis"}, "district_unknown"),
]  # fmt: skip


@pytest.mark.parametrize(("cells", "rule"), WRONG, ids=lambda value: str(value)[:40])
def test_a_wrong_cell_makes_its_row_wrong(empty_site: Flask, cells: dict[str, str], rule: str) -> None:
    with empty_site.app_context():
        [outcome] = run.check(tables.read("destinations", as_csv([list(HEADER), place(1, **cells)])), "a.csv")
    assert outcome.outcome == "wrong"
    assert rule in [finding.rule for finding in outcome.findings]
    assert all(finding.english() for finding in outcome.findings)


def test_codes_and_names_that_come_twice(empty_site: Flask) -> None:
    rows = [list(HEADER), place(1), place(2, name_id="tempat  UJI 1"), place(1)]
    with empty_site.app_context():
        outcomes = list(run.check(tables.read("destinations", as_csv(rows)), "a.csv"))
    assert [one.outcome for one in outcomes] == ["new", "new", "wrong"]
    assert [f.values.get("line") for f in outcomes[2].findings] == [2]


def test_like_named_items_are_a_warning_and_get_addresses_of_their_own(empty_site: Flask, tmp_path: Path) -> None:
    rows = [list(HEADER), place(1), place(2, name_id="Tempat uji 1", name_en="Test place 1")]
    assert "Like-named: uji-001" in imported(empty_site, tmp_path, rows)
    slugs = [newest(empty_site, f"uji-00{n}")["words"]["id"]["slug"] for n in (1, 2)]
    assert slugs == ["tempat-uji-1", "tempat-uji-1-2"]


def test_a_missing_column_keeps_and_an_empty_cell_empties(app: Flask, tmp_path: Path) -> None:
    before = newest(app)
    imported(app, tmp_path, [["code", "summary_en"], [PALACE, ""]])
    after = newest(app)
    assert after["words"]["en"]["summary"] == ""
    before["words"]["en"]["summary"] = ""
    assert after == before


def test_districts_and_villages_by_name_or_code(empty_site: Flask, tmp_path: Path) -> None:
    header = ["code", "category", "name_id", "district", "village"]
    rows = [header, ["a", "nature", "A", "Kec. siak", ""], ["b", "nature", "B", "14.08.01", "Kampung Dalam"],
            ["c", "nature", "C", "140801", "14.08.01.1001"]]  # fmt: skip
    said = imported(empty_site, tmp_path, rows)
    assert "3 new" in said, said
    assert [newest(empty_site, code)["facts"]["district"] for code in "abc"] == ["14.08.01"] * 3
    assert newest(empty_site, "c")["facts"]["village"] == "14.08.01.1001"


def test_hours_and_prices_name_the_file_as_source_where_it_names_none(empty_site: Flask, tmp_path: Path) -> None:
    header = ["code", "category", "name_id", "opening_hours", "price_note_id"]
    rows = [
        header,
        ["a", "nature", "A", "8.00–17.00", ""],
        ["b", "nature", "B", "24/7", "Gratis"],
        ["c", "nature", "C", "", ""],
    ]
    imported(empty_site, tmp_path, rows)
    facts = [newest(empty_site, code)["facts"] for code in "abc"]
    assert (facts[0]["hours_week"], facts[0]["hours_source"], facts[0]["hours_reported"]) == (
        "08:00-17:00",
        "rows-csv",
        [],
    )
    assert [(s["publisher"], s["date"]) for s in facts[0]["sources"]] == [("rows.csv", "2026-11-24")]
    assert (facts[1]["hours_status"], len(facts[1]["sources"])) == ("always_open", 1)
    assert (facts[2]["hours_status"], facts[2]["sources"]) == ("unknown", [])


def test_a_price_in_words_is_shown_with_the_place(empty_site: Flask, tmp_path: Path) -> None:
    rows = [
        [*HEADER, "price_note_id"],
        [*place(1, summary_id="Sebuah tempat yang hanya ada di dalam uji ini, tidak di Siak."), "Anak gratis"],
    ]
    file = write(tmp_path, as_csv(rows))
    assert pesona(empty_site, f"import destinations {file} --publish").exit_code == 0
    assert "Anak gratis" in empty_site.test_client().get("/id/destinasi/tempat-uji-1").text


def test_a_point_keeps_its_precision(empty_site: Flask, tmp_path: Path) -> None:
    header = ["code", "category", "name_id", "latitude", "longitude", "coord_precision_m"]
    imported(
        empty_site,
        tmp_path,
        [header, ["a", "nature", "A", "0,8", "102,05", "5000"], ["b", "nature", "B", "0,8", "102", ""]],
    )
    assert [newest(empty_site, code)["facts"]["coord_precision_m"] for code in "ab"] == [5000, 100]
    imported(empty_site, tmp_path, [["code", "latitude"], ["a", "0.9"]])
    assert newest(empty_site, "a")["facts"]["coord_precision_m"] == 5000


@pytest.mark.parametrize(
    ("latest", "start", "dates"),
    [("2025-09-05", "2026-12-05", ["2025-09-05", "2026-12-05"]), ("2026-12-01", "2026-12-05", ["2026-12-05"]),
     ("2025-09-05", "", ["2025-09-05"]), ("2026-12-01", "", [])],
)  # fmt: skip
def test_a_new_start_keeps_history_and_replaces_what_is_to_come(
    empty_site: Flask, tmp_path: Path, latest: str, start: str, dates: list[str]
) -> None:
    imported(empty_site, tmp_path, [["code", "category", "name_id", "start"], ["a", "sport", "A", latest]], "events")
    for _ in range(2):
        imported(empty_site, tmp_path, [["code", "start"], ["a", start]], "events")
    found = newest(empty_site, "a", "event")["facts"]["occurrences"]
    assert [date["start"] for date in found] == dates
    with empty_site.app_context():
        item = items.find("event", "a")
        assert item
        assert item.head == (1 if not start and dates else 2)


def test_a_rule_is_kept_and_a_wrong_one_refused(empty_site: Flask, tmp_path: Path) -> None:
    header = ["code", "category", "name_id", "start", "rrule"]
    said = imported(
        empty_site, tmp_path, [header, ["a", "sport", "A", "2026-12-05", "FREQ=YEARLY;BYMONTH=12"]], "events"
    )
    assert "only the first date is shown" in said
    assert newest(empty_site, "a", "event")["facts"]["rrule"] == "FREQ=YEARLY;BYMONTH=12"
    assert "0 new" not in said
    assert "1 of 1 rows are wrong" in imported(
        empty_site, tmp_path, [header, ["b", "sport", "B", "", "every year"]], "events"
    )


def test_a_workbook_is_imported_like_a_csv_file(empty_site: Flask, tmp_path: Path) -> None:
    file = write(tmp_path, as_xlsx(places(3)), "rows.xlsx")
    assert "3 new" in pesona(empty_site, f"import destinations {file}").output


def test_what_a_place_has_is_a_code_in_a_column_of_its_own(empty_site: Flask, tmp_path: Path) -> None:
    def brought(**given: str) -> str:
        rows = [[*HEADER, *given], [*place(1), *given.values()]]
        return pesona(empty_site, f"import destinations {write(tmp_path, as_csv(rows))}").output

    def answers() -> dict[str, str]:
        return {row["what"]: row["answer"] for row in newest(empty_site, "uji-001")["facts"]["facilities"]}

    assert "1 new" in brought(toilet="Partly", step_free="yes", parking="unknown")
    assert list(answers().items()) == [("step_free", "yes"), ("toilet", "partly")]
    named = {row["source"] for row in newest(empty_site, "uji-001")["facts"]["facilities"]}
    assert named == {newest(empty_site, "uji-001")["facts"]["sources"][0]["key"]}
    assert "0 new, 0 changed" in brought(toilet="partly", step_free="yes", parking="unknown")
    assert "1 changed" in brought(toilet="", step_free="no")
    assert answers() == {"step_free": "no"}
    assert "1 of 1 rows are wrong" in brought(step_free="perhaps")
    assert answers() == {"step_free": "no"}
