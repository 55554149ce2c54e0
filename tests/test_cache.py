"""The page cache before Flask: what it keeps, what it never keeps, and when it lets go."""

import gzip
from collections.abc import Callable
from datetime import timedelta

import brotli
import pytest

from pesona.cache import PageCache
from pesona.queries import version
from tests.client import SelfCheckingClient
from tests.conftest import SiteClock

LIST = "/en/destinations"


@pytest.fixture
def cache(client: SelfCheckingClient) -> PageCache:
    found = client.app.wsgi_app
    assert isinstance(found, PageCache)
    return found


def etag(client: SelfCheckingClient, path: str = LIST) -> str:
    return client.get(path).headers["ETag"]


def test_a_second_visit_costs_no_statement(client: SelfCheckingClient, statements: list[str]) -> None:
    first = client.get(LIST)
    statements.clear()
    second = client.get(LIST)
    assert second.data == first.data
    assert [s for s in statements if "content_version" not in s] == []


@pytest.mark.parametrize(
    ("path", "most"),
    [("/en/", 0), (LIST, 0), ("/en/destinations?category=history", 0), ("/id/acara", 0), ("/id/kecamatan/siak", 0),
     ("/en/events?when=calendar", 0), ("/id/acara?when=calendar&month=2024-12", 0), ("/en/events?when=weekend", 0),
     ("/id/acara?on=2024-12-01&on=2024-12-31&category=sport", 0), ("/id/acara?on=2024-02-30", 0),
     ("/sitemap.xml", 0), ("/id/peta", 0), ("/en/map?window=14.08.01.1001", 0),
     ("/id/destinasi/istana-siak-sri-indrapura", 2), ("/en/events/tour-de-siak-cycling-race", 3),
     ("/api/v1/destinations", 2)],
)  # fmt: skip
def test_a_page_asks_a_known_number_of_questions(
    client: SelfCheckingClient, statements: list[str], path: str, most: int
) -> None:
    client.get("/en/nothing-but-a-warm-catalogue")
    client.get("/id/acara?when=past")
    statements.clear()
    assert client.get(path).status_code == 200
    asked = [s for s in statements if "FROM content_version" not in s]
    assert len(asked) == most, asked


def test_reading_writes_nothing(client: SelfCheckingClient, statements: list[str]) -> None:
    for path in ("/", "/en/", LIST, "/en/search?q=palace", "/en/nothing", "/api/v1/search?q=istana"):
        client.get(path)
    assert not [s for s in statements if not s.lstrip().upper().startswith("SELECT")]


def test_the_right_etag_answers_304_without_a_body(client: SelfCheckingClient) -> None:
    tag = etag(client)
    for asked in (tag, tag.removeprefix("W/"), f'"other", {tag}'):
        answer = client.get(LIST, headers={"If-None-Match": asked})
        assert (answer.status_code, answer.data) == (304, b"")
        assert answer.headers["ETag"] == tag
        assert "Accept-Encoding" in answer.headers["Vary"]
    assert client.get(LIST, headers={"If-None-Match": '"wrong"'}).status_code == 200


def test_an_etag_is_known_before_the_page_is_rendered(client: SelfCheckingClient, cache: PageCache) -> None:
    tag = etag(client)
    cache.pages.clear()
    assert client.get(LIST, headers={"If-None-Match": tag}).status_code == 304
    assert not cache.pages
    assert client.get("/en/nothing", headers={"If-None-Match": "*"}).status_code == 404


@pytest.mark.parametrize(
    ("query", "kept"),
    [("kind=culinary", True), ("limit=5", True), ("limit=5&page=2&category=history", True), ("bbox=102,0.7,102.1,0.9", False),
     ("near=0.8,102.05&limit=3", False), ("updated_after=2000-01-01T00:00:00Z", False)],
)  # fmt: skip
def test_every_list_of_the_api_has_an_etag_and_endless_ones_are_not_kept(
    client: SelfCheckingClient, cache: PageCache, query: str, kept: bool
) -> None:
    path = f"/api/v1/destinations?{query}"
    tag = etag(client, path)
    assert (path in cache.pages) == kept
    cache.pages.clear()
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 304
    assert not cache.pages
    assert client.get(path, headers={"If-None-Match": 'W/"wrong"'}).status_code == 200


def test_a_page_takes_no_parameter_of_the_api(client: SelfCheckingClient, cache: PageCache) -> None:
    assert "ETag" not in client.get(f"{LIST}?kind=culinary").headers
    assert "ETag" not in client.get(f"{LIST}?bbox=1").headers
    assert not cache.pages


def test_head_is_get_without_a_body(client: SelfCheckingClient) -> None:
    for path in (LIST, "/en/search?q=palace", "/robots.txt", "/en/nothing"):
        head, get = client.http.head(path), client.get(path)
        assert head.data == b""
        assert head.status_code == get.status_code
        assert head.headers["Content-Type"] == get.headers["Content-Type"]
        assert head.headers["Content-Length"] == get.headers["Content-Length"]


@pytest.mark.parametrize(("encoding", "unpack"), [("br", brotli.decompress), ("gzip", gzip.decompress)])
def test_text_travels_compressed_as_asked(
    client: SelfCheckingClient, encoding: str, unpack: Callable[[bytes], bytes]
) -> None:
    plain = client.get(LIST)
    for path in (LIST, "/en/search?q=palace"):
        answer = client.get(path, headers={"Accept-Encoding": encoding})
        assert answer.headers["Content-Encoding"] == encoding
        assert "Accept-Encoding" in answer.headers["Vary"]
        assert unpack(answer.data) == client.get(path).data
    assert "Content-Encoding" not in plain.headers
    assert "Accept-Encoding" in plain.headers["Vary"]


def test_the_desk_is_never_kept_nor_compressed(sign_in: Callable[..., SelfCheckingClient]) -> None:
    siti = sign_in()
    answer = siti.get("/admin/destinations", headers={"Accept-Encoding": "br, gzip"})
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Content-Encoding" not in answer.headers
    assert "ETag" not in answer.headers


@pytest.mark.parametrize(
    "path", ["/en/search?q=palace", "/en/nothing", f"{LIST}?q=istana", f"{LIST}?utm_source=x", "/"]
)
def test_searches_errors_and_unknown_parameters_are_never_kept(
    client: SelfCheckingClient, cache: PageCache, path: str
) -> None:
    client.get(path)
    assert not [kept for kept in cache.pages if kept.split("?")[0] == path.split("?")[0]]


@pytest.mark.parametrize(
    ("path", "kept"),
    [("/en/events?when=today", True), ("/en/events?when=calendar&month=2024-12", True), ("/en/events?on=2024-12-07", True),
     ("/en/events?on=&on=&category=sport", False), ("/en/events?on=2024-12-01&on=2024-12-08", False),
     ("/en/events?on=1987-06-05", False), ("/en/events?on=2024-02-30", False), ("/en/events?month=2024-12", False),
     ("/en/events?when=calendar&month=1924-12", False), ("/en/events?when=calendar&month=2024-12&month=2024-12", False),
     ("/en/events?when=today&when=today", False), ("/en/destinations?month=2024-12", False), ("/en/?on=2024-12-07", False)],
)  # fmt: skip
def test_days_and_months_are_kept_only_where_they_hold_something(
    client: SelfCheckingClient, cache: PageCache, path: str, kept: bool
) -> None:
    client.get(path)
    assert (path in cache.pages) == kept


def test_the_least_used_page_leaves_when_the_cache_is_full(client: SelfCheckingClient, cache: PageCache) -> None:
    smaller = "/en/destinations?category=culture"
    for path in (LIST, "/en/", LIST):
        client.get(path)
    cache.most_bytes = cache.bytes
    client.get(smaller)
    assert list(cache.pages) == [LIST, smaller]
    assert cache.bytes == sum(page.size for page in cache.pages.values()) <= cache.most_bytes


def test_midnight_in_jakarta_makes_every_page_anew(client: SelfCheckingClient, clock: SiteClock) -> None:
    before = etag(client)
    clock.move(hours=13, minutes=59)
    assert etag(client) == before
    clock.move(minutes=2)
    assert etag(client) != before


def test_an_instant_at_which_content_changes_makes_every_page_anew_once(
    client: SelfCheckingClient, clock: SiteClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    instants = [clock.moment + timedelta(minutes=5), clock.moment + timedelta(minutes=9)]
    monkeypatch.setattr(version, "boundaries", [lambda _connection: instants])
    seen = []
    for _ in range(11):
        seen.append(etag(client))
        clock.move(minutes=1)
    assert [n for n in range(1, 11) if seen[n] != seen[n - 1]] == [5, 9]
    assert len(set(seen)) == 3


def test_a_publication_changes_the_etag_and_a_draft_does_not(sign_in: Callable[..., SelfCheckingClient]) -> None:
    siti = sign_in()
    before = etag(siti)
    siti.submit(siti.visit("/admin/pages/contact/words/en"), "/admin/pages/contact/words/en", name="Reach us")
    assert etag(siti) == before
    siti.submit(siti.visit("/admin/pages/contact/publish"), "/admin/pages/contact/publish")
    assert etag(siti) != before
