"""A visitor's words into what is looked for: each word with all that may stand for it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import log

from pesona.search.analysis import MARKS, is_weak
from pesona.search.postings import IN_A_NAME, IN_A_SUMMARY, Scores, Snapshot
from pesona.search.stemming import stem
from pesona.search.synonyms import Phrase, Synonyms
from pesona.search.vocabulary import Vocabulary

SYNONYM = 0.8
BEGINNING = 0.6
WEAK = 0.15
SHORTEST_BEGINNING = 3
SHORTEST_PART = 3
LONG_ENOUGH_FOR_TWO = 8
RARE = 4
UNKNOWN = 0.7


@dataclass(slots=True)
class Wanted:
    """One word of a query: the ways to answer it with their factors, and what it weighs."""

    word: str
    ways: list[tuple[Scores, float]]
    weight: float = 0.0
    words: set[str] = field(default_factory=set)

    @property
    def count(self) -> int:
        return max((len(scores) for scores, _ in self.ways), default=0)


def understand(
    words: Sequence[str], snapshot: Snapshot, synonyms: Synonyms, exact: bool = False
) -> tuple[list[Wanted], str | None]:
    """Return what each of *words* asks for, and the query as mended where a word was misspelt.

    A mended query is answered as if it had been typed. With *exact* nothing is mended.
    """
    words = list(_joined(words, snapshot))
    wanted = _wanted(words, snapshot, synonyms)
    if exact or all(one.ways for one in wanted):
        return wanted, None
    mended = [part for one in wanted for part in _mended(one, snapshot, synonyms)]
    if mended == words:
        return wanted, None
    return _wanted(mended, snapshot, synonyms), " ".join(mended)


def _wanted(words: Sequence[str], snapshot: Snapshot, synonyms: Synonyms) -> list[Wanted]:
    wanted = [_known(word, snapshot, synonyms) for word in words]
    _other_spacing(words, wanted, snapshot)
    for length in range(2, synonyms.longest + 1):
        for at in range(len(words) - length + 1):
            ways = [_phrase(other, snapshot) for other in synonyms.of(words[at : at + length])]
            for one in wanted[at : at + length]:
                _add(one, ways, SYNONYM)
    for one in wanted:
        if not one.ways:
            _add(one, [((longer,), scores) for longer, scores in _longer(one.word, snapshot)], BEGINNING)
    _weigh(wanted, len(snapshot))
    return wanted


def _joined(words: Sequence[str], snapshot: Snapshot) -> Iterator[str]:
    """Yield *words*; two that only make sense together, as in `indra pura`, are one."""
    left = list(words)
    while left:
        word = left.pop(0)
        if left and not snapshot.scores(word) and snapshot.scores(word + left[0]):
            word += left.pop(0)
        yield word


def _other_spacing(words: Sequence[str], wanted: Sequence[Wanted], snapshot: Snapshot) -> None:
    """Let `bunga raya` find `bungaraya` and the reverse, where both are written."""
    for at, (first, second) in enumerate(pairwise(words)):
        joined = first + second
        for one in wanted[at : at + 2]:
            _add(one, [((joined,), snapshot.scores(joined))], 1.0)
    for one in wanted:
        if len(one.word) >= LONG_ENOUGH_FOR_TWO and 0 < len(snapshot.scores(one.word)) <= RARE:
            parts = _parted(one.word, snapshot)
            _add(one, [_phrase(parts, snapshot)] if parts else [], SYNONYM)


def _known(word: str, snapshot: Snapshot, synonyms: Synonyms) -> Wanted:
    one = Wanted(word, [], words={word})
    _add(one, [((word,), snapshot.scores(word))], 1.0)
    _add(one, [_phrase(other, snapshot) for other in synonyms.of((word,))], SYNONYM)
    return one


def _add(one: Wanted, ways: Sequence[tuple[Phrase, Scores]], factor: float) -> None:
    for phrase, scores in ways:
        if scores:
            one.ways.append((scores, factor))
            one.words.update(phrase)


def _phrase(phrase: Phrase, snapshot: Snapshot) -> tuple[Phrase, Scores]:
    """Return *phrase* with the documents that hold all its words, each as good as its weakest word."""
    parts = sorted((snapshot.scores(word) for word in phrase), key=len)
    if len(parts) == 1:
        return phrase, parts[0]
    first, *others = parts
    return phrase, {n: min(score, *(p[n] for p in others)) for n, score in first.items() if all(n in p for p in others)}


def _mended(one: Wanted, snapshot: Snapshot, synonyms: Synonyms) -> Phrase:
    """Return what an unknown word is likeliest meant to be: words run together, or a slip; else itself."""
    if one.ways:
        return (one.word,)
    return _parted(one.word, snapshot) or (_slip(one.word, snapshot, synonyms) or one.word,)


def _longer(word: str, snapshot: Snapshot) -> Iterator[tuple[str, Scores]]:
    """Yield the words that *word* begins; where it is short only those that names hold."""
    if len(word) < SHORTEST_BEGINNING:
        return
    for longer in snapshot.beginning(word):
        scores = snapshot.scores(longer)
        if len(word) > SHORTEST_BEGINNING or max(scores.values(), default=0.0) >= IN_A_NAME:
            yield longer, scores


def _slip(word: str, snapshot: Snapshot, synonyms: Synonyms) -> str:
    """Return the likeliest word that *word* may be a slip for, or nothing.

    Two edits lead far, so they must lead to a word that counts: one of a name, a summary, or the synonyms.
    """
    likely = [
        (like, edits)
        for like, edits in snapshot.like(word)
        if edits < 2 or max(snapshot.scores(like).values()) >= IN_A_SUMMARY
    ]
    if not likely or likely[0][1] > 1:
        likely += [(like, edits) for like, edits in synonyms.like(word) if _known(like, snapshot, synonyms).ways]
    return min(likely, key=lambda pair: pair[1], default=("", 0))[0]


def _parted(word: str, snapshot: Snapshot) -> Phrase:
    """Return the known words that *word* runs together, in the way that most documents hold, or nothing."""
    if len(word) < 2 * SHORTEST_PART:
        return ()
    found = [(len(_phrase(parts, snapshot)[1]), parts) for parts in _partings(word, snapshot.vocabulary())]
    return max((pair for pair in found if pair[0]), default=(0, ()))[1]


def _partings(word: str, words: Vocabulary, most: int = 3) -> Iterator[Phrase]:
    if most == 1 or len(word) < SHORTEST_PART:
        return
    for at in range(2, len(word) - SHORTEST_PART + 1):
        start, rest = word[:at], word[at:]
        if start in words:
            if rest in words:
                yield (start, rest)
            yield from ((start, *parts) for parts in _partings(rest, words, most - 1))


def _weigh(wanted: Sequence[Wanted], documents: int) -> None:
    strong = any(not is_weak(one.word) for one in wanted)
    for one in wanted:
        count = min(one.count, documents)
        one.weight = log(1 + (documents - count + 0.5) / (count + 0.5)) if count else UNKNOWN * log(2 * documents + 2)
        if strong and is_weak(one.word):
            one.weight *= WEAK


def marks(wanted: Sequence[Wanted]) -> frozenset[str]:
    """Return the words and stems to be marked in an excerpt."""
    words = {word for one in wanted for word in one.words}
    return frozenset(words | {mark + stem(word, locale) for word in words for locale, mark in MARKS.items()})
