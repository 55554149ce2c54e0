"""CPU of single requests in this process, with the page cache out of the way."""

import time
from collections.abc import Callable
from io import BytesIO
from statistics import median
from typing import Any

from werkzeug.test import EnvironBuilder

from pesona.cache import PageCache

Request = Callable[[], bytes]


def request_of(app: Any, address: str) -> Request:
    """Return what asks *app* for *address* once and gives the body; anything but 200 is an error."""
    wsgi = app.wsgi_app
    while isinstance(wsgi, PageCache):
        wsgi = wsgi.app
    path, _, query = address.partition("?")
    environ = EnvironBuilder(path=path, query_string=query).get_environ()

    def ask() -> bytes:
        seen: list[str] = []
        answer = wsgi({**environ, "wsgi.input": BytesIO()}, lambda status, *_: seen.append(status))
        body = b"".join(answer)
        answer.close()
        assert seen[0].startswith("200"), f"{address}: {seen}"
        return body

    return ask


def together(asked: list[Request]) -> Request:
    """Return what asks all of *asked* one after another."""
    return lambda: b"".join(ask() for ask in asked)


def compare(*asked: Request, rounds: int = 9, times: int = 30) -> list[float]:
    """Return the median CPU seconds of each of *asked*, measured in turns."""
    taken: list[list[float]] = [[] for _ in asked]
    for one in asked:
        one()
    for _ in range(rounds):
        for mine, ask in zip(taken, asked, strict=True):
            began = time.process_time()
            for _ in range(times):
                ask()
            mine.append((time.process_time() - began) / times)
    return [median(mine) for mine in taken]
