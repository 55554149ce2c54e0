"""A visitor's words into codes, best first. The words never reach a query parser."""

import logging
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice

from whoosh.query import And, Or, Prefix, Query, Term
from whoosh.searching import Searcher

from pesona.queries.catalogue import catalogue
from pesona.search import follow
from pesona.search.analysis import query_words, stem
from pesona.search.index import Unavailable
from pesona.text.folding import fold

WEIGHTS: Mapping[str, float] = {"name": 8.0, "aliases": 5.0, "place": 3.0, "summary": 2.0, "body": 1.0}
STEM_WEIGHT = 0.8
PREFIX_WEIGHT = 0.4
SHORTEST_PREFIX = 3
OTHER_LANGUAGE = 0.9
MOST_HITS = 2000

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Hit:
    """An item that matches, with its score; only the order of scores means anything."""

    kind: str
    code: str
    score: float


def find(query: str, locale: str) -> list[Hit]:
    """Return the items that match *query*, best first; documents in *locale* count a little more.

    Where the index cannot be read the answer comes from the published names and summaries.
    """
    words = query_words(query)
    if not words:
        return []
    try:
        if follow.lags():
            follow.drain()
        return _in_index(words, locale)
    except Unavailable as problem:
        log.warning("search answers from the database: %s", problem)
        if _healed():
            with suppress(Unavailable):
                return _in_index(words, locale)
        return _in_catalogue(words, locale)


def _healed() -> bool:
    try:
        return follow.heal()
    except OSError:
        log.exception("the search index could not be made anew")
        return False


def _in_index(words: list[str], locale: str) -> list[Hit]:
    searcher = follow.index().searcher()
    try:
        return _best(searcher, words, locale)
    except Exception as problem:  # a torn file may show only when it is read
        raise Unavailable(str(problem)) from problem


def _best(searcher: Searcher, words: list[str], locale: str) -> list[Hit]:
    parts = [_word(word, last=n == len(words)) for n, word in enumerate(words, 1)]
    best: dict[tuple[str, str], float] = {}
    for wanted in (And(parts), Or(parts)):
        for hit in searcher.search(wanted, limit=MOST_HITS):
            score = hit.score * (1 if hit["locale"] == locale else OTHER_LANGUAGE)
            key = (hit["kind"], hit["code"])
            best[key] = max(score, best.get(key, 0.0))
        if best:
            break
    in_order = sorted(best.items(), key=lambda pair: (-pair[1], pair[0]))
    return [Hit(kind, code, round(score, 4)) for (kind, code), score in in_order]


def _word(word: str, last: bool) -> Query:
    """Return the query for one word: as typed, by its stem in either language, and as a beginning."""
    forms = [(word, 1.0), *(("=" + s, STEM_WEIGHT) for s in {stem(word, "id"), stem(word, "en")})]
    found: list[Query] = [
        Term(name, text, boost=weight * factor) for name, weight in WEIGHTS.items() for text, factor in forms
    ]
    if last and len(word) >= SHORTEST_PREFIX:
        found += [Prefix(name, word, boost=WEIGHTS[name] * PREFIX_WEIGHT) for name in ("name", "aliases")]
    return Or(found)


def _in_catalogue(words: list[str], locale: str) -> list[Hit]:
    hits = []
    for entries in catalogue().entries.values():
        for entry in entries.values():
            summary = fold(entry.cards[locale].summary)
            score = sum(2.0 * (w in entry.names) + (w in summary) for w in words)
            if score:
                hits.append(Hit(entry.kind, entry.code, score))
    return list(islice(sorted(hits, key=lambda h: (-h.score, h.kind, h.code)), MOST_HITS))
