"""The Whoosh index: a cache of the published words that may be deleted at any time.

Writing happens under a file lock by whoever holds it. Readers work on a snapshot, which decodes the
postings of a term once, under a lock of its own, because a Whoosh reader shared by threads answers wrongly.
"""

import json
import os
import secrets
import shutil
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import Any

from whoosh.analysis import Token, Tokenizer
from whoosh.fields import ID, STORED, TEXT, Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex
from whoosh.reading import IndexReader, TermNotFound

from pesona import background
from pesona.search.analysis import MARKS
from pesona.search.document import Document, digest
from pesona.search.engine import FORMAT, Engine
from pesona.search.postings import Key, Snapshot, Unavailable
from pesona.search.vocabulary import Vocabulary

FIELD = "terms"
MARKED = tuple(MARKS.values())
LONGEST_SEARCH_SECONDS = 10.0


class WeighedTerms(Tokenizer):  # type: ignore[misc]
    """Reads `palace|9 siak|15` as terms whose weight says which fields hold them."""

    def __call__(self, value: str, **_settings: Any) -> Iterator[Token]:
        token = Token(mode="index")
        for pair in value.split(" ") if value else ():
            token.text, _, held = pair.rpartition("|")
            token.boost = float(held)
            yield token


def schema() -> Schema:
    made = Schema(key=ID(unique=True, stored=True), item=ID, digest=STORED)
    made.add(FIELD, TEXT(analyzer=WeighedTerms(), phrase=False))
    return made


@contextmanager
def _torn_files() -> Iterator[None]:
    """Call the index unavailable where its files cannot be read: Whoosh then raises many kinds, often late."""
    try:
        yield
    except Unavailable:
        raise
    except Exception as problem:
        raise Unavailable(str(problem)) from problem


class WhooshSnapshot(Snapshot):
    """The index as one reader sees it."""

    def __init__(
        self, vocabulary: Vocabulary, index: FileIndex, reader: IndexReader, known: Mapping[str, Sequence[Key]]
    ) -> None:
        super().__init__(vocabulary)
        self.index = index
        self.reader = reader
        self._lock = threading.Lock()
        self.segments = {leaf.segment().segment_id(): _keys(leaf, known) for leaf, _ in reader.leaf_readers()}
        self.keys = [key for keys in self.segments.values() for key in keys]

    def is_newest(self) -> bool:
        """Tell whether nobody has written to the index since."""
        return bool(self.index.latest_generation() == self.reader.generation())

    def __len__(self) -> int:
        return int(self.reader.doc_count())

    def _read(self, term: str) -> dict[int, int]:
        found: dict[int, int] = {}
        with self._lock, _torn_files():
            # Segment by segment: Whoosh's own walk over all of them costs as much again.
            for leaf, first in self.reader.leaf_readers():
                with suppress(TermNotFound):
                    matcher = leaf.postings(FIELD, term)
                    while matcher.is_active():
                        found[first + matcher.id()] = int(matcher.weight())
                        matcher.next()
        return found

    def _read_words(self) -> list[str]:
        with self._lock, _torn_files():
            found = [term.decode() for term in self.reader.lexicon(FIELD)]
        return [word for word in found if word[0] not in MARKED]

    def digests(self) -> dict[str, str]:
        with self._lock, _torn_files():
            return {stored["key"]: stored["digest"] for _, stored in self.reader.iter_docs()}

    def close(self) -> None:
        self.reader.close()


def _keys(leaf: IndexReader, known: Mapping[str, Sequence[Key]]) -> Sequence[Key]:
    """Return kind, code and locale of each document of a segment; segments never change but for deletions."""
    name = leaf.segment().segment_id()
    if name in known:
        return known[name]
    return [_key(leaf.stored_fields(number)["key"]) for number in range(leaf.doc_count_all())]


def _key(text: str) -> Key:
    kind, code, locale = text.split("/")
    return kind, code, locale


class Index(Engine):
    """The index in *folder*."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder
        self.vocabulary = Vocabulary()
        self._kept: WhooshSnapshot | None = None
        self._identity = ""
        self._retired: list[tuple[float, WhooshSnapshot]] = []
        self._opening = threading.Lock()

    def locked(self, wait: bool = True) -> AbstractContextManager[bool]:
        """Hold the one writing lock of all processes; without *wait*, tell whether it was free."""
        return background.locked(self.folder.parent / "index.lock", wait)

    def rebuild(self, documents: Iterable[Document]) -> int:
        """Make the index anew beside the old one, put it in its place, return how many documents."""
        fresh = self.folder.with_name(f"{self.folder.name}.{os.getpid()}.new")
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(parents=True)
        writer = FileStorage(str(fresh)).create_index(schema()).writer(timeout=10)
        count = 0
        for count, document in enumerate(documents, 1):  # noqa: B007 - the count is the answer
            writer.add_document(**_row(document))
        writer.commit(optimize=True)
        (fresh / "format.json").write_text(json.dumps([FORMAT, secrets.token_hex(8)]))
        old = self.folder.with_name(f"{self.folder.name}.{os.getpid()}.old")
        if self.folder.exists():
            self.folder.rename(old)
        fresh.rename(self.folder)
        shutil.rmtree(old, ignore_errors=True)
        self.stale()
        return count

    def update(self, items: Iterable[str], documents: Iterable[Document]) -> None:
        with _torn_files():
            self._replace(items, documents)

    def _replace(self, items: Iterable[str], documents: Iterable[Document]) -> None:
        writer = self._open().writer(timeout=10)
        try:
            for item in items:
                writer.delete_by_term("item", item)
            for document in documents:
                writer.add_document(**_row(document))
        except BaseException:
            writer.cancel()
            raise
        writer.commit()
        self.stale()

    def look(self) -> WhooshSnapshot:
        """Return the index as it is now; raises `Unavailable`."""
        with self._opening, _torn_files():
            identity = self.identity()
            if self._kept is None or self._identity != identity or not self._kept.is_newest():
                self._take(self._fresh(), identity)
            assert self._kept
            return self._kept

    def _fresh(self) -> WhooshSnapshot:
        index = self._open()
        reader = index.reader()
        try:
            return WhooshSnapshot(self.vocabulary, index, reader, self._kept.segments if self._kept else {})
        except BaseException:
            reader.close()
            raise

    def _take(self, fresh: WhooshSnapshot, identity: str) -> None:
        """Let *fresh* follow the snapshot so far, which stays open as long as a search may still read in it."""
        now = time.monotonic()
        if self._kept is not None:
            self._retired.append((now, self._kept))
        for _, old in (pair for pair in self._retired if now - pair[0] > LONGEST_SEARCH_SECONDS):
            old.close()
        self._retired = [pair for pair in self._retired if now - pair[0] <= LONGEST_SEARCH_SECONDS]
        self._kept, self._identity = fresh, identity

    def close(self) -> None:
        """Let go of the files."""
        with self._opening:
            for _, old in self._retired:
                old.close()
            if self._kept is not None:
                self._kept.close()
            self._kept, self._latest, self._retired = None, None, []

    def identity(self) -> str:
        """Return a text that changes when the whole folder is replaced (an inode may come again)."""
        try:
            return (self.folder / "format.json").read_text()
        except OSError as problem:
            raise Unavailable(str(problem)) from problem

    def digests(self) -> dict[str, str]:
        """Return the digest of every document by its key; raises `Unavailable`."""
        return self.look().digests()

    def _open(self) -> FileIndex:
        with _torn_files():
            if json.loads(self.identity())[0] != FORMAT:
                raise Unavailable("the index has another format")
            return FileStorage(str(self.folder)).open_index()


def _row(document: Document) -> dict[str, Any]:
    pairs = " ".join(f"{term}|{held}" for term, held in document.terms().items())
    item = f"{document.kind}/{document.code}"
    return {"key": document.key, "item": item, "digest": digest(document), FIELD: pairs}
