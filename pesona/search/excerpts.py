"""The passage of an item that answers a query best."""

from collections.abc import Container
from functools import lru_cache

from pesona.published import Words
from pesona.search.analysis import MARKS
from pesona.search.stemming import stem
from pesona.text.excerpts import excerpt
from pesona.text.folding import fold
from pesona.text.markdown import to_plain


def best_passage(words: Words, marks: Container[str]) -> str:
    """Return the passage of *words* that holds most of *marks* (words and stems), as HTML with these marked."""

    def matches(word: str) -> bool:
        plain, stemmed = _forms(word, words.locale)
        return plain in marks or stemmed in marks

    return excerpt(to_plain(f"{words.summary} {words.body}"), matches)


@lru_cache(maxsize=50_000)
def _forms(word: str, locale: str) -> tuple[str, str]:
    plain = fold(word)
    return plain, MARKS[locale] + stem(plain, locale)
