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
    assert {"/en/destinations", "/en/categories/history"} <= set(page.links())
    assert "xylophonequartz" in page.text


def test_the_query_stays_in_the_field_and_in_the_language_link(reader: SelfCheckingClient) -> None:
    page = reader.visit("/en/search?q=sultan+%26+river")
    assert "sultan & river" in [e.get("value") for e in page.all("input", name="q")]
    assert page.one("a", hreflang="id").get("href") == "/id/cari?q=sultan+%26+river"


PALACE = "istana-siak-sri-indrapura"


def answered(reader: SelfCheckingClient, query: str, locale: str = "id") -> tuple[list[str], str | None]:
    told = reader.get(f"/api/v1/search?q={query}&locale={locale}").json
    return [hit["code"] for hit in told["results"]], told["did_you_mean"]


@pytest.mark.parametrize(
    ("query", "mended"),
    [("isatna", "istana"), ("istna", "istana"), ("isstana", "istana"), ("pallace", "palace"), ("istanasiak", "istana siak"),
     ("istana siak sri indra pura", None), ("kerapaatn tinggi", "kerapatan tinggi"), ("jembtaan", "jembatan")],
)  # fmt: skip
def test_a_slip_is_mended_and_said(reader: SelfCheckingClient, query: str, mended: str | None) -> None:
    codes, told = answered(reader, query)
    assert told == mended
    assert codes == answered(reader, mended)[0] if mended else codes[0] == PALACE


@pytest.mark.parametrize("query", ["istana", "palace", "masjid", "siak", "tenun"])
def test_what_is_written_right_is_never_mended(reader: SelfCheckingClient, query: str) -> None:
    assert answered(reader, query)[1] is None


def test_there_is_a_way_back_from_a_mended_query(reader: SelfCheckingClient) -> None:
    page = reader.visit("/en/search?q=pallace")
    assert found(page)[0].endswith("siak-sri-indrapura-palace")
    assert "/en/search?q=palace" in page.links()
    exact = reader.visit("/en/search?q=pallace&exact=1")
    assert "/en/search?q=pallace&exact=1" in page.links()
    assert found(exact) == []
    assert "pallace" in exact.text


@pytest.mark.parametrize("name", ["type", "category", "district"])
def test_a_facet_says_how_many_it_leaves_and_leaves_them(reader: SelfCheckingClient, name: str) -> None:
    counts = reader.get("/api/v1/search?q=sultan&locale=en").json["facets"][name]
    assert len(counts) > 1
    for value, count in counts.items():
        assert reader.get(f"/api/v1/search?q=sultan&locale=en&{name}={value}").json["total"] == count
        page = reader.visit(f"/en/search?q=sultan&{name}={value}")
        assert f"/en/search?q=sultan&{name}={value}" in reader.visit("/en/search?q=sultan").links()
        assert [a for a in page.all("a") if a.get("aria-current") == "true"]


def test_an_unknown_facet_is_not_found(reader: SelfCheckingClient) -> None:
    for wrong in ("type=x", "category=x", "district=99"):
        assert reader.get(f"/en/search?q=siak&{wrong}").status_code == 404


def test_a_past_event_is_marked(reader: SelfCheckingClient) -> None:
    page = reader.visit("/en/search?q=tour+de+siak&type=event")
    first = page.all("li", **{"class": "hit"})[0]
    assert "Tour de Siak" in words_of(first)
    assert "(past)" in words_of(first)


@pytest.mark.parametrize(
    ("query", "code"),
    [("tomb raja kecik", "makam-raja-kecik"), ("pemakaman raja kecil", "makam-raja-kecik"), ("weaving", "tenun-siak"),
     ("boat race", "lomba-pacu-sampan-hut-ri"), ("gajah", "pusat-konservasi-gajah-minas"),
     ("elephant", "pusat-konservasi-gajah-minas"), ("penari zapin", "zapin-siak")],
)  # fmt: skip
@pytest.mark.parametrize("locale", ["id", "en"])
def test_either_language_finds_it_on_either_page(
    reader: SelfCheckingClient, query: str, code: str, locale: str
) -> None:
    assert code in answered(reader, query, locale)[0][:3]
