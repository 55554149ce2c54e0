"""Sign-in: nothing to learn for strangers, a limit for the patient, sign-ins that really end."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from flask import Flask
from sqlalchemy import text
from werkzeug.test import TestResponse

from pesona.db import begin_writing, db
from pesona.editing import accounts
from tests.admin.desk import SIGN_IN, wrong_fields
from tests.client import ORIGIN, SelfCheckingClient
from tests.conftest import PASSWORD, SiteClock, close_site, make_site

HTTPS = "https://pesona.example.go.id"
NEW_PASSWORD = "perahu hilir mudik tiap petang"

SignIn = Callable[..., SelfCheckingClient]
MakeAccount = Callable[..., str]


def attempt(client: SelfCheckingClient, email: str, password: str = "wrong password", **more: str) -> TestResponse:
    return client.post(SIGN_IN, {"email": email, "password": password, **more})


def token(client: SelfCheckingClient, name: str = "pesona") -> str:
    cookie = client.http.get_cookie(name)
    assert cookie is not None
    return cookie.value


def with_token(app: Flask, value: str) -> SelfCheckingClient:
    """Return a client that holds only this cookie."""
    client = SelfCheckingClient(app)
    client.http.set_cookie("pesona", value)
    return client


def is_in(client: SelfCheckingClient) -> bool:
    return {200: True, 401: False}[client.get("/admin").status_code]


def test_the_way_to_a_page_leads_through_the_sign_in(client: SelfCheckingClient, make_account: MakeAccount) -> None:
    asked = client.visit("/admin/events", 401)
    assert "Set-Cookie" not in asked.answer.headers
    page = client.submit(asked, email=make_account("Siti"), password=PASSWORD)
    assert page.path == "/admin/events"


def test_an_unknown_name_a_wrong_password_and_a_closed_account_look_the_same(
    client: SelfCheckingClient, make_account: MakeAccount
) -> None:
    known, closed = make_account("Siti"), make_account("Budi")
    with client.app.app_context():
        begin_writing()
        account = accounts.find(closed)
        assert account
        account.active = False
        db.session.commit()
    answers = [attempt(client, "nobody@example.go.id"), attempt(client, known), attempt(client, closed, PASSWORD)]
    assert {answer.status_code for answer in answers} == {401}
    assert len({answer.data for answer in answers}) == 1
    assert wrong_fields(client.audit(SIGN_IN, answers[0], 401)) == ["password"]


def test_a_closed_account_is_out_at_once(sign_in: SignIn) -> None:
    siti = sign_in("Siti")
    with siti.app.app_context():
        db.session.execute(text("UPDATE account SET active = 0"))
        db.session.commit()
    assert not is_in(siti)


def test_the_eleventh_try_waits_and_then_works(
    client: SelfCheckingClient, make_account: MakeAccount, clock: SiteClock
) -> None:
    email = make_account("Siti")
    for _ in range(10):
        assert attempt(client, email).status_code == 401
    answer = attempt(client, email, PASSWORD)
    page = client.audit(SIGN_IN, answer, 429)
    seconds = int(answer.headers["Retry-After"])
    assert 0 < seconds <= 15 * 60
    assert str(seconds) in page.text
    assert not is_in(client)
    clock.move(seconds=seconds - 1)
    assert attempt(client, email, PASSWORD).headers["Retry-After"] == "1"
    clock.move(seconds=1)
    client.sign_in(email, PASSWORD)
    assert is_in(client)


def test_tries_at_many_names_count_by_address(client: SelfCheckingClient, make_account: MakeAccount) -> None:
    email = make_account("Siti")
    for number in range(10):
        attempt(client, f"guess{number}@example.go.id")
        if number == 5:
            client.sign_in(email, PASSWORD)
    assert attempt(client, "guess@example.go.id").status_code == 429


def test_nobody_can_lock_out_somebody_elsewhere(client: SelfCheckingClient, make_account: MakeAccount) -> None:
    email = make_account("Siti")
    for _ in range(11):
        attempt(client, email)
    elsewhere = client.http.post(
        SIGN_IN,
        data={"email": email, "password": PASSWORD},
        headers={"Origin": ORIGIN},
        environ_base={"REMOTE_ADDR": "192.0.2.7"},
    )
    assert elsewhere.status_code == 303


def test_tries_hold_no_address_and_leave_after_the_window(
    client: SelfCheckingClient, make_account: MakeAccount, clock: SiteClock
) -> None:
    def rows(table: str) -> list[str]:
        with client.app.app_context(), db.engine.connect() as connection:
            return [str(row) for row in connection.execute(text(f"SELECT * FROM {table}"))]

    email = make_account("Siti")
    attempt(client, email)
    noted = rows("attempt")
    assert len(noted) == 2
    kept = " ".join([*noted, *(row for row in rows("log_entry") if "sign_in_failed" in row)])
    assert "sign_in_failed" in kept
    assert "127.0.0.1" not in kept
    assert email not in kept
    clock.move(minutes=15)
    attempt(client, email)
    assert len(rows("attempt")) == 2


def test_a_planted_token_never_becomes_a_sign_in(app: Flask, make_account: MakeAccount) -> None:
    victim = with_token(app, "planted")
    victim.sign_in(make_account("Siti"), PASSWORD)
    assert token(victim) != "planted"
    assert not is_in(with_token(app, "planted"))
    first = token(victim)
    victim.sign_in("siti@example.go.id", PASSWORD)
    assert token(victim) != first


def test_the_database_holds_no_usable_token(sign_in: SignIn) -> None:
    siti = sign_in()
    with siti.app.app_context():
        stored = db.session.execute(text("SELECT token_hash FROM sign_in")).scalar_one()
    assert re.fullmatch("[0-9a-f]{64}", stored)
    assert not is_in(with_token(siti.app, stored))


def test_an_old_cookie_is_dead_after_sign_out(sign_in: SignIn) -> None:
    siti = sign_in()
    old = token(siti)
    siti.submit(siti.visit("/admin"), "/admin/logout")
    assert siti.http.get_cookie("pesona") is None
    assert not is_in(with_token(siti.app, old))


def test_signing_out_twice_ends_at_the_sign_in(sign_in: SignIn) -> None:
    siti = sign_in()
    page = siti.visit("/admin")
    siti.submit(page, "/admin/logout")
    asked = siti.submit(page, "/admin/logout", status=401)
    assert siti.submit(asked, email="siti@example.go.id", password=PASSWORD).path == "/admin"


def test_a_new_password_ends_every_other_sign_in_but_not_this_one(sign_in: SignIn) -> None:
    here = sign_in("Siti")
    there = SelfCheckingClient(here.app)
    there.sign_in("siti@example.go.id", PASSWORD)
    budi = sign_in("Budi")
    change_password(here)
    assert (is_in(here), is_in(there), is_in(budi)) == (True, False, True)
    assert attempt(there, "siti@example.go.id", PASSWORD).status_code == 401
    there.sign_in("siti@example.go.id", NEW_PASSWORD)


def change_password(
    client: SelfCheckingClient, old: str = PASSWORD, new: str = NEW_PASSWORD, status: int = 303
) -> TestResponse:
    answer = client.post("/admin/account", {"action": "password", "old": old, "new": new})
    assert answer.status_code == status
    return answer


@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [("not my password", NEW_PASSWORD, "old"), (PASSWORD, "short", "new"), (PASSWORD, "siaksriindrapura1889", "new"),
     (PASSWORD, "x" * 2000, "new")],
)  # fmt: skip
def test_a_refused_password_leaves_the_old_one(sign_in: SignIn, old: str, new: str, wrong: str) -> None:
    siti = sign_in()
    page = siti.audit("/admin/account", change_password(siti, old, new, 422), 422)
    assert wrong_fields(page) == [wrong]
    assert new.encode() not in page.answer.data
    siti.sign_in("siti@example.go.id", PASSWORD)


def test_the_language_of_the_desk_follows_the_account(sign_in: SignIn) -> None:
    siti = sign_in(locale="en")
    siti.post("/admin/account", {"action": "language", "locale": "id"})
    assert siti.visit("/admin").one("html").get("lang") == "id"


def test_a_sign_in_ends_after_twelve_idle_hours(sign_in: SignIn, clock: SiteClock) -> None:
    siti = sign_in()
    clock.move(hours=11, minutes=59)
    assert is_in(siti)
    # To look is to use it, too.
    clock.move(hours=11, minutes=59)
    assert is_in(siti)
    clock.move(hours=12)
    assert not is_in(siti)


def test_a_sign_in_ends_after_seven_days_however_busy(sign_in: SignIn, clock: SiteClock) -> None:
    siti = sign_in()
    for _ in range(15):
        clock.move(hours=11)
        assert siti.post("/admin/account", {"action": "language", "locale": "en"}).status_code == 303
    clock.move(hours=3)
    assert not is_in(siti)


@pytest.fixture
def secure(home: Path, clock: SiteClock) -> Iterator[SelfCheckingClient]:
    """A client of a site whose address is https."""
    app = make_site(home, clock, PESONA_SITE_URL=HTTPS)
    yield SelfCheckingClient(app, HTTPS)
    close_site(app)


def test_the_cookie_over_plain_http(client: SelfCheckingClient, make_account: MakeAccount) -> None:
    assert attributes(attempt(client, make_account("Siti"), PASSWORD)) == {
        "pesona", "httponly", "path=/", "samesite=lax", "max-age=604800"
    }  # fmt: skip


def test_the_cookie_over_https_belongs_to_this_host_alone_and_can_be_dropped(
    app: Flask, make_account: MakeAccount, secure: SelfCheckingClient
) -> None:
    entered = attempt(secure, make_account("Siti"), PASSWORD)
    expected = {"__host-pesona", "httponly", "path=/", "samesite=lax", "secure"}
    assert attributes(entered) == {*expected, "max-age=604800"}
    assert is_in(secure)
    # A browser ignores a __Host- cookie without Secure, also one that takes it away.
    assert attributes(secure.post("/admin/logout", {})) == {*expected, "max-age=0"}
    assert not is_in(secure)


def attributes(answer: TestResponse) -> set[str]:
    """Return the name and the attributes of the one cookie that *answer* sets, its date aside."""
    assert len(answer.headers.getlist("Set-Cookie")) == 1
    name, *rest = answer.headers["Set-Cookie"].lower().split("; ")
    return {name.split("=")[0], *(one for one in rest if not one.startswith("expires="))}


@pytest.mark.parametrize(
    "target",
    ["//evil.example", "//evil.example/admin", "/\\evil.example", "/\t/evil.example", "https://evil.example/admin",
     "javascript:alert(1)", "/admin\\@evil.example", "/admin\r\nSet-Cookie: a=b", "\x00/admin", "evil.example", "/en/"],
)  # fmt: skip
def test_the_way_on_never_leaves_the_desk(client: SelfCheckingClient, make_account: MakeAccount, target: str) -> None:
    answer = attempt(client, make_account("Siti"), PASSWORD, next=target)
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/admin"


@pytest.mark.parametrize("target", ["/admin/events", "/admin//evil.example", "/admin/nothing", "/admin/logout"])
def test_the_way_on_stays_on_this_host(client: SelfCheckingClient, make_account: MakeAccount, target: str) -> None:
    location = attempt(client, make_account("Siti"), PASSWORD, next=target).headers["Location"]
    assert urlsplit(urljoin(ORIGIN, location)).netloc == urlsplit(ORIGIN).netloc
    assert location.startswith("/admin")
