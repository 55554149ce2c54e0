"""The shipped synonyms: each pair finds what it is there for, and nothing would without it."""

import csv
import os
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest
from whoosh.filedb.filestore import RamStorage

from pesona.search import query, ranking
from pesona.search.analysis import BODY, terms, words_of
from pesona.search.index import FIELD, WhooshSnapshot, schema
from pesona.search.synonyms import Synonyms, shipped
from pesona.search.vocabulary import Vocabulary

OTHER = {"id": "en", "en": "id"}
# Something else on the site, so that no word is on every page of it.
FILLER = "Perahu kecil melintas pelan sekali."


def named_queries() -> list[dict[str, str]]:
    with Path(__file__).with_name("synonym_queries.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def pairs() -> set[tuple[str, str]]:
    return {(first, other) for first, *others in shipped() for other in others}


def index_of(text: str) -> WhooshSnapshot:
    """Return a site of two documents, one of which is *text*."""
    # Even an index in memory writes a file while it is made, named after the index in a folder that all processes share.
    index = RamStorage().create_index(schema(), f"SYNONYMS{os.getpid()}")
    with index.writer() as writer:
        for key, locale, body in (
            ("page/it/id", "id", text),
            ("page/it/en", "en", text),
            ("page/else/id", "id", FILLER),
        ):
            held = " ".join(f"{term}|{fields}" for term, fields in terms({BODY: body}, locale).items())
            writer.add_document(key=key, item=key.rsplit("/", 1)[0], digest="", **{FIELD: held})
    return WhooshSnapshot(Vocabulary(), index, index.reader(), {})


def finds(asked: str, text: str, groups: Iterable[Iterable[str]]) -> bool:
    snapshot = index_of(text)
    try:
        wanted, _ = query.understand(words_of(asked), snapshot, Synonyms(groups), exact=True)
        return any(snapshot.keys[number][1] == "it" for number in ranking.rank(wanted))
    finally:
        snapshot.close()


@cache
def table() -> tuple[tuple[str, ...], ...]:
    return shipped()


def test_there_are_two_hundred_pairs_and_each_has_a_named_query() -> None:
    rows = {tuple(row["pair"].split("|")) for row in named_queries()}
    assert len(pairs()) >= 200
    assert sorted(pairs() - rows) == []
    assert sorted(rows - pairs()) == []


@pytest.mark.parametrize("row", named_queries(), ids=lambda row: row["pair"])
def test_a_pair_finds_its_text_and_nothing_else_would(row: dict[str, str]) -> None:
    first, other = row["pair"].split("|")
    assert finds(row["query"], row["document"], [(first, other)])
    assert not finds(row["query"], row["document"], [])


def test_the_whole_table_finds_what_each_pair_finds() -> None:
    missed = [row["pair"] for row in named_queries() if not finds(row["query"], row["document"], table())]
    assert missed == []


def test_no_pair_is_written_twice() -> None:
    seen = [frozenset((one, other)) for group in shipped() for one in group for other in group if one < other]
    assert len(seen) == len(set(seen))
