"""Review: an author asks and may take it back; an editor sees the difference, publishes or says what is wanted."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from pesona.db import db
from pesona.models.account import LogEntry
from pesona.models.review import Review
from tests.admin.desk import EN, ITEM, PUBLISH, WORDS_EN, WORDS_ID, blockers, field, wrong_fields
from tests.client import Page, SelfCheckingClient, words_of

SignIn = Callable[..., SelfCheckingClient]
POND = "/admin/destinations/zyxomma-pond"
REVIEW = f"{POND}/review"
LIST = "/admin/destinations?state=review"
SEARCH = "A pond that stands here for tests alone, with much water in it."


def check(page: Page, name: str) -> str:
    """Return the words of the one place of *page* that is called *name*."""
    found = [e for e in page.tree.iter() if e.get("data-check") == name]
    assert len(found) == 1, f"{page.path}: {len(found)} [data-check={name}]"
    return words_of(found[0])


def has(page: Page, name: str) -> bool:
    return any(e.get("data-check") == name for e in page.tree.iter())


def deeds(app: Flask) -> list[tuple[str, str]]:
    """Return the log since the demo was loaded and the accounts made, as (role, deed), the oldest first."""
    with app.app_context():
        rows = db.session.scalars(select(LogEntry).order_by(LogEntry.id))
        return [(row.role, row.deed) for row in rows if row.role not in ("demo", "test") and row.deed != "sign_in"]


def reviews(app: Flask) -> list[tuple[str, int, str, str]]:
    with app.app_context():
        return [(r.state, r.revision, r.note, r.answer) for r in db.session.scalars(select(Review))]


@pytest.fixture
def rini(sign_in: SignIn) -> SelfCheckingClient:
    """A contributor with a complete pond of her own, revision 2."""
    rini = sign_in("Rini", role="contributor")
    rini.submit(rini.visit("/admin/destinations/new"), name__en="Zyxomma Pond", category="nature")
    rini.submit(rini.visit(f"{POND}/words/en"), summary="A pond.", body="Water.", search_description=SEARCH)
    return rini


def test_e_18_a_contributor_sees_no_publication_and_cannot_force_it(rini: SelfCheckingClient) -> None:
    shown = rini.visit(POND)
    assert f"{POND}/publish" not in shown.links()
    assert REVIEW in shown.links()
    for action in ("publish", "schedule", "confirm", "changes"):
        data = {"base": "2", "parts": "en", "action": action, "day": "2026-11-27", "time": "08:00", "note": "x"}
        rini.audit(f"{POND}/publish", rini.post(f"{POND}/publish", data), 403)
    assert deeds(rini.app)[-4:] == [("contributor", "refused")] * 4


def test_only_what_is_ones_own_can_be_asked_for(rini: SelfCheckingClient) -> None:
    rini.submit(rini.visit(WORDS_EN), summary="Rini's words about the palace.")
    assert f"{ITEM}/review" not in rini.visit(ITEM).links()
    rini.visit(f"{ITEM}/review", 403)
    rini.audit(f"{ITEM}/review", rini.post(f"{ITEM}/review", {"base": "2", "action": "ask"}), 403)
    assert reviews(rini.app) == []


def test_e_19_a_review_goes_to_the_editor_and_back(rini: SelfCheckingClient, sign_in: SignIn) -> None:
    sari = sign_in("Sari")
    check(rini.submit(rini.visit(REVIEW), note="Please look at the name."), "asked")
    assert "waits for review" not in check(sari.visit(ITEM), "state")
    assert "wait for review" in check(sari.visit(POND), "state")
    listed = sari.visit(LIST)
    assert f"{POND}/publish" in listed.links()
    assert POND in rini.visit(LIST).links()
    assert f"{POND}/publish" in sari.visit("/admin").links()
    page = sari.visit(f"{POND}/publish")
    assert "Please look at the name." in check(page, "review-open")
    assert "A pond." in page.text
    refused = sari.submit(page, status=422, press="changes", note=" ", parts=["facts"])
    assert wrong_fields(refused) == ["note"]
    assert [b.get("value") for b in refused.all("input", name="parts") if b.get("checked") is not None] == ["facts"]
    check(sari.submit(refused, press="changes", note="Say whose pond it is."), "changes_wanted")
    assert reviews(sari.app) == [("wanted", 2, "Please look at the name.", "Say whose pond it is.")]
    home = rini.visit("/admin")
    assert "Say whose pond it is." in check(home, "care-wanted")
    assert not has(sari.visit("/admin"), "care-wanted")
    assert "an editor wants changes first" in check(rini.visit(POND), "state")
    assert "Say whose pond it is." in check(rini.visit(POND), "review-wanted")
    check(rini.submit(rini.visit(REVIEW)), "asked")
    assert reviews(sari.app) == [("open", 2, "", "")]
    check(sari.submit(sari.visit(f"{POND}/publish")), "published")
    assert reviews(sari.app) == []
    sari.visit("/en/destinations/zyxomma-pond")
    since = deeds(sari.app)
    assert since[since.index(("contributor", "ask_review")) :] == [
        ("contributor", "ask_review"),
        ("editor", "want_changes"),
        ("contributor", "ask_review"),
        ("editor", "publish"),
    ], "E-63: one row each"


def test_a_later_save_leaves_the_question_open_and_says_so(rini: SelfCheckingClient, sign_in: SignIn) -> None:
    rini.submit(rini.visit(REVIEW))
    assert not has(rini.visit(POND), "changed-since")
    rini.submit(rini.visit(f"{POND}/words/en"), summary="A pond in the forest.")
    assert reviews(rini.app) == [("open", 2, "", "")]
    for page in (rini.visit(POND), sign_in("Sari").visit(f"{POND}/publish")):
        check(page, "changed-since")


def test_a_save_without_a_change_leaves_the_review_as_it_was(rini: SelfCheckingClient) -> None:
    """E-03."""
    rini.submit(rini.visit(REVIEW), note="Look.")
    check(rini.submit(rini.visit(f"{POND}/words/en")), "same")
    assert reviews(rini.app) == [("open", 2, "Look.", "")]


def test_a_question_can_be_taken_back(rini: SelfCheckingClient, sign_in: SignIn) -> None:
    rini.submit(rini.visit(REVIEW))
    seen = rini.visit(REVIEW)
    check(rini.submit(seen, press="take_back"), "taken_back")
    assert reviews(rini.app) == []
    rini.submit(seen, status=409, press="take_back")
    assert f"{POND}/publish" not in sign_in("Sari").visit("/admin").links()
    assert deeds(rini.app)[-2:] == [("contributor", "ask_review"), ("contributor", "take_back_review")]


def test_e_08_a_question_stops_where_somebody_saved_meanwhile(rini: SelfCheckingClient, sign_in: SignIn) -> None:
    sari, seen = sign_in("Sari"), rini.visit(REVIEW)
    sari.submit(sari.visit(f"{POND}/words/en"), summary="What Sari wrote.")
    moved = rini.submit(seen, status=409, note="My note.")
    assert field(moved, "note").strip() == "My note."
    assert "What Sari wrote." in moved.text
    assert reviews(rini.app) == []
    rini.submit(moved)
    assert reviews(rini.app) == [("open", 3, "My note.", "")]


def test_nothing_to_publish_is_nothing_to_review(sign_in: SignIn) -> None:
    siti = sign_in()
    siti.audit(f"{ITEM}/review", siti.post(f"{ITEM}/review", {"base": "1", "action": "ask"}), 422)
    assert reviews(siti.app) == []


def test_changes_can_be_wanted_only_of_what_was_asked(sign_in: SignIn) -> None:
    siti = sign_in()
    siti.submit(siti.visit(WORDS_EN), summary="Mine.")
    data: dict[str, Any] = {"base": "2", "action": "changes", "note": "Do it again."}
    siti.audit(PUBLISH, siti.post(PUBLISH, data), 409)
    assert reviews(siti.app) == []


def test_e_20_publishing_one_language_leaves_the_other(sign_in: SignIn, client: SelfCheckingClient) -> None:
    siti, english = sign_in(), client.get(EN).data
    siti.submit(siti.visit(WORDS_EN), summary="An English draft.")
    siti.submit(siti.visit(WORDS_ID), summary="Ringkasan baru.")
    siti.submit(siti.visit(PUBLISH), parts=["id"])
    assert client.get(EN).data == english
    assert siti.visit(PUBLISH).all("input", name="parts")[0].get("value") == "en"


def test_e_21_an_old_draft_in_one_language_takes_nothing_back_in_the_other(
    sign_in: SignIn, client: SelfCheckingClient
) -> None:
    siti = sign_in()
    siti.submit(siti.visit(WORDS_EN), summary="An English draft.")
    siti.submit(siti.visit(WORDS_ID), summary="Ringkasan yang diperbaiki.")
    siti.submit(siti.visit(PUBLISH), parts=["id"])
    siti.submit(siti.visit(PUBLISH), parts=["en"])
    assert "Ringkasan yang diperbaiki." in client.visit("/id/destinasi/istana-siak-sri-indrapura").text
    assert "An English draft." in client.visit(EN).text


def test_e_02_blockers_are_links(rini: SelfCheckingClient, sign_in: SignIn) -> None:
    rini.submit(rini.visit(f"{POND}/words/en"), summary="", slug="Not a slug")
    sari = sign_in("Sari")
    found = blockers(sari.submit(sari.visit(f"{POND}/publish"), status=422))
    assert {"missing", "slug_form"} <= found.keys()
    for href in found.values():
        address, _, anchor = href.partition("#")
        assert [e for e in sari.visit(address).one("main").iter() if e.get("id") == anchor]


@pytest.mark.parametrize(
    ("locale", "said"),
    [("en", "Published in Indonesian and English; 1 change is not public yet."),
     ("id", "Terbit dalam bahasa Indonesia dan Inggris; 1 perubahan belum terbit.")],
)  # fmt: skip
def test_the_state_is_said_in_one_sentence(sign_in: SignIn, locale: str, said: str) -> None:
    siti = sign_in(locale=locale)
    siti.submit(siti.visit(WORDS_EN), summary="Mine.")
    assert check(siti.visit(ITEM), "state") == said


def test_e_25_a_withdrawn_language_is_not_a_draft(sign_in: SignIn, client: SelfCheckingClient) -> None:
    siti = sign_in()
    siti.submit(siti.visit(f"{ITEM}/withdraw/en"), reason="Wrong.")
    assert check(siti.visit(ITEM), "state").startswith("Published in Indonesian; withdrawn in English")
    page = client.visit("/en/destinations/istana-siak-sri-indrapura")
    assert "noindex" in page.one("meta", name="robots").get("content", "")
    assert page.one("link", rel="canonical").get("href", "").endswith("/id/destinasi/istana-siak-sri-indrapura")
    assert [e.get("href") for e in siti.visit("/admin/destinations?state=withdrawn").all("a", href=ITEM)] == [ITEM]
    siti.submit(siti.visit(f"{ITEM}/withdraw/id"), reason="Wrong too.")
    client.visit("/id/destinasi/istana-siak-sri-indrapura", 404)
    client.visit(EN, 404)
    siti.submit(siti.visit(PUBLISH))
    assert check(siti.visit(ITEM), "state") == "Published in Indonesian and English; nothing waits to be published."


@pytest.mark.parametrize(
    ("query", "there"),
    [("state=review", True), ("state=review&locale=en", True), ("state=review&locale=id", False),
     ("state=draft", False), ("category=nature", True), ("category=history", False), ("district=14.08.01", False),
     ("locale=en", True), ("locale=id", False), ("q=zyxomma&category=nature&state=review&locale=en", True),
     ("state=nonsense&locale=xx", True)],
)  # fmt: skip
def test_the_list_is_narrowed_by_what_the_address_says(rini: SelfCheckingClient, query: str, there: bool) -> None:
    rini.submit(rini.visit(REVIEW))
    assert (
        POND
        in rini.visit(
            f"/admin/destinations?q=&{query}" if "q=" not in query else f"/admin/destinations?{query}"
        ).links()
    ) is there


def test_the_list_is_narrowed_by_district(sign_in: SignIn) -> None:
    siti = sign_in()
    siti.submit(siti.visit("/admin/destinations/new"), name__en="Zyxomma Pond", category="nature")
    siti.submit(siti.visit(f"{POND}/facts"), district="14.08.01")
    assert POND in siti.visit("/admin/destinations?district=14.08.01").links()
    assert POND not in siti.visit("/admin/destinations?district=14.08.02").links()
