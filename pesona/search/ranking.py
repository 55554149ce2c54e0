"""Which documents answer a query, and how well: the same arithmetic for every engine. Pure.

Each word of the query weighs by how rare it is and each document by its best way to answer the word.
The rarest words decide which documents are looked at; common ones only add to these.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import islice

from pesona.search.analysis import MARKS, STOP_WORDS, is_weak
from pesona.search.postings import Scores
from pesona.search.query import Wanted
from pesona.search.stemming import stem
from pesona.text.folding import words

MOST_DOCUMENTS = 1000
LEAST_COVERED = 0.3
LEAST_OF_UNKNOWN = 0.5
LEAST_SCORE = 0.1
NAMED = 0.45
NAME_IN_FULL = 0.5


def rank(wanted: Sequence[Wanted]) -> dict[int, float]:
    """Return a score from 0 to 1 for each document that answers enough of the query by weight.

    With a word that nothing on the site holds, the rest must be half of what is asked: who looks for
    the temple of Borobudur does not want ours.
    """
    total = sum(one.weight for one in wanted)
    by_weight = sorted((one for one in wanted if one.ways), key=lambda one: -one.weight)
    least = (LEAST_COVERED if all(one.ways or is_weak(one.word) for one in wanted) else LEAST_OF_UNKNOWN) * total
    if not by_weight or sum(one.weight for one in by_weight) < least:
        return {}
    first, *others = by_weight
    scores = _merged(first, None)
    score = {number: value * first.weight for number, value in scores.items()}
    covered = dict.fromkeys(scores, first.weight)
    left = total - first.weight
    for one in others:
        # Documents first met among the rest would answer too little.
        for number, value in _merged(one, None if left >= least else covered).items():
            score[number] = score.get(number, 0.0) + value * one.weight
            covered[number] = covered.get(number, 0.0) + one.weight
        left -= one.weight
    return {
        number: fair
        for number, sum_of_words in score.items()
        if (share := covered[number]) >= least
        and (fair := sum_of_words * (1 + share / total) / (2 * total)) >= LEAST_SCORE
    }


def _merged(one: Wanted, among: Mapping[int, float] | None) -> Scores:
    """Return the best score of each document for the word, of *among* only where given."""
    if among is not None:
        return {n: best for n in among if (best := max(s.get(n, 0.0) * factor for s, factor in one.ways))}
    found: dict[int, float] = {}
    for scores, factor in one.ways:
        for number, score in islice(scores.items(), MOST_DOCUMENTS):
            if score * factor > found.get(number, 0.0):
                found[number] = score * factor
    return found


def naming(wanted: Sequence[Wanted]) -> Callable[[Iterable[str]], float]:
    """Return what gives names a bonus: for the one that the query says best, most where it says it in full."""
    looked_for = [(one.weight, _all_forms(one.words)) for one in wanted]
    every_form = frozenset().union(*(forms for _, forms in looked_for))
    total = sum(one.weight for one in wanted) or 1.0
    asked = frozenset(one.word for one in wanted)

    def bonus(name: str) -> float:
        parts, all_forms = _parts(name)
        if not every_form & all_forms:
            return 0.0
        said = sum(1 for _, forms in parts if forms & every_form) / len(parts)
        used = sum(weight for weight, forms in looked_for if forms & all_forms)
        in_full = NAME_IN_FULL if frozenset(word for word, _ in parts) == asked else 0.0
        return NAMED * said * used / total + in_full

    return lambda names: max(map(bonus, names), default=0.0)


def _all_forms(found: Iterable[str]) -> frozenset[str]:
    return frozenset().union(*(_forms(word) for word in found))


@lru_cache(maxsize=50_000)
def _forms(word: str) -> frozenset[str]:
    return frozenset((word, *(mark + stem(word, locale) for locale, mark in MARKS.items())))


@lru_cache(maxsize=50_000)
def _parts(name: str) -> tuple[tuple[tuple[str, frozenset[str]], ...], frozenset[str]]:
    """Return each word of *name* that says something, with its forms, and all these forms together."""
    kept = dict.fromkeys(w for w in words(name) if not any(w in stop for stop in STOP_WORDS.values()))
    parts = tuple((word, _forms(word)) for word in kept)
    return parts, frozenset().union(*(forms for _, forms in parts))
