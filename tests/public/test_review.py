"""Past its review interval a place with hours or prices says so, until an editor finds the facts still true."""

from collections.abc import Callable

import pytest

from pesona.db import begin_writing, db
from pesona.editing import items, publish
from tests.client import Page, SelfCheckingClient
from tests.conftest import SiteClock
from tests.notices import ACTOR

EN, ID = "/en/destinations/siak-sri-indrapura-palace", "/id/destinasi/istana-siak-sri-indrapura"
ITEM = "/admin/destinations/istana-siak-sri-indrapura"


def unchecked(page: Page) -> bool:
    return bool([e for e in page.tree.iter() if e.get("data-check") == "unchecked"])


def test_half_a_year_after_publication_the_page_says_when_the_facts_were_checked(
    client: SelfCheckingClient, clock: SiteClock
) -> None:
    clock.move(days=181, minutes=-1)  # 24 May 2027, a minute before the hour of publication
    tag = client.get(EN).headers["ETag"]
    assert not unchecked(client.visit(EN))
    clock.move(minutes=1)
    assert client.get(EN).headers["ETag"] != tag
    for path, said in ((EN, "last checked in November 2026"), (ID, "terakhir diperiksa pada November 2026")):
        page = client.visit(path)
        assert unchecked(page)
        assert said in page.text


def test_still_true_takes_it_away_for_half_a_year(
    sign_in: Callable[..., SelfCheckingClient], client: SelfCheckingClient, clock: SiteClock
) -> None:
    clock.move(days=200)  # 12 June 2027
    assert unchecked(client.visit(EN))
    siti = sign_in()
    siti.submit(siti.visit(ITEM), f"{ITEM}/still-true")
    assert not unchecked(client.visit(EN))
    clock.move(days=182, hours=13, minutes=59)  # 11 December, a minute before midnight
    assert not unchecked(client.visit(EN))
    clock.move(minutes=1)
    page = client.visit(EN)
    assert unchecked(page)
    assert "last checked in June 2027" in page.text


@pytest.mark.parametrize("path", ["/en/destinations/bolu-kemojo-cake", "/en/events/tour-de-siak-cycling-race"])
def test_what_has_neither_hours_nor_prices_is_not_doubted(
    client: SelfCheckingClient, clock: SiteClock, path: str
) -> None:
    clock.move(days=400)
    assert not unchecked(client.visit(path))


def test_nothing_is_said_where_nobody_knows_when_it_was_checked(client: SelfCheckingClient, clock: SiteClock) -> None:
    with client.app.app_context():
        begin_writing()
        item = items.find("destination", "istana-siak-sri-indrapura", lock=True)
        assert item
        sources = [{**source, "checked": ""} for source in items.snapshot(item)["facts"]["sources"]]
        items.save(item, item.head, {"facts": {"sources": sources}}, ACTOR)
        publish.publish(item, item.head, ["facts"], ACTOR)
        db.session.commit()
    clock.move(days=400)
    assert not unchecked(client.visit(EN))
