"""The PostgreSQL twin of the Whoosh index: the same terms in a `tsvector`, so nothing is kept in files.

The weights A to D of a `tsvector` say which fields hold a term, and the ranking is that of Whoosh.
No extension and no dictionary of the database is used. Like the folder of the other engine, the
tables are a cache: they are made here, not by migrations, and may be dropped at any time.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, text
from sqlalchemy import Engine as Database
from sqlalchemy.exc import SQLAlchemyError

from pesona.search.analysis import MARKS
from pesona.search.document import Document, digest
from pesona.search.engine import FORMAT, Engine
from pesona.search.postings import Key, Snapshot, Unavailable
from pesona.search.vocabulary import Vocabulary

LOCK = 719_304_117  # any number that nothing else in this database takes
WEIGHTS = ((8, "A"), (4, "B"), (2, "C"), (1, "D"))
SCHEMA = """
DROP TABLE IF EXISTS search_document, search_word, search_state;
CREATE TABLE search_document (
  number serial PRIMARY KEY, key text NOT NULL UNIQUE, item text NOT NULL, digest text NOT NULL, terms tsvector NOT NULL
);
CREATE INDEX search_document_item ON search_document (item);
CREATE INDEX search_document_terms ON search_document USING gin (terms) WITH (fastupdate = off);
CREATE TABLE search_word (number serial PRIMARY KEY, word text COLLATE "C" NOT NULL UNIQUE);
CREATE TABLE search_state (format integer NOT NULL, generation bigint NOT NULL);
"""
_READ = text(
    "SELECT number, "
    + " + ".join(f"{value} * (terms @@ CAST(:in_{letter} AS tsquery))::int" for value, letter in WEIGHTS)
    + " FROM search_document WHERE terms @@ CAST(:anywhere AS tsquery)"
)


class PostgresqlSnapshot(Snapshot):
    """The tables as one generation has them."""

    def __init__(
        self, vocabulary: Vocabulary, database: Database, generation: str, documents: int, keys: "Keys"
    ) -> None:
        super().__init__(vocabulary)
        self.database = database
        self.generation = generation
        self.documents = documents
        self.keys = keys

    def __len__(self) -> int:
        return self.documents

    def _read(self, term: str) -> dict[int, int]:
        quoted = f"'{term}'"
        values = {"anywhere": quoted, **{f"in_{letter}": f"{quoted}:{letter}" for _, letter in WEIGHTS}}
        with _reading(self.database) as connection:
            return {row[0]: row[1] for row in connection.execute(_READ, values)}

    def _read_words(self) -> list[str]:
        with _reading(self.database) as connection:
            return list(connection.scalars(text("SELECT word FROM search_word")))


class Keys(dict[int, Key]):
    """The keys by number, read when first asked for; a number is never given to another document."""

    def __init__(self, database: Database) -> None:
        super().__init__()
        self.database = database

    def __missing__(self, number: int) -> Key:
        newer = text("SELECT number, key FROM search_document WHERE number > :known OR number = :number")
        with _reading(self.database) as connection:
            for found, key in connection.execute(newer, {"known": max(self, default=0), "number": number}):
                kind, code, locale = key.split("/")
                self[found] = (kind, code, locale)
        return self.setdefault(number, ("", "", ""))


class PostgresqlIndex(Engine):
    """The search tables of one database."""

    def __init__(self, database: Database) -> None:
        super().__init__()
        self.database = database
        self.vocabulary = Vocabulary()
        self.keys = Keys(database)
        self._kept: PostgresqlSnapshot | None = None

    @contextmanager
    def locked(self, wait: bool = True) -> Iterator[bool]:
        with self.database.connect() as connection:
            function = "pg_advisory_lock" if wait else "pg_try_advisory_lock"
            mine = connection.scalar(text(f"SELECT {function}(:lock)"), {"lock": LOCK}) is not False
            try:
                yield mine
            finally:
                if mine:
                    connection.execute(text("SELECT pg_advisory_unlock(:lock)"), {"lock": LOCK})

    def rebuild(self, documents: Iterable[Document]) -> int:
        with self.database.begin() as connection:
            for statement in SCHEMA.strip().split(";\n"):
                connection.execute(text(statement))
            count = _insert(connection, documents)
            # The clock parts this index from one that was dropped and had come as far.
            state = "INSERT INTO search_state VALUES (:format, (extract(epoch from clock_timestamp()) * 1000)::bigint)"
            connection.execute(text(state), {"format": FORMAT})
        self.keys, self._kept = Keys(self.database), None
        self.stale()
        return count

    def update(self, items: Iterable[str], documents: Iterable[Document]) -> None:
        with _missing_tables(), self.database.begin() as connection:
            _state(connection)
            connection.execute(text("DELETE FROM search_document WHERE item = ANY(:items)"), {"items": list(items)})
            _insert(connection, documents)
            connection.execute(text("UPDATE search_state SET generation = generation + 1"))
        self.stale()

    def digests(self) -> dict[str, str]:
        with _reading(self.database) as connection:
            _state(connection)
            rows = connection.execute(text("SELECT key, digest FROM search_document"))
            return {key: told for key, told in rows}  # noqa: C416 - rows are not pairs to `dict`

    def look(self) -> Snapshot:
        with _reading(self.database) as connection:
            generation = _state(connection)
            if self._kept is None or self._kept.generation != generation:
                documents = connection.scalar(text("SELECT count(*) FROM search_document")) or 0
                self._kept = PostgresqlSnapshot(self.vocabulary, self.database, generation, documents, self.keys)
            return self._kept

    def close(self) -> None:
        self._kept = self._latest = None


@contextmanager
def _reading(database: Database) -> Iterator[Connection]:
    with _missing_tables(), database.connect() as connection:
        yield connection


@contextmanager
def _missing_tables() -> Iterator[None]:
    """Call the index unavailable where its tables cannot be read."""
    try:
        yield
    except SQLAlchemyError as problem:
        raise Unavailable(str(problem)) from problem


def _state(connection: Connection) -> str:
    """Return a text that changes with every write; raises `Unavailable` for tables of another format."""
    found = connection.execute(text("SELECT format, generation FROM search_state")).one_or_none()
    if found is None or found[0] != FORMAT:
        raise Unavailable("the search tables have another format")
    return str(found[1])


def _insert(connection: Connection, documents: Iterable[Document]) -> int:
    count = 0
    for count, document in enumerate(documents, 1):  # noqa: B007 - the count is the answer
        terms = document.terms()
        row = {"key": document.key, "item": f"{document.kind}/{document.code}", "digest": digest(document)}
        vector = " ".join(f"'{term}':{_positions(held)}" for term, held in terms.items())
        connection.execute(_INSERT, {**row, "terms": vector})
        words = sorted(term for term in terms if term[0] not in MARKS.values())
        connection.execute(_WORDS, {"words": words})
    return count


_INSERT = text(
    "INSERT INTO search_document (key, item, digest, terms) VALUES (:key, :item, :digest, CAST(:terms AS tsvector))"
)
_WORDS = text("INSERT INTO search_word (word) SELECT unnest(CAST(:words AS text[])) ON CONFLICT DO NOTHING")


def _positions(held: int) -> str:
    return ",".join(f"{place}{letter}" for place, (bit, letter) in enumerate(WEIGHTS, 1) if held & bit)
