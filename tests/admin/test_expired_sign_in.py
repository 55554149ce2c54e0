"""A sign-in that ended while somebody typed: the text waits for its owner, and for nobody else."""

from collections.abc import Callable

import pytest

from tests.admin.desk import FACTS, ITEM, PUBLISH, SIGN_IN, WORDS_EN, chain, contents, field, marks, newest
from tests.client import Page, SelfCheckingClient
from tests.conftest import PASSWORD, SiteClock

SignIn = Callable[..., SelfCheckingClient]
TYPED = 'Half a morning\'s work: <b>&amp;</b> "all" of it.'


def expire(client: SelfCheckingClient) -> None:
    client.http.delete_cookie("pesona")


def enter(client: SelfCheckingClient, asked: Page, name: str = "siti", status: int = 200) -> Page:
    page: Page = client.submit(asked, status=status, email=f"{name}@example.go.id", password=PASSWORD)
    return page


def test_typed_text_comes_back_unsaved_and_is_saved_once(sign_in: SignIn) -> None:
    siti = sign_in()
    page = siti.visit(WORDS_EN)
    expire(siti)
    before = contents(siti.app)
    asked = siti.submit(page, status=401, summary=TYPED, tips="- one\r\n- two")
    assert contents(siti.app) == before
    form = enter(siti, asked)
    assert (field(form, "summary"), field(form, "tips")) == (TYPED, "- one\n- two")
    assert len(chain(siti.app)) == 1
    siti.submit(form)
    assert len(chain(siti.app)) == 2
    words = newest(siti.app)["words"]["en"]
    assert (words["summary"], words["tips"]) == (TYPED, "- one\n- two")


def test_the_text_survives_an_idle_night_and_a_wrong_password(sign_in: SignIn, clock: SiteClock) -> None:
    siti = sign_in()
    page = siti.visit(WORDS_EN)
    clock.move(hours=13)
    asked = siti.submit(page, status=401, summary=TYPED)
    wrong = siti.submit(asked, status=401, email="siti@example.go.id", password="wrong password")
    assert field(enter(siti, wrong), "summary") == TYPED


def test_the_text_survives_too_many_tries(sign_in: SignIn, clock: SiteClock) -> None:
    siti = sign_in()
    page = siti.visit(WORDS_EN)
    expire(siti)
    asked = siti.submit(page, status=401, summary=TYPED)
    for _ in range(10):
        asked = siti.submit(asked, status=401, email="siti@example.go.id", password="wrong password")
    asked = enter(siti, asked, status=429)
    clock.move(minutes=15)
    assert field(enter(siti, asked), "summary") == TYPED


def test_rows_ticks_and_wrong_numbers_come_back_too(sign_in: SignIn) -> None:
    siti = sign_in()
    facts = "/admin/events/tour-de-siak/facts"
    page, places = siti.visit(facts), siti.visit(FACTS)
    expire(siti)
    form = enter(siti, siti.submit(page, status=401, usual_months=["3", "4"]))
    ticked = [e.get("value") for e in form.all("input", name="usual_months") if e.get("checked") is not None]
    assert ticked == ["3", "4"]
    page = siti.visit("/admin/events/tour-de-siak/dates")
    expire(siti)
    form = enter(siti, siti.submit(page, status=401, occurrences__0__note_en=TYPED))
    assert field(form, "occurrences-0-note_en") == TYPED
    expire(siti)
    asked = siti.submit(places, status=401, press="add:prices", latitude="north", architect=TYPED)
    form = enter(siti, asked)
    assert (field(form, "latitude"), field(form, "architect")) == ("north", TYPED)


def test_what_somebody_saved_meanwhile_is_joined_and_not_overwritten(sign_in: SignIn) -> None:
    siti, budi = sign_in(), sign_in("Budi")
    page = siti.visit(WORDS_EN)
    expire(siti)
    asked = siti.submit(page, status=401, summary=TYPED)
    budi.submit(budi.visit(WORDS_EN), tips="Budi's tips.", summary="Budi's summary.")
    siti.submit(enter(siti, asked), status=409)
    assert newest(siti.app)["words"]["en"]["summary"] == "Budi's summary."


def test_the_text_of_a_new_item_and_of_a_reason_come_back_unsent(sign_in: SignIn) -> None:
    siti = sign_in()
    new, withdraw = siti.visit("/admin/events/new"), siti.visit(f"{ITEM}/withdraw/en")
    expire(siti)
    form = enter(siti, siti.submit(new, status=401, name__en=TYPED, category="sport"))
    assert field(form, "name-en") == TYPED
    assert [o.get("value") for o in form.all("option") if o.get("selected") is not None] == ["sport"]
    expire(siti)
    form = enter(siti, siti.submit(withdraw, status=401, reason=TYPED))
    assert field(form, "reason") == TYPED
    assert marks(siti.app) == (1, 1, 1)


def test_choices_at_a_conflict_come_back(sign_in: SignIn) -> None:
    siti, budi = sign_in(), sign_in("Budi")
    page = siti.visit(WORDS_EN)
    budi.submit(budi.visit(WORDS_EN), summary="Budi's summary.")
    conflict = siti.submit(page, status=409, summary="Mine.")
    expire(siti)
    asked = siti.submit(conflict, status=401, choose__summary="combined", combined__summary=TYPED)
    form = enter(siti, asked, status=409)
    assert field(form, "combined-summary") == TYPED
    siti.submit(form)
    assert newest(siti.app)["words"]["en"]["summary"] == TYPED


def test_nobody_else_sees_the_text(sign_in: SignIn) -> None:
    siti, budi = sign_in(), sign_in("Budi")
    page = siti.visit(WORDS_EN)
    expire(siti)
    expire(budi)
    asked = siti.submit(page, status=401, summary=TYPED)
    shown = enter(siti, asked, "budi", 303)
    assert [e for e in shown.tree.iter() if e.get("data-check") == "dropped"]
    assert "Half a morning" not in shown.answer.text
    assert "Half a morning" not in siti.visit(WORDS_EN).answer.text
    assert len(chain(siti.app)) == 1


@pytest.mark.parametrize("owner", ["", "1", "IjEi.forged", "1.PKW3d"])
def test_a_forged_owner_brings_nothing_into_a_form(sign_in: SignIn, owner: str) -> None:
    siti = sign_in()
    expire(siti)
    data = {"email": "siti@example.go.id", "password": PASSWORD, "next": WORDS_EN}
    answer = siti.post(SIGN_IN, {**data, "typed-owner": owner, "typed-base": "1", "typed-summary": TYPED})
    assert answer.status_code == 303
    assert "Half a morning" not in siti.get(answer.headers["Location"]).text


def test_a_foreign_page_gets_nothing_back_and_stores_nothing(sign_in: SignIn) -> None:
    siti = sign_in()
    before = contents(siti.app)
    for signed_in in (True, False):
        data = {"base": "1", "owner": "x", "summary": TYPED, "action": "save"}
        answer = siti.post(WORDS_EN, data, Origin="https://evil.example")
        siti.audit(WORDS_EN, answer, 403)
        assert "Half a morning" not in answer.text, signed_in
        expire(siti)
    assert contents(siti.app) == before


def test_text_too_long_to_wait_can_be_copied(sign_in: SignIn) -> None:
    siti = sign_in()
    page = siti.visit(WORDS_EN)
    expire(siti)
    long = "x" * (256 * 1024 + 1)
    asked = siti.submit(page, status=401, body=long)
    boxes = [t for t in asked.all("textarea") if t.get("readonly") is not None]
    assert len(boxes) == 1
    assert long in (boxes[0].text or "")
    assert enter(siti, asked, status=303).path == WORDS_EN


def test_passwords_never_ride_along(sign_in: SignIn) -> None:
    siti = sign_in()
    expire(siti)
    data = {"action": "password", "old": PASSWORD, "new": "a secret new password"}
    asked = siti.audit("/admin/account", siti.post("/admin/account", data), 401)
    assert PASSWORD not in asked.answer.text
    assert "a secret new password" not in asked.answer.text
    assert enter(siti, asked, status=303).path == "/admin/account"


def test_a_deed_is_never_done_by_signing_in(sign_in: SignIn) -> None:
    siti = sign_in()
    siti.submit(siti.visit(WORDS_EN), summary="A draft.")
    publish = siti.visit(PUBLISH)
    expire(siti)
    page = enter(siti, siti.submit(publish, status=401, press="schedule", day="2026-12-05", time="08:00"))
    assert (field(page, "day"), field(page, "time")) == ("2026-12-05", "08:00")
    assert marks(siti.app) == (1, 1, 1)
    siti.submit(page, PUBLISH, day="", time="")
    assert marks(siti.app) == (1, 1, 2)
