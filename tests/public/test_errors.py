"""Wrong addresses and broken bytes: a clear page in the reader's language, never a 500."""

import pytest

from tests.client import SelfCheckingClient

LONG = "a" * 10_000


@pytest.mark.parametrize(
    "path",
    ["/en/nothing", "/en/destinations/nothing", "/en/events/nothing", "/en/districts/nothing", "/en/categories/nothing",
     "/en/a/b/c", "/en/%00", "/en/%ff%fe", f"/en/{LONG}", f"/en/destinations/{LONG}", "/en/destinations/..%2f..%2fetc",
     "/en/destinations/%27%20OR%201=1", "/en//destinations"],
)  # fmt: skip
@pytest.mark.parametrize("locale", ["id", "en"])
def test_an_unknown_address_is_not_found_in_its_language(reader: SelfCheckingClient, path: str, locale: str) -> None:
    page = reader.visit(path.replace("/en/", f"/{locale}/", 1), 404)
    assert f"/{locale}/" in page.links()
    assert "noindex" in page.one("meta", name="robots").get("content", "")


@pytest.mark.parametrize("path", ["/fr/", "/xx/destinations", "/index.php", "/wp-login.php", "/.env"])
def test_an_address_without_a_language_answers_in_indonesian(reader: SelfCheckingClient, path: str) -> None:
    assert reader.visit(path, 404).one("html").get("lang") == "id"


@pytest.mark.parametrize(
    ("path", "better"),
    [("/en/destinations/", "/en/destinations"), ("/EN/Destinations", "/en/destinations"), ("/id", "/id/"),
     ("/en/events/?when=past", "/en/events?when=past"), ("/ID/destinasi/Istana-Siak-Sri-Indrapura/",
      "/id/destinasi/istana-siak-sri-indrapura")],
)  # fmt: skip
def test_an_untidy_address_leads_to_the_tidy_one_in_one_hop(reader: SelfCheckingClient, path: str, better: str) -> None:
    answer = reader.get(path)
    assert (answer.status_code, answer.headers["Location"]) == (301, better)
    reader.visit(better)


def test_a_method_that_is_not_meant_is_refused(reader: SelfCheckingClient) -> None:
    answer = reader.post("/en/destinations", {"a": "b"})
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]
    assert reader.post("/en/destinations", {"a": "b"}, Origin="https://evil.example").status_code == 403


def test_an_api_error_is_json(reader: SelfCheckingClient) -> None:
    answer = reader.get("/api/v1/destinations/nothing")
    assert (answer.status_code, answer.json["status"], answer.mimetype) == (404, 404, "application/problem+json")


def test_a_mistake_of_ours_shows_a_number_and_no_internals(
    client: SelfCheckingClient, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> str:
        raise RuntimeError("secret internals")

    client.app.view_functions["public.district"] = lambda **_: fail()
    page = client.visit("/en/districts/siak", 500)
    number = next(word for word in page.text.split() if len(word) == 8 and all(c in "0123456789abcdef" for c in word))
    assert "secret internals" not in page.answer.text
    assert number in caplog.text


def test_without_a_database_the_reader_still_gets_a_page(client: SelfCheckingClient, home) -> None:  # type: ignore[no-untyped-def]
    (home / "pesona.sqlite").write_bytes(b"not a database" * 100)
    answer = client.get("/en/destinations/siak-sri-indrapura-palace")
    assert answer.status_code == 500
    assert "<h1" in answer.text
    assert "Traceback" not in answer.text
