"""The Whoosh index: a cache of the published words that may be deleted at any time.

Writing happens under a file lock by whoever holds it; each thread has a searcher of its own,
because one shared by threads answers wrongly.
"""

import fcntl
import hashlib
import json
import os
import secrets
import shutil
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.fields import ID, STORED, TEXT, Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex
from whoosh.searching import Searcher

from pesona.search.analysis import terms
from pesona.search.document import Document

# Raise it when the schema or the analysis changes: an index of another format is made anew.
FORMAT = 1
FIELDS = ("name", "aliases", "place", "summary", "body")


class Unavailable(Exception):
    """The index is missing, broken, or of another format."""


def schema() -> Schema:
    # Our own analysis makes the terms; Whoosh only parts them at spaces.
    text = {name: TEXT(analyzer=SpaceSeparatedTokenizer(), phrase=False) for name in FIELDS}
    stored = dict.fromkeys(("kind", "code", "locale", "digest"), STORED)
    return Schema(key=ID(unique=True, stored=True), item=ID, **stored, **text)


class Index:
    """The index in *folder*: documents in, searchers out."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._threads = threading.local()

    @contextmanager
    def locked(self, wait: bool = True) -> Iterator[bool]:
        """Hold the one writing lock of all processes; without *wait*, tell whether it was free."""
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        with (self.folder.parent / "index.lock").open("w") as handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            except BlockingIOError:
                yield False
                return
            yield True

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
        return count

    def update(self, items: Iterable[str], documents: Iterable[Document]) -> None:
        """Replace all documents of *items* (`kind/code`) by *documents*, in one commit."""
        try:
            self._replace(items, documents)
        except Unavailable:
            raise
        except Exception as problem:  # see searcher()
            raise Unavailable(str(problem)) from problem

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

    def searcher(self) -> Searcher:
        """Return this thread's searcher of the index as it is now; raises `Unavailable`."""
        kept: Searcher | None = getattr(self._threads, "searcher", None)
        try:
            if kept is not None and self.identity() == self._threads.identity and kept.up_to_date():
                return kept
            identity = self.identity()
            fresh = self._open().searcher()
        except Unavailable:
            raise
        except Exception as problem:  # Whoosh raises many kinds where files are missing or torn
            raise Unavailable(str(problem)) from problem
        if kept is not None:
            kept.close()
        self._threads.searcher, self._threads.identity = fresh, identity
        return fresh

    def close(self) -> None:
        """Close this thread's searcher."""
        kept: Searcher | None = getattr(self._threads, "searcher", None)
        if kept is not None:
            kept.close()
            self._threads.searcher = None

    def identity(self) -> str:
        """Return a text that changes when the whole folder is replaced (an inode may come again)."""
        try:
            return (self.folder / "format.json").read_text()
        except OSError as problem:
            raise Unavailable(str(problem)) from problem

    def digests(self) -> dict[str, str]:
        """Return the digest of every document by its key."""
        return {stored["key"]: stored["digest"] for _, stored in self.searcher().reader().iter_docs()}

    def _open(self) -> FileIndex:
        try:
            if json.loads(self.identity())[0] != FORMAT:
                raise Unavailable("the index has another format")
            return FileStorage(str(self.folder)).open_index()
        except Unavailable:
            raise
        except Exception as problem:  # see searcher()
            raise Unavailable(str(problem)) from problem


def digest(document: Document) -> str:
    """Return a short hash of everything that the index holds of *document*."""
    return hashlib.sha256(repr(document).encode()).hexdigest()[:16]


def _row(document: Document) -> dict[str, Any]:
    row: dict[str, Any] = {name: getattr(document, name) for name in ("key", "kind", "code", "locale")}
    row["item"] = f"{document.kind}/{document.code}"
    row["digest"] = digest(document)
    for name in FIELDS:
        row[name] = " ".join(terms(getattr(document, name), document.locale))
    return row
