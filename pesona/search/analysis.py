"""Text into the terms of the index, and a visitor's words into what is looked for. Pure.

A term is a folded surface form, or a stem marked by its language: `=` Indonesian, `~` English. A stem
that equals its surface form is not written twice. The signs of query languages never matter here:
whatever a visitor types becomes plain words.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import pairwise

from pesona.search.stemming import is_general, stem
from pesona.text.folding import fold, words

MARKS: Mapping[str, str] = {"id": "=", "en": "~"}
STOP_WORDS = {
    "id": frozenset(
        "yang di ke dari dan atau dengan untuk pada oleh adalah itu ini para akan dalam juga serta bagi sebagai "
        "antara hingga sampai agar saat ketika telah sudah masih bisa dapat ada tidak bukan sang si pun lah nya".split()
    ),
    "en": frozenset(
        "the a an of in on at to and or is are was were be by for with from as it its this that these those there "
        "has have had into than then but not".split()
    ),
}
# What people ask with rather than for: such a word counts for little beside another.
WEAK_WORDS = frozenset(
    "tempat tempatnya nikmat kunjung cari tonton orang main jalan wisata objek obyek destinasi lokasi kawasan daerah mana dimana apa apakah bagaimana berapa kapan cara "
    "terbaik terdekat terkenal dekat sekitar menuju pergi lihat melihat info informasi rekomendasi kabupaten "
    "enjoy watch people want like place places spot spots where what when which how see go get do things thing visit visiting best near nearby "
    "around close tourism tourist attraction attractions destination destinations me my i you can information "
    "guide regency trip".split()
)

MOST_WORDS = 8
LONGEST_WORD = 40
LONGEST_QUERY = 200

NAME, ALIAS, SUMMARY, BODY = 8, 4, 2, 1
OFTEN = 3  # what a body says so often counts as if its summary said it
_IN_SENTENCE = re.compile(r"(?<=[a-z,;)”\"] )[A-Z]\w+")
_LOWER = re.compile(r"\b[a-z]\w+")


def tokens(text: str) -> list[str]:
    """Return the words of *text*; of one said twice, as in `oleh-oleh`, also the two as one word."""
    found = [word[:LONGEST_WORD] for word in words(text)]
    twice = [a + b for a, b in pairwise(found) if a == b and a.isalpha() and 2 * len(a) <= LONGEST_WORD]
    return found + twice


def proper_names(text: str) -> frozenset[str]:
    """Return the folded words that *text* writes with a capital inside a sentence, and never without."""
    capital = {fold(word) for word in _IN_SENTENCE.findall(text)}
    return frozenset(w for w in capital - {fold(word) for word in _LOWER.findall(text)} if not is_general(w))


def terms(fields: Mapping[int, str], locale: str) -> dict[str, int]:
    """Return each term of a document with the sum of the *fields* (NAME, ALIAS, SUMMARY, BODY) that hold it.

    Names of people and places are never stemmed: `minas` must not meet `mina`.
    """
    names = proper_names(" ".join(fields.values()))
    found: dict[str, int] = {}
    for field, text in fields.items():
        told = Counter(tokens(text))
        for word, times in list(told.items()):
            if word not in STOP_WORDS[locale] and word not in names and (root := stem(word, locale)) != word:
                told[MARKS[locale] + root] += times
        for term, times in told.items():
            found[term] = found.get(term, 0) | field | (SUMMARY if times >= OFTEN else 0)
    return found


def forms(word: str) -> Iterator[str]:
    """Yield the terms under which other forms of *word* stand in the index, of both languages."""
    for locale, mark in MARKS.items():
        root = stem(word, locale)
        if root != word:
            yield root
        yield mark + root


def words_of(text: str) -> list[str]:
    """Return the words of *text* that say something; one said twice (`rumah-rumah`) counts once.

    What is said twice but means nothing alone (`oleh-oleh`) stays together, as the index has it.
    """
    found: list[str] = []
    for word in (w[:LONGEST_WORD] for w in words(text)):
        if found and found[-1] == word:
            if any(word in stop for stop in STOP_WORDS.values()):
                found[-1] = word + word
        else:
            found.append(word)
    kept = [w for w in found if not all(w in stop for stop in STOP_WORDS.values())]
    useful = [w for w in kept if not any(w in stop for stop in STOP_WORDS.values())]
    return useful or found


def is_weak(word: str) -> bool:
    """Tell whether people ask with *word*, in any of its forms, rather than for it."""
    return word in WEAK_WORDS or any(stem(word, locale) in WEAK_WORDS for locale in MARKS)


def query_words(query: str) -> list[str]:
    """Return the few plain words of a visitor's *query*: at most 8, of at most 40 letters each."""
    return words_of(query[:LONGEST_QUERY])[:MOST_WORDS]
