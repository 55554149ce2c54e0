"""Immediate deeds: the change is live at once in every part that is live; an open draft stays a draft."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import text

from pesona.db import begin_writing, db
from pesona.editing import content_check, immediate, items, publish
from pesona.editing.checks import Problem
from pesona.editing.immediate import Changes
from pesona.models.item import Item
from pesona.search import follow
from tests.client import SelfCheckingClient
from tests.test_publication import ACTOR, EN, ID, PALACE, deed, new_place, save

CLOSED: Changes = {
    "facts": {"hours_status": "closed_for_now"},
    "id": {"status_note": "Ditutup untuk perbaikan atap."},
    "en": {"status_note": "Closed while the roof is mended."},
}


@pytest.fixture(autouse=True)
def everything_agrees(app: Flask) -> Iterator[None]:
    """Expect after each test that public tables, index and published revisions agree."""
    yield
    with app.app_context():
        assert list(content_check.differences()) == list(follow.differences()) == []


def close(app: Flask) -> bool:
    with deed(app) as item:
        return immediate.change(item, CLOSED, "close", ACTOR, "Roof")


def logged(app: Flask) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(text("SELECT deed FROM log_entry ORDER BY id")))


def found(app: Flask) -> Item:
    item = items.find("destination", PALACE)
    assert item
    return item


def test_a_closure_is_live_in_both_languages_and_no_other_draft_word(client: SelfCheckingClient) -> None:
    """E-28 for any change of facts and words."""
    save(client.app, facts={"year_built": "1700"}, en={"summary": "A draft sentence.", "status_note": "A draft note."})
    before = logged(client.app)
    assert close(client.app)
    assert logged(client.app) == [*before, "close"]
    for path, said in ((EN, "Closed while the roof is mended."), (ID, "Ditutup untuk perbaikan atap.")):
        page = client.visit(path)
        assert said in page.text
        assert not [draft for draft in ("1700", "A draft sentence.", "A draft note.") if draft in page.text]
    with client.app.app_context():
        item = found(client.app)
        draft = items.snapshot(item)
        assert (item.head, item.live_facts, item.live_id, item.live_en) == (4, 3, 3, 3)
        assert [(r.origin, r.note) for r in items.revisions(item)[:2]] == [("immediate", "Roof")] * 2
    assert (draft["facts"]["year_built"], draft["facts"]["hours_status"]) == ("1700", "closed_for_now")
    assert draft["words"]["en"]["summary"] == "A draft sentence."
    assert draft["words"]["en"]["status_note"] == "Closed while the roof is mended."


def test_without_an_open_draft_there_is_one_revision(app: Flask) -> None:
    assert close(app)
    with app.app_context():
        assert (found(app).head, found(app).live_facts) == (2, 2)


def test_what_is_so_already_makes_no_revision_and_no_row(app: Flask) -> None:
    close(app)
    before = logged(app)
    assert not close(app)
    assert logged(app) == before
    with app.app_context():
        assert found(app).head == 2


def test_a_language_that_is_not_live_stays_so_and_its_draft_stays(client: SelfCheckingClient) -> None:
    with deed(client.app) as item:
        publish.withdraw(item, "en", ACTOR, "test")
    assert close(client.app)
    assert client.get(EN).headers["Location"] == f"/en/destinations/{PALACE}"
    with client.app.app_context():
        item = found(client.app)
        draft = items.snapshot(item)
        assert (item.live_facts, item.live_id, item.live_en) == (2, 2, None)
    assert draft["words"]["en"]["name"] == "Siak Sri Indrapura Palace"
    assert draft["words"]["en"]["status_note"] == "Closed while the roof is mended."


def test_what_the_checks_refuse_leaves_nothing_behind(app: Flask) -> None:
    before = logged(app)
    with deed(app) as item, pytest.raises(publish.Blocked) as blocked:
        immediate.change(item, {"facts": {"hours_status": "shut"}}, "close", ACTOR)
    assert blocked.value.problems == [Problem("choice", "facts", "hours_status")]
    assert logged(app) == before
    with app.app_context():
        assert found(app).head == 1


def test_a_draft_that_was_never_live_has_nothing_to_go_live(app: Flask) -> None:
    new_place(app)
    with app.app_context():
        begin_writing()
        item = items.find("destination", "hutan-uji", lock=True)
        assert item
        with pytest.raises(immediate.NotLive):
            immediate.change(item, CLOSED, "close", ACTOR)
        db.session.rollback()
