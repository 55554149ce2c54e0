"""A visitor's words into what is looked for: each word with all that may stand for it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import log

from pesona.search.analysis import MARKS, WEAK_WORDS
from pesona.search.postings import Scores, Snapshot
from pesona.search.stemming import stem
from pesona.search.synonyms import Phrase, Synonyms

SYNONYM = 0.8
BEGINNING = 0.6
SLIP = (1.0, 0.8, 0.6)
WEAK = 0.15
SHORTEST_BEGINNING = 3
MOST_SLIPS = 3
UNKNOWN = 0.5


@dataclass(slots=True)
class Wanted:
    """One word of a query: the ways to answer it with their factors, and what it weighs."""

    word: str
    ways: list[tuple[Scores, float]]
    weight: float = 0.0
    words: set[str] = field(default_factory=set)
    corrected: str = ""

    @property
    def count(self) -> int:
        return max((len(scores) for scores, _ in self.ways), default=0)


def understand(words: Sequence[str], snapshot: Snapshot, synonyms: Synonyms, exact: bool = False) -> list[Wanted]:
    """Return what each of *words* asks for; unless *exact*, slips of unknown words are mended."""
    words = list(_joined(words, snapshot))
    wanted = [_known(word, snapshot, synonyms) for word in words]
    for length in range(2, synonyms.longest + 1):
        for at in range(len(words) - length + 1):
            ways = [_phrase(other, snapshot) for other in synonyms.of(words[at : at + length])]
            for one in wanted[at : at + length]:
                _add(one, ways, SYNONYM)
    for at, one in enumerate(wanted):
        if not one.ways and not exact:
            wanted[at] = _guessed(one.word, snapshot, synonyms)
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


def _guessed(word: str, snapshot: Snapshot, synonyms: Synonyms) -> Wanted:
    """Return what an unknown *word* may mean: the beginning of one, two words run together, or a slip."""
    one = Wanted(word, [])
    if len(word) >= SHORTEST_BEGINNING:
        for longer in snapshot.beginning(word):
            _add(one, [((longer,), snapshot.scores(longer))], BEGINNING)
    if not one.ways and (parts := _parted(word, snapshot)):
        _add(one, [_phrase(parts, snapshot)], 1.0)
        one.corrected = " ".join(parts)
    if not one.ways:
        for rank, (like, edits) in enumerate(snapshot.like(word)[:MOST_SLIPS]):
            for scores, factor in _known(like, snapshot, synonyms).ways:
                one.ways.append((scores, factor * SLIP[edits] * (1.0 if not rank else 0.7)))
            one.words.add(like)
            one.corrected = one.corrected or like
    return one


def _parted(word: str, snapshot: Snapshot) -> Phrase:
    """Return the two words that *word* runs together, the pair that documents hold most, or nothing."""
    pairs = [(word[:at], word[at:]) for at in range(3, len(word) - 2)]
    found = [(len(_phrase(pair, snapshot)[1]), pair) for pair in pairs if all(snapshot.scores(part) for part in pair)]
    return max(found, default=(0, ()))[1]


def _weigh(wanted: Sequence[Wanted], documents: int) -> None:
    strong = any(one.word not in WEAK_WORDS for one in wanted)
    for one in wanted:
        count = min(one.count, documents)
        one.weight = log(1 + (documents - count + 0.5) / (count + 0.5)) if count else UNKNOWN * log(2 * documents + 2)
        if strong and one.word in WEAK_WORDS:
            one.weight *= WEAK


def marks(wanted: Sequence[Wanted]) -> frozenset[str]:
    """Return the words and stems to be marked in an excerpt."""
    words = {word for one in wanted for word in one.words}
    return frozenset(words | {mark + stem(word, locale) for word in words for locale, mark in MARKS.items()})


def corrected(wanted: Sequence[Wanted]) -> str | None:
    """Return the query as it was understood, where a word was mended, else `None`."""
    if not any(one.corrected for one in wanted):
        return None
    return " ".join(one.corrected or one.word for one in wanted)
