"""Who may do what: every address of the desk says its deed, and only who may do it gets through."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import text, update
from werkzeug.routing import Rule

from pesona.db import begin_writing, db
from pesona.editing import items, links, photos, reports, schedule, sign_ins, synonyms
from pesona.editing.imports import batches
from pesona.editing.log import Actor
from pesona.editing.permissions import DEEDS, OWN
from pesona.models.credential import PasswordLink
from tests.admin.desk import EN, ITEM, PALACE, PUBLISH, WORDS_EN, chain, contents, marks, turn_on_codes
from tests.client import SelfCheckingClient
from tests.conftest import START, SiteClock
from tests.pictures import jpeg

SignIn = Callable[..., SelfCheckingClient]
TOKEN = "a-link-that-the-fixture-makes"
REPORT = "0" * 32
VALUES = {
    "plural": "destinations",
    "code": PALACE,
    "locale": "en",
    "number": 1,
    "token": TOKEN,
    "what": "missing",
    "word": "cancelled",
}
OPEN = {"/admin/login", "/admin/login/code", "/admin/password/<token>"}
SAFE = {"GET", "HEAD", "OPTIONS"}
WITHDRAW = f"{ITEM}/withdraw/en"
FOREIGN = (
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": ""},
    {"Origin": "http://127.0.0.1:8000.evil.example"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
)


@pytest.fixture(autouse=True)
def a_photo(app: Flask) -> None:
    """A photo, so that its addresses lead somewhere."""
    with app.app_context():
        prepared = photos.prepare(app.extensions["pesona.media"], jpeg())
        begin_writing()
        assert photos.add(prepared, Actor(command="test"))[0].id == VALUES["number"]
        db.session.commit()


@pytest.fixture(autouse=True)
def numbered(app: Flask) -> None:
    """One of all that addresses name by number or token, so that they lead somewhere."""
    with app.app_context():
        begin_writing()
        content = b"code,category,name_id\nuji,nature,Uji\n"
        assert batches.check("destinations", "uji.csv", content, Actor(command="test")).id == VALUES["number"]
        invited, _ = links.invite("wati@example.go.id", "editor", "Wati", (), "id", Actor(command="test"))
        db.session.execute(update(PasswordLink).values(token_hash=sign_ins.token_hash(TOKEN)))
        assert invited.id == VALUES["number"]
        assert synonyms.add(("palace", "istana"), "", Actor(command="test")).id == VALUES["number"]
        item = items.find("destination", PALACE, lock=True)
        assert item
        planned = schedule.plan_withdrawal(item, "en", START + timedelta(days=99), Actor(command="test"), "test")
        assert planned.id == VALUES["number"]
        assert (
            reports.receive(REPORT, "en", ("destination", PALACE), "", "-", Actor(command="test")).id
            == VALUES["number"]
        )
        db.session.commit()


def rules(app: Flask, prefix: str = "/admin") -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if rule.rule.startswith(prefix)]


def address(app: Flask, rule: Rule) -> str:
    of_events = {"plural": "events", "code": "tour-de-siak"} if "any(events):" in rule.rule else {}
    values = {**VALUES, **of_events}
    built = app.url_map.bind("127.0.0.1").build(rule.endpoint, {n: values[n] for n in rule.arguments})
    return str(built)


def unsafe(app: Flask) -> list[str]:
    return [address(app, rule) for rule in rules(app, "/") if (rule.methods or set()) - SAFE]


def test_every_address_of_the_desk_declares_its_deed(app: Flask) -> None:
    assert len(rules(app)) >= 10
    for rule in rules(app):
        deed = getattr(app.view_functions[rule.endpoint], "deed", None)
        assert deed in {*DEEDS, "open"}, f"{rule.rule} declares {deed}"
        assert (deed == "open") == (rule.rule in OPEN), rule.rule


def test_only_the_desk_and_the_form_for_mistakes_take_unsafe_requests(app: Flask) -> None:
    taking = {rule.rule for rule in rules(app, "/") if (rule.methods or set()) - SAFE}
    assert {rule for rule in taking if not rule.startswith("/admin")} == {"/id/lapor", "/en/report"}


def test_strangers_are_asked_to_sign_in_everywhere(app: Flask, client: SelfCheckingClient) -> None:
    before = contents(app)
    for rule in rules(app):
        path = address(app, rule)
        if rule.rule not in OPEN:
            for method in (rule.methods or set()) & {"GET", "POST"}:
                answer = client.http.open(path, method=method, headers={"Origin": client.origin})
                client.audit(path, answer, 401)
                assert "Set-Cookie" not in answer.headers
    assert contents(app) == before


@pytest.mark.parametrize("role", ["contributor", "editor", "administrator"])
def test_each_role_reaches_exactly_what_it_may(sign_in: SignIn, role: str) -> None:
    """E-67: the answers of all three roles equal the table; an administrator without codes is an editor."""
    siti = sign_in(role=role)
    reaches(siti, "editor" if role == "administrator" else role)
    if role == "administrator":
        turn_on_codes(siti.app, "siti@example.go.id")
        reaches(siti, role)


def reaches(siti: SelfCheckingClient, role: str) -> None:
    for rule in rules(siti.app):
        if "GET" in (rule.methods or set()):
            deed = siti.app.view_functions[rule.endpoint].deed  # type: ignore[attr-defined]
            others = role == "contributor" and deed in OWN and "code" in rule.arguments
            may = deed == "open" or (role in DEEDS[deed] and not others)
            path, status = address(siti.app, rule), 200 if may else 403
            assert siti.get(path).status_code == status, path
            if not rule.rule.endswith(".svg"):
                siti.visit(path, status)


def test_a_contributor_writes_but_never_publishes(sign_in: SignIn, client: SelfCheckingClient) -> None:
    rini = sign_in("Rini", role="contributor")
    public = client.get(EN).data
    shown = rini.submit(rini.visit(WORDS_EN), summary="Rini's words.")
    assert not {PUBLISH, WITHDRAW} & set(shown.links())
    rini.audit(PUBLISH, rini.post(PUBLISH, {"base": "2", "parts": "en", "action": "publish"}), 403)
    rini.audit(WITHDRAW, rini.post(WITHDRAW, {"base": "2", "reason": "because", "action": "withdraw"}), 403)
    assert len(chain(rini.app)) == 2
    assert marks(rini.app) == (1, 1, 1)
    assert client.get(EN).data == public


def test_a_refused_deed_is_logged(sign_in: SignIn) -> None:
    rini = sign_in("Rini", role="contributor")
    for path in (PUBLISH, WITHDRAW):
        rini.post(path, {})
    with rini.app.app_context():
        rows = db.session.execute(text("SELECT role, sentence FROM log_entry WHERE deed = 'refused' ORDER BY id")).all()
    assert [tuple(row) for row in rows] == [("contributor", "publish"), ("contributor", "withdraw")]


def test_a_contributor_does_not_publish_by_signing_in(sign_in: SignIn) -> None:
    rini = sign_in("Rini", role="contributor")
    owner = next(e for e in rini.visit(WORDS_EN).all("input", name="owner")).get("value", "")
    fields = {"owner": owner, "base": "1", "parts": "en", "reason": "because", "action": "publish"}
    for target in (PUBLISH, WITHDRAW):
        data = {"email": "rini@example.go.id", "password": "tepian sungai di waktu pagi", "next": target}
        rini.post("/admin/login", {**data, **fields, **{f"typed-{n}": v for n, v in fields.items()}})
    assert marks(rini.app) == (1, 1, 1)


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
def test_every_unsafe_address_refuses_a_foreign_origin(sign_in: SignIn, headers: dict[str, str]) -> None:
    siti = sign_in(role="administrator")
    turn_on_codes(siti.app, "siti@example.go.id")
    before = contents(siti.app)
    data = {"base": "1", "action": "save", "name": "X", "name-en": "X", "category": "nature", "parts": "en",
            "reason": "X", "locale": "id", "email": "siti@example.go.id", "password": "tepian sungai di waktu pagi"}  # fmt: skip
    paths = unsafe(siti.app)
    assert len(paths) >= 8
    for path in paths:
        answer = siti.http.post(path, data=data, headers=headers)
        siti.audit(path, answer, 403)
        assert "Set-Cookie" not in answer.headers
    assert contents(siti.app) == before


def test_an_unsafe_method_that_no_address_takes_changes_nothing(sign_in: SignIn) -> None:
    siti = sign_in()
    before = contents(siti.app)
    for method in ("PUT", "PATCH", "DELETE"):
        answer = siti.http.open(ITEM, method=method, headers={"Origin": siti.origin})
        assert answer.status_code == 405
    assert contents(siti.app) == before


def test_looking_never_writes(sign_in: SignIn, statements: list[str], clock: SiteClock) -> None:
    """A sign-in is renewed at most once a minute (design.md 8.7); nothing else is ever written."""
    siti = sign_in(role="administrator")
    turn_on_codes(siti.app, "siti@example.go.id")
    before = contents(siti.app)
    clock.move(hours=1)
    statements.clear()
    siti.visit("/admin")
    written = [s for s in statements if not s.lstrip().upper().startswith("SELECT")]
    assert [s.split(" SET ")[0] for s in written] == ["UPDATE sign_in"]
    renewed = contents(siti.app)
    assert {name for name, rows in renewed.items() if rows != before[name]} == {"sign_in"}
    before = renewed
    statements.clear()
    for rule in rules(siti.app):
        if "GET" in (rule.methods or set()):
            path = address(siti.app, rule)
            query = "?action=save&base=1&name=X&reason=X&parts=en&email=a&password=b"
            assert siti.http.get(path + query).status_code == siti.http.head(path + query).status_code == 200, path
    # That a form is open is noted, and nothing else.
    written = [s for s in statements if not s.lstrip().upper().startswith("SELECT")]
    assert all(s.startswith(("UPDATE scratch SET opened_at=?", "INSERT INTO scratch ")) for s in written)
    assert contents(siti.app) == before


@pytest.mark.parametrize("path", ["/admin/destinations/nothing", "/admin/events/istana-siak-sri-indrapura", "/admin/x"])
def test_an_address_that_is_not_there_is_404_and_private(sign_in: SignIn, path: str) -> None:
    siti = sign_in()
    siti.visit(path, 404)
