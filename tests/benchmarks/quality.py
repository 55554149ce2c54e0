"""How good the search is: `python -m tests.benchmarks.quality` prints it by class of query and engine.

The judged queries are in `judged.toml`. Ours runs on Whoosh and, with `--postgresql`, on PostgreSQL; the
baseline is Whoosh as most sites use it: StandardAnalyzer, one document for each item and language, OR.

nDCG@10 uses the gain 2^grade - 1 and the discount log2(rank + 1). A query that nothing answers scores 1
where nothing is found and 0 where anything is; it is left out of MRR, success@1 and the zero-hit rate.
"""

import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from math import log2
from pathlib import Path
from statistics import mean
from tempfile import TemporaryDirectory

from flask import Flask
from whoosh.analysis import StandardAnalyzer
from whoosh.fields import ID, TEXT, Schema
from whoosh.filedb.filestore import RamStorage
from whoosh.qparser import MultifieldParser, OrGroup
from whoosh.searching import Searcher

from pesona.app import create_app
from pesona.db import db
from pesona.search import follow
from pesona.search.find import find
from tests.benchmarks.server import postgresql
from tests.factories import publish_demo

JUDGED = Path(__file__).with_name("judged.toml")
LEAST = {"": 0.90, "misspelt": 0.85}
DEPTH = 10

Engine = Callable[[str, str], list[str]]


@dataclass(frozen=True)
class Query:
    """A judged query: 3 is exactly what is meant, 2 very good, 1 useful; the rest is not relevant."""

    query: str
    locale: str
    kind: str
    relevant: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Measured:
    """What one query came to with one engine."""

    query: Query
    found: Sequence[str]

    @property
    def ndcg(self) -> float:
        grades = [self.query.relevant.get(code, 0) for code in self.found[:DEPTH]]
        best = sorted(self.query.relevant.values(), reverse=True)[:DEPTH]
        return _gain(grades) / _gain(best) if best else float(not self.found)

    @property
    def reciprocal_rank(self) -> float:
        ranks = [at for at, code in enumerate(self.found[:DEPTH], 1) if self.query.relevant.get(code)]
        return 1 / ranks[0] if ranks else 0.0


def judged() -> list[Query]:
    """Return every judged query."""
    rows = tomllib.loads(JUDGED.read_text("utf-8"))["query"]
    return [Query(row["query"], row["locale"], row["class"], row.get("relevant", {})) for row in rows]


def measure(engine: Engine, queries: Iterable[Query]) -> list[Measured]:
    return [Measured(one, engine(one.query, one.locale)) for one in queries]


def _gain(grades: Sequence[int]) -> float:
    return sum((2**grade - 1) / log2(rank + 1) for rank, grade in enumerate(grades, 1))


def ours(text: str, locale: str) -> list[str]:
    """Ask the site's own search, as the page does."""
    return [f"{hit.entry.kind}/{hit.entry.code}" for hit in find(text, locale).hits]


def baseline() -> Engine:
    """Return plain Whoosh over the same documents."""
    analyzer = StandardAnalyzer()
    names = ("name", "aliases", "summary", "body")
    index = RamStorage().create_index(Schema(item=ID(stored=True), **{n: TEXT(analyzer=analyzer) for n in names}))
    writer = index.writer()
    for document in follow.all_documents():
        texts = {name: getattr(document, name) for name in names}
        writer.add_document(item=f"{document.kind}/{document.code}", **texts)
    writer.commit()
    return _asker(index.searcher(), MultifieldParser(list(names), index.schema, group=OrGroup))


def _asker(searcher: Searcher, parser: MultifieldParser) -> Engine:
    def ask(text: str, _locale: str) -> list[str]:
        return list(dict.fromkeys(hit["item"] for hit in searcher.search(parser.parse(text), limit=50)))

    return ask


@contextmanager
def site(**settings: str) -> Iterator[Flask]:
    """The Siak content in a site of its own, within its application context."""
    with TemporaryDirectory(prefix="pesona-bench-") as folder:
        app = create_app({"PESONA_HOME": folder, **settings})
        with app.app_context():
            publish_demo()
            yield app
            db.session.remove()
            db.engine.dispose()


def report(name: str, measured: Sequence[Measured]) -> None:
    """Print one line for each class, and one for all."""
    print(f"{name:<20}{'queries':>8}{'nDCG@10':>9}{'MRR':>7}{'first':>7}{'no hit':>8}")
    for kind in ["", *dict.fromkeys(one.query.kind for one in measured)]:
        mine = [one for one in measured if kind in ("", one.query.kind)]
        answered = [one for one in mine if one.query.relevant]
        if answered:
            rank = mean(one.reciprocal_rank for one in answered)
            first = mean(one.reciprocal_rank == 1 for one in answered)
            none = mean(not one.found for one in answered)
            rest = f"{rank:7.3f}{first:7.0%}{none:8.0%}"
        else:
            rest = ""
        print(f"  {kind or 'all':<18}{len(mine):8}{mean(one.ndcg for one in mine):9.3f}{rest}")


def main(arguments: Sequence[str]) -> int:
    """Print the tables; return 1 where ours misses its target."""
    queries, missed = judged(), False
    engines: list[tuple[str, dict[str, str]]] = [("ours, Whoosh", {})]
    with postgresql() if "--postgresql" in arguments else nothing() as address:
        if address:
            engines.append(("ours, PostgreSQL", {"PESONA_DATABASE_URL": address}))
        for name, settings in engines:
            with site(**settings):
                mine = measure(ours, queries)
                report(name, mine)
                if not settings:
                    report("plain Whoosh", measure(baseline(), queries))
                missed |= not all(_reached(mine, kind, least) for kind, least in LEAST.items())
                if "--worst" in arguments:
                    _worst(mine)
    return int(missed)


@contextmanager
def nothing() -> Iterator[str]:
    yield ""


def _reached(measured: Sequence[Measured], kind: str, least: float) -> bool:
    value = mean(one.ndcg for one in measured if kind in ("", one.query.kind))
    print(f"  {kind or 'all'}: {value:.3f}; at least {least:.2f}: {'reached' if value >= least else 'MISSED'}")
    return value >= least


def _worst(measured: Sequence[Measured]) -> None:
    for one in sorted(measured, key=lambda m: m.ndcg)[:30]:
        print(f"  {one.ndcg:.2f} {one.query.locale} {one.query.kind}: {one.query.query!r}")
        print(f"       wanted {dict(one.query.relevant)}")
        print(f"       found  {list(one.found[:6])}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
