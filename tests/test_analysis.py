"""A visitor's words and the index's terms: few, short, plain, and stemmed in each language."""

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
import snowballstemmer

from pesona.search.analysis import BODY, NAME, SUMMARY, query_words, terms
from pesona.search.document import CATEGORY_WORDS
from pesona.search.stemming import stem
from pesona.text import names


def test_a_query_is_at_most_eight_words() -> None:
    assert query_words(" ".join(f"kata{n}" for n in range(20))) == [f"kata{n}" for n in range(8)]


def test_a_word_is_at_most_forty_letters() -> None:
    assert query_words("a" * 41 + " istana") == ["a" * 40, "istana"]


def test_a_query_is_read_for_two_hundred_characters() -> None:
    assert query_words(" " * 194 + "istana masjid") == ["istana"]
    assert query_words(" " * 200 + "istana") == []


@pytest.mark.parametrize("letter", ["ﷺ", "ﬃ", "İ"])
def test_letters_that_unfold_into_many_stay_within_the_limits(letter: str) -> None:
    found = query_words(letter * 500)
    assert len(found) <= 8
    assert all(len(word) <= 40 for word in found)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("the palace of Siak", ["palace", "siak"]),
        ("masjid di Siak dan makam", ["masjid", "siak", "makam"]),
        ("Istana  ISTANA", ["istana"]),
        ("rumah-rumah", ["rumah"]),
        ("oleh-oleh khas", ["oleholeh", "khas"]),
        ("Jum'at, café!", ["jumat", "cafe"]),
        ("the", ["the"]),
        ("di dan the of", ["di", "dan", "the", "of"]),
        ("", []),
        (" -- ?! ", []),
    ],
)
def test_stop_words_of_both_languages_leave_unless_nothing_else_is_asked(query: str, words: list[str]) -> None:
    assert query_words(query) == words


@pytest.mark.parametrize(
    "query", ["* OR **", "[0 TO zzzz]", "siak~9", "NOT NOT NOT", "(" * 200, "status:draft", 'name:"istana', "a^99 b?c*"]
)
def test_the_signs_of_a_query_language_are_no_words(query: str) -> None:
    assert all(word.isalnum() for word in query_words(query))


def test_every_word_is_indexed_as_it_stands_and_by_its_stem_where_that_is_another() -> None:
    found = terms({NAME: "The palaces of Siak", BODY: "a palace"}, "en")
    assert found == {"the": NAME, "palaces": NAME, "~palac": NAME | BODY, "of": NAME, "siak": NAME, "a": BODY,
                     "palace": BODY}  # fmt: skip
    assert "=dalam" not in terms({BODY: "di dalam istana"}, "id")


def test_what_a_body_says_often_counts_as_its_summary_would() -> None:
    assert terms({BODY: "gajah, gajah kecil dan gajah"}, "id")["gajah"] == BODY | SUMMARY
    assert terms({BODY: "gajah dan gajah"}, "id")["gajah"] == BODY


def test_a_proper_name_is_not_stemmed() -> None:
    text = "Every visitor to Minas sees the parks, and then Minas sees visitors."
    found = terms({BODY: text}, "en")
    assert stem("minas", "en") == "mina"
    assert "~mina" not in found
    assert "~park" in found


def test_two_words_of_one_kind_are_also_one() -> None:
    assert terms({BODY: "oleh-oleh dari kampung-kampung"}, "id").keys() >= {"oleholeh", "kampung", "kampungkampung"}


@pytest.mark.parametrize(
    ("locale", "one", "other"),
    [("en", "palace", "palaces"), ("en", "weaving", "weaves"), ("id", "bangunan", "membangun"), ("id", "sejarah", "bersejarah")],
)  # fmt: skip
def test_forms_of_a_word_have_one_stem(locale: str, one: str, other: str) -> None:
    assert stem(one, locale) == stem(other, locale)


@pytest.mark.parametrize("word", ["1889", "km2", "pos", "di"])
def test_numbers_and_short_words_are_their_own_stem(word: str) -> None:
    assert stem(word, "id") == stem(word, "en") == word


def test_threads_that_stem_together_get_the_same_stems_as_one_alone() -> None:
    words = [
        f"{first}{middle}ings" for first in "bcdfghjklmnprstvw" for middle in ("attl", "eact", "ound", "uild", "ri")
    ]
    alone = snowballstemmer.stemmer("english")
    expected = [str(alone.stemWord(word)) for word in words]
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        for _ in range(5):
            stem.cache_clear()
            with ThreadPoolExecutor(8) as threads:
                parts = [words[n:] + words[:n] for n in range(0, 80, 10)]
                found = dict(
                    pair for done in threads.map(lambda w: [(x, stem(x, "en")) for x in w], parts) for pair in done
                )
            assert [found[word] for word in words] == expected
    finally:
        sys.setswitchinterval(before)


def test_every_category_has_words_to_be_found_by() -> None:
    assert CATEGORY_WORDS.keys() == names.CATEGORIES.keys()
