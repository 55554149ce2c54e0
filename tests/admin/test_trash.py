"""The trash: out of sight at once, back as it was or as drafts, or gone for good; each deed once in the log."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from sqlalchemy import text as sql

from pesona.db import begin_writing, db
from pesona.editing import content_check, items, publish, trash
from pesona.editing.log import Actor
from pesona.search import follow
from tests.admin.desk import (
    EN,
    FACTS,
    ID,
    ITEM,
    PALACE,
    PUBLISH,
    WORDS_EN,
    chain,
    contents,
    field,
    marks,
    newest,
    turn_on_codes,
)
from tests.admin.test_history import check, deeds
from tests.client import Page, SelfCheckingClient, words_of
from tests.conftest import PASSWORD, SiteClock

SignIn = Callable[..., SelfCheckingClient]
TRASH, UNTRASH, REMOVE = f"{ITEM}/trash", f"{ITEM}/untrash", f"{ITEM}/remove"
BIN = "/admin/destinations?state=trash"
GONE = (EN, ID, f"/en/destinations/{PALACE}", f"/api/v1/destinations/{PALACE}")
LISTS = ("/en/", "/id/", "/en/destinations", "/id/destinasi", "/en/districts/siak", "/en/categories/history", "/sitemap.xml",
         "/api/v1/destinations?limit=200", "/en/search?q=sri+indrapura+palace", "/api/v1/search?q=istana&locale=id",
         "/api/v1/suggest?q=istana&locale=id", "/api/v1/suggest?q=siak+sri&locale=en")  # fmt: skip


@pytest.fixture(autouse=True)
def everything_agrees(app: Flask) -> Iterator[None]:
    """Expect after each test that public tables, index and published revisions agree (E-32)."""
    yield
    with app.app_context():
        assert list(content_check.differences()) == list(follow.differences()) == []


def with_codes(client: SelfCheckingClient, name: str) -> SelfCheckingClient:
    """Let an administrator sign in with codes from now on, without which nobody removes for good."""
    turn_on_codes(client.app, f"{name}@example.go.id")
    return client


def listed(page: Page) -> set[str]:
    return {
        href.rsplit("/", 1)[1] for th in page.all("th", scope="row") for a in th.iter("a") if (href := a.get("href"))
    }


def mentions(client: SelfCheckingClient) -> list[str]:
    """Return the addresses of lists, search, suggestions, sitemap and API that speak of the palace."""
    found = []
    for path in LISTS:
        answer = client.get(path)
        assert answer.status_code == 200, path
        # The texts of other items may still name its code; its addresses and its own entry stand for the item.
        if any(sign in answer.text for sign in (f'"code":"{PALACE}"', EN, ID)):
            found.append(path)
    return found


def new_draft(rini: SelfCheckingClient, name: str = "Danau Uji") -> str:
    page = rini.submit(rini.visit("/admin/destinations/new"), name__id=name, category="nature")
    return str(page.path.split("?")[0])


def test_what_is_in_the_trash_is_nowhere_on_the_site(sign_in: SignIn, client: SelfCheckingClient) -> None:
    """E-61: trash → 404, in page, lists, search, suggestions, sitemap and API."""
    siti = sign_in()
    assert len(mentions(client)) >= len(LISTS) - 1
    trashed = siti.submit(siti.visit(TRASH))
    assert check(trashed, "trashed")
    assert {path: client.get(path).status_code for path in GONE} == dict.fromkeys(GONE, 404)
    assert mentions(client) == []
    assert PALACE not in listed(siti.visit("/admin/destinations"))
    assert listed(siti.visit(BIN)) == {PALACE}
    assert ITEM not in siti.visit("/admin").links()
    assert marks(siti.app) == (None, None, None)
    assert deeds(siti.app) == [("trash", "siti@example.go.id")]


def test_undo_brings_everything_back_as_it_was(sign_in: SignIn, client: SelfCheckingClient) -> None:
    """E-61: trash, *Undo* → as before."""
    siti = sign_in()
    siti.submit(siti.visit(WORDS_EN), summary="A newer summary.")
    siti.submit(siti.visit(PUBLISH), parts=["en"])
    siti.submit(siti.visit(FACTS), architect="A draft that is not public.")
    before, live = {path: client.get(path).data for path in (EN, ID)}, marks(siti.app)
    undone = siti.submit(siti.submit(siti.visit(TRASH)), UNTRASH, press="undo")
    assert check(undone, "trash_undone")
    assert {path: client.get(path).data for path in (EN, ID)} == before
    assert marks(siti.app) == live == (1, 1, 2)
    assert newest(siti.app)["facts"]["architect"] == "A draft that is not public."
    assert PALACE in listed(siti.visit("/admin/destinations"))
    assert deeds(siti.app, "save", "publish") == [("trash", "siti@example.go.id"), ("trash_undo", "siti@example.go.id")]


def test_restoring_gives_a_draft_and_nothing_live(
    sign_in: SignIn, client: SelfCheckingClient, clock: SiteClock
) -> None:
    """E-61: restore → drafts; after a day there is no undo any more."""
    siti = sign_in()
    before = newest(siti.app)
    opened = siti.submit(siti.visit(TRASH))
    clock.move(hours=25)
    siti.sign_in("siti@example.go.id", PASSWORD)
    form = siti.visit(ITEM)
    assert [b.get("value") for b in form.form(UNTRASH).iter("button")] == ["restore"]
    siti.submit(opened, UNTRASH, status=409, press="undo")
    restored = siti.submit(form, UNTRASH)
    assert check(restored, "untrashed")
    assert newest(siti.app) == before
    client.visit(EN, 404)
    assert mentions(client) == []
    siti.submit(siti.visit(PUBLISH))
    client.visit(EN)
    assert deeds(siti.app, "publish") == [("trash", "siti@example.go.id"), ("trash_restore", "siti@example.go.id")]


def test_a_taken_slug_gets_another_one(sign_in: SignIn, client: SelfCheckingClient) -> None:
    siti = sign_in()
    address = new_draft(siti)
    siti.submit(siti.visit(f"{address}/trash"))
    siti.submit(siti.visit(WORDS_EN), slug="danau-uji")
    siti.submit(siti.visit(PUBLISH), parts=["en"])
    restored = siti.submit(siti.visit(address), f"{address}/untrash", press="restore")
    assert check(restored, "untrashed_slug")
    assert newest(siti.app, "danau-uji")["words"]["id"]["slug"] == "danau-uji-2"
    assert "New address part: danau-uji-2" in siti.visit(f"{address}/history").text
    client.visit("/en/destinations/danau-uji")


def test_what_has_moved_on_is_not_trashed_restored_or_removed(sign_in: SignIn, client: SelfCheckingClient) -> None:
    """E-08 for trash: 409, and the public page unchanged byte for byte."""
    siti, budi = with_codes(sign_in(role="administrator"), "siti"), sign_in("Budi")
    public = client.get(EN).data
    forms = siti.visit(TRASH), siti.visit(REMOVE)
    budi.submit(budi.visit(WORDS_EN), summary="Budi was faster.")
    for form in forms:
        fields = {"code": PALACE, "password": PASSWORD} if form.path == REMOVE else {}
        refused = siti.submit(form, status=409, **fields)
        assert "has changed since you opened it" in refused.text
        assert ITEM in refused.links()
    assert client.get(EN).data == public
    trashed = siti.submit(siti.visit(TRASH))
    budi.submit(budi.visit(WORDS_EN), summary="Typed while it went into the trash.")
    assert check(siti.submit(trashed, UNTRASH, status=409, press="restore"), "moved_on")
    assert marks(siti.app) == (None, None, None)


def test_a_draft_typed_meanwhile_is_kept_but_not_published(sign_in: SignIn, client: SelfCheckingClient) -> None:
    siti, budi = sign_in(), sign_in("Budi")
    opened, ready = budi.visit(WORDS_EN), budi.visit(PUBLISH)
    siti.submit(siti.visit(TRASH))
    assert check(budi.submit(opened, summary="Typed before."), "in-trash")
    assert newest(siti.app)["words"]["en"]["summary"] == "Typed before."
    assert (
        budi.post(
            PUBLISH, {"base": field(ready, "base") if ready.all("input", name="base") else "1", "parts": "en"}
        ).status_code
        == 403
    )
    siti.visit(PUBLISH, 403)
    siti.visit(TRASH, 403)
    client.visit(EN, 404)
    with siti.app.app_context():
        begin_writing()
        item = items.find("destination", PALACE, lock=True)
        assert item
        with pytest.raises(publish.MovedOn):
            publish.publish(item, item.head, ["facts", "id", "en"], Actor(command="test"))
        with pytest.raises(publish.MovedOn):
            trash.trash(item, item.head, Actor(command="test"))
        db.session.rollback()


def test_a_contributor_trashes_only_what_is_their_own_and_was_never_public(sign_in: SignIn) -> None:
    rini, siti = sign_in("Rini", role="contributor"), sign_in()
    address = new_draft(rini)
    assert TRASH not in rini.visit(ITEM).links()
    rini.audit(TRASH, rini.post(TRASH, {"base": "1", "action": "trash"}), 403)
    trashed = rini.submit(rini.visit(f"{address}/trash"))
    assert not [f for f in trashed.all("form") if f.get("action") == f"{address}/untrash"]
    rini.audit(address, rini.post(f"{address}/untrash", {"base": "1", "action": "restore"}), 403)
    siti.submit(siti.visit(address), f"{address}/untrash", press="restore")
    words = {"name": "Danau Uji", "slug": "danau-uji", "summary": "Danau.", "body": "Air."}
    siti.submit(siti.visit(f"{address}/words/id"), **words)
    siti.submit(siti.visit(f"{address}/publish"))
    siti.submit(siti.visit(f"{address}/withdraw/id"), reason="A reason.")
    rini.visit(f"{address}/trash", 403)


def test_removal_for_good_asks_for_code_and_password(sign_in: SignIn, client: SelfCheckingClient) -> None:
    """E-61: remove for good → 410, and a line in the log."""
    root = with_codes(sign_in("Root", role="administrator"), "root")
    trashed = root.submit(root.visit(TRASH))
    assert REMOVE in trashed.links()
    wrong = root.submit(root.visit(REMOVE), status=422, code="palace", password="not the password")
    assert field(wrong, "code") == "palace"
    assert field(wrong, "password") == ""
    assert {a.get("href") for b in wrong.all("div", class_="error-summary") for a in b.iter("a")} == {
        "#code",
        "#password",
    }
    root.submit(root.visit(REMOVE), status=422, code=PALACE, password="not the password")
    stored = len(chain(root.app))
    gone = root.submit(root.visit(REMOVE), code=PALACE, password=PASSWORD)
    assert check(gone, "removed")
    for path in (EN, ID):
        client.visit(path, 410)
    assert mentions(client) == []
    assert listed(root.visit(BIN)) == set()
    for path in (ITEM, f"{ITEM}/history", WORDS_EN, TRASH, REMOVE):
        root.visit(path, 410)
    root.visit("/admin")
    assert len(chain(root.app)) == stored
    assert deeds(root.app) == [("trash", "root@example.go.id"), ("remove", "root@example.go.id")]
    with root.app.app_context():
        row = db.session.execute(sql("SELECT sentence, role FROM log_entry WHERE deed = 'remove'")).one()
    assert tuple(row) == (PALACE, "administrator")


def test_the_password_for_removal_cannot_be_guessed(sign_in: SignIn, clock: SiteClock) -> None:
    root = with_codes(sign_in("Root", role="administrator"), "root")
    form = root.visit(REMOVE)
    for _ in range(10):
        root.submit(form, status=422, code=PALACE, password="a wrong password")
    before = contents(root.app)
    refused = root.submit(form, status=429, code=PALACE, password=PASSWORD)
    assert "Wait 900 seconds" in refused.text
    assert field(refused, "code") == PALACE
    assert contents(root.app)["item"] == before["item"]
    clock.move(minutes=16)
    root.submit(form, code=PALACE, password=PASSWORD)


@pytest.mark.parametrize("role", ["contributor", "editor", "administrator"])
def test_only_an_administrator_with_codes_removes_for_good(sign_in: SignIn, role: str) -> None:
    siti = sign_in(role=role)
    siti.visit(REMOVE, 403)
    answer = siti.post(REMOVE, {"base": "1", "code": PALACE, "password": PASSWORD, "action": "remove"})
    siti.audit(REMOVE, answer, 403)
    assert marks(siti.app) == (1, 1, 1)


def test_the_confirmation_always_has_a_way_back(sign_in: SignIn) -> None:
    root = with_codes(sign_in(role="administrator"), "siti")
    for path in (TRASH, REMOVE, f"{ITEM}/withdraw/en", f"{ITEM}/withdraw/id"):
        page = root.visit(path)
        assert [words_of(a) for a in page.all("a", href=ITEM)] == ["Leave it as it is"]
