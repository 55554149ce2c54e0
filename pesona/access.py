"""One line on standard error for each request, with its number and nobody's address.

JSON where nobody watches, plain words on a terminal. Lines are gathered and written together every
half second, because a write for each would cost as much as the cached answer itself.
"""

import json
import re
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import count
from os import getpid
from typing import Any, TextIO

from pesona.background import keep_doing
from pesona.wsgi import Answer, App, Environ, Headers, StartResponse

EVERY_SECONDS = 0.5
# Addresses that open something for whoever has them: the log names only what they begin with.
PRIVATE = re.compile(r"(/id/lapor/|/en/report/|/preview/|/admin/password/).+", re.DOTALL)


class AccessLog:
    """WSGI middleware, the outermost: numbers each request and notes how it went.

    What *ready* answers at once takes a microsecond or two, so its line gets its number and the time
    of day when lines are written, and no duration.
    """

    def __init__(self, app: App, ready: Callable[[Environ], Answer | None], stream: TextIO = sys.stderr) -> None:
        self.app = app
        self.ready = ready
        self.stream = stream
        # Text, not tuples: thousands of waiting tuples would keep the garbage collector busy.
        self.lines: deque[str] = deque(maxlen=100_000)
        self.cached: deque[str] = deque(maxlen=100_000)
        self._begin, self._end = (_plain_begin, _plain_end) if stream.isatty() else (_json_begin, _json_end)
        # The same few pages again and again.
        self._end_cached = lru_cache(maxsize=2048)(self._end)
        self._numbers = count(1)
        self._process = f"{getpid():x}-"
        self._writing = threading.Lock()
        keep_doing(self.write, EVERY_SECONDS)

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        answer = self.ready(environ)
        if answer is None:
            return self._follow(environ, start_response)
        status, headers, body = answer
        start_response(status, headers)
        self.cached.append(self._end_cached(environ["REQUEST_METHOD"], environ["PATH_INFO"], status))
        return body

    def _follow(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        number = environ["pesona.number"] = f"{self._process}{next(self._numbers)}"
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
            path = PRIVATE.sub(r"\1...", environ["PATH_INFO"])
            end = self._end(environ["REQUEST_METHOD"], path, status, ms)
            self.lines.append(self._begin(_clock(began)) + number + end)

    def write(self) -> None:
        """Write what has gathered."""
        with self._writing:
            now = _clock(time.time())
            gathered = [self.lines.popleft() for _ in range(len(self.lines))]
            begin = self._begin(now) + self._process
            cached = [self.cached.popleft() for _ in range(len(self.cached))]
            gathered += [f"{begin}{number}{end}" for end, number in zip(cached, self._numbers, strict=False)]
            if gathered:
                self.stream.write("".join(gathered))
                self.stream.flush()


_quoted = json.encoder.encode_basestring_ascii


def _json_begin(at: str) -> str:
    return f'{{"time": "{at}", "request": "'


def _json_end(method: str, path: str, status: str, ms: float | None = None) -> str:
    took = '"cached": true' if ms is None else f'"ms": {ms:.1f}'
    return f'", "method": {_quoted(method)}, "path": {_quoted(path)}, "status": {status[:3]}, {took}}}\n'


def _plain_begin(at: str) -> str:
    return f"{at} "


def _plain_end(method: str, path: str, status: str, ms: float | None = None) -> str:
    took = "   cached" if ms is None else f"{ms:6.1f} ms"
    # ascii() escapes what could break the line or the terminal.
    return f" {status[:3]} {took} {method} {ascii(path)[1:-1]}\n"


def _clock(seconds: float) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))
