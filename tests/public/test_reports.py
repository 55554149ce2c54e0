"""A mistake reported without an account: the form, what it refuses without losing a word, the sender's private page."""

import re

import pytest
from flask import Flask
from sqlalchemy import select

from pesona.db import db
from pesona.editing import reports, throttle
from pesona.models.account import Attempt, LogEntry
from pesona.models.report import Report
from pesona.public.reports import EMPTY, LONG, REPORTS_OF_ALL, TOO_FAST, TOO_OLD, TRAPPED
from tests.admin.desk import EN, contents, field
from tests.client import ORIGIN, Page, SelfCheckingClient, form_data, words_of
from tests.conftest import SiteClock
from tests.reports import WRONG, form_of, tell

LOCALES = pytest.mark.parametrize("locale", ["id", "en"])
PLACES = {"id": "/id/lapor", "en": "/en/report"}
ODD = ("", "0", "a", "null", "a" * 9000, "[]", "\0", "İ²", "<script>", "a.b.c", "WzEsMl0.x", "..")


def kept(app: Flask) -> list[Report]:
    with app.app_context():
        return list(db.session.scalars(select(Report).order_by(Report.id)))


def said(page: Page) -> str:
    return words_of(next(e for e in page.tree.iter() if e.get("class") == "error-summary"))


@LOCALES
@pytest.mark.parametrize(("kind", "part"), [("destination", 0), ("event", 1), ("page", 2)])
def test_every_page_of_an_item_leads_to_its_form(reader: SelfCheckingClient, locale: str, kind: str, part: int) -> None:
    codes = ("istana-siak-sri-indrapura", "tour-de-siak", "manners")
    form = reader.visit(form_of(kind, codes[part], locale))
    about = next(a.get("href", "") for p in form.all("p", class_="report__about") for a in p.iter("a"))
    page = reader.visit(about)
    assert form.path in page.links()
    assert PLACES[locale] in page.links()
    assert page.answer.headers["Cache-Control"] == "public, no-cache"
    assert "ETag" in page.answer.headers


def test_the_form_is_nobodys_to_keep_or_to_find(client: SelfCheckingClient) -> None:
    first, second = client.visit(form_of()), client.visit(form_of())
    assert first.answer.headers["Cache-Control"] == "no-store"
    assert "ETag" not in first.answer.headers
    assert "noindex" in first.answer.headers["X-Robots-Tag"]
    assert field(first, "stamp") != field(second, "stamp")
    assert "/report" not in client.get("/sitemap.xml").text


@LOCALES
def test_a_report_is_kept_and_its_sender_gets_an_address(
    client: SelfCheckingClient, clock: SiteClock, locale: str
) -> None:
    text = "Tiketnya Rp20.000 now.\r\n<b>I was there</b> & saw it."
    own = tell(client, clock, form_of(locale=locale), text=text)
    assert re.fullmatch(rf"{PLACES[locale]}/[0-9a-f]{{32}}", own.path)
    assert own.answer.headers["Cache-Control"] == "no-store"
    assert own.answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert own.one("input", id="share").get("value") == f"{ORIGIN}{own.path}"
    assert "<b>I was there</b> & saw it." in own.text
    (row,) = kept(client.app)
    assert (row.locale, row.state, row.text) == (locale, "open", text.replace("\r\n", "\n"))
    token = own.path.rpartition("/")[2]
    assert token not in repr(contents(client.app)), "the database holds the token's hash alone"
    client.visit(own.path.replace(PLACES[locale], PLACES["en" if locale == "id" else "id"]))


def test_neither_the_log_nor_the_count_of_tries_tells_who_wrote_what(
    client: SelfCheckingClient, clock: SiteClock
) -> None:
    tell(client, clock)
    with client.app.app_context():
        entries = db.session.scalars(select(LogEntry).where(LogEntry.deed == "report")).all()
        assert [(e.sentence, e.details, e.account_id) for e in entries] == [("#1", {}, None)]
        assert [len(a.key) for a in db.session.scalars(select(Attempt))] == [64, 64]
    assert "127.0.0.1" not in repr(contents(client.app))


def test_the_same_form_sent_twice_is_one_report(client: SelfCheckingClient, clock: SiteClock) -> None:
    form = client.visit(form_of())
    clock.move(seconds=20)
    data = [(name, WRONG if name == "text" else value) for name, value in form_data(form.form("/en/report"))]
    answers = [client.post("/en/report", data) for _ in range(2)]
    assert [a.status_code for a in answers] == [303, 303]
    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    assert len(kept(client.app)) == 1


def test_a_report_of_the_site_names_its_page_in_words(client: SelfCheckingClient, clock: SiteClock) -> None:
    own = tell(client, clock, "/en/report", place="The list of events")
    assert "The list of events" in own.text
    (row,) = kept(client.app)
    assert (row.item_id, row.place) == (None, "The list of events")


@LOCALES
def test_what_is_wrong_with_a_form_is_said_and_nothing_is_lost(
    client: SelfCheckingClient, clock: SiteClock, locale: str
) -> None:
    speaker = client.app.extensions["pesona.speakers"][locale]
    form = client.visit(PLACES[locale])

    def refused(message: str, **fields: str) -> Page:
        given = {"text": "\n  Two\n\nlines. ", "place": "Here", **fields}
        page: Page = client.submit(form, PLACES[locale], status=422, **given)
        assert speaker.gettext(message).split("%")[0] in said(page)
        assert words_of(page.one("title")).startswith(speaker.gettext("Error:"))
        assert field(page, "reference") == ""
        assert field(page, "text").strip() == given["text"].strip()
        assert field(page, "place") == given["place"].strip()
        assert page.answer.headers["Cache-Control"] == "no-store"
        return page

    assert refused(TOO_FAST)
    clock.move(seconds=20)
    assert refused(EMPTY, text=" \t\r\n ")
    assert refused(LONG, text="x" * (reports.LONGEST + 1))
    assert refused(LONG, place="x" * (reports.LONGEST_PLACE + 1))
    again = refused(TRAPPED, reference="https://spam.example")
    clock.move(hours=24)
    late = refused(TOO_OLD)
    assert kept(client.app) == []
    assert field(again, "stamp") == field(form, "stamp")
    clock.move(seconds=20)
    client.submit(late, PLACES[locale])
    assert [row.text for row in kept(client.app)] == ["Two\n\nlines."]


def test_after_ten_reports_one_address_waits_and_others_do_not(client: SelfCheckingClient, clock: SiteClock) -> None:
    for number in range(throttle.LIMIT):
        tell(client, clock, text=f"Report {number}.")
    form = client.visit(form_of())
    clock.move(seconds=20)
    page = client.submit(form, "/en/report", status=429, text=WRONG)
    wait = int(page.answer.headers["Retry-After"])
    assert f"in {wait} seconds" in page.text
    assert field(page, "text") == WRONG
    data = [(name, WRONG if name == "text" else value) for name, value in form_data(page.form("/en/report"))]
    elsewhere = client.http.post(
        "/en/report", data=dict(data), headers={"Origin": ORIGIN}, environ_base={"REMOTE_ADDR": "192.0.2.7"}
    )
    assert elsewhere.status_code == 303
    clock.move(seconds=wait + 20)
    client.submit(client.audit("/en/report", client.http.get(form_of()), 200), "/en/report", status=422, text=WRONG)
    assert len(kept(client.app)) == throttle.LIMIT + 1


def test_a_trap_that_snaps_counts_as_a_try(client: SelfCheckingClient, clock: SiteClock) -> None:
    form = client.visit(form_of())
    clock.move(seconds=20)
    for _ in range(throttle.LIMIT):
        client.submit(form, "/en/report", status=422, text=WRONG, reference="x")
    client.submit(form, "/en/report", status=429, text=WRONG)


def test_all_together_send_at_most_a_hundred_in_a_quarter_of_an_hour(
    client: SelfCheckingClient, clock: SiteClock
) -> None:
    with client.app.app_context():
        throttle.count([throttle.key(client.app.config["SECRET_KEY"], "reports")] * REPORTS_OF_ALL)
        db.session.commit()
    form = client.visit(form_of())
    clock.move(seconds=20)
    client.submit(form, "/en/report", status=429, text=WRONG)


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://evil.example"}, {"Origin": "null"}, {}, {"Sec-Fetch-Site": "cross-site"}], ids=str
)
def test_a_foreign_form_is_refused(client: SelfCheckingClient, headers: dict[str, str]) -> None:
    answer = client.http.post("/en/report", data={"text": WRONG}, headers=headers)
    page = client.audit("/en/report", answer, 403)
    assert WRONG not in page.answer.text
    assert kept(client.app) == []


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("name", ["kind", "code", "stamp", "text", "place", "reference"])
def test_odd_bytes_in_any_field_are_answered(client: SelfCheckingClient, clock: SiteClock, name: str, odd: str) -> None:
    form = client.visit("/en/report")
    clock.move(seconds=20)
    data = {**dict(form_data(form.form("/en/report"))), "text": WRONG, name: odd}
    answer = client.post("/en/report", data)
    if answer.status_code == 303:
        client.visit(answer.headers["Location"])
    else:
        client.audit("/en/report", answer, 422)
    assert client.get(f"/en/report?{name}={odd}".replace("\0", "%00")).status_code in (200, 404)


def test_a_form_without_fields_and_one_that_is_too_large_are_answered(client: SelfCheckingClient) -> None:
    client.audit("/en/report", client.post("/en/report", {}), 422)
    client.audit("/en/report", client.post("/en/report", {"text": "x" * 3_000_000}), 413)
    client.audit("/en/report", client.http.put("/en/report", headers={"Origin": ORIGIN}), 405)


@pytest.mark.parametrize(
    "query",
    [
        "kind=destination",
        "code=manners",
        "kind=page&code=nothing",
        "kind=notice&code=x",
        "kind=destination&code=manners",
    ],
)
def test_a_form_for_what_is_not_there_is_not_found(reader: SelfCheckingClient, query: str) -> None:
    reader.visit(f"/en/report?{query}", 404)


def test_a_report_about_what_has_gone_meanwhile_is_kept_for_the_site(
    client: SelfCheckingClient, clock: SiteClock
) -> None:
    form = client.visit(form_of())
    clock.move(seconds=20)
    data = {**dict(form_data(form.form("/en/report"))), "text": WRONG, "code": "gone"}
    own = client.visit(client.post("/en/report", data).headers["Location"])
    assert "About the page" not in own.text
    assert [row.item_id for row in kept(client.app)] == [None]


@pytest.mark.parametrize("token", ["x", "0" * 32, "0" * 9000, "%00", "%ff", "a/b"])
def test_a_token_that_nobody_was_given_is_not_found(reader: SelfCheckingClient, token: str) -> None:
    reader.visit(f"/id/lapor/{token}", 404)


def test_the_private_page_lasts_90_days_and_then_the_words_are_gone(
    client: SelfCheckingClient, clock: SiteClock
) -> None:
    own = tell(client, clock, "/en/report", place="The list of events")
    clock.move(days=89, hours=23)
    assert WRONG in client.visit(own.path).text
    clock.move(hours=1)
    over = client.visit(own.path, 410)
    assert WRONG not in over.text
    assert over.answer.headers["Cache-Control"] == "no-store"
    with client.app.app_context():
        reports.forget()
        db.session.commit()
    (row,) = kept(client.app)
    assert (row.text, row.place, row.answer, row.state) == ("", "", "", "open")


def test_a_later_report_makes_older_words_forgotten(client: SelfCheckingClient, clock: SiteClock) -> None:
    tell(client, clock)
    clock.move(days=91)
    tell(client, clock, text="Another one.")
    assert [row.text for row in kept(client.app)] == ["", "Another one."]


def test_looking_writes_nothing(client: SelfCheckingClient, clock: SiteClock, statements: list[str]) -> None:
    own = tell(client, clock)
    statements.clear()
    for path in (own.path, form_of(), "/id/lapor", EN):
        client.get(path)
    assert all(s.lstrip().upper().startswith("SELECT") for s in statements)


def test_a_report_leaves_every_kept_page_as_it_is(client: SelfCheckingClient, clock: SiteClock) -> None:
    """Anybody could empty the page cache otherwise."""
    before = client.get(EN).headers["ETag"]
    tell(client, clock)
    assert client.get(EN).headers["ETag"] == before


def test_a_page_offers_its_address(reader: SelfCheckingClient) -> None:
    page = reader.visit(EN)
    assert page.one("input", id="share").get("value") == f"{ORIGIN}{EN}"
    assert all("hidden" in b.attrib for b in page.all("button", type="button"))
