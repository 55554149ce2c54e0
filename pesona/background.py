"""Work that waits for no request: done every so often in a thread, and once more when the process ends."""

import threading
import time
from collections.abc import Callable
from multiprocessing.util import Finalize


def keep_doing(work: Callable[[], object], every_seconds: float) -> None:
    """Do *work* again and again until the process ends, and then once more. It must not raise."""
    threading.Thread(target=_for_ever, args=(work, every_seconds), daemon=True).start()
    # Not atexit, which a forked worker of the server skips.
    Finalize(None, work, exitpriority=1)


def _for_ever(work: Callable[[], object], every_seconds: float) -> None:
    while True:
        time.sleep(every_seconds)
        work()
