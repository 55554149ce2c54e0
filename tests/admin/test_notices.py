"""Notices at the desk: made, checked, published, ended; and facts that are still true."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import text

from pesona.db import begin_writing, db
from pesona.editing import content_check, items
from pesona.search import follow
from tests.admin.desk import EN, FACTS, ID, ITEM, WORDS_EN, blockers, chain, field, marks, newest, wrong_fields
from tests.admin.test_edit import check
from tests.client import Page, SelfCheckingClient
from tests.conftest import SiteClock
from tests.notices import ACTOR, PALACE, SIAK, publish_notice

SignIn = Callable[..., SelfCheckingClient]
LIST, NEW = "/admin/notices", "/admin/notices/new"
NOTICE = "/admin/notices/asap"
GIVEN = {"kind": "flood", "severity": "danger", "start": "24/11/2026 8.00", "end": "", "scope": "site"}


def make(client: SelfCheckingClient, name: str = "Asap", english: str = "") -> Page:
    return client.submit(client.visit(NEW), name__id=name, name__en=english)


def deeds(app: Flask, kind: str = "notice", code: str = "asap") -> list[tuple[str, str]]:
    """Return (deed, who) of each log row of an item, the newest first."""
    with app.app_context():
        rows = db.session.execute(
            text(
                "SELECT deed, email FROM log_entry JOIN item ON item.id = item_id LEFT JOIN account ON "
                "account.id = account_id WHERE kind = :kind AND code = :code ORDER BY log_entry.id DESC"
            ),
            {"kind": kind, "code": code},
        )
        return [(row.deed, row.email) for row in rows]


def agrees(app: Flask) -> None:
    with app.app_context():
        assert list(content_check.differences()) == list(follow.differences()) == []


def test_a_name_is_enough_for_a_draft_and_publication_asks_the_rest(sign_in: SignIn) -> None:
    """E-01 and E-02 for notices: each blocker leads to its field."""
    siti = sign_in()
    assert siti.submit(siti.visit(NEW), status=422).all("a", href="#name-id")
    shown = make(siti)
    check(shown, "saved")
    assert shown.path.startswith(NOTICE)
    assert not [a for a in shown.links() if a.startswith("/id/kecamatan")]
    blocked = blockers(siti.submit(siti.visit(f"{NOTICE}/publish"), status=422))
    assert set(blocked) == {"choice", "missing"}
    page = siti.visit(f"{NOTICE}/publish")
    leading = {a.get("href") for li in page.all("li") if li.get("data-check") in blocked for a in li.iter("a")}
    fields = {f"facts#{name}" for name in ("kind", "scope", "start")} | {"words/id#summary"}
    assert leading == {f"{NOTICE}/{name}" for name in fields}
    facts = siti.visit(f"{NOTICE}/facts")
    assert {e.get("id") for e in facts.tree.iter()} >= {"kind", "severity", "start", "end", "scope", "districts"}
    assert "slug" not in {e.get("name") for e in siti.visit(f"{NOTICE}/words/id").tree.iter()}


def test_a_notice_goes_from_the_desk_to_every_page(sign_in: SignIn, client: SelfCheckingClient) -> None:
    siti = sign_in()
    make(siti)
    saved = siti.submit(siti.visit(f"{NOTICE}/facts"), **GIVEN)
    check(saved, "saved")
    assert newest(siti.app, "asap", "notice")["facts"]["start"] == "2026-11-24 08:00"
    siti.submit(siti.visit(f"{NOTICE}/words/id"), summary="Jalan tergenang.")
    assert b"Jalan tergenang." not in client.get("/id/").data
    published = siti.submit(siti.visit(f"{NOTICE}/publish"))
    check(published, "published")
    check(published, "on")
    assert b"Jalan tergenang." in client.get("/id/").data
    assert published.all("a", href="/id/")
    assert siti.visit(LIST).all("a", href=NOTICE)
    agrees(client.app)


def test_a_save_without_a_change_makes_no_revision(sign_in: SignIn) -> None:
    """E-03 for notices."""
    siti = sign_in()
    publish_notice(siti.app, scope="places", districts=[SIAK], destinations=[PALACE])
    for screen in ("facts", "words/id", "words/en"):
        check(siti.submit(siti.visit(f"{NOTICE}/{screen}")), "same")


def test_two_people_at_one_notice_lose_nothing(sign_in: SignIn) -> None:
    """E-04 and E-05 for notices."""
    siti, budi = sign_in(), sign_in("Budi")
    publish_notice(siti.app)
    mine, theirs = siti.visit(f"{NOTICE}/facts"), budi.visit(f"{NOTICE}/facts")
    budi.submit(theirs, severity="danger", districts=[SIAK])
    check(siti.submit(mine, end="2026-11-30"), "merged")
    facts = newest(siti.app, "asap", "notice")["facts"]
    assert (facts["severity"], facts["end"], facts["districts"]) == ("danger", "2026-11-30", [SIAK])
    mine, theirs = siti.visit(f"{NOTICE}/facts"), budi.visit(f"{NOTICE}/facts")
    budi.submit(theirs, districts=[SIAK, "14.08.02"], end="2026-12-01")
    clash = siti.submit(mine, status=409, districts=["14.08.03"], end="2026-12-02")
    chosen = {"choose-districts": "mine", "choose-end": "theirs"}
    siti.submit(clash, **{name.replace("-", "__"): value for name, value in chosen.items()})
    facts = newest(siti.app, "asap", "notice")["facts"]
    assert (facts["districts"], facts["end"]) == (["14.08.03"], "2026-12-01")


WRONG = [
    ({"start": ""}, "missing", "start"),
    ({"start": "2026-02-30"}, "moment", "start"),
    ({"start": "tomorrow"}, "moment", "start"),
    ({"end": "2026-11-25 24.30"}, "moment", "end"),
    ({"end": "2026-11-23"}, "ends_before_start", "end"),
    ({"start": "2026-11-24 08:00", "end": "2026-11-24 07:59"}, "ends_before_start", "end"),
    ({"scope": ""}, "choice", "scope"),
    ({"scope": "places"}, "scope_empty", "districts"),
    ({"districts": [SIAK]}, "scope_both", "scope"),
    ({"scope": "places", "destinations": "istana-siak-sri-indrapura\nistana-pasir"}, "unknown_codes", "destinations"),
]


@pytest.mark.parametrize(("typed", "rule", "name"), WRONG)
@pytest.mark.parametrize("locale", ["id", "en"])
def test_what_cannot_be_is_kept_as_a_draft_and_named_at_publication(
    sign_in: SignIn, client: SelfCheckingClient, locale: str, typed: dict[str, str], rule: str, name: str
) -> None:
    siti = sign_in(locale=locale)
    make(siti)
    siti.submit(siti.visit(f"{NOTICE}/words/id"), summary="Jalan tergenang.")
    check(siti.submit(siti.visit(f"{NOTICE}/facts"), **{**GIVEN, **typed}), "saved")
    page = siti.submit(siti.visit(f"{NOTICE}/publish"), status=422)
    assert blockers(page) == {rule: f"{NOTICE}/facts#{name}"}
    for kept, value in typed.items():
        if kept not in ("districts", "scope"):
            assert field(siti.visit(f"{NOTICE}/facts"), kept).split() == value.replace("24.30", "24:30").split()
    assert client.get("/api/v1/notices").json["total"] == 0


def test_a_district_that_is_not_on_the_list_is_refused_with_all_that_was_typed(sign_in: SignIn) -> None:
    siti = sign_in()
    publish_notice(siti.app)
    page = siti.visit(f"{NOTICE}/facts")
    wrong = siti.submit(page, status=422, districts=["99"], end="soon", destinations="x")
    assert wrong_fields(wrong) == ["districts"]
    assert (field(wrong, "end"), field(wrong, "destinations")) == ("soon", "x")


def test_places_are_named_as_people_call_them(sign_in: SignIn) -> None:
    siti = sign_in()
    publish_notice(siti.app)
    siti.submit(siti.visit(f"{NOTICE}/facts"), destinations=f"siak palace\r\n{PALACE}\r\nIstana Pasir")
    assert newest(siti.app, "asap", "notice")["facts"]["destinations"] == [PALACE, "Istana Pasir"]


def test_an_end_that_has_passed_is_worth_a_look(sign_in: SignIn) -> None:
    siti = sign_in()
    make(siti)
    siti.submit(siti.visit(f"{NOTICE}/facts"), **{**GIVEN, "end": "2026-11-24 09:00"})
    check(siti.visit(f"{NOTICE}/publish"), "over")


def test_end_now_ends_it_at_once_and_leaves_the_draft_open(
    sign_in: SignIn, client: SelfCheckingClient, clock: SiteClock
) -> None:
    """E-28 for End now: no other draft word goes live, the draft is still there; E-63: one row in the log."""
    siti = sign_in()
    publish_notice(siti.app, start="2026-11-24 09:00", end="")
    siti.submit(siti.visit(f"{NOTICE}/words/en"), summary="A draft sentence.")
    siti.submit(siti.visit(f"{NOTICE}/facts"), severity="danger")
    clock.move(minutes=7)
    assert b"Wear a mask" in client.get("/en/").data
    before = deeds(siti.app)
    ended = siti.submit(siti.visit(NOTICE), f"{NOTICE}/end")
    check(ended, "ended")
    check(ended, "over")
    assert deeds(siti.app) == [("end_notice", "siti@example.go.id"), *before]
    for path in ("/en/", "/id/"):
        data = client.get(path).data
        assert b'data-check="notice-asap"' not in data
        assert b"A draft sentence." not in data
    live = client.get("/api/v1/notices/asap").json
    assert (live["end"], live["severity"]) == ("2026-11-24T10:07:00+07:00", "warning")
    assert live["translations"]["en"]["summary"] == "Wear a mask out of doors."
    draft = newest(siti.app, "asap", "notice")
    assert (draft["facts"]["end"], draft["facts"]["severity"]) == ("2026-11-24 10:07", "danger")
    assert draft["words"]["en"]["summary"] == "A draft sentence."
    with siti.app.app_context():
        item = items.find("notice", "asap")
        assert item
        assert [r.origin for r in items.revisions(item)[:2]] == ["immediate", "immediate"]
        assert (item.head, item.live_facts, item.live_en) == (5, 4, 1)
    agrees(siti.app)


def test_a_notice_that_is_not_on_offers_no_end(sign_in: SignIn, clock: SiteClock) -> None:
    siti = sign_in()
    publish_notice(siti.app)
    coming = siti.visit(NOTICE)
    check(coming, "coming")
    assert not coming.all("form", action=f"{NOTICE}/end")
    clock.move(hours=1)
    on = siti.visit(NOTICE)
    assert on.all("form", action=f"{NOTICE}/end")
    clock.move(hours=2)
    check(siti.submit(on, f"{NOTICE}/end"), "same")
    assert newest(siti.app, "asap", "notice")["facts"]["end"] == "2026-11-24 12:30"


@pytest.mark.parametrize("press", ["end", "still-true"])
def test_an_immediate_deed_on_an_item_that_moved_on_is_asked_once_more(
    sign_in: SignIn, clock: SiteClock, press: str
) -> None:
    siti, budi = sign_in(), sign_in("Budi")
    publish_notice(siti.app)
    clock.move(hours=1)
    opened = siti.visit(NOTICE)
    budi.submit(budi.visit(f"{NOTICE}/facts"), severity="danger")
    asked = siti.submit(opened, f"{NOTICE}/{press}", status=409)
    assert newest(siti.app, "asap", "notice")["facts"]["end"] == "2026-11-24 12:30"
    siti.submit(asked, f"{NOTICE}/{press}")
    facts = newest(siti.app, "asap", "notice")["facts"]
    assert (facts["end"] == "2026-11-24 11:00") if press == "end" else (facts["checked_on"] == "2026-11-24")
    assert facts["severity"] == "danger"


@pytest.mark.parametrize("press", ["end", "still-true"])
def test_an_immediate_deed_that_the_checks_refuse_says_so(sign_in: SignIn, clock: SiteClock, press: str) -> None:
    siti = sign_in()
    publish_notice(siti.app, scope="places", destinations=[PALACE])
    clock.move(hours=1)
    opened = siti.visit(NOTICE)
    with siti.app.app_context():
        begin_writing()
        db.session.execute(text("UPDATE item SET code = 'istana-lain' WHERE code = :code"), {"code": PALACE})
        db.session.commit()
    page = siti.submit(opened, f"{NOTICE}/{press}", status=422)
    assert blockers(page) == {"unknown_codes": f"{NOTICE}/facts#destinations"}
    assert newest(siti.app, "asap", "notice")["facts"]["end"] == "2026-11-24 12:30"
    assert deeds(siti.app)[0] == ("publish", None)


def test_a_contributor_writes_notices_but_neither_publishes_nor_ends(sign_in: SignIn, clock: SiteClock) -> None:
    rini = sign_in("Rini", "contributor")
    publish_notice(rini.app)
    clock.move(hours=1)
    check(rini.submit(rini.visit(f"{NOTICE}/facts"), severity="danger"), "saved")
    page = rini.visit(NOTICE)
    assert not page.all("form", action=f"{NOTICE}/end")
    assert not page.all("form", action=f"{NOTICE}/still-true")
    for press in ("end", "still-true", "publish"):
        answer = rini.post(f"{NOTICE}/{press}", {"base": "2", "action": press})
        rini.audit(f"{NOTICE}/{press}", answer, 403)
    assert newest(rini.app, "asap", "notice")["facts"]["end"] == "2026-11-24 12:30"


def test_still_true_shows_the_day_of_the_check_without_the_open_draft(
    sign_in: SignIn, client: SelfCheckingClient
) -> None:
    """E-28 and E-63 for Still true."""
    siti = sign_in()
    siti.submit(siti.visit(FACTS), year_built="1890")
    siti.submit(siti.visit(WORDS_EN), summary="A draft sentence.")
    before = deeds(siti.app, "destination", PALACE)
    check(siti.submit(siti.visit(ITEM), f"{ITEM}/still-true"), "still_true")
    assert deeds(siti.app, "destination", PALACE) == [("still_true", "siti@example.go.id"), *before]
    for path, said in ((EN, "Checked on 24 November 2026"), (ID, "Diperiksa pada 24 November 2026")):
        page = client.visit(path)
        assert said in page.text
        assert page.all("time", datetime="2026-11-24")
        assert "A draft sentence." not in page.text
    told = client.get(f"/api/v1/destinations/{PALACE}").json
    assert (told["checked_on"], told["year_built"]) == ("2026-11-24", "1889/1893")
    draft = newest(siti.app)
    assert (draft["facts"]["checked_on"], draft["facts"]["year_built"]) == ("2026-11-24", "1890")
    assert draft["words"]["en"]["summary"] == "A draft sentence."
    assert marks(siti.app) == (4, 1, 1)
    assert len(chain(siti.app)) == 5
    agrees(siti.app)


def test_still_true_twice_on_one_day_makes_no_revision(sign_in: SignIn, clock: SiteClock) -> None:
    siti = sign_in()
    siti.submit(siti.visit(ITEM), f"{ITEM}/still-true")
    assert len(chain(siti.app)) == 2
    check(siti.submit(siti.visit(ITEM), f"{ITEM}/still-true"), "same")
    assert len(chain(siti.app)) == 2
    clock.move(hours=11)
    check(siti.submit(siti.visit(ITEM), f"{ITEM}/still-true"), "same")
    clock.move(hours=11)
    siti.submit(siti.visit(ITEM), f"{ITEM}/still-true")
    assert newest(siti.app)["facts"]["checked_on"] == "2026-11-25"


def test_still_true_serves_every_kind(sign_in: SignIn, client: SelfCheckingClient) -> None:
    siti = sign_in()
    for item, path in (
        ("events/tour-de-siak", "/en/events/tour-de-siak-cycling-race"),
        ("pages/contact", "/en/contact"),
    ):
        siti.submit(siti.visit(f"/admin/{item}"), f"/admin/{item}/still-true")
        assert "Checked on 24 November 2026" in client.visit(path).text
    agrees(siti.app)


def test_a_conflict_after_an_immediate_deed_still_names_who_wrote_the_draft(sign_in: SignIn) -> None:
    siti, budi, ani = sign_in(), sign_in("Budi"), sign_in("Ani")
    mine = siti.visit(WORDS_EN)
    budi.submit(budi.visit(WORDS_EN), summary="What Budi wrote.")
    ani.submit(ani.visit(ITEM), f"{ITEM}/still-true")
    clash = siti.submit(mine, status=409, summary="What I wrote.")
    assert "Theirs (Budi," in clash.text


def test_a_draft_that_was_never_live_is_not_confirmed(sign_in: SignIn) -> None:
    siti = sign_in()
    with siti.app.app_context():
        begin_writing()
        items.create("notice", "rancangan", {"words": {"id": {"name": "Rancangan"}}}, ACTOR)
        db.session.commit()
    page = siti.visit("/admin/notices/rancangan")
    assert not page.all("form", action="/admin/notices/rancangan/still-true")
    for press in ("end", "still-true"):
        assert siti.post(f"/admin/notices/rancangan/{press}", {"base": "1"}).status_code == 404


@pytest.mark.parametrize("day", ["2026-11-25", "2026-13-01", "soon"])
def test_a_check_in_the_future_or_on_no_day_blocks(sign_in: SignIn, day: str) -> None:
    siti = sign_in()
    siti.submit(siti.visit(FACTS), checked_on=day)
    page = siti.submit(siti.visit(f"{ITEM}/publish"), status=422)
    rule = "checked_ahead" if day == "2026-11-25" else "date"
    assert blockers(page) == {rule: f"{ITEM}/facts#checked_on"}
