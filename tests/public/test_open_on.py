"""The list of destinations that are open on a day: `on`, once or twice."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from flask import Flask

from pesona import clock as site_clock
from pesona.db import db
from pesona.editing import schema
from tests.client import Page, SelfCheckingClient, words_of
from tests.conftest import SiteClock, close_site, make_site
from tests.notices import publish_notice
from tests.ponds import publish_pond
from tests.public.test_hours_agreement import STATES, TODAY

LISTS = {"id": "/id/destinasi", "en": "/en/destinations"}


@pytest.fixture(scope="module")
def ponds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """A site with a place in each state of its hours."""
    app = make_site(tmp_path_factory.mktemp("open"), SiteClock())
    with app.app_context():
        schema.init()
        db.session.commit()
    for state, (facts, _, _) in STATES.items():
        publish_pond(app, f"kolam-{state}", **facts)
    yield app
    close_site(app)


@pytest.fixture
def visitor(ponds: Flask) -> SelfCheckingClient:
    site_clock.set_clock(SiteClock())
    return SelfCheckingClient(ponds)


def listed(page: Page) -> set[str]:
    """Return the states of the places on *page*."""
    hrefs = (a.get("href", "") for li in page.all("li") if "card" in li.get("class", "").split() for a in li.iter("a"))
    return {href.rpartition("/kolam-")[2].removesuffix("-en").removesuffix("-id") for href in hrefs}


def open_by_api(client: SelfCheckingClient, first: date, last: date) -> set[str]:
    """Return the states of which the API tells an opening on one of the days."""
    days = {(first + timedelta(days=n)).isoformat() for n in range((last - first).days + 1)}
    found = set()
    for state in STATES:
        told = client.get(f"/api/v1/destinations/kolam-{state}").get_json()["hours"]
        if told["status"] == "always_open" or any(one["opens"][:10] in days for one in told["intervals"]):
            found.add(state)
    return found


@pytest.mark.parametrize("locale", ["id", "en"])
def test_a_day_lists_what_the_api_tells_of_it(visitor: SelfCheckingClient, locale: str) -> None:
    for n in range(28):
        day = TODAY + timedelta(days=n)
        assert listed(visitor.visit(f"{LISTS[locale]}?on={day}")) == open_by_api(visitor, day, day), day


def test_two_days_list_what_is_open_on_one_of_them(visitor: SelfCheckingClient) -> None:
    saturday = date(2026, 11, 28)
    sunday = saturday + timedelta(days=1)
    found = listed(visitor.visit(f"/en/destinations?on={saturday}&on={sunday}"))
    assert found == open_by_api(visitor, saturday, sunday)
    assert "malam" in found
    assert "malam" not in listed(visitor.visit(f"/en/destinations?on={sunday}"))


def test_the_day_is_a_filter_that_can_be_taken_away_and_goes_to_the_other_language(visitor: SelfCheckingClient) -> None:
    page = visitor.visit("/en/destinations?category=nature&on=2026-11-28")
    assert page.one("input", name="on").get("value") == "2026-11-28"
    assert "open on Saturday, 28 November 2026" in words_of(page.one("ul", **{"aria-label": "Chosen filters"}))
    assert "/en/destinations?category=nature" in page.links()
    assert page.one("a", hreflang="id").get("href") == "/id/destinasi?category=nature&on=2026-11-28"
    assert "of most, nobody has confirmed them yet" in words_of(page.one("main"))


@pytest.mark.parametrize("locale", ["id", "en"])
@pytest.mark.parametrize(
    "query", ["on=2026-02-30", "on=besok", "on=2026-12-05&on=2026-12-01", "on=2026-12-01&on=2026-12-02&on=2026-12-03"]
)
def test_days_that_are_none_are_named_and_stay_in_the_form(
    visitor: SelfCheckingClient, locale: str, query: str
) -> None:
    page = visitor.visit(f"{LISTS[locale]}?category=nature&{query}")
    assert not listed(page)
    summary = page.one("div", role="alert")
    target = next(a for a in summary.iter("a")).get("href", "")[1:]
    field = page.one("input", id=target)
    assert (field.get("name"), field.get("aria-invalid")) == ("on", "true")
    assert field.get("value") in query.replace("on=", "").split("&")
    chosen = [o for o in page.one("select", name="category").iter("option") if o.get("selected") is not None]
    assert chosen[0].get("value") == "nature"


@pytest.mark.parametrize("days", ["on=0001-01-01&on=9999-12-31", "on=9999-12-31", "on=0001-01-01"])
def test_the_ends_of_the_calendar_are_answered(visitor: SelfCheckingClient, days: str) -> None:
    assert "pekan" in listed(visitor.visit(f"/en/destinations?{days}"))


def test_where_no_hours_are_known_no_day_is_asked_for(reader: SelfCheckingClient) -> None:
    page = reader.visit("/en/destinations")
    assert not [field for field in page.all("input") if field.get("name") == "on"]


def test_a_place_that_a_notice_closes_that_day_is_not_open(app: Flask, client: SelfCheckingClient) -> None:
    publish_pond(app, **STATES["pekan"][0])
    closed = {"kind": "closure", "scope": "places", "destinations": ["kolam"]}
    publish_notice(app, **closed, start="2026-11-25", end="2026-11-26")
    publish_notice(app, "sejam", **closed, start="2026-11-28 09:00", end="2026-11-28 10:00")
    found = {n: bool(listed(client.visit(f"/en/destinations?on=2026-11-{n}"))) for n in range(24, 29)}
    assert found == {24: True, 25: False, 26: False, 27: True, 28: True}
