"""The passage shown with a search result: the right one, marked, and escaped."""

import html
import re
from collections.abc import Callable

import pytest

from pesona.text.excerpts import excerpt


def among(*words: str) -> Callable[[str], bool]:
    return lambda word: word.casefold() in words


def words_of(passage: str) -> str:
    """Return what a reader sees of *passage*."""
    return html.unescape(re.sub("</?mark>", "", passage)).removeprefix("… ").removesuffix(" …")


def filler(count: int) -> str:
    return " ".join(["sungai"] * count)


def test_each_matching_word_is_marked() -> None:
    assert excerpt("Istana di Siak, istana!", among("istana")) == "<mark>Istana</mark> di Siak, <mark>istana</mark>!"


def test_a_part_of_a_word_is_not_marked() -> None:
    assert "mark" not in excerpt("Istananya megah", among("istana"))


HOSTILE = "<script>alert('istana')</script> & \"istana\" <mark>istana</mark>"


def test_everything_but_the_marks_is_escaped() -> None:
    passage = excerpt(HOSTILE, among("istana", "script"))
    assert re.findall("<[^>]*>", passage) == ["<mark>", "</mark>"] * 5
    assert html.unescape(re.sub("</?mark>", "", passage)) == HOSTILE


@pytest.mark.parametrize("text", [HOSTILE * 9, "a<b>&amp;" * 80, "<" * 500, "'\"" * 300])
def test_a_cut_never_breaks_an_entity_or_opens_a_tag(text: str) -> None:
    passage = re.sub("</?mark>", "", excerpt(text, among("istana", "b")))
    assert not re.search("[<>\"']", passage)
    assert not re.search(r"&(?!(amp|lt|gt|quot|#x27);)", passage)
    assert words_of(passage) in text


def test_the_passage_is_where_most_different_words_meet() -> None:
    text = f"istana istana istana {filler(100)} masjid dekat istana dan balairung {filler(100)} masjid"
    passage = excerpt(text, among("istana", "masjid", "balairung"))
    assert {"masjid", "istana", "balairung"} <= set(re.findall("<mark>(.*?)</mark>", passage))


def test_a_long_text_is_cut_between_words_and_says_so() -> None:
    text = f"{filler(100)} istana {filler(100)}"
    passage = excerpt(text, among("istana"))
    assert passage.startswith("… ")
    assert passage.endswith(" …")
    assert set(words_of(passage).split()) == {"sungai", "istana"}
    assert 150 <= len(words_of(passage)) <= 200


def test_a_short_text_is_given_whole() -> None:
    assert excerpt("Istana Siak.", among("pasar")) == "Istana Siak."
    assert excerpt("", among("pasar")) == ""


def test_without_a_match_the_text_is_given_from_its_beginning() -> None:
    passage = excerpt(f"Mula {filler(100)}", among("pasar"))
    assert passage.startswith("Mula ")
    assert passage.endswith(" …")
