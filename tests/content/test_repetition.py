"""The shipped texts are no longer than their facts allow, and no sentence is used twice.

`facts_words.json` holds, for each destination and event, the number of words of the facts that its text was written
from. The collection itself is not part of the project. Counted were, split at white space: the core facts in the
language of the text; and for both languages the further facts, which were noted in English only, the notes on closures,
on ways to get there and on what sources contradict, opening hours, the visitor classes and notes of prices, the year of
building, the architect, the venue, recurrence and moving date of an event, and its winners. Codes, coordinates, names,
tags, visitor counts and dated rows were not counted.
Pages draw on several collections at once and have no such number.
"""

import json
from collections import defaultdict
from pathlib import Path

import pytest

from pesona.text.markdown import to_plain
from tests.content.shipped import ITEMS, Shipped, each_locale, normalised, sentences

FACTS_WORDS: dict[str, dict[str, int]] = json.loads(Path(__file__).with_name("facts_words.json").read_text("utf-8"))

TIMES = 3
# One sentence more, for entries whose facts are half a line.
ALLOWANCE = 25

WITH_FACTS = [item for item in ITEMS if item.kind != "page"]


def test_the_facts_of_each_destination_and_event_are_counted() -> None:
    assert FACTS_WORDS.keys() == {str(item) for item in WITH_FACTS}


@each_locale
@pytest.mark.parametrize("item", WITH_FACTS, ids=str)
def test_no_body_is_longer_than_its_facts_allow(item: Shipped, locale: str) -> None:
    length, facts = len(to_plain(item.words[locale].get("body", "")).split()), FACTS_WORDS[str(item)][locale]
    most = TIMES * facts + ALLOWANCE
    assert length <= most, f"{item} [{locale}]: {length} words from {facts} words of facts, at most {most}"


# When and where an event happens is said in the same plain words on many pages, as a table would.
PROSE = ("summary", "body", "getting_there", "tips", "status_note", "search_description")
SHORT = 6


def repeated(items: list[Shipped], locale: str) -> list[str]:
    """Return each sentence of *SHORT* words or more that stands twice in the prose of *items*, with its places."""
    places: dict[tuple[str, ...], list[str]] = defaultdict(list)
    said: dict[tuple[str, ...], str] = {}
    for item in items:
        for field in PROSE:
            for sentence in sentences(item.words[locale].get(field, "")):
                key = normalised(sentence)
                places[key].append(f"{item} {field}")
                said[key] = sentence
    return [f"“{said[key]}” in {', '.join(at)}" for key, at in places.items() if len(at) > 1 and len(key) >= SHORT]


@each_locale
def test_no_sentence_stands_twice(locale: str) -> None:
    assert not (twice := repeated(ITEMS, locale)), "\n".join(twice)


@each_locale
@pytest.mark.parametrize("item", ITEMS, ids=str)
def test_the_search_description_is_not_the_summary(item: Shipped, locale: str) -> None:
    words = item.words[locale]
    summary, described = (normalised(words.get(name, "")) for name in ("summary", "search_description"))
    assert not summary or summary != described, f"{item} [{locale}]: both say the same"


def test_a_sentence_used_twice_is_found_whatever_its_marks() -> None:
    texts = ("Look up. Six *eagles* perch on top of it.", "## Above\n\n- Six eagles perch on top, of it!")
    items = [Shipped("page", str(n), {}, {"en": {"body": text}}) for n, text in enumerate(texts)]
    assert len(repeated(items, "en")) == 1
    assert not repeated(items[:1], "en")
