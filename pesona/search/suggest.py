"""Suggestions while a visitor types: what has a name with these beginnings of words. Pure over the catalogue.

The names stand in the order in which they would be suggested. A set of them is one whole number with a bit for each
name, so that sets are cut with one another at once and the lowest bits are the first suggestions. No query, however
short, looks at all names.
"""

import sys
import threading
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache, reduce
from itertools import chain
from operator import and_
from weakref import WeakKeyDictionary

from pesona.locales import other_locale
from pesona.published import Card
from pesona.queries.catalogue import Catalogue, Entry, day_card
from pesona.search.analysis import LONGEST_QUERY, MOST_WORDS
from pesona.text.folding import fold, words

MOST = 8
# Sets of fewer names are made anew each time; larger ones are few, and are kept.
KEPT_FROM = 64
_END = "\n"
_AFTER_ALL = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Heading:
    """A category or a district: its card in each language, and what else it is called."""

    cards: Mapping[str, Card]
    all_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A card, and the name that fits where its title does not (an empty language is unknown)."""

    card: Card
    also: str = ""
    also_locale: str = ""


Thing = Entry | Heading
Headings = Callable[[Catalogue], Iterable[Heading]]


class Table:
    """Texts in order, each with the position of a name, answering which names have one with a given beginning."""

    def __init__(self, pairs: Sequence[tuple[str, int]], names: int) -> None:
        in_order = sorted(pairs)
        self._texts = [text for text, _ in in_order]
        self._positions = array("I", (position for _, position in in_order))
        self._size = names // 8 + 1
        self._kept: dict[str, int] = {}

    def starting(self, beginning: str) -> int:
        """Return the set of names that have a text with this *beginning*."""
        kept = self._kept.get(beginning)
        if kept is not None:
            return kept
        low = bisect_left(self._texts, beginning)
        high = bisect_left(self._texts, beginning + _AFTER_ALL, low)
        marks = bytearray(self._size)
        for position in self._positions[low:high]:
            marks[position >> 3] |= 1 << (position & 7)
        found = int.from_bytes(marks, "little")
        if high - low >= KEPT_FROM:
            self._kept[beginning] = found
        return found


class Index:
    """All names of *things*, given in the order of suggestion, for readers of *locale*."""

    def __init__(self, things: Iterable[Thing], locale: str) -> None:
        self._names = [(t.cards[locale], text, lang) for t in things for text, lang in _names(t, locale)]
        folded = [_folded(text) for _, text, _ in self._names]
        whole = [(" ".join(parts) + _END, position) for position, parts in enumerate(folded)]
        single = [(word, position) for position, parts in enumerate(folded) for word in set(parts)]
        self._wholes = Table(whole, len(folded))
        self._words = Table(single, len(folded))

    def find(self, query: str) -> list[Suggestion]:
        """Return what has each word of *query* as the beginning of a word of one name.

        The name that is the query comes first, then those that begin with it.
        """
        asked = words(query[:LONGEST_QUERY])[:MOST_WORDS]
        if not asked:
            return []
        said = " ".join(asked)
        ranks = (
            self._wholes.starting(said + _END),
            self._wholes.starting(said),
            reduce(and_, map(self._words.starting, asked)),
        )
        found: dict[tuple[str, str], Suggestion] = {}
        for position in chain.from_iterable(map(_positions, ranks)):
            card, text, lang = self._names[position]
            if (card.item_kind, card.code) not in found:
                seen = text == card.name or _fits(card.name, asked)
                found[card.item_kind, card.code] = Suggestion(card) if seen else Suggestion(card, text, lang)
                if len(found) == MOST:
                    break
        return list(found.values())


_kept: WeakKeyDictionary[Catalogue, dict[str, tuple[date, Index]]] = WeakKeyDictionary()
_lock = threading.Lock()


def suggestions(query: str, locale: str, known: Catalogue, today: date, headings: Headings) -> list[Suggestion]:
    """Return the first few things of *known* whose names fit *query*, the likeliest first.

    The *headings* are asked for once for each catalogue and day.
    """
    return _index(known, locale, today, headings).find(query)


def _index(known: Catalogue, locale: str, today: date, headings: Headings) -> Index:
    kept = _kept.get(known, {}).get(locale)
    if kept is None or kept[0] != today:
        with _lock:
            kept = _kept.setdefault(known, {}).get(locale)
            if kept is None or kept[0] != today:
                kept = _kept[known][locale] = (today, Index(_in_order(known, locale, today, headings), locale))
    return kept[1]


def _in_order(known: Catalogue, locale: str, today: date, headings: Headings) -> Iterator[Thing]:
    """Yield all there is: destinations, coming events, areas and categories, other events, pages; each by name."""
    events = [(e, next((o for o in e.occurrences if o.end >= today), None)) for e in known.in_order["event", locale]]
    yield from known.in_order["destination", locale]
    yield from (replace(e, cards={lo: day_card(c, o) for lo, c in e.cards.items()}) for e, o in events if o)
    yield from sorted(headings(known), key=lambda h: fold(h.cards[locale].name))
    yield from (e for e, o in events if o is None)
    yield from known.in_order["page", locale]


def _names(thing: Thing, locale: str) -> Iterable[tuple[str, str]]:
    """Return each name of *thing* with its language, the title first."""
    title, other = thing.cards[locale], thing.cards[other_locale(locale)]
    named = {title.name: title.locale}
    named.setdefault(other.name, other.locale)
    for name in thing.all_names:
        named.setdefault(name, "")
    return named.items()


@lru_cache(maxsize=65_536)
def _folded(name: str) -> tuple[str, ...]:
    # A publication changes a name or two: the others are not folded again.
    return tuple(sys.intern(word) for word in words(name))


def _fits(name: str, asked: Sequence[str]) -> bool:
    return all(any(word.startswith(beginning) for word in _folded(name)) for beginning in asked)


def _positions(names: int) -> Iterator[int]:
    """Yield the positions in a set of *names*, the first one first."""
    while names:
        lowest = names & -names
        yield lowest.bit_length() - 1
        names ^= lowest
