"""A real server that stands for the rest of the web: each path answers as its name says."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Outside(ThreadingHTTPServer):
    """`/200` answers so, `/302?to=…` leads on, `/get` refuses HEAD, `/silent` says nothing until the end."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: list[tuple[str, str, str]] = []
        self.over = threading.Event()
        self.broken: set[str] = set()

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/{path}"


class _Handler(BaseHTTPRequestHandler):
    server: Outside

    def do_HEAD(self) -> None:
        self._answer()

    def do_GET(self) -> None:
        self._answer()

    def _answer(self) -> None:
        self.server.asked.append((self.command, self.path, self.headers["User-Agent"]))
        path, _, onward = self.path.lstrip("/").partition("?to=")
        if path == "silent":
            self.server.over.wait()
            return
        if path == "drop" and self.command == "HEAD":
            return
        status = 404 if path in self.server.broken else int(path) if path.isdigit() else 200
        self.send_response(501 if path == "get" and self.command == "HEAD" else status)
        if onward:
            self.send_header("Location", onward)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def outside() -> Iterator[Outside]:
    """Let the server run meanwhile."""
    server = Outside()
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield server
    server.over.set()
    server.shutdown()
    thread.join()
    server.server_close()
