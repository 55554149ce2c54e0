"""Close for now, and open again: live at once in both languages, an open draft stays a draft."""

from collections.abc import Callable

import pytest

from tests.admin.desk import EN, FACTS, ID, ITEM, WORDS_EN, chain, deeds, field, has, newest, wrong_fields
from tests.client import Page, SelfCheckingClient

SignIn = Callable[..., SelfCheckingClient]
CLOSE, HOURS = f"{ITEM}/close", f"{ITEM}/hours"
REASONS = {"reason_id": "Atap diperbaiki.", "reason_en": "The roof is being mended."}


def close(siti: SelfCheckingClient, page: Page | None = None, status: int = 303, **typed: str) -> Page:
    found: Page = siti.submit(page or siti.visit(CLOSE), CLOSE, status, "close", **{**REASONS, **typed})
    return found


def test_a_place_closes_while_a_draft_is_open(sign_in: SignIn, client: SelfCheckingClient) -> None:
    """E-28."""
    siti = sign_in()
    siti.submit(siti.visit(WORDS_EN), WORDS_EN, summary="A draft sentence.", status_note="A draft note.")
    siti.submit(siti.visit(FACTS), year_built="1700")
    assert has(close(siti, closed_until="5/12/2026"), "closed")
    for path, said in ((EN, REASONS["reason_en"]), (ID, REASONS["reason_id"])):
        page = client.visit(path)
        assert said in page.text
        assert not [draft for draft in ("1700", "A draft sentence.", "A draft note.") if draft in page.text]
    draft = newest(siti.app)
    assert (draft["facts"]["hours_status"], draft["facts"]["closed_until"]) == ("closed_for_now", "2026-12-05")
    assert (draft["facts"]["year_built"], draft["words"]["en"]["summary"]) == ("1700", "A draft sentence.")
    assert draft["words"]["en"]["status_note"] == REASONS["reason_en"]
    assert deeds(siti.app)[-1].deed == "close"


def test_a_place_opens_again_as_it_was(sign_in: SignIn, client: SelfCheckingClient) -> None:
    siti = sign_in()
    before = newest(siti.app)["facts"]
    close(siti)
    page = siti.visit(CLOSE)
    assert has(page, "is-closed")
    page = siti.submit(page, CLOSE, press="reopen", reason_id="", reason_en="")
    assert has(page, "reopened")
    assert newest(siti.app)["facts"] == before
    assert REASONS["reason_en"] not in client.visit(EN).text
    assert not has(siti.visit(CLOSE), "is-closed")


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"closed_until": "2026-02-30"}, ["closed_until"]),
        ({"closed_until": "2026-12-05 08:00"}, ["closed_until"]),
        ({"closed_until": "2026-11-01"}, ["closed_until"]),
        ({"reason_id": " ", "reason_en": ""}, ["reason_id", "reason_en"]),
    ],
)
def test_what_is_wrong_is_said_and_the_text_stays(sign_in: SignIn, typed: dict[str, str], wrong: list[str]) -> None:
    siti = sign_in()
    page = close(siti, status=422, **typed)
    assert wrong_fields(page) == wrong
    assert field(page, "reason_en") == typed.get("reason_en", REASONS["reason_en"])
    assert len(chain(siti.app)) == 1


def test_whoever_is_late_sees_that_it_moved_on(sign_in: SignIn) -> None:
    """E-08 for a closure: nothing is done, the text stays, the next press does it."""
    siti, budi = sign_in(), sign_in("Budi")
    opened = siti.visit(CLOSE)
    budi.submit(budi.visit(FACTS), year_built="1890")
    page = close(siti, opened, 409)
    assert field(page, "reason_id") == REASONS["reason_id"]
    assert newest(siti.app)["facts"]["hours_status"] != "closed_for_now"
    close(siti, page)
    assert newest(siti.app)["facts"]["hours_status"] == "closed_for_now"


def test_a_contributor_closes_nothing(sign_in: SignIn) -> None:
    rini = sign_in("Rini", "contributor")
    rini.visit(CLOSE, 403)
    assert rini.post(CLOSE, {"base": "1", "action": "close"}).status_code == 403
