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
from itertools import count
from os import getpid
from typing import Any, TextIO

from pesona.wsgi import App, Environ, Headers, StartResponse

EVERY_SECONDS = 0.5
Line = tuple[float, str, str, str, str, float]


class AccessLog:
    """WSGI middleware, the outermost: numbers each request and notes how it went."""

    def __init__(self, app: App, stream: TextIO = sys.stderr) -> None:
        self.app = app
        self.stream = stream
        self.lines: deque[Line] = deque(maxlen=100_000)
        self._numbers = count(1)
        self._process = f"{getpid():x}"
        threading.Thread(target=self._write_for_ever, daemon=True).start()
        atexit.register(self.write)

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        number = environ["pesona.number"] = f"{self._process}-{next(self._numbers):x}"
        began = time.time()
        status = "500"

        def start(outcome: str, headers: Headers, exc_info: Any = None) -> Any:
            nonlocal status
            status = outcome
            return start_response(outcome, headers, exc_info) if exc_info else start_response(outcome, headers)

        try:
            return self.app(environ, start)
        finally:
            taken = time.time() - began
            self.lines.append((began, number, environ["REQUEST_METHOD"], environ["PATH_INFO"], status, taken))

    def write(self) -> None:
        """Write what has gathered."""
        say = _plain if self.stream.isatty() else _json
        gathered = [self.lines.popleft() for _ in range(len(self.lines))]
        if gathered:
            self.stream.write("".join(map(say, gathered)))
            self.stream.flush()

    def _write_for_ever(self) -> None:
        while True:
            time.sleep(EVERY_SECONDS)
            self.write()


def _json(line: Line) -> str:
    began, number, method, path, status, taken = line
    fields = {"time": _clock(began), "request": number, "method": method, "path": path}
    return json.dumps({**fields, "status": int(status[:3]), "ms": round(taken * 1000, 1)}) + "\n"


def _plain(line: Line) -> str:
    began, number, method, path, status, taken = line
    # ascii() escapes what could break the line or the terminal.
    return f"{_clock(began)} {number} {status[:3]} {taken * 1000:6.1f} ms {method} {ascii(path)[1:-1]}\n"


def _clock(moment: float) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(moment))
