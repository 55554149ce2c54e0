"""Suggestions while typing: names in either language, in order, from memory alone, and never of what is gone."""

import random
from datetime import date
from typing import Any

import pytest
from flask import Flask

from pesona.db import begin_writing, db
from pesona.editing import items, publish
from pesona.editing.log import Actor
from pesona.models.item import PARTS
from pesona.published import Card
from pesona.queries.catalogue import catalogue
from pesona.search import suggest
from pesona.search.suggest import Heading, Index
from pesona.text.folding import words
from tests.client import ORIGIN, SelfCheckingClient
from tests.factories import publish_destinations, withdraw

ACTOR = Actor(command="test")
PALACE = "istana-siak-sri-indrapura"


def suggested(client: SelfCheckingClient, query: str, locale: str = "en") -> list[dict[str, Any]]:
    answer = client.http.get("/api/v1/suggest", query_string={"q": query, "locale": locale})
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json["results"]
    return found


def codes(client: SelfCheckingClient, query: str, locale: str = "en") -> list[str]:
    return [one["code"] for one in suggested(client, query, locale)]


def names(*titles: str) -> Index:
    """Return an index of things with these titles, in this order."""
    cards = [Card("category", str(n), "en", f"/en/{n}", title, "") for n, title in enumerate(titles)]
    return Index([Heading({"en": card, "id": card}) for card in cards], "en")


def titles(index: Index, query: str) -> list[str]:
    return [found.card.name for found in index.find(query)]


def test_an_answer_says_what_it_is_and_where_it_leads(reader: SelfCheckingClient) -> None:
    answer = reader.get("/api/v1/suggest?q=Siak%20Sri%20Ind&locale=en")
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert "Set-Cookie" not in answer.headers
    assert answer.json["query"] == "Siak Sri Ind"
    assert answer.json["results"][0] == {
        "type": "destination",
        "code": PALACE,
        "title": "Siak Sri Indrapura Palace",
        "lang": "en",
        "url": f"{ORIGIN}/en/destinations/siak-sri-indrapura-palace",
        "note": "History · Siak",
        "also": "",
        "also_lang": "",
    }


@pytest.mark.parametrize(
    "query", ["palace", "PALACE", "pal", "pal siak", "indrapura sri", "siak sri indrapura palace", "  palace "]
)
def test_words_in_any_order_lead_to_the_palace(reader: SelfCheckingClient, query: str) -> None:
    assert PALACE in codes(reader, query)


@pytest.mark.parametrize("query", ["alace", "palace x", "palaces", "siak mosque palace"])
def test_every_word_must_begin_a_word_of_one_name(reader: SelfCheckingClient, query: str) -> None:
    assert PALACE not in codes(reader, query)


def test_a_name_of_the_other_language_leads_to_the_item_and_is_told(reader: SelfCheckingClient) -> None:
    [found] = [one for one in suggested(reader, "istana", "en") if one["code"] == PALACE]
    assert found["title"] == "Siak Sri Indrapura Palace"
    assert (found["also"], found["also_lang"]) == ("Istana Siak Sri Indrapura", "id")
    assert found["url"].startswith(f"{ORIGIN}/en/")
    [found] = [one for one in suggested(reader, "istana", "id") if one["code"] == PALACE]
    assert (found["title"], found["also"]) == ("Istana Siak Sri Indrapura", "")


def test_an_alias_leads_to_the_item_and_is_told_without_a_language(reader: SelfCheckingClient) -> None:
    [found] = suggested(reader, "taman harmoni", "en")
    assert (found["title"], found["also"], found["also_lang"]) == ("Bunga Raya Rice Fields", "Taman Harmoni Raya", "")


@pytest.mark.parametrize(
    ("query", "locale", "kind", "title", "path"),
    [
        ("history", "en", "category", "History", "/en/categories/history"),
        ("history", "id", "category", "Sejarah", "/id/kategori/history"),
        ("mempura", "en", "district", "Mempura", "/en/districts/mempura"),
        ("kecamatan mempura", "id", "district", "Mempura", "/id/kecamatan/mempura"),
        ("tour de siak", "en", "event", "Tour de Siak Cycling Race", "/en/events/tour-de-siak-cycling-race"),
        ("getting", "en", "page", "Getting to Siak", "/en/getting-to-siak"),
    ],
)
def test_other_kinds_are_suggested_too(
    reader: SelfCheckingClient, query: str, locale: str, kind: str, title: str, path: str
) -> None:
    found = {one["type"]: one for one in suggested(reader, query, locale)}[kind]
    assert (found["title"], found["url"]) == (title, ORIGIN + path)
    assert found["note"]
    assert reader.get(path).status_code == 200


def test_a_category_that_holds_nothing_is_not_suggested(reader: SelfCheckingClient) -> None:
    with reader.app.app_context():
        held = {code for counts in catalogue().counts.values() for what, code in counts if what == "category"}
    for one in suggested(reader, "special occasions"):
        assert one["type"] != "category" or one["code"] in held


def test_a_whole_name_comes_first_then_what_begins_a_name_then_what_begins_a_word() -> None:
    index = names("Old Siak Bridge", "Siak Bridge", "Siakan", "Siak")
    assert titles(index, "siak") == ["Siak", "Siak Bridge", "Siakan", "Old Siak Bridge"]
    assert titles(index, "bridge siak") == ["Old Siak Bridge", "Siak Bridge"]


def test_accents_apostrophes_and_hyphens_do_not_matter() -> None:
    index = names("Giam Siak Kecil-Bukit Batu", "Masjid Jami' Al-Fattah", "Café Ñusa")
    assert titles(index, "bukit") == ["Giam Siak Kecil-Bukit Batu"]
    assert titles(index, "jami al") == titles(index, "Jami’ Al") == ["Masjid Jami' Al-Fattah"]
    assert titles(index, "cafe nu") == titles(index, "CAFÉ ÑU") == ["Café Ñusa"]


def test_there_are_eight_at_most_and_each_thing_once(reader: SelfCheckingClient) -> None:
    for query in "abcdefghijklmnoprstuwyz":
        found = [(one["type"], one["code"]) for one in suggested(reader, query)]
        assert len(found) == len(set(found)) <= suggest.MOST
    assert len(suggested(reader, "s")) == suggest.MOST


def test_kinds_stand_in_order_and_within_them_names(reader: SelfCheckingClient) -> None:
    ranks = {"destination": 0, "category": 1, "district": 1, "event": 2, "page": 3}
    with reader.app.app_context():
        known = catalogue()
        for query in ("con", "sej", "te", "fe", "ba"):
            found = [s.card for s in suggest.suggestions(query, "en", known, date(2030, 1, 1), lambda _: ())]
            begun = [card for card in found if card.name.lower().startswith(query)]
            assert [card.code for card in begun] == [
                card.code
                for card in sorted(
                    begun,
                    key=lambda c: (ranks[c.item_kind], known.entries[c.item_kind][c.code].sort_keys["en"], c.code),
                )
            ]


def test_a_coming_event_stands_above_areas_and_tells_its_date_a_past_one_below(reader: SelfCheckingClient) -> None:
    district = Heading({"en": _card("Tourists"), "id": _card("Tourists")})
    with reader.app.app_context():
        known = catalogue()
        event = known.entries["event"]["tour-de-siak"]
        last = max(o.end for o in event.occurrences)

        def order(today: date) -> list[Card]:
            return [s.card for s in suggest.suggestions("tour", "en", known, today, lambda _: [district])]

        before, after = order(last), order(last.replace(year=last.year + 1))
    coming = [card.item_kind for card in before if card.code in ("tour-de-siak", "x")]
    past = [card.item_kind for card in after if card.code in ("tour-de-siak", "x")]
    assert coming == ["event", "district"]
    assert past == ["district", "event"]
    assert next(card.end for card in before if card.code == "tour-de-siak") == last


def _card(name: str) -> Card:
    return Card("district", "x", "en", "/en/districts/x", name, "")


@pytest.mark.parametrize(
    "query",
    ["%00", "%00%00%01", "a" * 10_000, "istana%20" * 2000, "%ff%fe", "%c3%28", "%F0%9F%8F%B0", "%D9%82%D8%B5%D8%B1",
     "", "%20", "'", "%25", "*", "(", "%22", "%e2%80%ae", "..%2F..%2F", "-", "<script>"],
)  # fmt: skip
def test_what_no_name_begins_with_suggests_nothing(reader: SelfCheckingClient, query: str) -> None:
    answer = reader.get(f"/api/v1/suggest?q={query}&locale=en")
    assert answer.status_code == 200
    assert answer.json["results"] == []


def test_no_query_suggests_nothing_and_no_other_language_is_known(reader: SelfCheckingClient) -> None:
    assert reader.get("/api/v1/suggest").json == {"query": "", "results": []}
    assert reader.get("/api/v1/suggest?q=istana").json["results"][0]["lang"] == "id"
    assert reader.get("/api/v1/suggest?q=istana&locale=fr").status_code == 404


def test_a_suggestion_costs_no_statement_once_the_catalogue_is_read(
    client: SelfCheckingClient, statements: list[str]
) -> None:
    suggested(client, "warm")
    statements.clear()
    for query in ("istana", "s", "palace siak", "history", "nothing of the kind"):
        for locale in ("id", "en"):
            suggested(client, query, locale)
    # Every request asks for the version now and then: one row, at most every 100 ms.
    assert [s for s in statements if "FROM content_version" not in s] == []


def test_a_withdrawn_item_is_gone_at_once_and_comes_back(client: SelfCheckingClient) -> None:
    assert PALACE in codes(client, "palace")
    with client.app.app_context():
        withdraw("destination", PALACE)
    for query in ("palace", "istana", "siak"):
        assert PALACE not in codes(client, query, "en") + codes(client, query, "id")
    with client.app.app_context():
        begin_writing()
        item = items.find("destination", PALACE, lock=True)
        assert item
        publish.publish(item, item.head, PARTS, ACTOR)
        db.session.commit()
    assert PALACE in codes(client, "palace")


def test_what_has_one_language_is_suggested_in_both_and_marked(client: SelfCheckingClient) -> None:
    with client.app.app_context():
        begin_writing()
        item = items.find("destination", PALACE, lock=True)
        assert item
        publish.withdraw(item, "en", ACTOR, "test")
        db.session.commit()
    [found] = [one for one in suggested(client, "istana", "en") if one["code"] == PALACE]
    assert (found["title"], found["lang"], found["also"]) == ("Istana Siak Sri Indrapura", "id", "")
    assert client.get(found["url"].removeprefix(ORIGIN)).status_code == 200
    assert codes(client, "siak sri indrapura palace") == []


def test_a_draft_is_never_suggested(client: SelfCheckingClient) -> None:
    with client.app.app_context():
        begin_writing()
        item = items.find("destination", PALACE, lock=True)
        assert item
        items.save(item, item.head, {"en": {"name": "Zyxomma Hall"}}, ACTOR)
        db.session.commit()
    assert suggested(client, "zyxomma") == []


def test_many_names_are_found_as_a_plain_search_would(app: Flask) -> None:
    """The sets and the sorted lists answer what looking at every name would."""
    with app.app_context():
        begin_writing()
        publish_destinations(300)
        db.session.commit()
        known = catalogue()
        index = Index(known.in_order["destination", "id"], "id")
        chance = random.Random(7)
        named = [entry.cards["id"].name for entry in known.in_order["destination", "id"]]
        for _ in range(200):
            asked = [w[: chance.randint(1, 4)] for w in chance.sample(words(chance.choice(named)), 2)]
            found = {s.card.code for s in index.find(" ".join(asked))}
            fitting = {e.code for e in known.entries["destination"].values() if _fits(e, asked)}
            assert found <= fitting
            assert len(found) == min(len(fitting), suggest.MOST)


def _fits(entry: Any, asked: list[str]) -> bool:
    each = (*(card.name for card in entry.cards.values()), *entry.all_names)
    return any(all(any(w.startswith(one) for w in words(name)) for one in asked) for name in each)


def test_names_are_read_once_for_each_catalogue_and_day(app: Flask) -> None:
    asked = []

    def headings(_: object) -> list[Heading]:
        asked.append(1)
        return []

    with app.app_context():
        known = catalogue()
        for today in (date(2026, 11, 24), date(2026, 11, 24), date(2026, 11, 25)):
            suggest.suggestions("istana", "id", known, today, headings)
    assert len(asked) == 2
