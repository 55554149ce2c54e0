"""Our pages beside a no-op application and the usual Flask page: `python -m tests.benchmarks.pages`.

Only the ratios mean anything; both sides of each are measured in turns, in one run.
"""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import brotli
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import event
from werkzeug.test import EnvironBuilder, run_wsgi_app

from pesona.app import create_app
from pesona.cache import PageCache
from pesona.db import begin_writing, db
from pesona.editing import schema
from pesona.search import follow
from tests.benchmarks import usual
from tests.factories import publish_destinations

LIST = "/en/destinations"
ITEMS = 500
ROUNDS = 9
PROCESSES, BURSTS, SECONDS = 9, 4, 0.5
REQUESTS = 40
LEAST_OF_NOOP = 0.90
LEAST_BELOW_USUAL = 13.0


def main() -> int:
    """Print both comparisons; return 1 where one misses its target."""
    with TemporaryDirectory(prefix="pesona-bench-") as folder:
        home, other = Path(folder) / "ours", Path(folder) / "usual"
        home.mkdir()
        other.mkdir()
        app = _fill(home)
        hit = _cached(home, Path(folder) / "answer.json")
        cold = _cold(app, usual.make_app(other, ITEMS))
    return int(not (hit and cold))


def _fill(home: Path) -> Flask:
    app = create_app({"PESONA_HOME": str(home)})
    with app.app_context():
        schema.init()
        begin_writing()
        publish_destinations(ITEMS)
        db.session.commit()
        follow.ensure()
        db.session.remove()
    return app


def _cached(home: Path, answer: Path) -> bool:
    """Compare the cached list page with a no-op of the same size on the same server, one worker each.

    How memory happens to be laid out makes one process up to a tenth faster than the next, so each side is
    started afresh again and again.
    """
    sides: dict[str, list[tuple[float, float]]] = {"ours": [], "no-op": []}
    for _ in range(PROCESSES):
        with _served(home, "pesona") as (ours, port):
            answer.write_text(json.dumps(_one_answer(port)))
            with _served(home, "tests.benchmarks.noop", NOOP_ANSWER=str(answer)) as (noop, other_port):
                for number in range(BURSTS):
                    turns = [("ours", ours, port), ("no-op", noop, other_port)]
                    for name, process, at in turns if number % 2 else reversed(turns):
                        sides[name].append(_burst(process, at))
    size, count = json.loads(answer.read_text())["size"], len(json.loads(answer.read_text())["headers"])
    print(
        f"cached list page, {size} bytes as br, {count} headers, granian with one worker, "
        f"{PROCESSES} processes × {BURSTS} bursts each"
    )
    for name, runs in sides.items():
        print(
            f"  {name:<8}{median(r for r, _ in runs):8.0f} requests/s, {median(c for _, c in runs) * 1e6:6.1f} µs CPU"
        )
    # Runs beside one another meet the same neighbours on the machine, so the ratio is taken pair by pair.
    pairs = list(zip(sides["ours"], sides["no-op"], strict=True))
    ratio = median(mine[0] / theirs[0] for mine, theirs in pairs)
    per_core = median(theirs[1] / mine[1] for mine, theirs in pairs)
    return _said(f"ours ÷ no-op {ratio:.3f} in requests/s ({per_core:.3f} per CPU second)", ratio, LEAST_OF_NOOP)


def _cold(app: Flask, other: Flask) -> bool:
    """Compare the CPU of our list page, the page cache emptied before each request, with the usual page."""
    cache = app.wsgi_app
    assert isinstance(cache, PageCache)

    def empty() -> None:
        cache.pages.clear()
        cache.bytes = 0

    ours, usually = _asker(app), _asker(other)
    notes = [_noted(app, db, ours, empty), _noted(other, usual.db, usually)]
    taken: list[list[float]] = [[], []]
    for _ in range(ROUNDS):
        for mine, ask, prepare in zip(taken, (ours, usually), (empty, lambda: None), strict=True):
            spent = 0.0
            for _ in range(REQUESTS):
                prepare()
                began = time.process_time()
                ask()
                spent += time.process_time() - began
            mine.append(spent / REQUESTS)
    print(f"rendered list page, {ITEMS} items, {ROUNDS} × {REQUESTS} requests each in process")
    for name, mine, note in zip(("ours", "usual"), taken, notes, strict=True):
        print(f"  {name:<8}{median(mine) * 1e3:8.3f} ms CPU, {note}")
    ratio = median(theirs / mine for mine, theirs in zip(*taken, strict=True))
    return _said(f"the usual ÷ ours {ratio:.1f}", ratio, LEAST_BELOW_USUAL)


def _said(text: str, ratio: float, least: float) -> bool:
    print(f"  {text}; at least {least:g}: {'reached' if ratio >= least else 'MISSED'}", flush=True)
    return ratio >= least


def _asker(app: Flask) -> Callable[[], bytes]:
    environ = EnvironBuilder(path=LIST, headers={"Accept-Encoding": "gzip, br"}).get_environ()

    def ask() -> bytes:
        body, status, _ = run_wsgi_app(app.wsgi_app, dict(environ))
        assert status == "200 OK", status
        return b"".join(body)

    return ask


def _noted(
    app: Flask, database: SQLAlchemy, ask: Callable[[], bytes], prepare: Callable[[], None] = lambda: None
) -> str:
    """Ask once, warm; return how large the page is and how many statements it took."""
    seen: list[str] = []
    with app.app_context():
        engine = database.engine

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            seen.append(statement)

    ask()
    prepare()
    event.listen(engine, "before_cursor_execute", note)
    body = ask()
    event.remove(engine, "before_cursor_execute", note)
    if body[:2] != b"<!":
        body = brotli.decompress(body)
    return f"{len(body)} bytes of HTML, {len(seen)} statements"


@contextmanager
def _served(home: Path, module: str, **more: str) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """Run `python -m MODULE serve` with one worker; yields it and its port once it answers."""
    port = _free_port()
    command = [sys.executable, "-m", module, "serve", "--port", str(port), "--workers", "1"]
    environ = {**os.environ, "PESONA_HOME": str(home), **more}
    with (home / "serve.log").open("ab") as log:
        process = subprocess.Popen(command, env=environ, stdout=log, stderr=log)
    try:
        for _ in range(600):
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                time.sleep(0.05)
        else:
            raise RuntimeError((home / "serve.log").read_text()[-2000:])
        yield process, port
    finally:
        process.terminate()
        process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _one_answer(port: int) -> dict[str, object]:
    """Return headers and size of our page, without what the server adds to every answer."""
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", LIST, headers={"Accept-Encoding": "gzip, br"})
    answer = connection.getresponse()
    size = len(answer.read())
    connection.close()
    assert answer.status == 200, answer.status
    return {"size": size, "headers": [(n, v) for n, v in answer.getheaders() if n.lower() not in ("date", "server")]}


def _burst(server: subprocess.Popen[bytes], port: int) -> tuple[float, float]:
    """Load *server* for a while; return requests per second and CPU seconds per request."""
    before = _cpu(server.pid)
    command = [sys.executable, "-m", "tests.benchmarks.load", str(port), LIST, str(SECONDS)]
    rate, _ = map(float, subprocess.run(command, capture_output=True, text=True, check=True).stdout.split())
    return rate, (_cpu(server.pid) - before) / (rate * SECONDS)


def _cpu(pid: int) -> float:
    """Return the CPU seconds of process *pid* and of its children."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK") + sum(_cpu(int(one)) for one in children)


if __name__ == "__main__":
    sys.exit(main())
