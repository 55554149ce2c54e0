"""Search: the palace first, in both languages; nothing a visitor types can break it."""

import pytest

from tests.client import Page, SelfCheckingClient, words_of


def found(page: Page) -> list[str]:
    return [a.get("href", "") for h in page.all("h2") for a in h.iter("a")]


@pytest.mark.parametrize("query", ["istana", "palace", "istana siak", "siak palace", "ISTANA", "palaces", "istan"])
def test_the_palace_is_found_first_in_both_languages(reader: SelfCheckingClient, query: str) -> None:
    assert found(reader.visit(f"/id/cari?q={query}"))[0] == "/id/destinasi/istana-siak-sri-indrapura"
    assert found(reader.visit(f"/en/search?q={query}"))[0] == "/en/destinations/siak-sri-indrapura-palace"


@pytest.mark.parametrize("locale", ["id", "en"])
def test_the_api_and_the_page_agree(reader: SelfCheckingClient, locale: str) -> None:
    page = reader.visit({"id": "/id/cari?q=sultan", "en": "/en/search?q=sultan"}[locale])
    answer = reader.get(f"/api/v1/search?q=sultan&locale={locale}").json
    assert [hit["url"].removeprefix("http://127.0.0.1:8000") for hit in answer["results"]] == found(page)
    assert answer["total"] >= len(answer["results"]) > 1
    scores = [hit["score"] for hit in answer["results"]]
    assert scores == sorted(scores, reverse=True)


def test_the_api_narrows_by_type_category_and_district(reader: SelfCheckingClient) -> None:
    whole = reader.get("/api/v1/search?q=siak&locale=en").json
    events = reader.get("/api/v1/search?q=siak&locale=en&type=event").json
    assert events["total"] == whole["facets"]["type"]["event"]
    assert {hit["type"] for hit in events["results"]} == {"event"}
    history = reader.get("/api/v1/search?q=siak&locale=en&category=history&district=14.08.01").json
    assert "istana-siak-sri-indrapura" in [hit["code"] for hit in history["results"]]


def test_the_words_found_are_marked_in_the_excerpt(reader: SelfCheckingClient) -> None:
    page = reader.visit("/en/search?q=throne")
    assert any(words_of(mark).lower().startswith("throne") for mark in page.all("mark"))


@pytest.mark.parametrize(
    "query",
    ["", "   ", "%", "%22", "'''", "(", ")))", "NEAR(", "%00", "%ff%fe", "*", "**", "[0 TO zzzz]", "siak~9",
     "NOT NOT NOT", "status:draft", "%F0%9F%8F%B0", "قصر", "a" * 500, "a+" * 300, "<script>alert(1)</script>",
     "AND OR NOT", "name:istana", "?", "\\", "-istana", "%e2%80%ae"],
)  # fmt: skip
def test_whatever_is_typed_the_answer_is_a_page(reader: SelfCheckingClient, query: str) -> None:
    page = reader.visit(f"/en/search?q={query}")
    assert "noindex" in page.one("meta", name="robots").get("content", "")
    assert "<script>alert" not in page.answer.text
    assert reader.get(f"/api/v1/search?q={query}").status_code == 200


def test_no_hit_says_so_and_offers_a_way_on(reader: SelfCheckingClient) -> None:
    page = reader.visit("/en/search?q=xylophonequartz")
    assert not found(page)
    assert "/en/destinations" in page.links()
    assert "xylophonequartz" in page.text


def test_the_query_stays_in_the_field_and_in_the_language_link(reader: SelfCheckingClient) -> None:
    page = reader.visit("/en/search?q=sultan+%26+river")
    assert "sultan & river" in [e.get("value") for e in page.all("input", name="q")]
    assert page.one("a", hreflang="id").get("href") == "/id/cari?q=sultan+%26+river"
