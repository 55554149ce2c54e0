"""`/` only chooses a language; nothing else listens to the browser's languages."""

import pytest

from tests.client import SelfCheckingClient


@pytest.mark.parametrize(
    ("accepted", "home"),
    [("", "/id/"), ("en", "/en/"), ("id;q=0.2, en;q=0.9", "/en/"), ("en-US,en;q=0.5", "/en/"), ("fr, de", "/id/"),
     ("ms", "/id/"), ("jv;q=0.9, en;q=0.8", "/id/"), ("in", "/id/"), ("*", "/id/"), ("en;q=0, id;q=0.1", "/id/"),
     ("de, en;q=0.7, id;q=0.6", "/en/"), (";;;q=x", "/id/")],
)  # fmt: skip
def test_the_chooser_honours_the_wish(reader: SelfCheckingClient, accepted: str, home: str) -> None:
    answer = reader.get("/", headers={"Accept-Language": accepted})
    assert (answer.status_code, answer.headers["Location"]) == (302, home)
    assert "Accept-Language" in answer.headers["Vary"]
    assert answer.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("path", ["/id/", "/en/destinations", "/en/events/tour-de-siak-cycling-race", "/id/acara"])
def test_no_page_depends_on_cookies_or_languages(reader: SelfCheckingClient, path: str) -> None:
    plain = reader.get(path)
    other = reader.get(path, headers={"Accept-Language": "id, en;q=0.1", "Cookie": "pesona=x; lang=id"})
    assert other.data == plain.data
    assert "Accept-Language" not in plain.headers.get("Vary", "")
