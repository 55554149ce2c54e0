"""What machines read: sitemap, robots, structured data and API agree with the pages."""

from datetime import datetime
from xml.etree import ElementTree

import pytest

from tests.client import ORIGIN, SelfCheckingClient, words_of

NS = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def test_the_sitemap_and_the_pages_name_the_same_alternates(reader: SelfCheckingClient) -> None:
    tree = ElementTree.fromstring(reader.get("/sitemap.xml").data)
    listed = [url.findtext("s:loc", "", NS) for url in tree.findall("s:url", NS)]
    assert len(listed) == len(set(listed))
    for url in tree.findall("s:url", NS):
        loc = url.findtext("s:loc", "", NS)
        alternates = {a.get("hreflang"): a.get("href") for a in url.findall("x:link", NS)}
        page = reader.visit(loc.removeprefix(ORIGIN))
        assert alternates == {a.get("hreflang"): a.get("href") for a in page.all("link", rel="alternate") if a.get("hreflang")}  # fmt: skip
        assert alternates["x-default"] == alternates["en"]
        assert loc in alternates.values()
        assert page.one("link", rel="canonical").get("href") == loc
        assert datetime.fromisoformat(url.findtext("s:lastmod", "", NS)).tzinfo


def test_robots_opens_the_site_and_names_the_sitemap(reader: SelfCheckingClient) -> None:
    answer = reader.get("/robots.txt")
    assert answer.headers["Content-Type"].startswith("text/plain")
    assert f"Sitemap: {ORIGIN}/sitemap.xml" in answer.text.splitlines()


def test_security_txt_ends_in_the_future_and_within_a_year(reader: SelfCheckingClient) -> None:
    lines = dict(line.split(": ", 1) for line in reader.get("/.well-known/security.txt").text.splitlines())
    expires = datetime.fromisoformat(lines["Expires"])
    assert 0 < (expires - datetime.fromisoformat("2026-11-24T03:00:00+00:00")).days < 365
    assert reader.get(lines["Contact"].removeprefix(ORIGIN)).status_code == 200


def test_a_place_tells_machines_what_it_tells_readers(reader: SelfCheckingClient) -> None:
    page = reader.visit("/en/destinations/siak-sri-indrapura-palace")
    place = next(b for b in page.jsonld() if "TouristAttraction" in b["@type"])
    assert place["name"] == words_of(page.one("h1"))
    assert place["description"] in page.text
    assert place["address"]["addressCountry"] == "ID"
    assert 0.2 <= place["geo"]["latitude"] <= 1.4
    assert 100.7 <= place["geo"]["longitude"] <= 102.8
    assert "offers" not in place
    assert "openingHoursSpecification" not in place, "hours that nobody has confirmed are not told as facts"


def test_a_coarse_point_is_never_given_as_one(reader: SelfCheckingClient) -> None:
    page = reader.visit("/id/destinasi/taman-nasional-zamrud")
    assert all("geo" not in block for block in page.jsonld())
    assert not [href for href in page.links() if href.startswith("geo:")]
    assert [href for href in page.links() if "google.com/maps/search" in href and "Zamrud" in href]


def test_a_past_event_keeps_its_date_for_machines_and_says_that_it_is_over(reader: SelfCheckingClient) -> None:
    page = reader.visit("/en/events/tour-de-siak-cycling-race")
    event = next(b for b in page.jsonld() if b["@type"] == "SportsEvent")
    assert event["startDate"] in [t.get("datetime") for t in page.all("time")]
    assert event["eventStatus"] == "https://schema.org/EventScheduled"
    assert "offers" not in event


@pytest.mark.parametrize("plural", ["destinations", "events", "pages"])
def test_the_api_tells_every_item_once_and_each_by_its_code(reader: SelfCheckingClient, plural: str) -> None:
    listed = reader.get(f"/api/v1/{plural}?limit=3").json
    codes = []
    for number in range(1, listed["pages"] + 1):
        address = f"/api/v1/{plural}?limit=3" + (f"&page={number}" if number > 1 else "")
        codes += [item["code"] for item in reader.get(address).json["results"]]
    assert len(codes) == len(set(codes)) == listed["total"]
    one = reader.get(f"/api/v1/{plural}/{codes[0]}").json
    for locale, words in one["translations"].items():
        page = reader.visit(words["url"].removeprefix(ORIGIN))
        assert words_of(page.one("h1")) == words["name"]
        assert page.one("html").get("lang") == locale


@pytest.mark.parametrize("limit", ["0", "201", "-1", "x", "9" * 400, "%00"])
def test_a_limit_out_of_bounds_is_refused(reader: SelfCheckingClient, limit: str) -> None:
    assert reader.get(f"/api/v1/destinations?limit={limit}").status_code == 400


def test_health_answers(reader: SelfCheckingClient) -> None:
    assert reader.get("/healthz").status_code == reader.get("/readyz").status_code == 200
