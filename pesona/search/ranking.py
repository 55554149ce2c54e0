"""Which documents answer a query, and how well: the same arithmetic for every engine. Pure.

Each word of the query weighs by how rare it is and each document by its best way to answer the word.
The rarest words decide which documents are looked at; common ones only add to these.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import islice

from pesona.search.analysis import MARKS, STOP_WORDS, is_weak
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
    if not others:
        score = _merged(first, None, first.weight * (1 + first.weight / total) / (2 * total))
        return score if min(score.values()) >= LEAST_SCORE else {n: s for n, s in score.items() if s >= LEAST_SCORE}
    score = _merged(first, None, first.weight)
    covered = dict.fromkeys(score, first.weight)
    left = total - first.weight
    for one in others:
        # Documents first met among the rest would answer too little.
        found = _merged(one, None if left >= least else covered, one.weight)
        both = found.keys() & score.keys()
        new = {**found, **score}
        share = {**dict.fromkeys(found, one.weight), **covered}
        for number in both:
            new[number] += found[number]
            share[number] += one.weight
        score, covered = new, share
        left -= one.weight
    return _fair(score, covered, least, total)


def _fair(score: Mapping[int, float], covered: Mapping[int, float], least: float, total: float) -> dict[int, float]:
    """Return the scores of documents that answer *least* of the query by weight, the better the more they answer."""
    factors = {share: (1 + share / total) / (2 * total) if share >= least else 0.0 for share in set(covered.values())}
    return {n: fair for n, said in score.items() if (fair := said * factors[covered[n]]) >= LEAST_SCORE}


def _merged(one: Wanted, among: Mapping[int, float] | None, weight: float) -> dict[int, float]:
    """Return the best score of each document for the word times *weight*, of *among* only where given."""
    (first, its_factor), *others = [(scores, factor * weight) for scores, factor in one.ways]
    if among is not None:
        ways = [(first.get, its_factor), *((scores.get, factor) for scores, factor in others)]
        return {n: best for n in among if (best := max([of(n, 0.0) * factor for of, factor in ways]))}
    found = {number: score * its_factor for number, score in islice(first.items(), MOST_DOCUMENTS)}
    for scores, factor in others:
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
