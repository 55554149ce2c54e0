"""General words of both languages that mean the same: `palace` finds `istana`. Pure.

Each pair is looked up when a visitor asks, never written into the index, so an editor's new pair
works at once. Words of a proper name do not belong here but into the item's other spellings.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from pesona.paths import PACKAGE
from pesona.search.analysis import MARKS, words_of
from pesona.search.stemming import stem
from pesona.search.typos import Deletions

Phrase = tuple[str, ...]


class Synonyms:
    """A table of groups, each a few words or phrases with one meaning."""

    def __init__(self, groups: Iterable[Iterable[str]]) -> None:
        self._others: dict[Phrase, list[Phrase]] = {}
        self.longest = 1
        self._deletions = Deletions()
        for group in groups:
            phrases = [phrase for text in group if (phrase := tuple(words_of(text)))]
            for phrase in phrases:
                others = [other for other in phrases if other != phrase]
                self.longest = max(self.longest, len(phrase))
                if len(phrase) == 1 and phrase not in self._others:
                    self._deletions.add(phrase[0])
                for key in _keys(phrase):
                    known = self._others.setdefault(key, [])
                    known += [other for other in others if other not in known]

    def of(self, phrase: Sequence[str]) -> list[Phrase]:
        """Return what means the same as *phrase*, in whatever form its words are."""
        found: dict[Phrase, None] = {}
        for key in _keys(tuple(phrase)):
            found.update(dict.fromkeys(self._others.get(key, ())))
        return list(found)

    def like(self, word: str) -> list[tuple[str, int]]:
        """Return the words of the table that differ from *word* by a slip or two, with the number of slips."""
        return sorted(self._deletions.near(word), key=lambda pair: (pair[1], pair[0]))


def _keys(phrase: Phrase) -> Iterator[Phrase]:
    yield phrase
    for locale, mark in MARKS.items():
        yield tuple(mark + stem(word, locale) for word in phrase)


@lru_cache(maxsize=1)
def shipped() -> tuple[tuple[str, ...], ...]:
    """Return the groups that come with the site."""
    with (PACKAGE / "search" / "synonyms.csv").open(encoding="utf-8", newline="") as file:
        return tuple(tuple(row["words"].split("|")) for row in csv.DictReader(file))


@lru_cache(maxsize=2)
def table(own: tuple[tuple[str, ...], ...]) -> Synonyms:
    """Return the shipped groups together with the editors' *own*."""
    return Synonyms((*shipped(), *own))
