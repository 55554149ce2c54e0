"""What readers look for in vain, counted without knowing who: in memory first, stored each minute.

No request writes. A query is stored by name only from the fifth time on; until then the table holds
an HMAC of it that nobody can read. Several processes add to the same rows.
"""

import hmac
import logging
import re
import threading
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from itertools import islice
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, Select, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from pesona import clock
from pesona.background import keep_doing
from pesona.db import db
from pesona.locales import LOCALES
from pesona.models.search_miss import LONGEST_QUERY, SearchMiss
from pesona.text.folding import fold, words

NAMED_FROM = 5
KEPT = timedelta(days=365)
EVERY_SECONDS = 60.0
MOST_WAITING = 2000  # different queries in memory
MOST_ROWS = 20_000  # so that no robot fills the disk
BATCH = 200  # queries in one transaction, so that an editor's save need not wait for long

# Five digits, also with spaces or hyphens between: a telephone number or worse.
_NUMBER = re.compile(r"\d(?:[\W_]*\d){4}")

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Miss:
    """A query that found nothing, as it is stored."""

    key: str
    query: str
    locale: str
    times: int


class Tally:
    """The searches without a hit of this process that are not stored yet; any thread may add."""

    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()
        self._waiting: Counter[tuple[str, str]] = Counter()
        self._lock = threading.Lock()

    def add(self, query: str, locale: str) -> None:
        with self._lock:
            if (query, locale) in self._waiting or len(self._waiting) < MOST_WAITING:
                self._waiting[query, locale] += 1

    def flush(self, engine: Engine) -> None:
        """Store what is waiting; what cannot be stored goes on waiting."""
        while batch := self._take():
            try:
                _store(engine, [Miss(self._key(q, lo), q, lo, times) for (q, lo), times in batch.items()])
            except Exception as problem:
                with self._lock:
                    self._waiting += batch
                # Not the whole exception: its parameters are the queries.
                reason = getattr(problem, "orig", None) or type(problem).__name__
                log.error("searches without a hit could not be stored: %s", reason)
                return

    def _take(self) -> Counter[tuple[str, str]]:
        with self._lock:
            taken = Counter(dict(islice(self._waiting.items(), BATCH)))
            for one in taken:
                del self._waiting[one]
        return taken

    def _key(self, query: str, locale: str) -> str:
        return hmac.new(self._secret, f"search miss\0{locale}\0{query}".encode(), "sha256").hexdigest()


_tallies: WeakKeyDictionary[Engine, Tally] = WeakKeyDictionary()


def begin(engine: Engine, secret: str) -> None:
    """Count for the site behind *engine*; *secret* keeps queries unreadable until they have a name."""
    _tallies[engine] = Tally(secret)


def miss(query: str, locale: str) -> None:
    """Count that *query* found nothing, unless it may tell of a person. Only in memory."""
    plain = fold(query)
    text = " ".join(words(query))
    if text and len(text) <= LONGEST_QUERY and locale in LOCALES and "@" not in plain and not _NUMBER.search(plain):
        _tallies[db.engine].add(text, locale)


def flush(engine: Engine | None = None) -> None:
    """Store what this process has counted. Never raises."""
    engine = engine or db.engine
    _tallies[engine].flush(engine)


def keep_flushing(engine: Engine) -> None:
    """Store each minute in a thread of its own, and once more when the process ends."""
    keep_doing(partial(flush, engine), EVERY_SECONDS)


def missed(most: int = 50, without: Collection[str] = ()) -> list[SearchMiss]:
    """Return what was looked for in vain at least five times, the most wanted first, *without* some queries."""
    return list(db.session.scalars(named(without).limit(most)))


def named(without: Collection[str] = ()) -> Select[SearchMiss]:
    """Return the question for what was looked for in vain at least five times, the most wanted first."""
    often = select(SearchMiss).where(SearchMiss.query != "", SearchMiss.count >= NAMED_FROM)
    kept = often.where(SearchMiss.last_day > _end(), SearchMiss.query.not_in(without))
    return kept.order_by(SearchMiss.count.desc(), SearchMiss.query, SearchMiss.locale)


def _end() -> date:
    """Return the last day that is too long ago."""
    return clock.today() - KEPT


def _store(engine: Engine, misses: list[Miss]) -> None:
    # In the same order everywhere, so that two processes cannot wait for one another.
    misses = sorted(misses, key=lambda one: one.key)
    with engine.connect().execution_options(writing=True) as connection:
        connection.execute(delete(SearchMiss).where(SearchMiss.last_day <= _end()))
        for one in misses:
            _count(connection, one)
        _name(connection, misses)
        _make_room(connection)
        connection.commit()


def _count(connection: Connection, one: Miss) -> None:
    today = clock.today()
    more = update(SearchMiss).where(SearchMiss.key == one.key)
    more = more.values(count=SearchMiss.count + one.times, last_day=today)
    if connection.execute(more).rowcount:
        return
    first = insert(SearchMiss).values(
        key=one.key, locale=one.locale, query="", count=one.times, first_day=today, last_day=today
    )
    try:
        with connection.begin_nested():
            connection.execute(first)
    except IntegrityError:  # another process has just made the row
        connection.execute(more)


def _name(connection: Connection, misses: list[Miss]) -> None:
    """Write the words of those that have come to their fifth time; of no other do they reach the database."""
    ripe = select(SearchMiss.key).where(
        SearchMiss.key.in_([one.key for one in misses]), SearchMiss.query == "", SearchMiss.count >= NAMED_FROM
    )
    keys = set(connection.execute(ripe).scalars())
    for one in misses:
        if one.key in keys:
            connection.execute(update(SearchMiss).where(SearchMiss.key == one.key).values(query=one.query))


def _make_room(connection: Connection) -> None:
    """Drop the rarest and oldest where there are too many."""
    excess = connection.execute(select(func.count()).select_from(SearchMiss)).scalar_one() - MOST_ROWS
    if excess > 0:
        rarest = select(SearchMiss.key).order_by(SearchMiss.count, SearchMiss.last_day, SearchMiss.key).limit(excess)
        connection.execute(delete(SearchMiss).where(SearchMiss.key.in_(rarest)))
