"""Import at the desk: checked row by row, run or refused as a whole, taken back, published from the list."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text

from pesona.db import db
from pesona.editing import items
from pesona.models.item import Revision
from tests.admin.desk import PALACE, WORDS_EN, contents, newest
from tests.client import Page, SelfCheckingClient, words_of
from tests.conftest import SiteClock
from tests.tables import HEADER, as_csv, as_xlsx, cells_of, place, places

SignIn = Callable[..., SelfCheckingClient]
IMPORT = "/admin/import"
KEPT = {"import_batch", "log_entry", "sign_in"}


def upload(client: SelfCheckingClient, content: bytes, name: str = "tempat.csv", kind: str = "destinations") -> Any:
    data = {"kind": kind, "action": "check", "file": (io.BytesIO(content), name)}
    answer = client.http.post(IMPORT, data=data, headers={"Origin": client.origin})
    # A large upload goes through a temporary file of the test client, which it leaves open.
    answer.request.environ["wsgi.input"].close()
    return answer


def check(client: SelfCheckingClient, rows: Any, name: str = "tempat.csv", kind: str = "destinations") -> Page:
    """Upload *rows* and return the page of what would become of them."""
    content = rows if isinstance(rows, bytes) else as_csv(rows)
    answer = upload(client, content, name, kind)
    assert answer.status_code == 303, answer.text[:3000]
    return client.visit(answer.headers["Location"])


def refused(client: SelfCheckingClient, content: bytes, status: int = 422, name: str = "tempat.csv") -> str:
    """Return why a file is refused."""
    page = client.audit(IMPORT, upload(client, content, name), status)
    box = next(e for e in page.one("main").iter() if e.get("class") == "error-summary")
    return words_of(box)


def found(page: Page, check: str) -> Any:
    return [e for e in page.tree.iter() if e.get("data-check") == check]


def counts(page: Page) -> dict[str, int]:
    names = ("new", "changed", "same", "skipped", "wrong")
    boxes = {name: found(page, f"count-{name}")[0] for name in names}
    return {name: int(next(box.iter("data")).get("value", "")) for name, box in boxes.items()}


def lines(page: Page) -> dict[str, str]:
    return {e.get("id", ""): e.get("data-check", "") for e in page.all("li") if e.get("id", "").startswith("line-")}


def drafts(app: Flask, origin: str = "import") -> int:
    with app.app_context():
        return len(db.session.scalars(select(Revision).where(Revision.origin == origin)).all())


def deeds(app: Flask) -> list[tuple[str, int | None]]:
    with app.app_context():
        rows = db.session.execute(
            text("SELECT deed, account_id FROM log_entry WHERE deed LIKE 'import%' OR deed = 'export'")
        )
        return [tuple(row) for row in rows]


def test_a_check_writes_nothing_and_shows_every_line(sign_in: SignIn) -> None:
    """E-57: counters add up, every file line is visible, quoted newlines are counted."""
    siti = sign_in()
    before = contents(siti.app)
    rows = [list(HEADER), place(1), place(2, body_id="Satu.\n\nDua."), [""] * 12, place(3, district="Atlantis")]
    page = check(siti, rows)
    after = contents(siti.app)
    assert {name for name in after if after[name] != before[name]} == {"import_batch"}
    assert counts(page) == {"new": 2, "changed": 0, "same": 0, "skipped": 1, "wrong": 1}
    assert lines(page) == {"line-2": "new", "line-3": "new", "line-6": "skipped", "line-7": "wrong"}
    assert "Atlantis" in words_of(found(page, "district_unknown")[0])
    assert found(page, "checked")


def test_a_changed_row_shows_old_and_new(sign_in: SignIn) -> None:
    siti = sign_in()
    page = check(siti, [["code", "summary_en"], [PALACE, "A new summary."]])
    assert counts(page)["changed"] == 1
    assert "A new summary." in [words_of(e) for e in page.all("ins")]
    assert page.all("del")


def test_three_wrong_rows_of_45_write_nothing_and_the_good_ones_by_choice(sign_in: SignIn) -> None:
    """E-58, E-59: all or nothing, only the good ones, the repaired file, the same file again; E-63 for the log."""
    siti = sign_in()
    page = check(siti, places(45, wrong=(7, 20, 33)))
    refusal = siti.submit(page, status=422, press="run", rows="all")
    assert drafts(siti.app) == 0
    assert found(refusal, "checked")
    done = siti.submit(siti.visit(page.path), press="run", rows="good")
    assert drafts(siti.app) == 42
    assert found(done, "done")
    repaired = siti.post(page.path, {"action": "csv"})
    assert "tempat-repair.csv" in repaired.headers["Content-Disposition"]
    assert repaired.data.decode().count("Atlantis") == 6
    again = check(siti, repaired.data.replace(b",Atlantis,", b",Mempura,"))
    assert counts(again) == {"new": 3, "changed": 0, "same": 0, "skipped": 0, "wrong": 0}
    siti.submit(again, press="run", rows="all")
    assert drafts(siti.app) == 45
    same = check(siti, places(45, wrong=()))
    assert counts(same)["same"] == 42
    assert counts(same)["changed"] == 3
    assert [deed for deed, _ in deeds(siti.app)] == ["import"] * 2
    assert all(account for _, account in deeds(siti.app))


def test_the_same_file_again_changes_nothing(sign_in: SignIn, clock: SiteClock) -> None:
    """E-59: also on another day, under another name."""
    siti = sign_in()
    rows = [["code", "category", "name_id", "opening_hours", "price_note_id", "latitude", "longitude"],
            ["uji-1", "nature", "Uji", "08.00–17.00", "Gratis", "0,8", "102,05"]]  # fmt: skip
    siti.submit(check(siti, rows), press="run", rows="all", publish="1")
    clock.move(hours=30)
    siti = again(siti)
    page = check(siti, rows, name="lain.csv")
    assert counts(page) == {"new": 0, "changed": 0, "same": 1, "skipped": 0, "wrong": 0}
    siti.submit(page, press="run", rows="all")
    assert drafts(siti.app) == 1


def again(client: SelfCheckingClient) -> SelfCheckingClient:
    fresh = SelfCheckingClient(client.app)
    fresh.sign_in("siti@example.go.id", "tepian sungai di waktu pagi")
    return fresh


def test_imported_drafts_are_not_public_until_published_from_the_list(
    sign_in: SignIn, client: SelfCheckingClient
) -> None:
    """E-58: complete ones go live, the others stay drafts and are listed with their reasons."""
    siti = sign_in()
    rows = [list(HEADER), place(1), place(2, summary_en=""), place(3)]
    siti.submit(check(siti, rows), press="run", rows="all")
    assert client.get("/id/destinasi/tempat-uji-1").status_code == 404
    listed = siti.visit("/admin/destinations")
    ticks = [e.get("value", "") for e in listed.all("input", name="items")]
    assert ticks == ["1:uji-001", "1:uji-002", "1:uji-003"]
    left = siti.submit(listed, action=f"{IMPORT}/publish/destinations", status=422, items=ticks[:2])
    assert "summary" in words_of(found(left, "blocked")[0]).lower()
    assert found(left, "missing")
    assert client.get("/id/destinasi/tempat-uji-1").status_code == 200
    assert client.get("/id/destinasi/tempat-uji-2").status_code == 404
    done = siti.submit(siti.visit("/admin/destinations"), action=f"{IMPORT}/publish/destinations", items=[ticks[2]])
    assert found(done, "several")
    assert [e.get("value") for e in done.all("input", name="items")] == ["1:uji-002"]


def test_nothing_ticked_and_a_draft_that_moved_on_are_said(sign_in: SignIn) -> None:
    siti = sign_in()
    siti.submit(check(siti, places(1)), press="run", rows="all")
    listed = siti.visit("/admin/destinations")
    action = f"{IMPORT}/publish/destinations"
    assert found(siti.submit(listed, action=action, status=422), "nothing_ticked")
    siti.submit(siti.visit("/admin/destinations/uji-001/words/en"), summary="Edited since.")
    left = siti.submit(listed, action=action, status=422, items=["1:uji-001"])
    assert found(left, "moved_on")


def test_publishing_at_once_lists_what_is_missing_and_blocks_what_is_not_true(
    sign_in: SignIn, client: SelfCheckingClient
) -> None:
    siti = sign_in()
    rows = [list(HEADER), place(1, summary_id="", body_en=""), place(2)]
    page = check(siti, rows)
    assert found(page, "problems")
    done = siti.submit(page, press="run", rows="all", publish="1")
    assert found(done, "published")
    assert found(done, "missing")
    for number in (1, 2):
        assert client.get(f"/id/destinasi/tempat-uji-{number}").status_code == 200
        assert client.get(f"/en/destinations/test-place-{number}").status_code == 200


def test_an_import_never_publishes_somebody_elses_draft(sign_in: SignIn, client: SelfCheckingClient) -> None:
    siti = sign_in()
    siti.submit(siti.visit(WORDS_EN), tips="Nobody has looked at this yet.")
    done = siti.submit(check(siti, [["code", "summary_en"], [PALACE, "From the file."]]), press="run", publish="1")
    assert found(done, "draft_open")
    public = client.get("/en/destinations/siak-sri-indrapura-palace").text
    assert "Nobody has looked" not in public
    assert "From the file." not in public


def test_an_edit_after_the_check_is_merged_or_refused(sign_in: SignIn) -> None:
    """4.4 guards import rows: another field is kept, the same one makes the row wrong."""
    siti = sign_in()
    first = check(siti, [["code", "summary_en"], [PALACE, "From the file."]])
    second = check(siti, [["code", "summary_en"], [PALACE, "From another file."]])
    siti.submit(siti.visit(WORDS_EN), tips="Edited at the desk.")
    siti.submit(first, press="run", rows="all")
    with siti.app.app_context():
        item = items.find("destination", PALACE)
        assert item
        words = items.snapshot(item)["words"]["en"]
    assert (words["summary"], words["tips"]) == ("From the file.", "Edited at the desk.")
    refusal = siti.submit(second, status=422, press="run", rows="all")
    assert found(refusal, "conflict")


def test_of_a_code_that_comes_twice_the_first_row_counts(sign_in: SignIn) -> None:
    siti = sign_in()
    page = check(siti, [["code", "summary_en"], [PALACE, "The first."], [PALACE, "The second."]])
    assert lines(page) == {"line-2": "changed", "line-3": "wrong"}
    siti.submit(page, press="run", rows="good")
    assert newest(siti.app)["words"]["en"]["summary"] == "The first."


def test_undo_restores_all_but_what_was_edited_since(sign_in: SignIn, client: SelfCheckingClient) -> None:
    """E-60: new items leave, changed ones are as before, edited ones are listed; the file can come again."""
    siti = sign_in()
    public = client.get("/en/destinations/siak-sri-indrapura-palace").data
    rows = [["code", "category", "name_id", "summary_en"], [PALACE, "history", "Istana Siak", "From the file."],
            ["uji-1", "nature", "Uji satu", ""], ["uji-2", "nature", "Uji dua", ""]]  # fmt: skip
    page = siti.submit(check(siti, rows), press="run", rows="all", publish="1")
    assert client.get("/en/destinations/siak-sri-indrapura-palace").data != public
    siti.submit(siti.visit("/admin/destinations/uji-2/words/id"), summary="Disunting.")
    undone = siti.submit(siti.visit(page.path), press="undo")
    assert found(undone, "undone")
    assert "uji-2" in words_of(found(undone, "left")[0])
    assert "uji-1" not in words_of(found(undone, "left")[0])
    shown = client.get("/en/destinations/siak-sri-indrapura-palace").text
    assert "From the file." not in shown
    assert client.get("/id/destinasi/uji-satu").status_code in (404, 410)
    assert client.get("/id/destinasi/uji-dua").status_code == 200
    assert [deed for deed, _ in deeds(siti.app)] == ["import", "import_taken_back", "import_undo"]
    back = check(siti, rows)
    assert counts(back) == {"new": 1, "changed": 1, "same": 1, "skipped": 0, "wrong": 0}
    siti.submit(back, press="run", rows="good", publish="1")
    assert client.get("/id/destinasi/uji-satu").status_code == 200


def test_undo_keeps_the_draft_that_was_there_before(sign_in: SignIn) -> None:
    siti = sign_in()
    siti.submit(siti.visit(WORDS_EN), tips="My open draft.")
    page = siti.submit(check(siti, [["code", "summary_en"], [PALACE, "From the file."]]), press="run")
    siti.submit(page, press="undo")
    with siti.app.app_context():
        item = items.find("destination", PALACE)
        assert item
        now, then = items.snapshot(item), items.snapshot(item, 2)
        assert now == then
        assert (item.live_facts, item.live_id, item.live_en) == (1, 1, 1)


def test_an_import_is_run_and_taken_back_once(sign_in: SignIn) -> None:
    siti = sign_in()
    page = check(siti, places(2))
    done = siti.submit(page, press="run", rows="all")
    siti.submit(page, status=409, press="run", rows="all")
    siti.submit(done, press="undo")
    siti.submit(done, status=409, press="undo")
    assert drafts(siti.app) == 2


def test_a_file_is_kept_for_a_day(sign_in: SignIn, clock: SiteClock) -> None:
    siti = sign_in()
    page = check(siti, places(2))
    clock.move(hours=25)
    siti = again(siti)
    assert found(siti.visit(page.path), "expired")
    answer = siti.post(page.path, {"action": "run", "rows": "all"})
    siti.audit(page.path, answer, 409)
    check(siti, places(1))
    with siti.app.app_context():
        kept = db.session.execute(text("SELECT id, content IS NULL FROM import_batch ORDER BY id")).all()
    assert [tuple(row) for row in kept] == [(1, 1), (2, 0)]
    siti.visit(page.path)


def test_a_contributor_checks_and_an_editor_runs(sign_in: SignIn) -> None:
    """Permissions import_check, import_run, export."""
    rini = sign_in("Rini", role="contributor")
    page = check(rini, places(2))
    assert not page.all("button", value="run")
    rini.audit(page.path, rini.post(page.path, {"action": "run", "rows": "all"}), 403)
    rini.audit(page.path, rini.post(f"{IMPORT}/publish/destinations", {"items": "1:x"}), 403)
    assert not rini.visit("/admin/destinations").all("input", name="items")
    assert rini.post(f"{IMPORT}/download", {"kind": "events", "what": "current", "action": "csv"}).status_code == 200
    assert drafts(rini.app) == 0
    siti = sign_in()
    siti.submit(siti.visit(page.path), press="run", rows="all")
    assert drafts(siti.app) == 2
    page = siti.visit(page.path)
    rini.audit(page.path, rini.post(page.path, {"action": "undo"}), 403)


@pytest.mark.parametrize("kind", ["destinations", "events"])
def test_templates_and_current_data_come_in_the_columns_of_an_import(sign_in: SignIn, kind: str) -> None:
    siti = sign_in()
    for what in ("template", "current"):
        data = {"kind": kind, "what": what}
        as_text = siti.post(f"{IMPORT}/download", {**data, "action": "csv"})
        as_book = siti.post(f"{IMPORT}/download", {**data, "action": "xlsx"})
        header = as_text.data.decode().split("\r\n")[0].split(",")
        assert [value for _, value in cells_of(as_book.data)[0]] == header
        assert header[0] == "code"
    for content, name in ((as_text.data, "a.csv"), (as_book.data, "a.xlsx")):
        page = check(siti, content, name=name, kind=kind)
        assert counts(page)["same"] == sum(counts(page).values()) > 20
    assert [deed for deed, _ in deeds(siti.app)] == ["export"] * 2


def test_what_cannot_be_read_is_refused_with_a_reason(sign_in: SignIn) -> None:
    """E-56: an unknown column is named, with the column that is meant."""
    siti = sign_in()
    before = contents(siti.app)
    assert "sumary_id" in (said := refused(siti, as_csv([["code", "sumary_id"], ["a", "b"]])))
    assert "summary_id" in said
    assert "2000" in refused(siti, as_csv(places(2001)))
    assert "5 MB" in refused(siti, b"code\r\n" + b"x" * (5 * 1024 * 1024), 413)
    assert "5 MB" in refused(siti, b"code\r\n" + b"x" * (6 * 1024 * 1024), 413)
    refused(siti, b"")
    refused(siti, b"code\r\n")
    refused(siti, b"PK\x03\x04 nothing", name="a.xlsx")
    assert contents(siti.app) == before


def test_a_file_of_two_thousand_rows_is_taken(sign_in: SignIn) -> None:
    siti = sign_in()
    page = check(siti, places(2000))
    assert counts(page)["new"] == 2000
    assert len(lines(page)) == 200


def test_a_formula_is_named_by_its_cell(sign_in: SignIn) -> None:
    rows = [["code", "category", "name_id"], ["uji-1", "nature", "=1+1"], ["uji-2", "nature", "Uji"]]
    page = check(sign_in(), as_xlsx(rows), name="a.xlsx")
    assert lines(page) == {"line-2": "wrong", "line-3": "new"}
    assert "name_id" in words_of(found(page, "formula")[0])


def test_signed_out_nothing_of_a_file_is_kept(client: SelfCheckingClient) -> None:
    before = contents(client.app)
    client.audit(IMPORT, upload(client, as_csv(places(3))), 401)
    assert contents(client.app) == before


def test_an_import_of_events_makes_dates(sign_in: SignIn, client: SelfCheckingClient) -> None:
    siti = sign_in()
    rows = [["code", "category", "venue", "start", "end", "name_id", "summary_id", "body_id"],
            ["uji-acara", "culture", "Tepian sungai", "05/12/2026", "13/12/2026", "Acara uji",
             "Sebuah acara di tepian sungai yang hanya ada di dalam uji ini.", "Teks."]]  # fmt: skip
    page = check(siti, rows, kind="events")
    assert "day first" in words_of(found(page, "form")[0])
    siti.submit(page, press="run", publish="1")
    shown = client.visit("/id/acara/acara-uji")
    assert "Tepian sungai" in shown.text
    assert "2026-12-05" in [e.get("datetime", "")[:10] for e in shown.all("time")]
