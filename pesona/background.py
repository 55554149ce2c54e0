"""Work that waits for no request: done every so often in a thread, and once more when the process ends; a lock for it."""

import fcntl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.util import Finalize
from pathlib import Path


def keep_doing(work: Callable[[], object], every_seconds: float) -> None:
    """Do *work* again and again until the process ends, and then once more. It must not raise."""
    threading.Thread(target=_for_ever, args=(work, every_seconds), daemon=True).start()
    # Not atexit, which a forked worker of the server skips.
    Finalize(None, work, exitpriority=1)


def _for_ever(work: Callable[[], object], every_seconds: float) -> None:
    while True:
        time.sleep(every_seconds)
        work()


@contextmanager
def locked(path: Path, wait: bool = True) -> Iterator[bool]:
    """Hold the lock *path* of all processes; without *wait*, tell whether it was free."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            yield False
            return
        yield True
