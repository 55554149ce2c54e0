"""Slips of the finger: words one or two edits away, found by a deletion dictionary. Pure.

Two words that differ by an edit share a form with a letter left out, so both sides are reduced to
such forms and looked up, instead of comparing with every word (the idea is SymSpell's).
"""

from collections.abc import Iterator
from itertools import combinations

SHORTEST = 4
TWO_EDITS_FROM = 7
PREFIX = 7


def most_edits(word: str) -> int:
    """Return how many slips are forgiven in *word*, by its length; none in numbers."""
    if len(word) < SHORTEST or not word.isalpha():
        return 0
    return 2 if len(word) >= TWO_EDITS_FROM else 1


class Deletions:
    """Words by the forms that remain when letters of their beginning are left out."""

    def __init__(self) -> None:
        self.by_form: dict[str, list[str]] = {}

    def add(self, word: str) -> None:
        if len(word) >= SHORTEST - 1 and word.isalpha():
            for form in set(_forms(word, most_edits(word) or 1)):
                self.by_form.setdefault(form, []).append(word)

    def near(self, word: str) -> list[tuple[str, int]]:
        """Return the words at one or two edits from *word* and how many; not *word* itself."""
        most = most_edits(word)
        if not most:
            return []
        tried = {found for form in _forms(word, most) for found in self.by_form.get(form, ())}
        near = ((found, distance(word, found, most)) for found in tried if abs(len(found) - len(word)) <= most)
        return [(found, edits) for found, edits in near if 0 < edits <= most]


def _forms(word: str, most: int) -> Iterator[str]:
    start = word[:PREFIX]
    yield start
    for count in range(1, most + 1):
        for left_out in combinations(range(len(start)), count):
            yield "".join(letter for at, letter in enumerate(start) if at not in left_out)


def distance(one: str, other: str, most: int) -> int:
    """Return the edits between two words: letters put in, left out, replaced, or two neighbours swapped.

    Anything above *most* is told as `most + 1` (optimal string alignment).
    """
    before_last: list[int] = []
    last = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, against in enumerate(other, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter != against))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == against:
                cost = min(cost, before_last[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
        before_last, last = last, row
    return last[-1]
