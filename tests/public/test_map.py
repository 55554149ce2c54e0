"""The map and the list beside it: the same places, sure points and coarse ones, every sheet, no third party."""

import re
from itertools import combinations
from urllib.parse import parse_qs, urlsplit
from xml.etree.ElementTree import Element

import pytest

from pesona.db import begin_writing, db
from pesona.queries.catalogue import catalogue
from pesona.queries.places import places
from pesona.sheets.ground import window_of
from pesona.sheets.sheet import inside, sheet
from tests.client import Page, SelfCheckingClient, words_of
from tests.factories import publish_destinations

MAPS = {"id": "/id/peta", "en": "/en/map"}
SVG = "{http://www.w3.org/2000/svg}"
LAYERS = ("narrow", "wide")


def marks(page: Page, layer: str) -> list[Element]:
    """Return the marks of one layer of the drawing."""
    (group,) = (g for g in page.tree.iter(f"{SVG}g") if f"map__layer--{layer}" in g.get("class", ""))
    return list(group.iter(f"{SVG}a"))


def counted(mark: Element) -> int:
    """Return how many places a mark stands for."""
    said = next((t for t in mark.iter(f"{SVG}text") if t.get("class") == "map__count"), None)
    return int(words_of(said)) if said is not None else 1


def listed(page: Page) -> dict[str, str]:
    """Return the lines of the list by the code of the place."""
    return {li.get("id", ""): words_of(li) for li in page.all("li", class_="spot")}


@pytest.mark.parametrize("locale", ["id", "en"])
def test_map_and_list_show_every_place_and_nothing_else(reader: SelfCheckingClient, locale: str) -> None:
    """A9: the list is the map's equal."""
    page = reader.visit(MAPS[locale])
    with reader.app.app_context():
        known = {place.entry.code: place for place in places()}
    assert set(listed(page)) == set(known)
    drawn = sum(1 for place in known.values() if place.spot)
    for layer in LAYERS:
        assert sum(map(counted, marks(page, layer))) == drawn


def test_a_coarse_place_is_hollow_and_has_no_coordinates_anywhere(reader: SelfCheckingClient) -> None:
    page = reader.visit("/en/map")
    with reader.app.app_context():
        known = {place.entry.code: place for place in places()}
    for code, text in listed(page).items():
        point = known[code].entry.point
        exact = point is not None and point.exact
        assert bool(re.search(r"\d\.\d+, \d+\.\d+", text)) is exact, text
    coarse = [place for place in known.values() if place.entry.point and not place.entry.point.exact]
    assert coarse
    for place in coarse:
        assert place.entry.point is not None
        for given in (f"{place.entry.point.latitude},", f"{place.entry.point.longitude}"):
            assert f"geo:{given}" not in page.answer.text
    for mark in marks(page, "wide"):
        if counted(mark) == 1:
            (one,) = [p for p in known.values() if p.entry.cards["en"].path == mark.get("href")]
            assert ("map__mark--hollow" in mark.get("class", "")) is bool(one.spot and one.spot.area)


@pytest.mark.parametrize("locale", ["id", "en"])
def test_every_sheet_shows_on_the_map_what_it_lists(reader: SelfCheckingClient, locale: str) -> None:
    with reader.app.app_context():
        codes = [*catalogue().districts, *list(catalogue().villages)[::9]]
    for code in codes:
        page = reader.visit(f"{MAPS[locale]}?window={code}")
        for layer in LAYERS:
            assert sum(map(counted, marks(page, layer))) == len(listed(page)), code


def test_a_filter_narrows_map_and_list_alike(reader: SelfCheckingClient) -> None:
    with reader.app.app_context():
        known = places()
    for category in {place.entry.category for place in known}:
        fitting = [place for place in known if place.entry.category == category]
        page = reader.visit(f"/en/map?category={category}")
        assert set(listed(page)) == {place.entry.code for place in fitting}
        assert sum(map(counted, marks(page, "wide"))) == sum(1 for place in fitting if place.spot)
    page = reader.visit("/en/map?category=history&district=14.08.13")
    assert listed(page)
    assert "noindex" in page.one("meta", name="robots").get("content", "")
    assert page.one("link", rel="canonical").get("href", "").endswith("/en/map")
    assert page.one("a", hreflang="id").get("href") == "/id/peta?category=history&district=14.08.13"


def test_a_mark_leads_to_its_place_and_a_cluster_to_where_it_parts(reader: SelfCheckingClient) -> None:
    waiting, seen = ["/en/map"], {"/en/map"}
    while waiting:
        path = waiting.pop()
        page = reader.visit(path)
        codes = set(listed(page))
        for mark in (one for layer in LAYERS for one in marks(page, layer)):
            href = mark.get("href", "")
            assert words_of(next(mark.iter(f"{SVG}title")))
            if href.startswith("#"):
                assert href[1:] in codes, f"{path}: {href}"
            elif counted(mark) > 1:
                assert href.startswith("/en/map?window="), href
                if href not in seen:
                    seen.add(href)
                    waiting.append(href)
            else:
                assert reader.get(href).status_code == 200, href
    assert len(seen) > 3, "clusters lead closer"


def test_a_cluster_leads_to_a_closer_sheet_that_shows_most_of_it(reader: SelfCheckingClient) -> None:
    with reader.app.app_context():
        every = places()
        for code in ["", *catalogue().districts, *catalogue().villages]:
            drawn = sheet(code, every, {place.entry.code for place in every}, "en", lambda area: area)
            for mark in (one for layer in drawn.layers for one in layer.marks if len(one.places) > 1):
                if mark.path.startswith("#"):
                    assert code in catalogue().villages or len({p.spot for p in mark.places}) == 1, (code, mark.path)
                else:
                    closer = window_of(mark.path)
                    assert closer.width_km < drawn.window.width_km, (code, mark.path)
                    assert len(inside(closer, mark.places)) > len(mark.places) / 2, (code, mark.path)


def test_from_every_sheet_one_can_move_and_return(reader: SelfCheckingClient) -> None:
    page = reader.visit("/en/map?window=14.08.01.1001")
    links = [link for link in page.links() if link.startswith("/en/map")]
    assert "/en/map" in links
    assert "/en/map?window=14.08.01" in links
    asked = {parse_qs(urlsplit(link).query).get("window", [""])[0] for link in links}
    assert any(len(code) == len("14.08.01.1001") and code != "14.08.01.1001" for code in asked), "a neighbour"
    assert reader.visit("/en/map").links().count("/en/map?window=14.08.01") >= 1


@pytest.mark.parametrize("query", ["window=14.08.99", "window=nothing", "window=%00", "category=x", "page=2"])
def test_a_sheet_that_does_not_exist_is_not_found(reader: SelfCheckingClient, query: str) -> None:
    reader.visit(f"/en/map?{query}", 404)


@pytest.mark.parametrize("locale", ["id", "en"])
def test_the_map_says_whose_data_it_is_drawn_from_and_asks_nobody(reader: SelfCheckingClient, locale: str) -> None:
    page = reader.visit(MAPS[locale])
    assert "© OpenStreetMap contributors" in page.text
    assert "ODbL" in page.text
    assert "GSHHG" in page.text
    sources = [e.get("src", "") for e in page.tree.iter() if e.get("src")]
    assert all(source.startswith("/") for source in sources)


def test_a_place_shows_where_it_lies_as_surely_as_is_known(reader: SelfCheckingClient) -> None:
    """Design, part 5: a coarse point names its village or district only."""
    sure = reader.visit("/en/destinations/siak-sri-indrapura-palace")
    drawing = next(svg for svg in sure.tree.iter(f"{SVG}svg") if svg.get("class") == "locator")
    assert "Siak Sri Indrapura Palace" in drawing.get("aria-label", "")
    assert not [g for g in drawing.iter() if "hollow" in g.get("class", "")]
    assert sure.one("data", class_="copy__text").get("value") == "0.7947,102.0522"
    assert {"geo:0.7947,102.0522"} <= set(sure.links())
    assert "/en/map?window=14.08.01.1001" in sure.links()
    coarse = reader.visit("/id/destinasi/taman-nasional-zamrud")
    drawing = next(svg for svg in coarse.tree.iter(f"{SVG}svg") if svg.get("class") == "locator")
    assert [g for g in drawing.iter() if "hollow" in g.get("class", "")]
    assert "Dayun" in drawing.get("aria-label", "")
    assert not coarse.all("data", class_="copy__text")
    unknown = reader.visit("/id/destinasi/queen-star-water-park")
    assert not [svg for svg in unknown.tree.iter(f"{SVG}svg") if svg.get("class") == "locator"]
    food = reader.visit("/en/destinations/bolu-kemojo-cake")
    assert not [svg for svg in food.tree.iter(f"{SVG}svg") if svg.get("class") == "locator"]


@pytest.mark.parametrize("locale", ["id", "en"])
def test_home_menu_and_foot_lead_to_the_map(reader: SelfCheckingClient, locale: str) -> None:
    page = reader.visit(f"/{locale}/")
    assert page.links().count(MAPS[locale]) == 3
    assert [svg for svg in page.tree.iter(f"{SVG}svg") if svg.get("class") == "locator"]


def test_marks_of_a_layer_keep_their_distance(reader: SelfCheckingClient) -> None:
    with reader.app.app_context():
        for code in ["", *catalogue().districts]:
            drawn = sheet(code, places(), (), "en", lambda area: f"/{area}")
            for layer in drawn.layers:
                assert layer.size.gap > 2 * layer.size.radius
                for a, b in combinations(layer.marks, 2):
                    assert (a.x - b.x) ** 2 + (a.y - b.y) ** 2 >= (layer.size.gap - 0.2) ** 2, (code, a, b)


def test_the_map_costs_no_statement_and_stays_small_with_a_thousand_places(
    client: SelfCheckingClient, statements: list[str]
) -> None:
    with client.app.app_context():
        begin_writing()
        publish_destinations(1000)
        db.session.commit()
    client.get("/en/nothing-but-a-warm-catalogue")
    statements.clear()
    answer = client.get("/en/map", headers={"Accept-Encoding": "br"})
    assert [s for s in statements if "FROM content_version" not in s] == []
    assert len(answer.data) < 40_000
    assert answer.headers["Cache-Control"] == "public, no-cache"
    assert "ETag" in answer.headers
