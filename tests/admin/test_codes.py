"""Codes at sign-in: on only when both kinds work, used once each, and typed text waits for them."""

from collections.abc import Callable
from xml.etree.ElementTree import Element

import pytest
from flask import Flask
from sqlalchemy import text

from pesona.db import db
from pesona.editing import accounts, codes
from tests.admin.desk import SIGN_IN, WORDS_EN, chain, code_now, deeds, field, turn_on_codes, wrong_fields
from tests.client import Page, SelfCheckingClient, words_of
from tests.conftest import PASSWORD, SiteClock

SignIn = Callable[..., SelfCheckingClient]
ACCOUNT, SETUP = "/admin/account", "/admin/account/codes"
EMAIL = "siti@example.go.id"
TYPED = 'Half a morning\'s work: <b>&amp;</b> "all" of it.'


def checked(page: Page, name: str) -> Element:
    return next(e for e in page.one("main").iter() if e.get("data-check") == name)


def shown(page: Page) -> tuple[str, list[str]]:
    """Return the key and the recovery codes that the page shows."""
    recovery = [words_of(li) for li in checked(page, "recovery").iter("li")]
    return words_of(checked(page, "secret")).replace(" ", ""), recovery


def expire(client: SelfCheckingClient) -> None:
    client.http.delete_cookie("pesona")


def enter(client: SelfCheckingClient, asked: Page, name: str = "siti") -> Page:
    """Type the right password; return the page that asks for the code."""
    page: Page = client.submit(asked, status=200, email=f"{name}@example.go.id", password=PASSWORD)
    assert field(page, "code") == ""
    return page


def has_codes(app: Flask) -> bool:
    with app.app_context():
        account = accounts.find(EMAIL)
        assert account
        return account.has_codes


def test_codes_are_on_after_a_right_code_and_a_recovery_code(sign_in: SignIn, clock: SiteClock) -> None:
    siti = sign_in()
    assert SETUP in siti.visit(ACCOUNT).links()
    page = siti.visit(SETUP)
    secret, recovery = shown(page)
    assert len(set(recovery)) == 10
    assert len(page.all("{http://www.w3.org/2000/svg}svg")) == 1
    on = siti.submit(page, code=code_now(secret), recovery=recovery[3].upper().replace("-", " "))
    assert has_codes(siti.app)
    assert checked(on, "codes-on") is not None
    assert recovery[0] not in on.answer.text
    assert "10" in words_of(checked(on, "codes-on"))
    expire(siti)
    clock.move(seconds=30)
    assert siti.submit(enter(siti, siti.visit("/admin", 401)), code=code_now(secret)).path == "/admin"


@pytest.mark.parametrize(("code", "recovery"), [(True, False), (False, True), (False, False)])
def test_one_kind_alone_turns_nothing_on(sign_in: SignIn, code: bool, recovery: bool) -> None:
    siti = sign_in()
    page = siti.visit(SETUP)
    secret, spare = shown(page)
    again = siti.submit(
        page, status=422, code=code_now(secret) if code else "000000", recovery=spare[0] if recovery else "abcd"
    )
    assert wrong_fields(again) == [name for name, right in (("code", code), ("recovery", recovery)) if not right]
    assert shown(again) == (secret, spare)
    assert not has_codes(siti.app)


def test_a_setup_page_of_another_account_or_of_yesterday_turns_nothing_on(sign_in: SignIn, clock: SiteClock) -> None:
    siti, budi = sign_in(), sign_in("Budi")
    page = budi.visit(SETUP)
    secret, spare = shown(page)
    data = {"setup": field(page, "setup"), "code": code_now(secret), "recovery": spare[0]}
    siti.audit(SETUP, siti.post(SETUP, data), 422)
    clock.move(minutes=31)
    data["code"] = code_now(secret)
    budi.audit(SETUP, budi.post(SETUP, data), 422)
    assert not has_codes(siti.app)


def test_the_database_holds_no_recovery_code(sign_in: SignIn) -> None:
    siti = sign_in()
    _, recovery = turn_on_codes(siti.app, EMAIL)
    with siti.app.app_context():
        stored = str(db.session.execute(text("SELECT * FROM recovery_code")).all())
    assert not [one for one in recovery if one in stored or codes.plain(one) in stored]


def test_setting_up_anew_asks_for_the_password_and_ends_the_old_codes(sign_in: SignIn, clock: SiteClock) -> None:
    siti = sign_in()
    secret, old = turn_on_codes(siti.app, EMAIL)
    page = siti.visit(SETUP)
    new, spare = shown(page)
    assert wrong_fields(siti.submit(page, status=422, code=code_now(new), recovery=spare[0], old="x")) == ["old"]
    siti.submit(page, code=code_now(new), recovery=spare[0], old=PASSWORD)
    clock.move(seconds=30)
    asked = enter(siti, siti.visit(SIGN_IN))
    asked = siti.submit(asked, status=401, code=code_now(secret))
    asked = siti.submit(asked, status=401, code=old[0])
    siti.submit(asked, code=code_now(new))


def test_the_right_password_alone_opens_nothing(sign_in: SignIn) -> None:
    siti = sign_in()
    turn_on_codes(siti.app, EMAIL)
    expire(siti)
    page = enter(siti, siti.visit("/admin", 401))
    assert "Set-Cookie" not in page.answer.headers
    assert siti.get("/admin").status_code == 401
    with siti.app.app_context():
        assert db.session.execute(text("SELECT count(*) FROM sign_in")).scalar_one() == 1


def test_a_code_works_once(sign_in: SignIn, clock: SiteClock) -> None:
    siti = sign_in()
    secret, _ = turn_on_codes(siti.app, EMAIL)
    code = code_now(secret)
    siti.submit(enter(siti, siti.visit(SIGN_IN)), code=code)
    for _ in range(3):
        siti.submit(enter(siti, siti.visit(SIGN_IN)), status=401, code=code)
        clock.move(seconds=15)
    siti.submit(enter(siti, siti.visit(SIGN_IN)), code=code_now(secret))


def test_codes_of_the_neighbouring_half_minutes_are_right_and_older_ones_wrong(
    sign_in: SignIn, clock: SiteClock
) -> None:
    siti = sign_in()
    secret, _ = turn_on_codes(siti.app, EMAIL)
    old = code_now(secret)
    clock.move(seconds=60)
    siti.submit(enter(siti, siti.visit(SIGN_IN)), status=401, code=old)
    late = code_now(secret)
    clock.move(seconds=30)
    siti.submit(enter(siti, siti.visit(SIGN_IN)), code=f" {late[:3]} {late[3:]}")


def test_a_recovery_code_works_once(sign_in: SignIn) -> None:
    """E-65, its last sentence."""
    siti = sign_in()
    _, recovery = turn_on_codes(siti.app, EMAIL)
    siti.submit(enter(siti, siti.visit(SIGN_IN)), code=recovery[0].upper())
    assert "9" in words_of(checked(siti.visit(ACCOUNT), "codes-on"))
    siti.submit(enter(siti, siti.visit(SIGN_IN)), status=401, code=recovery[0])
    siti.submit(enter(siti, siti.visit(SIGN_IN)), code=recovery[1])
    assert [row.deed for row in deeds(siti.app) if row.deed == "recovery_code"] == ["recovery_code"] * 2


def test_recovery_codes_of_somebody_else_open_nothing(sign_in: SignIn) -> None:
    siti = sign_in()
    sign_in("Budi")
    turn_on_codes(siti.app, EMAIL)
    _, of_budi = turn_on_codes(siti.app, "budi@example.go.id")
    siti.submit(enter(siti, siti.visit(SIGN_IN)), status=401, code=of_budi[0])


def test_typed_text_survives_the_code_step_and_a_wrong_code(sign_in: SignIn) -> None:
    """E-12, and E-11 with codes: text through the password, a wrong code and the right one."""
    siti = sign_in()
    secret, _ = turn_on_codes(siti.app, EMAIL)
    page = siti.visit(WORDS_EN)
    expire(siti)
    asked = siti.submit(page, status=401, summary=TYPED, tips="- one\r\n- two")
    wrong = siti.submit(asked, status=401, email=EMAIL, password="wrong password")
    step = siti.submit(enter(siti, wrong), status=401, code="000000")
    form = siti.submit(step, status=200, code=code_now(secret))
    assert (field(form, "summary"), field(form, "tips")) == (TYPED, "- one\n- two")
    assert len(chain(siti.app)) == 1
    siti.submit(form)
    assert len(chain(siti.app)) == 2


def test_text_too_long_to_wait_can_be_copied_with_codes_too(sign_in: SignIn) -> None:
    """E-12, its second half."""
    siti = sign_in()
    secret, _ = turn_on_codes(siti.app, EMAIL)
    page = siti.visit(WORDS_EN)
    expire(siti)
    long = "x" * (256 * 1024 + 1)
    asked = siti.submit(page, status=401, body=long)
    boxes = [t for t in asked.all("textarea") if t.get("readonly") is not None]
    assert long in (boxes[0].text or "")
    assert siti.submit(enter(siti, asked), code=code_now(secret)).path == WORDS_EN


def test_nobody_else_sees_the_text_after_their_code(sign_in: SignIn) -> None:
    """E-13 with codes."""
    siti, budi = sign_in(), sign_in("Budi")
    secret, _ = turn_on_codes(siti.app, "budi@example.go.id")
    page = siti.visit(WORDS_EN)
    expire(siti)
    expire(budi)
    asked = siti.submit(page, status=401, summary=TYPED)
    home = siti.submit(enter(siti, asked, "budi"), code=code_now(secret))
    assert checked(home, "dropped") is not None
    assert "Half a morning" not in home.answer.text
    assert "Half a morning" not in siti.visit(WORDS_EN).answer.text


def test_the_eleventh_wrong_code_waits_with_the_text(sign_in: SignIn, clock: SiteClock) -> None:
    siti = sign_in()
    secret, _ = turn_on_codes(siti.app, EMAIL)
    page = siti.visit(WORDS_EN)
    expire(siti)
    step = enter(siti, siti.submit(page, status=401, summary=TYPED))
    for _ in range(10):
        step = siti.submit(step, status=401, code="000000")
    step = siti.submit(step, status=429, code=code_now(secret))
    assert int(step.answer.headers["Retry-After"]) > 0
    clock.move(minutes=15)
    late = siti.submit(step, status=401, code=code_now(secret))
    form = siti.submit(enter(siti, late), status=200, code=code_now(secret))
    assert field(form, "summary") == TYPED


def test_a_right_password_does_not_buy_more_codes(sign_in: SignIn) -> None:
    siti = sign_in()
    turn_on_codes(siti.app, EMAIL)
    expire(siti)
    for _ in range(10):
        siti.submit(enter(siti, siti.visit(SIGN_IN)), status=401, code="000000")
    answer = siti.post(SIGN_IN, {"email": EMAIL, "password": PASSWORD})
    assert answer.status_code == 429


def test_the_half_way_mark_is_worth_nothing_forged_late_or_after_a_new_password(
    sign_in: SignIn, clock: SiteClock
) -> None:
    siti = sign_in()
    secret, _ = turn_on_codes(siti.app, EMAIL)
    half = field(enter(siti, siti.visit(SIGN_IN)), "half")
    expire(siti)

    def tried(mark: str) -> int:
        return siti.post(f"{SIGN_IN}/code", {"half": mark, "code": code_now(secret)}).status_code

    assert [tried(mark) for mark in ("", "x", half[:-1], f"{half}x")] == [401] * 4
    clock.move(minutes=11)
    assert tried(half) == 401
    half = field(enter(siti, siti.visit(SIGN_IN)), "half")
    siti.app.test_cli_runner().invoke(
        args=f"account password {EMAIL} --password-stdin".split(), input="embun di daun nipah"
    )
    assert tried(half) == 401
    assert siti.get("/admin").status_code == 401


def test_the_code_page_without_a_password_asks_for_the_password(client: SelfCheckingClient) -> None:
    assert field(client.visit(f"{SIGN_IN}/code"), "email") == ""


def test_the_command_takes_the_codes_away(sign_in: SignIn) -> None:
    """E-66, its sentence on the command; E-63 for it."""
    siti = sign_in()
    _, recovery = turn_on_codes(siti.app, EMAIL)
    run = siti.app.test_cli_runner().invoke
    done = run(args=["account", "reset-totp", EMAIL])
    assert done.exit_code == 0, done.output
    assert siti.get("/admin").status_code == 401
    siti.sign_in(EMAIL, PASSWORD)
    assert [(row.role, row.sentence) for row in deeds(siti.app) if row.deed == "codes_reset"] == [
        ("account reset-totp", EMAIL)
    ]
    for email in (EMAIL, "nobody@example.go.id"):
        refused = run(args=["account", "reset-totp", email])
        assert refused.exit_code == 1
        assert email in refused.stderr
    secret, _ = turn_on_codes(siti.app, EMAIL)
    siti.submit(enter(siti, siti.visit(SIGN_IN)), status=401, code=recovery[0])
    assert secret
