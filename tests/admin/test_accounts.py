"""Accounts: invited by a link that works once, changed, let go; one administrator always remains."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import text

from pesona.db import db
from pesona.editing import accounts, sign_ins, territory
from pesona.models.account import Account
from tests.admin.desk import (
    FACTS,
    ITEM,
    PUBLISH,
    SIGN_IN,
    WORDS_EN,
    chain,
    deeds,
    field,
    newest,
    turn_on_codes,
    wrong_fields,
)
from tests.client import Page, SelfCheckingClient
from tests.conftest import PASSWORD, SiteClock

SignIn = Callable[..., SelfCheckingClient]
MakeAccount = Callable[..., str]
ACCOUNTS, ACCOUNT = "/admin/accounts", "/admin/account"
NEW_PASSWORD = "perahu hilir mudik tiap petang"
SIAK, SIAK_VILLAGE, DAYUN = "14.08.01", "14.08.01.1001", "14.08.04"


@pytest.fixture
def admin(sign_in: SignIn) -> SelfCheckingClient:
    """Ani, the only administrator, with codes at sign-in."""
    ani = sign_in("Ani", role="administrator")
    turn_on_codes(ani.app, "ani@example.go.id")
    return ani


def number_of(app: Flask, name: str) -> int:
    with app.app_context():
        account = accounts.find(f"{name.lower()}@example.go.id")
        assert account
        return account.id


def address(app: Flask, name: str) -> str:
    return f"{ACCOUNTS}/{number_of(app, name)}"


def link_on(page: Page) -> str:
    return page.one("input", id="link").get("value", "").removeprefix("http://127.0.0.1:8000")


def invite(admin: SelfCheckingClient, name: str = "Wati", **more: object) -> str:
    """Invite *name* and return the path of the link."""
    fields = {"name": name, "email": f"{name.lower()}@example.go.id", "role": "editor", **more}
    return link_on(admin.submit(admin.visit(ACCOUNTS), ACCOUNTS, status=200, **fields))


def act(admin: SelfCheckingClient, whom: str, action: str, status: int = 303, **more: object) -> Page:
    path = address(admin.app, whom)
    answer = admin.post(path, {"action": action, **more})
    return admin.visit(answer.headers["Location"]) if status == 303 else admin.audit(path, answer, status)


def why(page: Page) -> str:
    return next(e.get("data-check", "") for e in page.one("main").iter() if e.get("data-check"))


def is_in(client: SelfCheckingClient) -> bool:
    return {200: True, 401: False}[client.get("/admin").status_code]


def new_deeds(app: Flask, *without: str) -> list[tuple[str, str]]:
    return [(row.deed, row.sentence) for row in deeds(app) if row.deed not in ("sign_in", *without)]


def test_an_invited_person_sets_a_password_and_signs_in(admin: SelfCheckingClient, client: SelfCheckingClient) -> None:
    link = invite(admin)
    page = client.visit(link)
    assert "Wati" in page.text
    assert wrong_fields(client.submit(page, status=422, new="short")) == ["new"]
    assert wrong_fields(client.submit(page, status=422, new="pesonasiak2026")) == ["new"]
    assert client.submit(page, new=NEW_PASSWORD).path.startswith(SIGN_IN)
    assert client.get("/admin").status_code == 401
    client.sign_in("wati@example.go.id", NEW_PASSWORD)
    assert new_deeds(admin.app) == [("invite", "wati@example.go.id"), ("invitation_used", "wati@example.go.id")]


def test_an_invited_person_cannot_sign_in_before(admin: SelfCheckingClient, client: SelfCheckingClient) -> None:
    invite(admin)
    for password in ("", "no account has this password"):
        assert client.post(SIGN_IN, {"email": "wati@example.go.id", "password": password}).status_code == 401


def test_a_dead_link_says_why_and_what_to_do(
    admin: SelfCheckingClient, client: SelfCheckingClient, clock: SiteClock
) -> None:
    """E-65: second use, 73 h, superseded; and a link that never was."""
    used, superseded, expired = invite(admin), invite(admin, "Yuni"), invite(admin, "Joko")
    client.submit(client.visit(used), new=NEW_PASSWORD)
    page = admin.visit(address(admin.app, "Yuni"))
    data = {"action": "link"}
    newer = link_on(admin.audit(page.path, admin.post(page.path, data), 200))
    assert why(client.visit(used, 410)) == "used"
    assert why(client.visit(superseded, 410)) == "superseded"
    assert why(client.visit("/admin/password/never-was", 404)) == "unknown"
    clock.move(hours=71)
    client.visit(newer)
    client.visit(expired)
    clock.move(hours=2)
    assert why(client.visit(expired, 410)) == "expired"
    for link, reason in ((used, "used"), (superseded, "superseded"), (expired, "expired")):
        answer = client.audit(link, client.post(link, {"new": "embun di daun nipah"}), 410)
        assert why(answer) == reason
    client.sign_in("wati@example.go.id", NEW_PASSWORD)


def test_the_link_is_shown_once_and_stored_as_a_hash(admin: SelfCheckingClient) -> None:
    link = invite(admin)
    token = link.rsplit("/", 1)[1]
    assert len(token) >= 43
    with admin.app.app_context():
        stored = db.session.execute(text("SELECT token_hash FROM password_link")).scalar_one()
        logged = str(db.session.execute(text("SELECT * FROM log_entry")).all())
    assert re.fullmatch("[0-9a-f]{64}", stored)
    assert token not in logged
    assert token not in admin.visit(address(admin.app, "Wati")).answer.text


def test_a_reset_link_ends_the_sign_ins_and_counts_an_hour(
    admin: SelfCheckingClient, sign_in: SignIn, client: SelfCheckingClient, clock: SiteClock
) -> None:
    """E-65: a reset ends the other sign-ins."""
    budi = sign_in("Budi")
    first = link_on(act(admin, "Budi", "link", 200))
    assert not is_in(budi)
    clock.move(minutes=59)
    client.visit(first)
    clock.move(minutes=1)
    assert why(client.visit(first, 410)) == "expired"
    second = link_on(act(admin, "Budi", "link", 200))
    budi.sign_in("budi@example.go.id", PASSWORD)
    client.submit(client.visit(second), new=NEW_PASSWORD)
    assert not is_in(budi)
    budi.sign_in("budi@example.go.id", NEW_PASSWORD)
    assert new_deeds(admin.app) == [
        ("reset_link", "budi@example.go.id"), ("reset_link", "budi@example.go.id"), ("reset_used", "budi@example.go.id")
    ]  # fmt: skip


def test_a_change_of_password_ends_a_waiting_link(admin: SelfCheckingClient, make_account: MakeAccount) -> None:
    make_account("Budi")
    link = link_on(act(admin, "Budi", "link", 200))
    budi = SelfCheckingClient(admin.app)
    budi.sign_in("budi@example.go.id", PASSWORD)
    budi.post(ACCOUNT, {"action": "password", "old": PASSWORD, "new": NEW_PASSWORD})
    assert why(budi.visit(link, 410)) == "superseded"


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [({"name": " "}, ["name"]), ({"email": "wati"}, ["email"]), ({"email": "Ani@Example.go.id"}, ["email"]),
     ({"name": "", "email": ""}, ["name", "email"])],
)  # fmt: skip
def test_a_wrong_invitation_keeps_what_was_typed(
    admin: SelfCheckingClient, fields: dict[str, str], wrong: list[str]
) -> None:
    typed = {"name": "Wati", "email": "wati@example.go.id", "role": "contributor", "areas": [SIAK_VILLAGE], **fields}
    page = admin.visit(ACCOUNTS)
    answer = admin.audit(ACCOUNTS, admin.post(ACCOUNTS, {**typed, "action": "invite"}), 422)
    assert wrong_fields(answer) == wrong
    assert field(answer, "email") == typed["email"]
    assert len(page.all("input", name="areas")) >= 145
    ticked = [e.get("value") for e in answer.all("input", name="areas") if e.get("checked") is not None]
    assert ticked == [SIAK_VILLAGE]
    assert not new_deeds(admin.app)


def test_an_invitation_typed_while_signed_out_comes_back(admin: SelfCheckingClient) -> None:
    with admin.app.app_context():
        db.session.execute(text("UPDATE account SET totp_secret = NULL"))
        db.session.commit()
    turn_on_codes(admin.app, "ani@example.go.id")
    page = admin.visit(ACCOUNTS)
    admin.http.delete_cookie("pesona")
    asked = admin.submit(page, ACCOUNTS, status=401, name="Wati", email="wati@example.go.id")
    with admin.app.app_context():
        db.session.execute(text("UPDATE account SET totp_secret = NULL"))
        db.session.commit()
    # Without codes she may not invite any more: the text waits no longer, and nobody was invited.
    admin.submit(asked, status=303, email="ani@example.go.id", password=PASSWORD)
    assert not new_deeds(admin.app)


def test_an_administrator_without_codes_publishes_and_is_led_to_codes(sign_in: SignIn) -> None:
    """E-66: accounts ask for codes first; publishing does not."""
    ani = sign_in("Ani", role="administrator")
    ani.submit(ani.visit(WORDS_EN), summary="A new summary.")
    ani.submit(ani.visit(PUBLISH))
    refused = ani.visit(ACCOUNTS, 403)
    assert why(refused) == "codes-first"
    assert "/admin/account/codes" in refused.links()
    data = {"action": "invite", "name": "Wati", "email": "wati@example.go.id", "role": "editor"}
    assert why(ani.audit(ACCOUNTS, ani.post(ACCOUNTS, data), 403)) == "codes-first"
    assert new_deeds(ani.app, "save", "publish") == [("refused", "accounts")]
    turn_on_codes(ani.app, "ani@example.go.id")
    ani.visit(ACCOUNTS)


def test_the_last_administrator_stays(admin: SelfCheckingClient, make_account: MakeAccount) -> None:
    """E-66: the last one cannot be deactivated, lose the role or reset their own codes."""
    invite(admin, role="administrator")
    assert wrong_fields(act(admin, "Ani", "deactivate", 422)) == ["active"]
    assert wrong_fields(act(admin, "Ani", "save", 422, name="Ani", role="editor")) == ["role"]
    act(admin, "Ani", "reset_totp", 403, password=PASSWORD)
    admin.visit(ACCOUNTS)
    make_account("Dedi", "administrator")
    act(admin, "Dedi", "deactivate")
    assert wrong_fields(act(admin, "Ani", "deactivate", 422)) == ["active"]
    act(admin, "Dedi", "reactivate")
    answer = admin.post(address(admin.app, "Ani"), {"action": "save", "name": "Ani", "role": "editor"})
    assert answer.status_code == 303
    admin.visit(ACCOUNTS, 403)


def test_codes_of_another_are_taken_away_with_ones_own_password(
    admin: SelfCheckingClient, sign_in: SignIn, clock: SiteClock
) -> None:
    budi = sign_in("Budi")
    turn_on_codes(admin.app, "budi@example.go.id")
    assert wrong_fields(act(admin, "Budi", "reset_totp", 422, password="wrong password")) == ["password"]
    assert is_in(budi)
    act(admin, "Budi", "reset_totp", password=PASSWORD)
    assert not is_in(budi)
    budi.sign_in("budi@example.go.id", PASSWORD)
    assert new_deeds(admin.app) == [("codes_reset", "budi@example.go.id")]
    turn_on_codes(admin.app, "budi@example.go.id")
    for _ in range(10):
        act(admin, "Budi", "reset_totp", 422, password="wrong password")
    act(admin, "Budi", "reset_totp", 429, password=PASSWORD)
    clock.move(minutes=15)
    act(admin, "Budi", "reset_totp", password=PASSWORD)


def test_nobody_makes_a_link_for_themselves(admin: SelfCheckingClient) -> None:
    act(admin, "Ani", "link", 403)
    assert is_in(admin)


def test_a_deactivated_person_is_out_and_comes_back(admin: SelfCheckingClient, sign_in: SignIn) -> None:
    budi = sign_in("Budi")
    link = link_on(act(admin, "Budi", "link", 200))
    budi.sign_in("budi@example.go.id", PASSWORD)
    act(admin, "Budi", "deactivate")
    assert not is_in(budi)
    assert budi.post(SIGN_IN, {"email": "budi@example.go.id", "password": PASSWORD}).status_code == 401
    assert why(budi.visit(link, 410)) == "superseded"
    act(admin, "Budi", "reactivate")
    budi.sign_in("budi@example.go.id", PASSWORD)
    assert new_deeds(admin.app, "reset_link", "sign_in_failed") == [
        ("account_deactivate", "budi@example.go.id"), ("account_reactivate", "budi@example.go.id")
    ]  # fmt: skip


def test_a_changed_account_keeps_old_and_new_in_the_log(admin: SelfCheckingClient, sign_in: SignIn) -> None:
    """E-63 for role and territory."""
    rini = sign_in("Rini", role="editor")
    given = {"name": "Rini", "role": "contributor", "areas": [SIAK, DAYUN, "14.99"]}
    assert why(act(admin, "Rini", "save", **given)) == "account_saved"
    page = act(admin, "Rini", "save", **given)
    assert why(page) == "same"
    ticked = [e.get("value") for e in page.all("input", name="areas") if e.get("checked") is not None]
    assert sorted(str(one) for one in ticked) == [SIAK, DAYUN]
    logged = [row for row in deeds(admin.app) if row.deed == "account_change"]
    assert len(logged) == 1
    assert logged[0].account_id == number_of(admin.app, "Ani")
    assert logged[0].details == {
        "old": {"role": "editor", "areas": []},
        "new": {"role": "contributor", "areas": [SIAK, DAYUN]},
    }
    rini.visit(PUBLISH, 403)


@pytest.mark.parametrize("action", ["", "remove", "save:1"])
def test_an_unknown_action_is_a_broken_request(admin: SelfCheckingClient, action: str) -> None:
    assert admin.post(address(admin.app, "Ani"), {"action": action}).status_code == 400
    assert admin.post(ACCOUNT, {"action": action}).status_code == 400


@pytest.mark.parametrize("role", ["contributor", "editor"])
def test_nobody_else_keeps_accounts(sign_in: SignIn, make_account: MakeAccount, role: str) -> None:
    siti = sign_in(role=role)
    make_account("Ani", "administrator")
    turn_on_codes(siti.app, "siti@example.go.id")
    for action in ("save", "deactivate", "link", "reset_totp"):
        act(siti, "Ani", action, 403, role="editor", name="X", password=PASSWORD)
    siti.audit(ACCOUNTS, siti.post(ACCOUNTS, {"name": "X", "email": "x@example.go.id", "role": "administrator"}), 403)
    with siti.app.app_context():
        assert db.session.query(Account).count() == 2


def limit(app: Flask, name: str, *areas: str) -> None:
    with app.app_context():
        account = accounts.find(f"{name.lower()}@example.go.id")
        assert account
        territory.set_areas(account, areas)
        db.session.commit()


@pytest.mark.parametrize(("areas", "may"), [([SIAK], True), ([DAYUN], False), ([SIAK, DAYUN], True), ([], True)])
def test_a_contributor_saves_inside_the_territory_only(sign_in: SignIn, areas: list[str], may: bool) -> None:
    rini = sign_in("Rini", role="contributor")
    assert newest(rini.app)["facts"]["district"] == SIAK
    limit(rini.app, "Rini", *areas)
    shown = rini.visit(ITEM)
    assert (FACTS in shown.links()) == may
    rini.visit(FACTS, 200 if may else 403)
    page = rini.post(WORDS_EN, {"base": "1", "action": "save", "name": "X", "summary": "Rini's words."})
    assert page.status_code == (303 if may else 403)
    assert len(chain(rini.app)) == (2 if may else 1)


def test_what_is_posted_must_stay_inside_too(sign_in: SignIn) -> None:
    rini = sign_in("Rini", role="contributor")
    limit(rini.app, "Rini", SIAK)
    page = rini.visit(FACTS)
    rini.submit(page, status=403, district=DAYUN, village="")
    assert len(chain(rini.app)) == 1
    assert new_deeds(rini.app) == [("refused", "edit")]
    rini.submit(page, architect="Somebody")


def test_what_has_no_district_yet_is_for_its_maker(sign_in: SignIn) -> None:
    rini = sign_in("Rini", role="contributor")
    limit(rini.app, "Rini", SIAK)
    made = rini.submit(rini.visit("/admin/destinations/new"), name__id="Tempat baru", category="nature")
    rini.submit(rini.visit(f"{made.path.split('?')[0]}/facts"), district=SIAK)
    rini.visit("/admin/pages/about-siak/words/id", 403)


def test_ones_own_sign_ins_are_listed_and_can_be_ended(sign_in: SignIn) -> None:
    here = sign_in("Siti")
    there = SelfCheckingClient(here.app)
    agent = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
    there.http.environ_base["HTTP_USER_AGENT"] = agent
    there.sign_in("siti@example.go.id", PASSWORD)
    budi = sign_in("Budi")
    page = here.visit(ACCOUNT)
    assert "Firefox, Linux" in page.text
    ends = [b.get("value", "") for b in page.all("button") if (b.get("value") or "").startswith("end:")]
    assert len(ends) == 1
    with here.app.app_context():
        account = accounts.find("budi@example.go.id")
        assert account
        of_budi = sign_ins.of(account)[0].mark
    here.post(ACCOUNT, {"action": f"end:{of_budi}"})
    assert (is_in(here), is_in(there), is_in(budi)) == (True, True, True)
    here.post(ACCOUNT, {"action": ends[0]})
    assert (is_in(here), is_in(there), is_in(budi)) == (True, False, True)
    there.sign_in("siti@example.go.id", PASSWORD)
    here.post(ACCOUNT, {"action": "end_others"})
    assert (is_in(here), is_in(there), is_in(budi)) == (True, False, True)
    assert [deed for deed, _ in new_deeds(here.app)] == ["sign_in_end", "sign_in_end_others"]


def test_signing_in_again_here_leaves_one_sign_in(sign_in: SignIn) -> None:
    siti = sign_in()
    siti.sign_in("siti@example.go.id", PASSWORD)
    with siti.app.app_context():
        assert db.session.execute(text("SELECT count(*) FROM sign_in")).scalar_one() == 1


def test_ones_own_name_and_language_are_changed_and_logged(sign_in: SignIn) -> None:
    siti = sign_in()
    siti.post(ACCOUNT, {"action": "name", "name": "  Siti  Aminah "})
    siti.post(ACCOUNT, {"action": "language", "locale": "id"})
    page = siti.audit(ACCOUNT, siti.post(ACCOUNT, {"action": "name", "name": " "}), 422)
    assert wrong_fields(page) == ["name"]
    assert "Siti Aminah" in siti.visit(ACCOUNT).text
    assert [(row.deed, row.details) for row in deeds(siti.app) if row.deed.startswith("own_")] == [
        ("own_name", {"old": "Siti", "new": "Siti Aminah"}),
        ("own_language", {"old": "en", "new": "id"}),
    ]


def test_ten_wrong_own_passwords_wait(sign_in: SignIn, clock: SiteClock) -> None:
    siti = sign_in()
    data = {"action": "password", "old": "wrong password", "new": NEW_PASSWORD}
    for _ in range(10):
        assert siti.post(ACCOUNT, data).status_code == 422
    assert siti.post(ACCOUNT, {**data, "old": PASSWORD}).status_code == 429
    clock.move(minutes=15)
    assert siti.post(ACCOUNT, {**data, "old": PASSWORD}).status_code == 303


def test_a_look_renews_the_sign_in_and_never_waits_for_a_writer(sign_in: SignIn, clock: SiteClock) -> None:
    siti = sign_in()
    clock.move(hours=11)
    with siti.app.app_context():
        other = db.engine.connect().execution_options(writing=True)
        with other, other.begin():
            other.execute(text("UPDATE account SET name = 'Sita'"))
            assert is_in(siti)
    clock.move(hours=1, minutes=1)
    assert not is_in(siti), "the look during the write could not be noted"
