"""The log at the desk: who reads what, sentences in both languages, addresses that are forgotten."""

import ast
from collections.abc import Callable

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from pesona.admin.deeds import DEEDS
from pesona.db import db
from pesona.editing import log
from pesona.editing.log import Actor
from tests.admin.desk import PALACE, PUBLISH, SYNONYMS, WORDS_EN, deeds, turn_on_codes
from tests.client import Page, SelfCheckingClient, words_of
from tests.conftest import PASSWORD, SiteClock
from tests.test_house import ROOT

SignIn = Callable[..., SelfCheckingClient]
LOG = "/admin/log"


def rows(page: Page) -> list[str]:
    """Return the sentences of the page, the newest first."""
    listed = next(e for e in page.one("main").iter() if e.get("data-check") == "log")
    return [words_of(li[0]) for li in listed]


def test_each_role_reads_its_part_of_the_log(sign_in: SignIn) -> None:
    """E-67 for the log: a contributor own deeds, an editor those of items, an administrator all."""
    rini, sari, ani = sign_in("Rini", "contributor"), sign_in("Sari"), sign_in("Ani", "administrator")
    turn_on_codes(ani.app, "ani@example.go.id")
    rini.submit(rini.visit(WORDS_EN), summary="Rini's words.")
    sari.submit(sari.visit(PUBLISH))
    sari.submit(sari.visit(SYNONYMS), words="tugu\nmonument")
    own = rows(rini.visit(LOG))
    assert own
    assert all(one.startswith("Rini ") for one in own)
    of_editor = rows(sari.visit(LOG))
    assert any(one.startswith("Rini saved") for one in of_editor)
    assert not any(one.startswith(("Rini signed in", "Ani ")) for one in of_editor)
    everything = rows(ani.visit(LOG))
    assert {"Rini signed in.", "Ani signed in.", "Sari added the synonyms tugu, monument."} <= set(everything)
    assert "Rini saved a draft of Siak Sri Indrapura Palace (Summary, English)." in everything


def test_sentences_are_in_the_language_of_the_reader(sign_in: SignIn) -> None:
    siti, wati = sign_in(), sign_in("Wati", locale="id")
    siti.submit(siti.visit(WORDS_EN), summary="A new summary.")
    siti.submit(siti.visit(PUBLISH))
    assert rows(siti.visit(f"{LOG}?item={PALACE}&person=1")) == [
        "Siti published Siak Sri Indrapura Palace (English).",
        "Siti saved a draft of Siak Sri Indrapura Palace (Summary, English).",
    ]
    assert rows(wati.visit(f"{LOG}?item={PALACE}&person=1"))[0].startswith("Siti menerbitkan Istana")


def test_the_log_is_narrowed_and_cut_into_pages(sign_in: SignIn) -> None:
    siti = sign_in()
    siti.submit(siti.visit(WORDS_EN), summary="A new summary.")
    with siti.app.app_context():
        for _ in range(60):
            log.note(Actor(command="test"), "create", "x")
        db.session.commit()
        db.session.execute(text("SELECT 1"))
    assert len(rows(siti.visit(f"{LOG}?deed=save"))) == 1
    assert rows(siti.visit(f"{LOG}?deed=save&person=99")) == []
    assert rows(siti.visit(f"{LOG}?person=nobody")) == []
    assert rows(siti.visit(f"{LOG}?item=nothing")) == []
    page = siti.visit(LOG)
    assert len(rows(page)) == 50
    assert f"{LOG}?page=2" in page.links()
    first, second = siti.visit(LOG), siti.visit(f"{LOG}?page=2")
    assert rows(second)
    assert rows(first) != rows(second)
    siti.visit(f"{LOG}?page=9", 404)


def test_every_deed_has_a_name(sign_in: SignIn) -> None:
    """E-63: whatever the tests of this file do is named, not shown as a code."""
    ani = sign_in("Ani", "administrator")
    turn_on_codes(ani.app, "ani@example.go.id")
    ani.post("/admin/login", {"email": "ani@example.go.id", "password": "wrong password"})
    ani.submit(ani.visit(SYNONYMS), words="tugu\nmonument")
    with ani.app.app_context():
        stored = set(db.session.execute(text("SELECT DISTINCT deed FROM log_entry")).scalars())
    assert stored <= set(DEEDS)


def test_request_numbers_are_in_the_log_and_addresses_of_who_is_signed_in(sign_in: SignIn) -> None:
    ani = sign_in("Ani", "administrator")
    turn_on_codes(ani.app, "ani@example.go.id")
    environ = {"pesona.number": "1a2b-7", "REMOTE_ADDR": "192.0.2.7"}
    data = {"email": "nobody@example.go.id", "password": "x"}
    headers = {"Origin": ani.origin}
    ani.http.post("/admin/login", data=data, headers=headers, environ_overrides=environ)
    with ani.app.app_context():
        assert "192.0.2.7" not in str(db.session.execute(text("SELECT address FROM log_address")).all())
    language = {"action": "language", "locale": "id"}
    ani.http.post("/admin/account", data=language, headers=headers, environ_overrides=environ)
    assert [row.request for row in deeds(ani.app)][-2:] == ["1a2b-7"] * 2
    page = ani.visit(LOG)
    assert "192.0.2.7" in page.text
    assert "1a2b-7" in page.text
    assert "192.0.2.7" not in sign_in("Sari").visit(LOG).text


def test_addresses_are_forgotten_after_90_days_and_the_log_is_not(sign_in: SignIn, clock: SiteClock) -> None:
    def kept() -> int:
        with siti.app.app_context():
            return int(db.session.execute(text("SELECT count(*) FROM log_address")).scalar_one())

    siti = sign_in()
    logged = len(deeds(siti.app))
    assert kept() == 1
    clock.move(days=89)
    siti.sign_in("siti@example.go.id", PASSWORD)
    assert kept() == 2
    clock.move(days=1)
    siti.post("/admin/login", {"email": "siti@example.go.id", "password": "wrong password"})
    assert kept() == 1
    assert len(deeds(siti.app)) == logged + 2


@pytest.mark.parametrize("statement", ["UPDATE log_entry SET sentence = ''", "DELETE FROM log_entry"])
def test_the_log_cannot_be_changed(sign_in: SignIn, statement: str) -> None:
    """E-31 after the migration of this table."""
    siti = sign_in()
    with siti.app.app_context(), pytest.raises(DatabaseError, match="kept for good"):
        db.session.execute(text(statement))
    with siti.app.app_context():
        db.session.rollback()


def test_every_deed_that_the_code_notes_has_a_sentence() -> None:
    """The deeds are the second argument of `log.note`, and what others hand on as *deed*."""
    noted: set[str] = set()
    for file in (ROOT / "pesona").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("log.note", "note") and len(node.args) > 1:
                noted |= {one.value for one in ast.walk(node.args[1]) if isinstance(one, ast.Constant)}
            if isinstance(node, ast.keyword) and node.arg == "deed" and isinstance(node.value, ast.Constant):
                noted.add(str(node.value.value))
    assert len(noted) >= 40
    parts = {"schedule_"}  # two deeds each are put together from these
    assert noted - parts <= set(DEEDS), sorted(noted - parts - set(DEEDS))
