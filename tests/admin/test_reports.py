"""Visitors' reports at the desk: on Home, on the item, answered, seen by the sender and on the public page."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from pesona.db import db
from pesona.editing import reports
from pesona.models.report import Correction, Report
from tests.admin.desk import EN, FACTS, ITEM, PUBLISH, check, deeds, field, has, wrong_fields
from tests.admin.test_every_screen import LOCALES, foreign_phrases, read
from tests.admin.test_home import HOME, make, rows
from tests.client import Page, SelfCheckingClient
from tests.conftest import PASSWORD, SiteClock
from tests.reports import WRONG, form_of, received, tell

SignIn = Callable[..., SelfCheckingClient]
ONE = "/admin/reports/1"


def answer(
    client: SelfCheckingClient, page: Page, press: str, status: int = 303, number: int = 1, **fields: Any
) -> Page:
    found: Page = client.submit(page, f"/admin/reports/{number}", press=press, status=status, **fields)
    return found


def row(app: Flask, number: int = 1) -> Report:
    with app.app_context():
        return db.session.get_one(Report, number)


def correct(client: SelfCheckingClient, item: str) -> None:
    """Let readers see a change of *item*."""
    client.submit(client.visit(f"{item}/words/en"), summary="Corrected words.")
    client.submit(client.visit(f"{item}/publish"))


def test_fixing_links_the_revision_and_the_page_and_the_sender_say_so(
    sign_in: SignIn, client: SelfCheckingClient, clock: SiteClock
) -> None:
    own, siti = tell(client, clock), sign_in()
    assert not has(client.visit(EN), "corrected")
    siti.submit(siti.visit(f"{ITEM}/words/en"), summary="The palace, with the right price.")
    siti.submit(siti.visit(PUBLISH))
    clock.move(days=1)
    siti.sign_in("siti@example.go.id", PASSWORD)
    shown = answer(siti, siti.visit(ITEM), "fixed", answer=" Thank you,  you were right. ")
    check(shown, "report_answered")
    assert "revision 2" in check(shown, "report-fixed")
    assert (row(siti.app).state, row(siti.app).revision) == ("fixed", 2)
    for locale, path in (("en", own.path), ("id", own.path.replace("/en/report", "/id/lapor"))):
        page = client.visit(path)
        assert has(page, "fixed")
        assert check(page, "answer") == "Thank you, you were right.", locale
        assert "Siti" not in page.text
    assert "25 November 2026" in check(client.visit(EN), "corrected")
    last = deeds(siti.app)[-1]
    assert (last.deed, last.sentence, last.revision) == ("report_fixed", "#1", 2)
    assert "right" not in repr(last.details)
    assert "the mistake is corrected" in siti.visit("/admin/log").text


def test_a_publication_that_is_undone_is_no_correction_any_more(
    sign_in: SignIn, client: SelfCheckingClient, clock: SiteClock
) -> None:
    own = tell(client, clock)
    siti = sign_in()
    correct(siti, ITEM)
    answer(siti, siti.visit(ITEM), "fixed")
    assert has(client.visit(EN), "corrected")
    opened = siti.visit(ONE)
    siti.submit(siti.visit(ITEM), f"{ITEM}/undo")
    assert not has(client.visit(EN), "corrected")
    assert has(client.visit(own.path), "open")
    answer(siti, opened, "no_fault", 409, answer="-")
    correct(siti, ITEM)
    answer(siti, siti.visit(ITEM), "fixed")
    assert has(client.visit(EN), "corrected")
    assert has(client.visit(own.path), "fixed")


def test_the_hourly_broom_forgets_what_is_too_old(app: Flask, clock: SiteClock) -> None:
    received(app, "", "Old words.")
    clock.move(days=45)
    received(app, "", "New words.")
    clock.move(days=45)
    reports._forget_now(app.app_context)
    assert [row(app, number).text for number in (1, 2)] == ["", "New words."]


def test_no_fault_says_why_and_leaves_the_public_page_alone(
    sign_in: SignIn, client: SelfCheckingClient, clock: SiteClock
) -> None:
    own, siti = tell(client, clock), sign_in()
    before = client.get(EN).data
    refused = answer(siti, siti.visit(ITEM), "no_fault", 422)
    assert wrong_fields(refused) == ["answer-1"]
    answer(siti, refused, "no_fault", answer="The price is that of the gate.")
    page = client.visit(own.path)
    assert has(page, "no_fault")
    assert "The price is that of the gate." in page.text
    assert client.get(EN).data == before
    assert (deeds(siti.app)[-1].deed, row(siti.app).revision) == ("report_no_fault", None)


def test_nothing_is_called_corrected_before_readers_see_a_change(
    sign_in: SignIn, client: SelfCheckingClient, clock: SiteClock
) -> None:
    tell(client, clock)
    siti = sign_in()
    siti.submit(siti.visit(FACTS), architect="Somebody")
    refused = answer(siti, siti.visit(ITEM), "fixed", 422, answer="Thank you.")
    assert wrong_fields(refused) == ["elsewhere-1"]
    assert field(refused, "answer") == "Thank you."
    assert row(siti.app).state == "open"
    answer(siti, refused, "fixed", elsewhere="yes")
    assert (row(siti.app).state, row(siti.app).revision) == ("fixed", None)
    with siti.app.app_context():
        assert db.session.scalars(select(Correction)).all() == []


def test_whoever_was_faster_is_not_overwritten_unseen(sign_in: SignIn, clock: SiteClock) -> None:
    siti, budi = sign_in(), sign_in("Budi")
    item = make(siti.app, "kolam")
    received(siti.app, "kolam")
    opened = siti.visit(item)
    correct(budi, item)
    answer(budi, budi.visit(item), "fixed", answer="Budi's answer.")
    page = answer(siti, opened, "no_fault", 409, answer="Siti's answer.")
    check(page, "conflict")
    assert field(page, "answer") == "Siti's answer."
    assert "Budi's answer." in page.text
    answer(siti, page, "no_fault")
    assert row(siti.app).answer == "Siti's answer."
    with siti.app.app_context():
        assert db.session.scalars(select(Correction)).all() == [], "no page says that it was corrected"
    answer(siti, siti.visit(ONE), "fixed")
    with siti.app.app_context():
        assert len(db.session.scalars(select(Correction)).all()) == 1


@pytest.mark.parametrize(
    "data",
    [{"action": "fixed"}, {"action": "fixed", "base": "7"}, {"action": "fixed", "base": "x"}, {"base": "0"},
     {"action": "open", "base": "0"}, {"action": "no_fault", "base": "-1"}],
)  # fmt: skip
def test_a_broken_answer_is_refused(sign_in: SignIn, data: dict[str, str]) -> None:
    siti = sign_in()
    received(siti.app)
    siti.audit(ONE, siti.post(ONE, data), 400)
    assert row(siti.app).state == "open"


def test_an_answer_that_is_too_long_is_kept_in_the_form(sign_in: SignIn) -> None:
    siti = sign_in()
    received(siti.app)
    page = answer(siti, siti.visit(ONE), "no_fault", 422, answer="x" * 501)
    assert field(page, "answer") == "x" * 501


def test_a_typed_answer_survives_a_sign_in_that_has_ended(sign_in: SignIn, clock: SiteClock) -> None:
    siti = sign_in()
    received(siti.app)
    opened = siti.visit(ONE)
    siti.http.delete_cookie("pesona")
    asked = answer(siti, opened, "no_fault", 401, answer="It is right as it is.")
    data: dict[str, Any] = {"email": "siti@example.go.id", "password": PASSWORD}
    typed = {e.get("name", ""): e.get("value", "") for e in asked.all("input", type="hidden")}
    page = siti.audit(ONE, siti.post("/admin/login", {**data, **typed}), 200)
    assert field(page, "answer") == "It is right as it is."
    assert row(siti.app).state == "open"


def test_after_90_days_the_desk_has_nothing_to_show(sign_in: SignIn, clock: SiteClock) -> None:
    app = sign_in().app
    item = make(app, "kolam")
    received(app, "kolam")
    clock.move(days=90)
    siti = sign_in("Sari")
    assert "reports" not in rows(siti)
    assert WRONG not in siti.visit(item).text
    siti.visit(ONE, 410)


def test_a_report_of_what_is_in_the_trash_waits_there(sign_in: SignIn) -> None:
    siti = sign_in()
    item = make(siti.app, "kolam")
    received(siti.app, "kolam")
    siti.submit(siti.visit(f"{item}/trash"))
    assert "reports" not in rows(siti)
    assert WRONG in siti.visit(item).text


@LOCALES
def test_the_desk_speaks_of_reports_in_its_own_language(sign_in: SignIn, clock: SiteClock, locale: str) -> None:
    siti, foreign = sign_in(locale=locale), foreign_phrases(locale)
    clock.move(minutes=1)
    for language, code in (("id", "istana-siak-sri-indrapura"), ("en", "istana-siak-sri-indrapura"), ("en", "")):
        received(siti.app, code, "-", locale=language)
    pages = [siti.visit(p) for p in (HOME, ITEM, "/admin/care/reports", ONE, "/admin/reports/3")]
    pages.append(answer(siti, siti.visit(ITEM), "fixed", 422))
    pages.append(answer(siti, siti.visit(ITEM), "no_fault", 422, number=2))
    opened = siti.visit(ONE)
    pages.append(answer(siti, siti.visit(ITEM), "no_fault", answer="-"))
    pages.append(answer(siti, opened, "no_fault", 409, answer="-"))
    pages.append(answer(siti, siti.visit("/admin/reports/3"), "fixed", number=3))
    pages += [siti.visit("/admin/log"), siti.visit(ITEM)]
    for page in pages:
        read(page, locale, foreign)


def test_a_visitor_who_names_an_event_reaches_its_screen(
    sign_in: SignIn, client: SelfCheckingClient, clock: SiteClock
) -> None:
    tell(client, clock, form_of("event", "tour-de-siak", "id"), text="Tanggalnya salah.")
    assert "Tanggalnya salah." in sign_in().visit("/admin/events/tour-de-siak").text
