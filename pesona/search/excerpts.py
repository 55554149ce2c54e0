"""The passage of an item that answers a query best."""

from collections.abc import Sequence

from pesona.published import Words
from pesona.search.analysis import stem
from pesona.text.excerpts import excerpt
from pesona.text.folding import fold
from pesona.text.markdown import to_plain


def best_passage(words: Words, query: Sequence[str]) -> str:
    """Return the passage of *words* with the *query* words marked, as HTML."""
    stems = {stem(word, words.locale) for word in query}

    def matches(word: str) -> bool:
        plain = fold(word)
        return plain in query or stem(plain, words.locale) in stems

    return excerpt(to_plain(f"{words.summary} {words.body}"), matches)
