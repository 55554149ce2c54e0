"""Typed text is never lost: scratch rows, who else is in a form, the banner, and a text put aside at a conflict."""

from collections.abc import Callable
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from flask import Flask
from sqlalchemy import event, select, text

from pesona.db import db
from pesona.models.scratch import Scratch
from tests.admin.desk import (
    EN,
    FACTS,
    ITEM,
    PUBLISH,
    WORDS_EN,
    WORDS_ID,
    chain,
    contents,
    field,
    newest,
)
from tests.admin.test_expired_sign_in import enter, expire
from tests.client import Page, SelfCheckingClient, form_data, words_of
from tests.conftest import SiteClock

SignIn = Callable[..., SelfCheckingClient]
KEEP = "/admin/scratch"
NEW = "/admin/destinations/new"
FORM_EN = "destination/istana-siak-sri-indrapura/en"
TYPED = "Half a morning's work about a zyxomma dragonfly."


def check(page: Page, name: str) -> list[Element]:
    return [e for e in page.tree.iter() if e.get("data-check") == name]


def rows(app: Flask) -> list[Scratch]:
    with app.app_context():
        return list(db.session.scalars(select(Scratch).order_by(Scratch.account_id, Scratch.form)))


def edit_form(page: Page) -> Element:
    return next(f for f in page.one("main").iter("form") if f.get("data-scratch"))


def send(client: SelfCheckingClient, page: Page, **typed: str) -> Any:
    """Send what is typed into the form of *page*, as the script of the desk does."""
    form = edit_form(page)
    kept = [pair for pair in form_data(form) if pair[0] not in ("action", *typed)]
    data = [*kept, *typed.items(), ("form", form.get("data-scratch") or ""), ("action", "keep")]
    return client.post(KEEP, data)


def use(client: SelfCheckingClient, page: Page) -> Page:
    """Follow *use it* in the banner of *page*."""
    return client.visit(f"{page.path.split('?')[0]}?scratch=use")


def test_a_form_that_opens_makes_its_row_and_a_save_takes_it_away(sign_in: SignIn) -> None:
    siti = sign_in()
    page = siti.visit(WORDS_EN)
    assert [(row.form, row.fields) for row in rows(siti.app)] == [(FORM_EN, [])]
    siti.submit(page, summary=TYPED)
    assert rows(siti.app) == []
    siti.submit(siti.visit(NEW), name__en="Zyxomma Pond", category="nature")
    assert rows(siti.app) == []


def test_kept_text_waits_in_a_banner_and_is_no_revision(sign_in: SignIn) -> None:
    """E-15 without JavaScript: difference, use and drop are plain HTML."""
    siti = sign_in()
    answer = send(siti, siti.visit(WORDS_EN), summary=TYPED)
    assert (answer.status_code, answer.json) == (200, {"kept": "Kept 10:00 am", "ends_in": 12 * 3600})
    again = siti.visit(WORDS_EN)
    [banner] = check(again, "unsaved")
    assert TYPED in words_of(banner)
    assert newest(siti.app)["words"]["en"]["summary"] in words_of(banner)
    assert TYPED not in field(again, "summary")
    assert field(use(siti, again), "summary") == TYPED
    assert len(chain(siti.app)) == 1
    siti.submit(use(siti, again))
    assert newest(siti.app)["words"]["en"]["summary"] == TYPED
    assert len(chain(siti.app)) == 2
    assert rows(siti.app) == []


def test_dropped_text_is_gone(sign_in: SignIn) -> None:
    siti = sign_in()
    send(siti, siti.visit(WORDS_EN), summary=TYPED)
    form = siti.visit(WORDS_EN)
    left = siti.submit(form, KEEP, press="drop")
    assert check(left, "scratch_dropped")
    assert not check(left, "unsaved")
    assert TYPED not in left.answer.text
    assert TYPED not in siti.visit(f"{WORDS_EN}?scratch=use").answer.text


def test_text_of_a_new_item_waits_too(sign_in: SignIn) -> None:
    siti = sign_in()
    send(siti, siti.visit(NEW), **{"name-en": "Zyxomma Pond", "category": "nature"})
    form = siti.visit(NEW)
    assert "Zyxomma Pond" in words_of(check(form, "unsaved")[0])
    used = use(siti, form)
    assert field(used, "name-en") == "Zyxomma Pond"
    siti.submit(used)
    assert newest(siti.app, "zyxomma-pond")["words"]["en"]["name"] == "Zyxomma Pond"
    assert not check(siti.visit(NEW), "unsaved")


def test_text_on_an_older_base_goes_through_merge_and_conflict(sign_in: SignIn) -> None:
    """4.5: using it on an older base goes through 4.4."""
    siti, budi = sign_in(), sign_in("Budi")
    send(siti, siti.visit(WORDS_EN), summary=TYPED)
    budi.submit(budi.visit(WORDS_EN), tips="Budi's tips.")
    merged = siti.submit(use(siti, siti.visit(WORDS_EN)))
    assert check(merged, "merged")
    words = newest(siti.app)["words"]["en"]
    assert (words["summary"], words["tips"]) == (TYPED, "Budi's tips.")
    send(siti, siti.visit(WORDS_EN), summary="Mine again.")
    budi.submit(budi.visit(WORDS_EN), summary="Budi's summary.")
    siti.submit(use(siti, siti.visit(WORDS_EN)), status=409)


def test_text_that_says_nothing_new_makes_no_banner(sign_in: SignIn) -> None:
    siti, budi = sign_in(), sign_in("Budi")
    send(siti, siti.visit(WORDS_EN))
    assert not check(siti.visit(WORDS_EN), "unsaved")
    send(siti, siti.visit(WORDS_EN), summary=TYPED)
    budi.submit(budi.visit(WORDS_EN), summary=TYPED)
    assert not check(siti.visit(WORDS_EN), "unsaved")


def test_a_second_opening_wipes_out_nothing(sign_in: SignIn) -> None:
    """One row an account and form, and yet the text of two tabs is kept."""
    siti = sign_in()
    one, two = siti.visit(WORDS_EN), siti.visit(WORDS_EN)
    send(siti, one, summary="The first tab.")
    send(siti, two, summary="The second tab.")
    send(siti, two, summary="The second tab, more of it.")
    form = siti.visit(WORDS_EN)
    assert "The second tab, more of it." in words_of(check(form, "unsaved")[0])
    left = siti.submit(form, KEEP, press="drop")
    assert "The first tab." in words_of(check(left, "unsaved")[0])
    send(siti, two, summary="The second tab.")
    siti.submit(two, summary="The second tab.")
    assert "The first tab." in words_of(check(siti.visit(WORDS_EN), "unsaved")[0])


def test_one_account_in_two_tabs_merges(sign_in: SignIn) -> None:
    """E-04, the same for one account in two tabs."""
    siti = sign_in()
    one, two = siti.visit(FACTS), siti.visit(FACTS)
    siti.submit(one, prices__0__amount_idr="12000")
    merged = siti.submit(two, architect="Somebody")
    assert check(merged, "merged")
    assert "Siti" in words_of(check(merged, "merged")[0])
    facts = newest(siti.app)["facts"]
    assert (facts["prices"][0]["amount_idr"], facts["architect"]) == (12000, "Somebody")
    assert chain(siti.app)[0].origin == "merge"


def test_two_people_at_two_facts_both_stay(sign_in: SignIn) -> None:
    """E-04: B changes the price, A another field."""
    a, b = sign_in("Ani"), sign_in("Budi")
    mine = a.visit(FACTS)
    b.submit(b.visit(FACTS), prices__0__amount_idr="12000")
    merged = a.submit(mine, architect="Somebody", aliases="Istana Matahari Timur\nIstana A")
    [said] = check(merged, "merged")
    assert "Budi" in words_of(said)
    assert chain(a.app)[0].origin == "merge"


def test_both_languages_at_once_do_not_clash(sign_in: SignIn) -> None:
    """E-07."""
    a, b = sign_in("Ani"), sign_in("Budi")
    mine, theirs = a.visit(WORDS_ID), b.visit(WORDS_EN)
    a.submit(mine, summary="Ringkasan.")
    b.submit(theirs, summary="A summary.")
    words = newest(a.app)["words"]
    assert (words["id"]["summary"], words["en"]["summary"]) == ("Ringkasan.", "A summary.")


def test_others_see_one_sentence_until_the_save(sign_in: SignIn, clock: SiteClock) -> None:
    """E-09."""
    a, b = sign_in("Ani"), sign_in("Budi")
    mine = a.visit(WORDS_EN)
    assert not check(mine, "presence")
    clock.move(minutes=12)
    theirs = b.visit(WORDS_EN)
    assert [words_of(e) for e in check(theirs, "presence")] == [
        "Ani opened this form 12 minutes ago and has not saved."
    ]
    assert not check(b.visit(WORDS_ID), "presence")
    b.submit(theirs, tips="Budi's tips.")
    a.submit(mine, summary=TYPED)
    assert not check(b.visit(WORDS_EN), "presence")


def test_nobody_is_present_after_two_hours(sign_in: SignIn, clock: SiteClock) -> None:
    a, b = sign_in("Ani"), sign_in("Budi")
    a.visit(WORDS_EN)
    clock.move(minutes=119)
    assert check(b.visit(WORDS_EN), "presence")
    clock.move(minutes=2)
    assert not check(b.visit(WORDS_EN), "presence")


def test_a_conflict_keeps_mine_before_it_is_shown_and_can_put_it_aside(sign_in: SignIn) -> None:
    """E-05, E-06 and *keep mine as scratch*."""
    a, b = sign_in("Ani"), sign_in("Budi")
    mine = a.visit(WORDS_EN)
    b.submit(b.visit(WORDS_EN), summary="Budi's summary.")
    conflict = a.submit(mine, status=409, summary=TYPED)
    assert [TYPED in str(row.fields) for row in rows(a.app) if row.fields] == [True]
    b.submit(b.visit(WORDS_EN), summary="Budi's second summary.")
    conflict = a.submit(conflict, status=409, choose__summary="combined", combined__summary=f"{TYPED} And more.")
    assert field(conflict, "combined-summary") == f"{TYPED} And more."
    [chosen] = [r for r in conflict.all("input", name="choose-summary") if r.get("checked") is not None]
    assert chosen.get("value") == "combined"
    shown = a.submit(conflict, press="scratch")
    assert check(shown, "put_aside")
    assert newest(a.app)["words"]["en"]["summary"] == "Budi's second summary."
    form = a.visit(WORDS_EN)
    assert f"{TYPED} And more." in words_of(check(form, "unsaved")[0])
    a.submit(a.submit(use(a, form), status=409), choose__summary="mine")
    assert newest(a.app)["words"]["en"]["summary"] == f"{TYPED} And more."
    assert not check(a.visit(WORDS_EN), "unsaved")


def test_text_from_before_the_sign_in_is_kept(sign_in: SignIn) -> None:
    """E-11: the text that comes back is a scratch row, and no revision."""
    siti = sign_in()
    page = siti.visit(WORDS_EN)
    expire(siti)
    form = enter(siti, siti.submit(page, status=401, summary=TYPED))
    assert field(form, "summary") == TYPED
    assert TYPED in words_of(check(siti.visit(WORDS_EN), "unsaved")[0])
    assert len(chain(siti.app)) == 1
    siti.submit(form)
    assert len(chain(siti.app)) == 2
    assert rows(siti.app) == []


def test_text_of_another_account_is_not_kept(sign_in: SignIn) -> None:
    """E-13 for scratch rows: whoever signs in instead gets no row with the text."""
    siti, budi = sign_in(), sign_in("Budi")
    page = siti.visit(WORDS_EN)
    assert send(budi, page, summary=TYPED).status_code == 409
    expire(siti)
    enter(siti, siti.submit(page, status=401, summary=TYPED), "budi", 303)
    assert not [row for row in rows(siti.app) if row.fields]


@pytest.mark.parametrize(("extra", "shown"), [(0, False), (1, True)])
def test_more_than_256_kb_is_shown_to_copy(sign_in: SignIn, extra: int, shown: bool) -> None:
    """E-12: exactly 256 KB ride along, one byte more is shown read-only."""
    siti = sign_in()
    page = siti.visit(WORDS_EN)
    data = [pair for pair in form_data(edit_form(page)) if pair[0] != "body"]
    used = sum(len(name) + len(value) for name, value in data) + len("body")
    body = "x" * (256 * 1024 - used + extra)
    expire(siti)
    asked = siti.audit(WORDS_EN, siti.post(WORDS_EN, [*data, ("body", body)]), 401)
    boxes = [e for e in asked.all("textarea") if e.get("readonly") is not None]
    assert [body in (box.text or "") for box in boxes] == [True] * shown
    assert len(asked.all("input", name="typed-body")) == (not shown)


@pytest.mark.parametrize("name", ["", "destination", "castle/new", "destination/new/en", f"{FORM_EN}/x", "event/x/en",
                                  "destination/istana-siak-sri-indrapura/fr", "destination/../en"])  # fmt: skip
def test_a_form_that_is_not_there_keeps_nothing(sign_in: SignIn, name: str) -> None:
    siti = sign_in()
    owner = field(siti.visit(WORDS_EN), "owner")
    before = contents(siti.app)
    assert siti.post(KEEP, {"form": name, "owner": owner, "base": "1", "summary": TYPED}).status_code in (400, 404)
    assert contents(siti.app) == before


def test_too_long_and_foreign_and_signed_out_keep_nothing(sign_in: SignIn) -> None:
    """E-14: a foreign origin stores nothing and is told nothing."""
    siti = sign_in()
    page = siti.visit(WORDS_EN)
    before = contents(siti.app)
    data = {"form": FORM_EN, "owner": field(page, "owner"), "base": "1", "summary": TYPED}
    foreign = siti.http.post(KEEP, data=data, headers={"Origin": "https://evil.example"})
    assert (foreign.status_code, "zyxomma" in foreign.text) == (403, False)
    assert send(siti, page, body="x" * (256 * 1024)).status_code == 413
    expire(siti)
    assert send(siti, page, summary=TYPED).status_code == 401
    assert contents(siti.app) == before


def test_nobody_else_and_no_page_shows_scratch_text(sign_in: SignIn, client: SelfCheckingClient) -> None:
    """E-17."""
    siti, budi = sign_in(), sign_in("Budi", role="administrator")
    public = client.get(EN).data
    send(siti, siti.visit(WORDS_EN), summary=TYPED)
    assert client.get(EN).data == public
    assert client.get("/api/v1/search?q=zyxomma&locale=en").json["results"] == []
    for path in (WORDS_EN, WORDS_ID, FACTS, ITEM, PUBLISH, f"{WORDS_EN}?scratch=use", "/admin", "/admin/destinations"):
        assert "zyxomma" not in budi.visit(path).answer.text, path
    for path in (ITEM, PUBLISH):
        assert "zyxomma" not in siti.visit(path).answer.text, path


def test_a_form_opens_while_another_writes(sign_in: SignIn) -> None:
    """A database that is locked stops no form; the row is made when it is free again."""
    siti = sign_in()
    with siti.app.app_context(), db.engine.connect().execution_options(writing=True) as other:
        other.execute(text("SELECT 1"))
        siti.visit(WORDS_EN)
        siti.visit(NEW)
        other.rollback()
    assert rows(siti.app) == []
    siti.submit(siti.visit(WORDS_EN), summary=TYPED)
    assert newest(siti.app)["words"]["en"]["summary"] == TYPED


def test_a_form_opens_where_nothing_can_be_written(sign_in: SignIn) -> None:
    siti = sign_in()
    with siti.app.app_context():
        engine = db.engine

    def refuse(connection: Any, _record: object, _proxy: object) -> None:
        connection.execute("PRAGMA query_only=ON").close()

    event.listen(engine, "checkout", refuse)
    assert field(siti.visit(WORDS_EN), "summary")
    event.remove(engine, "checkout", refuse)
    with siti.app.app_context():
        db.engine.dispose()
    assert rows(siti.app) == []


def test_a_text_area_is_as_high_as_its_text(sign_in: SignIn) -> None:
    siti = sign_in()
    page = siti.visit(WORDS_EN)
    heights = {e.get("name"): int(e.get("rows", "0")) for e in page.all("textarea")}
    assert heights["body"] > heights["summary"] > 1
    siti.submit(page, tips="\n".join("abcdefgh"), body="x")
    heights = {e.get("name"): int(e.get("rows", "0")) for e in siti.visit(WORDS_EN).all("textarea")}
    assert heights["tips"] == 9
