"""A visitor's words into codes, best first. The words never reach a query parser."""

import logging
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import NamedTuple
from weakref import WeakKeyDictionary

from pesona import clock
from pesona.queries.catalogue import Catalogue, Entry, catalogue
from pesona.search import follow, query, ranking
from pesona.search.analysis import query_words
from pesona.search.postings import Snapshot, Unavailable
from pesona.search.synonyms import table
from pesona.text.folding import fold

OTHER_LANGUAGE = 0.9
PRIOR = {"destination": 1.0, "event": 0.97, "page": 0.85}
COMING = 1.1
MOST_NAMED = 60
MOST_HITS = 1000
NOT_LIVE = 1_000_000_000

log = logging.getLogger(__name__)


class Hit(NamedTuple):
    """A live item that matches, with its score; only the order of scores means anything."""

    entry: Entry
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    """The hits, the words that led to them, and the query as mended where it was misspelt."""

    hits: Sequence[Hit] = ()
    marks: frozenset[str] = frozenset()
    corrected: str | None = None


def find(text: str, locale: str, exact: bool = False) -> Found:
    """Return the live items that match *text*, best first; unless *exact*, slips are mended.

    Only what the catalogue knows as published passes, so a stale index can show too little, never a
    draft. Where the index cannot be read the answer comes from the published names and summaries.
    """
    words = query_words(text)
    if not words:
        return Found()
    try:
        return _in_index(words, locale, exact)
    except Unavailable as problem:
        log.warning("search answers from the database: %s", problem)
        if _healed():
            with suppress(Unavailable):
                return _in_index(words, locale, exact)
        return _in_catalogue(words, locale)


def _healed() -> bool:
    try:
        return follow.heal()
    except OSError:
        log.exception("the search index could not be made anew")
        return False


def _in_index(words: list[str], locale: str, exact: bool) -> Found:
    snapshot = follow.snapshot()
    wanted, mended = query.understand(words, snapshot, table(catalogue().synonyms), exact)
    return Found(_hits(snapshot, wanted, locale), query.marks(wanted), mended)


def _hits(snapshot: Snapshot, wanted: Sequence[query.Wanted], locale: str) -> list[Hit]:
    places = _places(snapshot, locale)
    best: dict[int, float] = {}
    for number, score in ranking.rank(wanted).items():
        place = places[number]
        if place < 0:
            place, score = ~place, score * OTHER_LANGUAGE
        if score > best.get(place, 0.0):
            best[place] = score
    best.pop(NOT_LIVE, None)
    # Stable: what scores alike stays in the order of kinds and codes.
    order = sorted(best)
    order.sort(key=best.__getitem__, reverse=True)
    return _named(places.entries, best, order[:MOST_NAMED], wanted) + _rest(places, best, order[MOST_NAMED:MOST_HITS])


def _named(
    entries: Sequence[Entry], best: Mapping[int, float], order: Sequence[int], wanted: Sequence[query.Wanted]
) -> list[Hit]:
    """Return the likeliest hits, ranked anew by how well their names say the query."""
    named, today = ranking.naming(wanted), clock.today()
    scored = ((entries[place], best[place]) for place in order)
    hits = [Hit(entry, round(_prior(entry, today) * (score + named(entry.all_names)), 4)) for entry, score in scored]
    hits.sort(key=attrgetter("score"), reverse=True)
    return hits


def _rest(places: "Places", best: Mapping[int, float], order: list[int]) -> list[Hit]:
    """Return the hits behind these: with half their score they never come before them."""
    scores = {place: best[place] * places.halves[place] for place in order}
    order.sort(key=scores.__getitem__, reverse=True)
    return [Hit(places.entries[place], scores[place]) for place in order]


class Places(dict[int, int]):
    """The place among the live items of each document of a snapshot, by its number, looked up when first met.

    The items stand in the order of kinds and codes. Of a document in another language than *locale* it is the
    complement, which is negative: every search asks for both of each of its documents.
    """

    def __init__(self, snapshot: Snapshot, known: Catalogue, locale: str) -> None:
        super().__init__()
        self.catalogue = known
        self.locale = locale
        self.entries = [entries[code] for _, entries in sorted(known.entries.items()) for code in sorted(entries)]
        self.halves = [PRIOR[entry.kind] * 0.5 for entry in self.entries]
        self._keys = snapshot.keys
        self._at = {(entry.kind, entry.code): place for place, entry in enumerate(self.entries)}

    def __missing__(self, number: int) -> int:
        kind, code, locale = self._keys[number]
        place = self._at.get((kind, code), NOT_LIVE)
        self[number] = seen = place if locale == self.locale else ~place
        return seen


_kept: WeakKeyDictionary[Snapshot, dict[str, Places]] = WeakKeyDictionary()


def _places(snapshot: Snapshot, locale: str) -> Places:
    known, kept = catalogue(), _kept.setdefault(snapshot, {})
    if locale not in kept or kept[locale].catalogue is not known:
        kept[locale] = Places(snapshot, known, locale)
    return kept[locale]


def _prior(entry: Entry, today: date) -> float:
    """Return how much likelier an item is meant than another that fits as well: coming events before past ones."""
    coming = any(o.end >= today and not o.off for o in entry.occurrences)
    return PRIOR[entry.kind] * (COMING if coming else 1.0)


def _in_catalogue(words: list[str], locale: str) -> Found:
    hits = []
    for entries in catalogue().entries.values():
        for entry in entries.values():
            summary = fold(entry.cards[locale].summary)
            score = sum(2.0 * (w in entry.names) + (w in summary) for w in words)
            if score:
                hits.append(Hit(entry, score))
    hits.sort(key=lambda h: (-h.score, h.entry.kind, h.entry.code))
    return Found(hits[:MOST_HITS], frozenset(words))
