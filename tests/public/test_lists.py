"""The list of destinations: filters, counts, sorting, pages, and what bad values answer."""

import re
from itertools import product

import pytest

from pesona.queries.catalogue import catalogue
from tests.client import Page, SelfCheckingClient, words_of

LISTS = {"id": "/id/destinasi", "en": "/en/destinations"}


def names(page: Page) -> list[str]:
    return [words_of(h) for li in page.all("li") if "card " in li.get("class", "") + " " for h in li.iter("h2")]


def options(page: Page, name: str) -> dict[str, str]:
    return {o.get("value", ""): words_of(o) for o in page.one("select", name=name).iter("option")}


@pytest.mark.parametrize("locale", ["id", "en"])
def test_every_filter_shows_what_brute_force_finds(reader: SelfCheckingClient, locale: str) -> None:
    with reader.app.app_context():
        entries = list(catalogue().entries["destination"].values())
    categories = ["", *sorted({e.category for e in entries})]
    districts = ["", *sorted({e.district for e in entries if e.district})]
    for category, district in product(categories, districts):
        fitting = {
            e.cards[locale].name for e in entries if category in ("", e.category) and district in ("", e.district)
        }
        if len(fitting) <= 24:
            page = reader.visit(f"{LISTS[locale]}?category={category}&district={district}")
            assert set(names(page)) == fitting


def test_a_count_beside_a_choice_is_the_length_of_its_list(reader: SelfCheckingClient) -> None:
    page = reader.visit("/en/destinations?district=14.08.01")
    for code, said in options(page, "category").items():
        count = int(said.rsplit("(", 1)[1].rstrip(")"))
        found = reader.visit(f"/en/destinations?district=14.08.01&category={code}")
        assert len(names(found)) == min(count, 24), code


def test_names_are_found_in_both_languages_and_without_accents(reader: SelfCheckingClient) -> None:
    assert names(reader.visit("/en/destinations?q=ISTANA")) == ["Siak Sri Indrapura Palace"]
    assert names(reader.visit("/id/destinasi?q=palace")) == ["Istana Siak Sri Indrapura"]


def test_sorting_by_distance_puts_places_without_a_usable_point_last(reader: SelfCheckingClient) -> None:
    with reader.app.app_context():
        exact = {
            e.cards["en"].name
            for e in catalogue().entries["destination"].values()
            if e.point is not None and e.point.exact
        }
    shown = names(reader.visit("/en/destinations?sort=distance"))
    seen = [name in exact for name in shown]
    assert seen == sorted(seen, reverse=True)
    assert any(seen)


def test_a_filtered_list_is_not_indexed_and_names_the_plain_one(reader: SelfCheckingClient) -> None:
    page = reader.visit("/en/destinations?category=history")
    assert page.one("link", rel="canonical").get("href", "").endswith("/en/destinations")
    assert "noindex" in page.one("meta", name="robots").get("content", "")


def test_the_language_link_keeps_the_query(reader: SelfCheckingClient) -> None:
    page = reader.visit("/en/destinations?category=history&district=14.08.01")
    assert page.one("a", hreflang="id").get("href") == "/id/destinasi?category=history&district=14.08.01"


def test_an_empty_result_offers_a_wider_list(reader: SelfCheckingClient) -> None:
    page = reader.visit("/en/destinations?q=istana&category=craft")
    assert not names(page)
    assert "/en/destinations?category=craft" in page.links()
    assert "/en/destinations?q=istana" in page.links()


@pytest.mark.parametrize(
    "query",
    ["page=0", "page=1e9", "page=-1", "page=abc", "page=99", "page=01", "page=%00", "category=nothing", "district=%ff",
     "district=14.08.99", "sort=price", "page=" + "9" * 10_000],
)  # fmt: skip
def test_a_value_that_does_not_exist_is_not_found(reader: SelfCheckingClient, query: str) -> None:
    reader.visit(f"/en/destinations?{query}", 404)


def test_page_one_has_only_one_address(reader: SelfCheckingClient) -> None:
    answer = reader.get("/en/destinations?category=history&page=1")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/en/destinations?category=history")


@pytest.mark.parametrize("path", ["/en/destinations?lang=id", "/en/destinations?utm_source=x&hl=id"])
def test_unknown_parameters_change_nothing(reader: SelfCheckingClient, path: str) -> None:
    assert reader.visit(path).answer.data == reader.visit("/en/destinations").answer.data


@pytest.mark.parametrize("base", ["/id/acara", "/en/events"])
def test_every_event_is_in_some_list(reader: SelfCheckingClient, base: str) -> None:
    listed: set[str] = set()
    waiting, seen = [base], set[str]()
    while waiting:
        path = waiting.pop()
        seen.add(path)
        links = reader.visit(path).links()
        listed |= {link for link in links if link.startswith(f"{base}/")}
        waiting += [
            one
            for one in links
            if re.fullmatch(rf"{base}\?(when=\w+|page=\d+|when=\w+&page=\d+)", one) and one not in seen
        ]
    assert len(listed) == reader.get("/api/v1/events?limit=1").json["total"]


def test_a_coarse_point_is_not_given_to_measure_from(reader: SelfCheckingClient) -> None:
    page = reader.visit("/en/destinations?category=nature")
    (zamrud,) = (li for li in page.all("li") if li.get("data-plan") == "taman-nasional-zamrud")
    assert zamrud.get("data-at") is None
    palace = next(li for li in reader.visit("/en/destinations?q=palace").all("li") if li.get("data-plan"))
    assert palace.get("data-at") == "0.7947,102.0522"
