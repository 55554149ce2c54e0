"""CPU of single requests in this process, with the page cache out of the way."""

import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from statistics import median
from typing import Any

from flask import Flask
from werkzeug.test import EnvironBuilder

from pesona.app import create_app
from pesona.cache import PageCache
from pesona.db import begin_writing, db
from pesona.editing import schema
from pesona.search import follow
from tests.factories import publish_destinations

Request = Callable[[], bytes]


def site_of(home: Path, count: int) -> Flask:
    """Return an application in *home* with *count* synthetic destinations, published and indexed."""
    app = create_app({"PESONA_HOME": str(home)})
    with app.app_context():
        schema.init()
        begin_writing()
        publish_destinations(count)
        db.session.commit()
        follow.ensure()
        db.session.remove()
    return app


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
