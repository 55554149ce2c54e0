"""What the site asks of a search engine, whichever keeps the terms: Whoosh in files, or PostgreSQL."""

import time
from abc import ABC, abstractmethod
from collections.abc import Iterable
from contextlib import AbstractContextManager

from pesona.search.document import Document
from pesona.search.postings import Snapshot

# Raise it when the analysis or the schema changes: an index of another format is made anew.
FORMAT = 6
FRESH_SECONDS = 0.1


class Engine(ABC):
    """Documents in, snapshots out. The index is a cache and may be thrown away at any time."""

    def __init__(self) -> None:
        self._latest: Snapshot | None = None
        self._looked_at = 0.0

    @abstractmethod
    def locked(self, wait: bool = True) -> AbstractContextManager[bool]:
        """Hold the one writing lock of all processes; without *wait*, tell whether it was free."""

    @abstractmethod
    def rebuild(self, documents: Iterable[Document]) -> int:
        """Make the index anew from *documents* and return how many they are."""

    @abstractmethod
    def update(self, items: Iterable[str], documents: Iterable[Document]) -> None:
        """Replace all documents of *items* (`kind/code`) by *documents*, all at once; raises `Unavailable`."""

    @abstractmethod
    def digests(self) -> dict[str, str]:
        """Return the digest of every document by its key; raises `Unavailable`."""

    @abstractmethod
    def look(self) -> Snapshot:
        """Return the index as it is now; raises `Unavailable`."""

    @abstractmethod
    def close(self) -> None:
        """Let go of what is open."""

    def snapshot(self) -> Snapshot:
        """Return the index as it was within the last 100 ms; raises `Unavailable`."""
        if self._latest is None or not self.is_fresh():
            began = time.monotonic()
            self._latest = self.look()
            self._looked_at = began
        return self._latest

    def is_fresh(self) -> bool:
        """Tell whether the index was looked at within the last 100 ms, and nothing was written here since."""
        return time.monotonic() - self._looked_at < FRESH_SECONDS

    def stale(self) -> None:
        """Look again at the next search, not after 100 ms."""
        self._looked_at = 0.0
