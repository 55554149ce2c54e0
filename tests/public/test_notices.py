"""Notices on the public pages: each where it is meant, in both languages, coming and going at their minute."""

from xml.etree.ElementTree import Element

import pytest
from flask import Flask

from pesona.db import begin_writing, db
from pesona.editing import content_check, items, publish
from pesona.search import follow
from tests.client import Page, SelfCheckingClient, words_of
from tests.conftest import SiteClock
from tests.notices import ACTOR, DAYUN, PALACE, SIAK, WORDS, publish_notice

ZAMRUD = "taman-nasional-zamrud"
# One address of every kind of public page, in both languages.
PAGES = {
    "home": ("/id/", "/en/"),
    "destinations": ("/id/destinasi", "/en/destinations"),
    "palace": (f"/id/destinasi/{PALACE}", "/en/destinations/siak-sri-indrapura-palace"),
    "zamrud": (f"/id/destinasi/{ZAMRUD}", "/en/destinations/zamrud-national-park"),
    "food": ("/id/destinasi/bolu-kemojo", "/en/destinations/bolu-kemojo-cake"),
    "events": ("/id/acara", "/en/events"),
    "past": ("/id/acara?when=past", "/en/events?when=past"),
    "event in Siak": ("/id/acara/tour-de-siak", "/en/events/tour-de-siak-cycling-race"),
    "event at Zamrud": ("/id/acara/forest-art-zamrud", "/en/events/zamrud-forest-art"),
    "district Siak": ("/id/kecamatan/siak", "/en/districts/siak"),
    "district Dayun": ("/id/kecamatan/dayun", "/en/districts/dayun"),
    "category": ("/id/kategori/nature", "/en/categories/nature"),
    "search": ("/id/cari?q=zamrud", "/en/search?q=zamrud"),
    "information": ("/id/menuju-siak", "/en/getting-to-siak"),
    "error": ("/id/tidak-ada", "/en/nothing"),
}
SCOPES = {
    "site": ({"scope": "site"}, set(PAGES)),
    "district": ({"scope": "places", "districts": [SIAK]}, {"palace", "event in Siak", "district Siak"}),
    "its destination": ({"scope": "places", "districts": [DAYUN]}, {"zamrud", "event at Zamrud", "district Dayun"}),
    "destination": ({"scope": "places", "destinations": [ZAMRUD]}, {"zamrud", "event at Zamrud"}),
    "both": (
        {"scope": "places", "districts": [SIAK], "destinations": [ZAMRUD]},
        {"palace", "event in Siak", "district Siak", "zamrud", "event at Zamrud"},
    ),
}


def shown(page: Page, code: str = "asap") -> Element | None:
    """Return the notice on *page*; it stands in a landmark before the content, under a heading of its own."""
    found = [e for aside in page.all("aside") for e in aside.iter() if e.get("data-check") == f"notice-{code}"]
    if not found:
        return None
    (notice,) = found
    (heading,) = notice.iter("h2")
    assert heading.get("id") == notice.get("aria-labelledby")
    assert notice not in list(page.one("main").iter())
    return notice


def visit(client: SelfCheckingClient, path: str) -> Page:
    return client.visit(path, 404 if path in PAGES["error"] else 200)


def where(client: SelfCheckingClient, code: str = "asap") -> set[str]:
    """Return the kinds of pages that show the notice; both languages agree."""
    found = {kind: [shown(visit(client, path), code) is not None for path in paths] for kind, paths in PAGES.items()}
    assert all(one == other for one, other in found.values()), found
    return {kind for kind, (one, _) in found.items() if one}


@pytest.mark.parametrize("scope", SCOPES)
def test_every_kind_of_page_shows_what_is_meant_for_it(
    client: SelfCheckingClient, clock: SiteClock, scope: str
) -> None:
    facts, expected = SCOPES[scope]
    publish_notice(client.app, **facts)
    assert where(client) == set()
    clock.move(hours=1)
    assert where(client) == expected
    clock.move(minutes=90)
    assert where(client) == set()


def test_it_appears_and_goes_at_its_minute_through_the_page_cache(client: SelfCheckingClient, clock: SiteClock) -> None:
    publish_notice(client.app, start="2026-11-24 10:05", end="2026-11-24 10:09")
    on, tags = [], []
    for _ in range(11):
        answer = client.get("/en/")
        on.append(b"Haze over Siak" in answer.data)
        tags.append(answer.headers["ETag"])
        assert client.get("/en/", headers={"If-None-Match": tags[-1]}).status_code == 304
        assert ("asap" in {n["code"] for n in client.get("/api/v1/notices").json["results"]}) == (len(on) <= 9)
        clock.move(minutes=1)
    assert on == [False] * 5 + [True] * 4 + [False] * 2
    assert [n for n in range(1, 11) if tags[n] != tags[n - 1]] == [5, 9]


def test_a_day_counts_from_midnight_to_midnight_in_jakarta(client: SelfCheckingClient, clock: SiteClock) -> None:
    publish_notice(client.app, start="2026-11-25", end="2026-11-26")
    clock.move(hours=13, minutes=59)
    assert shown(client.visit("/en/")) is None
    clock.move(minutes=1)
    notice = shown(client.visit("/en/"))
    assert notice is not None
    assert "Since 25 November 2026 until 26 November 2026" in words_of(notice)
    clock.move(hours=47, minutes=59)
    assert shown(client.visit("/en/")) is not None
    clock.move(minutes=1)
    assert shown(client.visit("/en/")) is None


def test_an_open_end_stays(client: SelfCheckingClient, clock: SiteClock) -> None:
    publish_notice(client.app, end="")
    clock.move(days=400)
    notice = shown(client.visit("/en/"))
    assert notice is not None
    assert "until further notice" in words_of(notice)


def test_what_is_said_in_one_language_is_marked_in_the_other(client: SelfCheckingClient, clock: SiteClock) -> None:
    publish_notice(client.app, parts=("facts", "id"), destinations=[ZAMRUD], scope="places")
    clock.move(hours=1)
    for path, lang in (("/en/destinations/zamrud-national-park", "id"), (f"/id/destinasi/{ZAMRUD}", None)):
        notice = shown(client.visit(path))
        assert notice is not None
        assert "Kabut asap di Siak" in words_of(notice)
        assert [e.get("lang") for e in (*notice.iter("h2"), *notice.iter("p"))][:3] == [lang, None, lang]
    page = client.visit("/en/destinations?category=nature")
    (mark,) = [p for p in page.all("p") if "concern" in p.get("class", "")]
    assert words_of(mark) == "Warning: Kabut asap di Siak"
    assert [span.get("lang") for span in mark.iter("span")] == ["id"]


@pytest.mark.parametrize(
    ("severity", "said", "ucap"),
    [("info", "Information", "Informasi"), ("warning", "Warning", "Peringatan"), ("danger", "Danger", "Bahaya")],
)
def test_the_severity_is_said_in_words(
    client: SelfCheckingClient, clock: SiteClock, severity: str, said: str, ucap: str
) -> None:
    publish_notice(client.app, severity=severity, kind="flood")
    clock.move(hours=1)
    for path, word, kind in (("/en/", said, "Flood"), ("/id/", ucap, "Banjir")):
        notice = shown(client.visit(path))
        assert notice is not None
        assert f"{word} · {kind}" in words_of(notice)


def test_the_gravest_comes_first(client: SelfCheckingClient, clock: SiteClock) -> None:
    for code, severity in (("a", "info"), ("b", "danger"), ("c", "warning")):
        publish_notice(client.app, code, severity=severity)
    clock.move(hours=1)
    codes = [e.get("data-check") for aside in client.visit("/en/").all("aside") for e in aside.iter("article")]
    assert codes == ["notice-b", "notice-c", "notice-a"]
    assert [n["code"] for n in client.get("/api/v1/notices").json["results"]] == ["b", "c", "a"]


@pytest.mark.parametrize("path", ["/en/destinations?category=nature", "/en/search?q=zamrud", "/en/districts/dayun"])
def test_a_list_marks_the_concerned_places_and_no_others(
    client: SelfCheckingClient, clock: SiteClock, path: str
) -> None:
    publish_notice(client.app, scope="places", destinations=[ZAMRUD])
    assert not [p for p in client.visit(path).all("p") if "concern" in p.get("class", "")]
    clock.move(hours=1)
    page = client.visit(path)
    marked = [li for li in page.all("li") for p in li.iter("p") if "concern" in p.get("class", "")]
    assert [[a.get("href") for a in li.iter("a")] for li in marked] == [["/en/destinations/zamrud-national-park"]]


def test_page_and_api_agree(client: SelfCheckingClient, clock: SiteClock) -> None:
    publish_notice(client.app, scope="places", districts=[DAYUN], end="2026-11-24")
    told = client.get("/api/v1/notices").json
    assert (told["total"], told["page"], told["pages"]) == (1, 1, 1)
    (coming,) = told["results"]
    assert (coming["start"], coming["end"]) == ("2026-11-24T11:00:00+07:00", "2026-11-24")
    assert client.get(f"/api/v1/destinations/{ZAMRUD}").json["notices"] == []
    clock.move(hours=1)
    assert client.get(f"/api/v1/destinations/{ZAMRUD}").json["notices"] == [coming]
    assert client.get(f"/api/v1/destinations/{PALACE}").json["notices"] == []
    assert client.get("/api/v1/notices/asap").json == {"licence": told["licence"], **coming}
    for locale, path in zip(("id", "en"), PAGES["zamrud"], strict=True):
        notice = shown(client.visit(path))
        assert notice is not None
        assert [t.get("datetime") for t in notice.iter("time")] == [coming["start"], coming["end"]]
        assert words_of(next(notice.iter("h2"))) == coming["translations"][locale]["name"]
        assert coming["translations"][locale]["summary"] in words_of(notice)
    clock.move(hours=13)
    assert client.get("/api/v1/notices").json["total"] == 0
    assert client.get(f"/api/v1/destinations/{ZAMRUD}").json["notices"] == []
    assert client.get("/api/v1/notices/nothing").status_code == 404


def test_text_and_sources_open_without_javascript(client: SelfCheckingClient, clock: SiteClock) -> None:
    body = "See [the park](destination:taman-nasional-zamrud). <script>alert(1)</script>"
    words = {"id": WORDS["id"], "en": {**WORDS["en"], "body": body}}
    sources = [{"key": "bmkg", "publisher": "BMKG", "url": "https://www.bmkg.go.id", "date": "2026-11"}]
    publish_notice(client.app, words=words, sources=sources)
    clock.move(hours=1)
    notice = shown(client.visit("/en/"))
    assert notice is not None
    (more,) = notice.iter("details")
    links = [a.get("href") for a in more.iter("a")]
    assert links == ["/en/destinations/zamrud-national-park", "https://www.bmkg.go.id"]
    assert not list(notice.iter("script"))


def test_search_suggestions_and_sitemap_know_no_notice(client: SelfCheckingClient, clock: SiteClock) -> None:
    sitemap, documents = client.get("/sitemap.xml").data, client.get("/api/v1/search?q=haze").json["total"]
    publish_notice(client.app)
    clock.move(hours=1)
    assert client.get("/sitemap.xml").data == sitemap
    assert client.get("/api/v1/search?q=haze").json["total"] == documents
    assert client.get("/api/v1/suggest?q=haze&locale=en").json["results"] == []
    with client.app.app_context():
        assert list(follow.differences()) == list(content_check.differences()) == []


def test_a_draft_shows_nowhere_and_a_withdrawn_one_goes(client: SelfCheckingClient, clock: SiteClock) -> None:
    """E-01 and E-25 for notices."""
    with client.app.app_context():
        begin_writing()
        facts = {"kind": "haze", "start": "2026-11-24", "scope": "site"}
        items.create("notice", "rancangan", {"facts": facts, "words": WORDS}, ACTOR)
        db.session.commit()
    assert where(client, "rancangan") == set()
    assert client.get("/api/v1/notices").json["total"] == 0
    publish_notice(client.app)
    clock.move(hours=1)
    for locale in ("en", "id"):
        assert shown(client.visit("/en/")) is not None
        withdraw(client.app, locale)
    assert shown(client.visit("/en/")) is None
    assert client.get("/api/v1/notices/asap").status_code == 404


def withdraw(app: Flask, locale: str) -> None:
    with app.app_context():
        begin_writing()
        item = items.find("notice", "asap", lock=True)
        assert item
        publish.withdraw(item, locale, ACTOR, "test")
        db.session.commit()


def test_notices_cost_no_statement(client: SelfCheckingClient, clock: SiteClock, statements: list[str]) -> None:
    publish_notice(client.app, scope="places", districts=[SIAK])
    clock.move(hours=1)
    client.get("/en/nothing-but-a-warm-catalogue")
    statements.clear()
    assert shown(client.visit("/en/districts/siak")) is not None
    client.get("/en/destinations")
    assert [s for s in statements if "notice" in s] == []


def test_the_check_covers_notices(client: SelfCheckingClient) -> None:
    """E-32 for notices."""
    publish_notice(client.app)
    check = client.app.test_cli_runner()
    assert check.invoke(args=["content", "check"]).exit_code == 0
    with client.app.app_context():
        db.session.execute(db.text("UPDATE notice SET severity = 'info'"))
        db.session.execute(db.text("UPDATE notice_translation SET summary = 'x' WHERE locale = 'en'"))
        db.session.commit()
    told = check.invoke(args=["content", "check"])
    assert told.exit_code != 0
    assert "notice asap: facts.severity" in told.output
    assert "notice asap: en.summary" in told.output
