"""The Atom feed of each language, read by an XML parser: RFC 4287."""

from datetime import datetime
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest

from tests.client import ORIGIN, SelfCheckingClient
from tests.conftest import SiteClock
from tests.dated import change_event, publish_event, withdraw_event
from tests.notices import DAYUN, PALACE, publish_notice

NS = {"a": "http://www.w3.org/2005/Atom", "h": "http://www.w3.org/1999/xhtml"}
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def feed(client: SelfCheckingClient, locale: str) -> dict[str, Element]:
    """Return the entries of the feed by the end of their id, after the checks that hold for every feed."""
    path = f"/{locale}/feed.atom"
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert answer.headers["Cache-Control"] == "public, no-cache"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    tree = ElementTree.fromstring(answer.data)
    assert tree.tag == f"{{{NS['a']}}}feed"
    assert tree.get(XML_LANG) == locale
    assert link(tree, "self") == ORIGIN + path
    assert link(tree, "alternate") == f"{ORIGIN}/{locale}/"
    entries = tree.findall("a:entry", NS)
    ids = [tree.findtext("a:id", "", NS), *(one.findtext("a:id", "", NS) for one in entries)]
    assert len(ids) == len(set(ids))
    assert all(one.startswith("tag:") for one in ids)
    for one in (tree, *entries):
        moment = one.findtext("a:updated", "", NS)
        assert moment.endswith("Z")
        assert datetime.fromisoformat(moment).tzinfo
        assert one.findtext("a:title", "", NS)
    assert tree.findtext("a:updated", "", NS) >= max((one.findtext("a:updated", "", NS) for one in entries), default="")
    return {one.findtext("a:id", "", NS).partition(f"/{locale}/")[2]: one for one in entries}


def link(of: Element, rel: str) -> str:
    (found,) = (one.get("href", "") for one in of.findall("a:link", NS) if one.get("rel") == rel)
    return found


@pytest.mark.parametrize("locale", ["id", "en"])
def test_every_entry_leads_to_a_page_of_its_name_in_its_language(reader: SelfCheckingClient, locale: str) -> None:
    entries = feed(reader, locale)
    assert len(entries) == 50
    for one in entries.values():
        page = reader.visit(link(one, "alternate").removeprefix(ORIGIN))
        assert page.one("html").get("lang") == locale
        assert one.findtext("a:title", "", NS) == "".join(page.one("h1").itertext()).strip()
        assert one.findtext(".//h:p", "", NS) in page.text


def test_a_new_event_and_a_changed_one_come_first(client: SelfCheckingClient, clock: SiteClock) -> None:
    clock.move(minutes=1)
    publish_event(client.app, "baru", [{"start": "2026-12-05"}])
    clock.move(minutes=1)
    publish_event(client.app, "lain", [{"start": "2026-12-06"}])
    for locale in ("id", "en"):
        assert list(feed(client, locale))[:2] == ["event/lain", "event/baru"]
    clock.move(minutes=1)
    change_event(client.app, "baru", occurrences=[{"start": "2026-12-05", "status": "cancelled"}])
    for locale in ("id", "en"):
        assert list(feed(client, locale))[:2] == ["event/baru", "event/lain"]


def test_the_feed_tells_only_what_is_live_in_its_language(client: SelfCheckingClient) -> None:
    publish_event(client.app, "lepas", [{"start": "2026-12-05"}])
    withdraw_event(client.app, "lepas", "en")
    assert "event/lepas" in feed(client, "id")
    assert "event/lepas" not in feed(client, "en")
    withdraw_event(client.app, "lepas", "id")
    assert "event/lepas" not in feed(client, "id")


def test_what_is_over_is_no_news(client: SelfCheckingClient, clock: SiteClock) -> None:
    clock.move(minutes=1)
    publish_event(client.app, "usai", [{"start": "2026-12-05"}])
    assert "event/usai" in feed(client, "id")
    clock.move(days=12)
    assert "event/usai" not in feed(client, "id")


@pytest.mark.parametrize("locale", ["id", "en"])
def test_a_notice_comes_with_its_publication_and_goes_at_its_minute(
    client: SelfCheckingClient, clock: SiteClock, locale: str
) -> None:
    publish_notice(client.app)
    coming = feed(client, locale)
    assert next(iter(coming)) == "notice/asap"
    told = coming["notice/asap"]
    assert told.findtext("a:title", "", NS) == {"id": "Kabut asap di Siak", "en": "Haze over Siak"}[locale]
    moments = [one.get("datetime") for one in told.iterfind(".//h:time", NS)]
    assert moments == ["2026-11-24T11:00:00+07:00", "2026-11-24T12:30:00+07:00"]
    assert link(told, "alternate") == f"{ORIGIN}/{locale}/"
    etag = client.get(f"/{locale}/feed.atom").headers["ETag"]
    clock.move(hours=2, minutes=29)
    assert "notice/asap" in feed(client, locale)
    clock.move(minutes=1)
    assert client.get(f"/{locale}/feed.atom", headers={"If-None-Match": etag}).status_code == 200
    assert "notice/asap" not in feed(client, locale)


def test_a_notice_of_places_leads_to_a_page_that_shows_it(client: SelfCheckingClient) -> None:
    publish_notice(client.app, "kecamatan", scope="places", districts=[DAYUN])
    publish_notice(client.app, "istana", scope="places", destinations=[PALACE])
    entries = feed(client, "en")
    assert link(entries["notice/kecamatan"], "alternate") == f"{ORIGIN}/en/districts/dayun"
    assert link(entries["notice/istana"], "alternate") == f"{ORIGIN}/en/destinations/siak-sri-indrapura-palace"


def test_the_same_state_gives_304(client: SelfCheckingClient, clock: SiteClock) -> None:
    first = client.get("/id/feed.atom")
    clock.move(minutes=10)
    again = client.get("/id/feed.atom", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert client.get("/id/feed.atom?x=1").data == first.data
