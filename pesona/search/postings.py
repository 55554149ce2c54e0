"""What every engine gives to the ranking: which documents hold a term, and in which fields."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from typing import Protocol

from pesona.search.analysis import forms
from pesona.search.vocabulary import Vocabulary

Key = tuple[str, str, str]  # kind, code, locale
Scores = Mapping[int, float]  # by document, the best first

MOST_KEPT = 400_000
FORM = 0.85
IN_A_NAME, IN_A_SUMMARY = 0.8, 0.5  # the least score of a word that stands in a name or alias, or in a summary


def _strength(held: int) -> float:
    """Return how much a term counts by the fields that hold it: the best field, and a little for each other."""
    parts = [value for bit, value in ((8, 1.0), (4, 0.8), (2, 0.5), (1, 0.25)) if held & bit]
    return parts[0] + 0.15 * sum(parts[1:]) if parts else 0.0


STRENGTH = [_strength(held) for held in range(16)]


class Unavailable(Exception):
    """The index is missing, broken, or of another format."""


class Keys(Protocol):
    """The key of each document by its number."""

    def __getitem__(self, number: int, /) -> Key: ...


class Snapshot(ABC):
    """The index at one moment. Threads may share it: what they read is kept, and never changes."""

    keys: Keys

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._kept: dict[str, Scores] = {}
        self._size = 0
        self._vocabulary = vocabulary
        self._words_known = False

    @abstractmethod
    def __len__(self) -> int:
        """Return the number of documents."""

    @abstractmethod
    def _read(self, term: str) -> dict[int, int]:
        """Return the fields that hold *term*, as a sum of NAME, ALIAS, SUMMARY and BODY, by document."""

    @abstractmethod
    def _read_words(self) -> Iterable[str]:
        """Return the surface forms of the index, at least those that the vocabulary does not know yet."""

    def scores(self, word: str) -> Scores:
        """Return how well each document answers *word* or another form of it, best first."""
        found = self._kept.get(word)
        if found is None:
            best = {number: STRENGTH[held] for number, held in self._read(word).items()}
            for form in forms(word):
                for number, held in self._read(form).items():
                    score = FORM * STRENGTH[held]
                    if score > best.get(number, 0.0):
                        best[number] = score
            order = sorted(best, key=best.__getitem__, reverse=True)
            found = self._keep(word, {number: best[number] for number in order})
        return found

    def _keep(self, word: str, scores: Scores) -> Scores:
        if self._size > MOST_KEPT:
            self.forget()
        self._kept[word] = scores
        self._size += len(scores) + 10
        return scores

    def forget(self) -> None:
        """Let go of the scores that earlier searches left."""
        self._kept, self._size = {}, 0

    def beginning(self, start: str) -> list[str]:
        """Return the words that begin with *start*, at most a few."""
        return self.vocabulary().beginning(start)

    def like(self, word: str) -> list[tuple[str, int]]:
        """Return the words that differ from *word* by a slip or two, with the number of slips, best first."""
        weighed = [
            (edits, found[0] != word[0], -self._weight(found), found) for found, edits in self.vocabulary().near(word)
        ]
        return [(found, edits) for edits, _, weight, found in sorted(weighed) if weight]

    def vocabulary(self) -> Vocabulary:
        """Return the words of the index, and perhaps some that no document holds any more."""
        if not self._words_known:
            self._vocabulary.add(self._read_words())
            self._words_known = True
        return self._vocabulary

    def _weight(self, word: str) -> float:
        return sum(self.scores(word).values())
