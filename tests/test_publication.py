"""Revisions, marks and the public tables: nothing unseen is published, nothing published is lost."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from pesona.clock import utc_now
from pesona.db import begin_writing, db
from pesona.editing import content_check, items, publish
from pesona.editing.log import Actor
from pesona.models.item import Item
from pesona.search import follow
from tests.client import SelfCheckingClient
from tests.conftest import SiteClock

ACTOR = Actor(command="test")
PALACE = "istana-siak-sri-indrapura"
EN, ID = "/en/destinations/siak-sri-indrapura-palace", "/id/destinasi/istana-siak-sri-indrapura"


@pytest.fixture(autouse=True)
def everything_agrees(app: Flask) -> Iterator[None]:
    """Expect after each test that public tables, index and published revisions agree."""
    yield
    with app.app_context():
        assert list(content_check.differences()) == list(follow.differences()) == []


@contextmanager
def deed(app: Flask, kind: str = "destination", code: str = PALACE) -> Iterator[Item]:
    """Do something to an item in one writing transaction."""
    with app.app_context():
        begin_writing()
        item = items.find(kind, code, lock=True)
        assert item
        yield item
        db.session.commit()


def save(app: Flask, **changes: dict[str, Any]) -> int:
    with deed(app) as item:
        return items.save(item, item.head, changes, ACTOR).number


def make_live(app: Flask, *parts: str) -> None:
    with deed(app) as item:
        publish.publish(item, item.head, parts, ACTOR)


def new_place(app: Flask, **words: dict[str, str]) -> None:
    with app.app_context():
        begin_writing()
        facts = {"category": "nature", "district": "14.08.01"}
        items.create("destination", "hutan-uji", {"facts": facts, "words": words}, ACTOR)
        db.session.commit()


WORDS_EN = {
    "name": "Test Forest",
    "slug": "test-forest",
    "summary": "A forest that stands here for tests alone, with many trees in it.",
    "body": "Trees, many of them.",
}
WORDS_ID = {
    "name": "Hutan Uji",
    "slug": "hutan-uji",
    "summary": "Hutan yang berdiri di sini hanya untuk uji, dengan banyak pohon di dalamnya.",
    "body": "Pohon yang banyak.",
}
EVERYWHERE = ("/en/", "/id/", "/en/destinations", "/id/destinasi", "/sitemap.xml", "/api/v1/destinations?limit=200",
              "/en/districts/siak", "/en/categories/nature", "/api/v1/search?q=forest&locale=en")  # fmt: skip


def test_a_draft_is_nowhere(client: SelfCheckingClient) -> None:
    new_place(client.app, en=WORDS_EN, id=WORDS_ID)
    assert client.get("/en/destinations/test-forest").status_code == 404
    assert client.get("/api/v1/destinations/hutan-uji").status_code == 404
    for path in EVERYWHERE:
        data = client.get(path).data.lower()
        assert not [draft for draft in (b"test-forest", b"hutan-uji", b"test forest") if draft in data], path


def test_a_draft_of_a_live_item_changes_no_byte_anywhere(client: SelfCheckingClient) -> None:
    before = {path: client.get(path).data for path in (*EVERYWHERE, EN, ID, f"/api/v1/destinations/{PALACE}")}
    save(client.app, en={"name": "Draft Forest", "slug": "draft"}, facts={"category": "nature", "district": ""})
    assert {path: client.get(path).data for path in before} == before
    assert client.get("/en/destinations/draft").status_code == 404


def test_publishing_one_language_leaves_the_other_byte_for_byte(client: SelfCheckingClient) -> None:
    pages = (EN, "/en/", "/en/destinations", "/en/districts/siak", "/en/search?q=palace")
    english = {path: client.get(path).data for path in pages}
    save(client.app, id={"summary": "Ringkasan baru istana."}, en={"summary": "A new summary of the palace."})
    make_live(client.app, "id")
    assert "Ringkasan baru istana." in client.visit(ID).text
    assert {path: client.get(path).data for path in pages} == english


def test_an_old_english_draft_never_takes_back_an_indonesian_fix(client: SelfCheckingClient) -> None:
    save(client.app, en={"summary": "An English draft."})
    save(client.app, id={"summary": "Perbaikan ringkasan."})
    make_live(client.app, "id")
    make_live(client.app, "en")
    assert "Perbaikan ringkasan." in client.visit(ID).text
    assert "An English draft." in client.visit(EN).text


def test_a_mark_only_moves_forward(client: SelfCheckingClient) -> None:
    save(client.app, en={"summary": "Newer."})
    make_live(client.app, "en")
    with deed(client.app) as item, pytest.raises(publish.MovedOn):
        publish.publish(item, 1, ["en"], ACTOR)


def test_words_need_live_facts(client: SelfCheckingClient) -> None:
    new_place(client.app, en=WORDS_EN)
    with deed(client.app, code="hutan-uji") as item:
        with pytest.raises(publish.Blocked) as blocked:
            publish.publish(item, 1, ["en"], ACTOR)
        assert [problem.rule for problem in blocked.value.problems] == ["facts_first"]
        publish.publish(item, 1, ["facts", "en"], ACTOR)
    client.visit("/en/destinations/test-forest")


@pytest.mark.parametrize(
    ("part", "change", "rule"),
    [("facts", {"category": "castle"}, "choice"), ("facts", {"district": "99"}, "district_known"),
     ("facts", {"village": "14.08.02.2001"}, "village_in_district"), ("facts", {"latitude": 95.0}, "point_range"),
     ("facts", {"latitude": None}, "point_pair"), ("en", {"name": ""}, "missing"), ("en", {"body": ""}, "missing"),
     ("facts", {"prices": [{"amount_idr": 5, "source": "nobody"}]}, "row_source"),
     ("facts", {"prices": [{"amount_idr": -5, "source": "gatra19"}]}, "price_amount"),
     ("en", {"slug": "Not A Slug"}, "slug_form"), ("en", {"slug": "zamrud-national-park"}, "slug_taken"),
     ("facts", {"sources": [{"key": "a"}]}, "source_publisher")],
)  # fmt: skip
def test_what_is_untrue_or_incomplete_blocks(app: Flask, part: str, change: dict[str, Any], rule: str) -> None:
    save(app, **{part: change})
    with deed(app) as item, pytest.raises(publish.Blocked) as blocked:
        publish.publish(item, item.head, [part], ACTOR)
    assert rule in [problem.rule for problem in blocked.value.problems]


def test_an_event_that_ends_before_it_starts_blocks(app: Flask) -> None:
    with deed(app, "event", "tour-de-siak") as item:
        source = items.snapshot(item)["facts"]["sources"][0]["key"]
        dates = [{"start": "2027-09-05", "end": "2027-09-01", "source": source}, {"start": "soon", "source": source}]
        items.save(item, item.head, {"facts": {"occurrences": dates}}, ACTOR)
        with pytest.raises(publish.Blocked) as blocked:
            publish.publish(item, item.head, ["facts"], ACTOR)
    assert {problem.rule for problem in blocked.value.problems} == {"end_before_start", "date"}


def test_a_new_date_stands_on_page_list_home_and_in_structured_data(client: SelfCheckingClient) -> None:
    with deed(client.app, "event", "tour-de-siak") as item:
        facts = items.snapshot(item)["facts"]
        new = {"start": "2026-12-04", "end": "2026-12-06", "source": facts["sources"][0]["key"], "status": "cancelled"}
        items.save(item, item.head, {"facts": {"occurrences": [*facts["occurrences"], new]}}, ACTOR)
        publish.publish(item, item.head, ["facts"], ACTOR)
    page = client.visit("/en/events/tour-de-siak-cycling-race")
    event = next(b for b in page.jsonld() if b["@type"] == "SportsEvent")
    assert (event["startDate"], event["endDate"]) == ("2026-12-04", "2026-12-06")
    assert event["eventStatus"] == "https://schema.org/EventCancelled"
    assert "Cancelled" in page.text
    for path in ("/en/events", "/en/"):
        assert "Cancelled" in client.visit(path).text


def test_a_withdrawn_language_shows_the_other_with_a_notice(client: SelfCheckingClient) -> None:
    with deed(client.app) as item:
        publish.withdraw(item, "en", ACTOR, "test")
    page = client.visit(f"/en/destinations/{PALACE}")
    assert "noindex" in page.one("meta", name="robots").get("content", "")
    assert page.one("link", rel="canonical").get("href", "").endswith(ID)
    assert page.one("h1").get("lang") == "id"
    assert client.get(EN).headers["Location"] == f"/en/destinations/{PALACE}"
    assert EN.encode() not in client.get("/sitemap.xml").data
    card = next(a for a in client.visit("/en/destinations").all("a", href=f"/en/destinations/{PALACE}"))
    assert card.text == "Istana Siak Sri Indrapura"
    with deed(client.app) as item:
        publish.withdraw(item, "id", ACTOR, "test")
        assert (item.live_facts, item.live_id, item.live_en) == (None, None, None)
    for path in (ID, EN, f"/en/destinations/{PALACE}", f"/api/v1/destinations/{PALACE}"):
        assert client.get(path).status_code == 404, path
    make_live(client.app, "facts", "id", "en")
    client.visit(ID)
    client.visit(EN)


def test_every_former_address_leads_on_in_one_hop(client: SelfCheckingClient) -> None:
    slugs = ["siak-sri-indrapura-palace", "one", "two", "three", "four", "the-palace"]
    for slug in slugs[1:]:
        save(client.app, en={"slug": slug})
        make_live(client.app, "en")
    for slug in slugs[:-1]:
        answer = client.get(f"/en/destinations/{slug}")
        assert (answer.status_code, answer.headers["Location"]) == (301, "/en/destinations/the-palace")
        assert client.get(f"/id/destinasi/{slug}").headers["Location"] == ID
    client.visit("/en/destinations/the-palace")
    new_place(client.app, en={**WORDS_EN, "slug": "two"})
    with deed(client.app, code="hutan-uji") as item, pytest.raises(publish.Blocked, match="slug_taken"):
        publish.publish(item, 1, ["facts", "en"], ACTOR)
    save(client.app, en={"slug": "two"})
    make_live(client.app, "en")
    client.visit("/en/destinations/two")
    assert client.get("/en/destinations/the-palace").headers["Location"] == "/en/destinations/two"


def test_a_new_name_leaves_the_address(client: SelfCheckingClient) -> None:
    save(client.app, en={"name": "The Palace of Siak"})
    make_live(client.app, "en")
    client.visit(EN)


def test_one_address_part_may_serve_both_languages(client: SelfCheckingClient) -> None:
    save(client.app, en={"slug": PALACE})
    make_live(client.app, "en")
    client.visit(f"/en/destinations/{PALACE}")
    client.visit(ID)
    assert client.get(EN).headers["Location"] == f"/en/destinations/{PALACE}"


def test_no_page_takes_an_address_of_the_site(app: Flask) -> None:
    with deed(app, "page", "contact") as item:
        items.save(item, item.head, {"en": {"slug": "destinations"}}, ACTOR)
        with pytest.raises(publish.Blocked, match="slug_reserved"):
            publish.publish(item, item.head, ["en"], ACTOR)


def test_a_removed_item_is_gone(client: SelfCheckingClient) -> None:
    with deed(client.app) as item:
        for locale in ("id", "en"):
            publish.withdraw(item, locale, ACTOR, "test")
        item.removed_at = utc_now()
    client.visit(EN, 410)
    client.visit(ID, 410)


def test_lastmod_moves_only_with_the_facts_or_that_language(client: SelfCheckingClient, clock: SiteClock) -> None:
    def lastmod(loc: str) -> str:
        return client.get("/sitemap.xml").text.split(f"{loc}</loc><lastmod>")[1].split("<")[0]

    before = lastmod(ID)
    clock.move(hours=1)
    save(client.app, en={"summary": "Only English moves."})
    make_live(client.app, "facts", "id", "en")
    assert lastmod(ID) == before
    assert lastmod(EN) == "2026-11-24T04:00:00Z"
    clock.move(hours=1)
    save(client.app, facts={"year_built": "1890"})
    assert lastmod(EN) == "2026-11-24T04:00:00Z"
    make_live(client.app, "facts")
    assert lastmod(ID) == lastmod(EN) == "2026-11-24T05:00:00Z"


@pytest.mark.parametrize("table", ["revision", "log_entry"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_history_is_kept_for_good(app: Flask, table: str, statement: str) -> None:
    with app.app_context(), pytest.raises(DatabaseError, match="kept for good"):
        db.session.execute(text(statement.format(table)))
    with app.app_context():
        db.session.rollback()


def test_the_check_names_item_and_field_and_publication_mends_it(app: Flask) -> None:
    check = app.test_cli_runner()
    assert check.invoke(args=["content", "check"]).exit_code == 0
    with app.app_context():
        db.session.execute(
            text("UPDATE destination_translation SET summary = 'x' WHERE slug = :slug"), {"slug": PALACE}
        )
        db.session.commit()
    told = check.invoke(args=["content", "check"])
    assert told.exit_code != 0
    assert f"destination {PALACE}: id.summary" in told.output
    make_live(app, "id")
