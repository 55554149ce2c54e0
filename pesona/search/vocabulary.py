"""The words of an index, kept from one generation to the next: for beginnings and for slips."""

import threading
from bisect import bisect_left
from collections.abc import Iterable

from pesona.search.typos import Deletions

MOST_BEGINNINGS = 24


class Vocabulary:
    """Surface forms in code point order, and the deletion dictionary over them. Threads may share it."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self._known: set[str] = set()
        self._deletions = Deletions()
        self._lock = threading.Lock()

    def __contains__(self, word: object) -> bool:
        return word in self._known

    def add(self, words: Iterable[str]) -> None:
        """Take in what is new among *words*. Nothing is taken out: an index holds few words that ever go."""
        with self._lock:
            new = [word for word in words if word not in self._known]
            for word in new:
                self._deletions.add(word)
            self._known.update(new)
            if new:
                self.words = sorted(self._known)

    def beginning(self, start: str) -> list[str]:
        """Return the first few words that begin with *start*."""
        words = self.words
        at = bisect_left(words, start)
        return [w for w in words[at : at + MOST_BEGINNINGS] if w.startswith(start)]

    def near(self, word: str) -> list[tuple[str, int]]:
        """Return the words at one or two edits from *word* and how many."""
        with self._lock:
            return self._deletions.near(word)
