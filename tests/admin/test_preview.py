"""Preview: a draft in its public page, at the desk and by a signed link, and nowhere else."""

from collections.abc import Callable

import pytest

from pesona.db import begin_writing, db
from pesona.editing import items
from pesona.editing.log import Actor
from tests.admin.desk import EN, ITEM, WORDS_EN, contents
from tests.admin.test_review import check, deeds
from tests.client import SelfCheckingClient
from tests.conftest import SiteClock

SignIn = Callable[..., SelfCheckingClient]
TEXT = "A draft that six eagles guard, longer than fifty letters for certain."


def link(siti: SelfCheckingClient, locale: str = "en") -> str:
    page = siti.submit(siti.visit(f"{ITEM}/preview-link/{locale}"), status=200)
    check(page, "preview_link")
    (found,) = [href for href in page.links() if "/preview/" in href]
    return found.removeprefix(siti.origin)


def test_the_preview_is_the_public_page_with_a_ribbon(sign_in: SignIn, client: SelfCheckingClient) -> None:
    siti, public = sign_in(locale="id"), client.visit(EN)
    siti.submit(siti.visit(WORDS_EN), summary=TEXT)
    newest, first = siti.visit(f"{ITEM}/preview/en"), siti.visit(f"{ITEM}/preview/en?revision=1")
    check(newest, "preview")
    assert newest.one("html").get("lang") == "en"
    assert TEXT in newest.text
    before, told, _ = public.text.replace(" Add to trip plan", "", 1).partition(" Is something wrong here?")
    assert (first.text, told) == (before, " Is something wrong here?"), (
        "only what is public is planned, reported and shared"
    )
    assert TEXT not in client.visit(EN).text


@pytest.mark.parametrize("revision", ["0", "3", "x", "-1", "²"])
def test_a_revision_that_never_was_has_no_preview(sign_in: SignIn, revision: str) -> None:
    sign_in().visit(f"{ITEM}/preview/en?revision={revision}", 404)


def test_e_27_a_link_shows_one_revision_for_seven_days(
    sign_in: SignIn, client: SelfCheckingClient, clock: SiteClock
) -> None:
    siti = sign_in()
    siti.submit(siti.visit(WORDS_EN), summary=TEXT)
    path = link(siti)
    assert deeds(siti.app)[-1] == ("editor", "preview_link")
    siti.submit(siti.visit(WORDS_EN), summary="Later.")
    page = client.visit(path)
    check(page, "preview")
    assert TEXT in page.text
    assert "noindex" in page.one("meta", name="robots").get("content", "")
    assert page.answer.headers["Cache-Control"] == "no-store"
    assert "noindex" in page.answer.headers["X-Robots-Tag"]
    for position in (len("/preview/") + 3, len(path) - 4):
        altered = path[:position] + ("A" if path[position] != "A" else "B") + path[position + 1 :]
        client.visit(altered, 404)
    client.visit("/preview/x", 404)
    clock.move(days=6, hours=23)
    client.visit(path)
    clock.move(hours=2)
    gone = client.visit(path, 410)
    assert gone.answer.headers["Cache-Control"] == "no-store"


def test_only_what_is_ones_own_gets_a_link(sign_in: SignIn) -> None:
    rini = sign_in("Rini", role="contributor")
    assert f"{ITEM}/preview/en" in [href.split("?")[0] for href in rini.visit(ITEM).links()]
    rini.visit(f"{ITEM}/preview/en")
    assert f"{ITEM}/preview-link/en" not in rini.visit(ITEM).links()
    rini.visit(f"{ITEM}/preview-link/en", 403)
    rini.audit(f"{ITEM}/preview-link/en", rini.post(f"{ITEM}/preview-link/en", {"base": "1", "action": "make"}), 403)


def test_a_draft_full_of_holes_can_be_looked_at(sign_in: SignIn, client: SelfCheckingClient) -> None:
    siti = sign_in()
    hole = {
        "event": {"occurrences": [{"start": "soon"}, {"start": "2026-12-05"}], "usual_months": [13]},
        "destination": {"latitude": 95.0, "prices": [{"amount_idr": None}], "hours_reported": [{"rule": "soon"}],
                        "sources": [{"key": ""}], "district": "99", "hours_status": "x"},
        "page": {"sources": [{"url": "javascript:alert(1)"}]},
    }  # fmt: skip
    with siti.app.app_context():
        begin_writing()
        for kind, facts in hole.items():
            given = {"facts": facts, "words": {"id": {"name": "Bolong"}}}
            items.create(kind, "bolong", given, Actor(command="test"))
        db.session.commit()
    before = contents(siti.app)
    for plural in ("events", "destinations", "pages"):
        for locale in ("id", "en"):
            page = siti.visit(f"/admin/{plural}/bolong/preview/{locale}")
            assert page.one("h1").text == "Bolong"
    assert contents(siti.app) == before
    with client.app.app_context():
        begin_writing()
        items.create("page", "kosong", {"words": {"id": {"body": "Tanpa nama."}}}, Actor(command="test"))
        db.session.commit()
    siti.visit("/admin/pages/kosong/preview/id", 404)
