"""A visitor's words into codes, best first. The words never reach a query parser."""

import logging
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from operator import attrgetter, itemgetter
from typing import NamedTuple

from pesona import clock
from pesona.queries.catalogue import Entry, catalogue
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
    best: dict[tuple[str, str], float] = {}
    for number, score in ranking.rank(wanted).items():
        kind, code, of_locale = snapshot.keys[number]
        if of_locale != locale:
            score *= OTHER_LANGUAGE
        if score > best.get((kind, code), 0.0):
            best[kind, code] = score
    known, today = catalogue(), clock.today()
    live = [(score, entry) for key, score in sorted(best.items()) if (entry := known.entry(*key))]
    live.sort(key=itemgetter(0), reverse=True)
    named = ranking.naming(wanted)
    hits = [
        Hit(entry, round(_prior(entry, today) * (score + named(entry.all_names)), 4))
        for score, entry in live[:MOST_NAMED]
    ]
    hits += [Hit(entry, round(score * PRIOR[entry.kind] * 0.5, 4)) for score, entry in live[MOST_NAMED:MOST_HITS]]
    # Stable: what scores alike stays in the order of kinds and codes.
    hits.sort(key=attrgetter("score"), reverse=True)
    return hits


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
