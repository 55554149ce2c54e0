"""One line on standard error for each request, with its number and nobody's address.

JSON where nobody watches, plain words on a terminal. Lines are gathered and written together every
half second, because a write for each would cost as much as the cached answer itself.
"""

import atexit
import json
import sys
import threading
import time
from collections import deque
from collections.abc import Iterable
from functools import lru_cache
from itertools import count
from os import getpid
from typing import Any, TextIO

from pesona.wsgi import App, Environ, Headers, StartResponse

EVERY_SECONDS = 0.5


class AccessLog:
    """WSGI middleware, the outermost: numbers each request and notes how it went."""

    def __init__(self, app: App, stream: TextIO = sys.stderr) -> None:
        self.app = app
        self.stream = stream
        # Text, not tuples: thousands of waiting tuples would keep the garbage collector busy.
        self.lines: deque[str] = deque(maxlen=100_000)
        self._say = _plain if stream.isatty() else _json
        self._numbers = count(1)
        self._process = f"{getpid():x}"
        threading.Thread(target=self._write_for_ever, daemon=True).start()
        atexit.register(self.write)

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        number = environ["pesona.number"] = f"{self._process}-{next(self._numbers):x}"
        began = time.time()
        status = "500"

        def start(outcome: str, headers: Headers, *error: Any) -> Any:
            nonlocal status
            status = outcome
            return start_response(outcome, headers, *error)

        try:
            return self.app(environ, start)
        finally:
            ms = (time.time() - began) * 1000
            self.lines.append(
                self._say(_clock(int(began)), number, environ["REQUEST_METHOD"], environ["PATH_INFO"], status[:3], ms)
            )

    def write(self) -> None:
        """Write what has gathered."""
        gathered = [self.lines.popleft() for _ in range(len(self.lines))]
        if gathered:
            self.stream.write("".join(gathered))
            self.stream.flush()

    def _write_for_ever(self) -> None:
        while True:
            time.sleep(EVERY_SECONDS)
            self.write()


_quoted = json.encoder.encode_basestring_ascii


def _json(at: str, number: str, method: str, path: str, status: str, ms: float) -> str:
    return (
        f'{{"time": "{at}", "request": "{number}", "method": {_quoted(method)}, "path": {_quoted(path)}, '
        f'"status": {status}, "ms": {ms:.1f}}}\n'
    )


def _plain(at: str, number: str, method: str, path: str, status: str, ms: float) -> str:
    # ascii() escapes what could break the line or the terminal.
    return f"{at} {number} {status} {ms:6.1f} ms {method} {ascii(path)[1:-1]}\n"


@lru_cache(maxsize=4)
def _clock(second: int) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(second))
