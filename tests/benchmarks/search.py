"""What a search costs: `python -m tests.benchmarks.search [--postgresql]` at 500 and 5,000 generated destinations.

For each engine it prints milliseconds a query: CPU of this process and, behind it, time on the clock (on PostgreSQL
the server works too). `first` asks for words that nobody asked for since the last publication, `again` for words
that somebody did; `misspelt` has slips in them and is asked for the first time; `page` is the whole uncached answer
of the application; `suggest` one keystroke, `keystroke` its whole answer. The last column is the growth of the CPU from the small site to the large.
"""

import gc
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from statistics import median
from tempfile import TemporaryDirectory
from urllib.parse import quote_plus

from flask import Flask

from pesona import clock
from pesona.app import create_app
from pesona.db import db
from pesona.queries.catalogue import catalogue
from pesona.search import follow
from pesona.search.find import find
from pesona.search.suggest import suggestions
from tests.benchmarks.quality import nothing
from tests.benchmarks.server import postgresql
from tests.factories import publish_demo, publish_destinations, searches
from tests.gates.cost import request_of

SIZES = (500, 5000)
ROUNDS = 7
# What the issue aims at, in milliseconds of CPU at 500 items; suggestions at 5,000.
AIMS = {"first": 1.0, "again": 1.0, "page": 3.0, "suggest": 0.1}

Cost = tuple[float, float]  # milliseconds: CPU, clock


@contextmanager
def site(items: int, **settings: str) -> Iterator[Flask]:
    """The Siak content and *items* more destinations, within the application context."""
    with TemporaryDirectory(prefix="pesona-bench-") as folder:
        app = create_app({"PESONA_HOME": folder, **settings})
        with app.app_context():
            publish_demo()
            publish_destinations(items)
            db.session.commit()
            follow.ensure()
            # As the server does before it answers: the collector need not walk through what stands.
            catalogue()
            gc.collect()
            gc.freeze()
            yield app
            gc.unfreeze()
            db.session.remove()
            db.engine.dispose()


def slip(query: str) -> str:
    """Return *query* with two letters of its longest word in the wrong order."""
    word = max(query.split(), key=len)
    return query.replace(word, f"{word[:2]}{word[3]}{word[2]}{word[4:]}")


def cost(ask: Callable[[str], object], queries: Sequence[str], before: Callable[[], object] | None = None) -> Cost:
    """Return the median cost of one of *queries* over some rounds; *before* comes before each round, uncounted."""
    cpu, wall = [], []
    for number in range(ROUNDS + 1):
        if before:
            before()
        for query in queries:
            began, at = time.process_time(), time.perf_counter()
            ask(query)
            if number:
                cpu.append(time.process_time() - began)
                wall.append(time.perf_counter() - at)
    return median(cpu) * 1000, median(wall) * 1000


def costs(app: Flask) -> dict[str, Cost]:
    """Return the cost of each way of asking *app*."""
    queries = searches()
    keystrokes = [query[:length] for query in queries for length in (2, 4, 6)]
    pages = {query: request_of(app, f"/id/cari?q={quote_plus(query)}") for query in queries}

    answers = {typed: request_of(app, f"/api/v1/suggest?locale=id&q={quote_plus(typed)}") for typed in keystrokes}
    known, today = catalogue(), clock.today()

    def search(query: str) -> object:
        return find(query, "id")

    def suggest(typed: str) -> object:
        return suggestions(typed, "id", known, today, lambda _known: ())

    return {
        "first": cost(search, queries, _forget_scores),
        "again": cost(search, queries),
        "misspelt": cost(search, [slip(query) for query in queries], _forget_scores),
        "page": cost(lambda query: pages[query](), queries),
        "suggest": cost(suggest, keystrokes),
        "keystroke": cost(lambda typed: answers[typed](), keystrokes),
    }


def _forget_scores() -> None:
    follow.snapshot().forget()


def main(arguments: Sequence[str]) -> None:
    """Print one table for each engine."""
    _table("Whoosh", nothing)
    if "--postgresql" in arguments:
        _table("PostgreSQL", postgresql)


def _table(name: str, server: Callable[[], AbstractContextManager[str]]) -> None:
    measured = []
    for items in SIZES:
        with server() as address, site(items, **({"PESONA_DATABASE_URL": address} if address else {})) as app:
            measured.append(costs(app))
    small, large = measured
    print(f"{name:<12}" + "".join(f"{f'{items:,} items':>20}" for items in SIZES) + f"{'growth':>9}{'aim':>7}")
    for way, (cpu, wall) in small.items():
        more, longer = large[way]
        aim = f"{AIMS[way]:7.1f}" if way in AIMS else ""
        print(f"  {way:<10}{cpu:11.2f} ({wall:5.2f}){more:12.2f} ({longer:5.2f}){more / cpu:8.1f}×{aim}")


if __name__ == "__main__":
    main(sys.argv[1:])
