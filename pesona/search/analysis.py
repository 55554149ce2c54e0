"""Text into the terms of the index: folded surface forms and stems, for each language. Pure.

Names of the query language never matter here: whatever a visitor types becomes plain terms.
"""

import threading
from functools import lru_cache

import snowballstemmer

from pesona.text.folding import words

_STEMMERS = {"id": snowballstemmer.stemmer("indonesian"), "en": snowballstemmer.stemmer("english")}
_lock = threading.Lock()

STOP_WORDS = {
    "id": frozenset("yang di ke dari dan atau dengan untuk pada oleh adalah itu ini para akan dalam".split()),
    "en": frozenset("the a an of in on at to and or is are was were by for with from as".split()),
}

MOST_WORDS = 8
LONGEST_WORD = 40
LONGEST_QUERY = 200


@lru_cache(maxsize=50_000)
def stem(word: str, locale: str) -> str:
    """Return the stem of a folded *word*; digits and short words are their own."""
    if len(word) < 4 or not word.isalpha():
        return word
    with _lock:  # a stemmer holds the word while it works, and threads share it
        return str(_STEMMERS[locale].stemWord(word))


def terms(text: str, locale: str) -> list[str]:
    """Return what the index holds of *text*: each surface form, and its stem marked by `=`."""
    found = []
    for word in words(text):
        found.append(word[:LONGEST_WORD])
        if word not in STOP_WORDS[locale]:
            found.append("=" + stem(word, locale)[:LONGEST_WORD])
    return found


def query_words(query: str) -> list[str]:
    """Return the few plain words of a visitor's *query*: at most 8, of at most 40 letters each."""
    found = [word[:LONGEST_WORD] for word in words(query[:LONGEST_QUERY])]
    kept = [w for w in found if not all(w in stop for stop in STOP_WORDS.values())]
    useful = [w for w in kept if not any(w in stop for stop in STOP_WORDS.values())]
    return (useful or found)[:MOST_WORDS]
