"""A real site for a gate: a home folder, `pesona serve` in front of it, and a plain browser."""

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

import html5lib

from pesona.app import create_app
from pesona.db import begin_writing, db
from pesona.search import follow
from tests.client import form_data
from tests.factories import publish_destinations

PASSWORD = "tepian sungai di waktu pagi"
EMAIL = "gerbang@example.go.id"
HOST = "127.0.0.1"


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes
    seconds: float

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")


@dataclass
class Browser:
    """Requests to one site, over one connection that is kept, with the cookie of a sign-in."""

    port: int
    headers: dict[str, str] = field(default_factory=dict)
    connection: http.client.HTTPConnection | None = None

    def ask(self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None) -> Answer:
        """Send one request; a broken connection raises `OSError` or `http.client.HTTPException`."""
        if self.connection is None:
            self.connection = http.client.HTTPConnection(HOST, self.port, timeout=30)
        began = time.perf_counter()
        try:
            self.connection.request(method, path, body, {**self.headers, **(headers or {})})
            answer = self.connection.getresponse()
            whole = answer.read()
        except (OSError, http.client.HTTPException):
            self.close()
            raise
        named = {name.lower(): value for name, value in answer.getheaders()}
        return Answer(answer.status, named, whole, time.perf_counter() - began)

    def get(self, path: str) -> Answer:
        return self.ask("GET", path)

    def post(self, path: str, pairs: list[tuple[str, str]]) -> Answer:
        headers = {"Origin": f"http://{HOST}:{self.port}", "Content-Type": "application/x-www-form-urlencoded"}
        return self.ask("POST", path, urlencode(pairs).encode(), headers)

    def sign_in(self) -> None:
        answer = self.post("/admin/login", [("email", EMAIL), ("password", PASSWORD)])
        assert answer.status == 303, f"the sign-in answers {answer.status}"
        self.headers["Cookie"] = answer.headers["set-cookie"].split(";")[0]

    def form(self, path: str) -> list[tuple[str, str]]:
        """Return what a browser would send for the form of the page at *path*, unchanged."""
        tree = html5lib.parse(self.get(path).body, namespaceHTMLElements=False)
        return form_data(next(form for form in tree.iter("form") if form.find(".//*[@name='base']") is not None))

    def close(self) -> None:
        if self.connection is not None:
            self.connection.close()
        self.connection = None


class Site:
    """A home folder, and the server that runs on it between `start` and `end`."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.log = home.parent / "gates.log"
        self.port = 0
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def environ(self) -> dict[str, str]:
        return {**os.environ, "PESONA_HOME": str(self.home)}

    def pesona(self, *words: str, given: str = "") -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "pesona", *words]
        return subprocess.run(command, env=self.environ, input=given, capture_output=True, text=True, check=False)

    def start(self, workers: int = 2) -> None:
        """Start the server in a process group of its own, and wait until it is ready."""
        self.port = self.port or free_port()
        command = [sys.executable, "-m", "pesona", "serve", "--port", str(self.port), "--workers", str(workers)]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(command, env=self.environ, stdout=log, stderr=log, start_new_session=True)
        until = time.monotonic() + 30
        while time.monotonic() < until:
            with suppress(OSError):
                if self.browser().get("/readyz").status == 200:
                    return
            time.sleep(0.05)
        raise AssertionError(f"the server did not start: {self.log.read_text()[-2000:]}")

    def end(self, how: signal.Signals = signal.SIGTERM) -> None:
        """Send *how* to the whole process group and wait until it is gone."""
        if self.process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, how)
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self.process = None

    def browser(self) -> Browser:
        return Browser(self.port)


_kept: list[TemporaryDirectory[str]] = []


@cache
def prepared(items: int) -> Path:
    """Return a home with the Siak content, an editor's account and *items* more destinations.

    It is made once in a run; never write to it.
    """
    _kept.append(TemporaryDirectory(prefix="pesona-gates-", ignore_cleanup_errors=True))
    site = Site(Path(_kept[-1].name))
    account = ("account", "create", EMAIL, "--role", "editor", "--password-stdin")
    for words in (("init",), ("demo",), account):
        done = site.pesona(*words, given=PASSWORD + "\n")
        assert done.returncode == 0, done.stderr
    if items:
        app = create_app({"PESONA_HOME": str(site.home)})
        with app.app_context():
            begin_writing()
            publish_destinations(items)
            db.session.commit()
            follow.ensure()
            db.session.remove()
            db.engine.dispose()
    return site.home


@contextmanager
def new_site(items: int = 0) -> Iterator[Site]:
    """Give a running site that nothing else uses, with *items* destinations beside the Siak content."""
    with TemporaryDirectory(prefix="pesona-gates-", ignore_cleanup_errors=True) as folder:
        site = Site(Path(folder) / "home")
        shutil.copytree(prepared(items), site.home)
        try:
            site.start()
            yield site
        finally:
            site.end()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
