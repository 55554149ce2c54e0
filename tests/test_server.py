"""The production server as people start it: several workers, a sudden death, a lost index."""

import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlencode

import pytest

PASSWORD = "tepian sungai di waktu pagi"
EMAIL = "sari@example.go.id"
WORDS = "/admin/pages/contact/words/en"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def pesona(home: Path, *words: str, given: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pesona", *words]
    environ = {**os.environ, "PESONA_HOME": str(home)}
    return subprocess.run(command, env=environ, input=given, capture_output=True, text=True, check=True)


class Site:
    """A running server and plain requests to it."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookie = ""

    def ask(self, method: str, path: str, data: dict[str, str] | None = None) -> tuple[int, str, dict[str, str]]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        headers = {"Cookie": self.cookie, "Origin": f"http://127.0.0.1:{self.port}"}
        body = urlencode(data) if data is not None else None
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode(), dict(answer.getheaders())
        finally:
            connection.close()

    def get(self, path: str) -> tuple[int, str]:
        return self.ask("GET", path)[:2]

    def sign_in(self) -> None:
        status, _, headers = self.ask("POST", "/admin/login", {"email": EMAIL, "password": PASSWORD})
        assert status == 303
        self.cookie = headers["set-cookie"].split(";")[0]

    def save(self, **changed: str) -> int:
        _, html = self.get(WORDS)
        base = re.search(r'name="base" value="(\d+)"', html)
        assert base
        fields = {"name": "Contact", "slug": "contact", "summary": "Where to reach us.", "body": "Text.", **changed}
        return self.ask("POST", WORDS, {"base": base[1], "action": "save", **fields})[0]


@contextmanager
def serving(home: Path, port: int, lines: list[str] | None = None) -> Iterator[subprocess.Popen[str]]:
    """Run `pesona serve` in a process group of its own; yields once it answers. What it says goes into *lines*."""
    command = [sys.executable, "-m", "pesona", "serve", "--port", str(port)]
    process = subprocess.Popen(
        command, env={**os.environ, "PESONA_HOME": str(home)}, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL,
        text=True, start_new_session=True,
    )  # fmt: skip
    lines = [] if lines is None else lines
    started = threading.Event()
    listener = threading.Thread(target=_listen, args=(process, lines, started))
    listener.start()
    try:
        assert started.wait(60), "".join(lines)
        yield process
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        listener.join()


def _listen(process: subprocess.Popen[str], lines: list[str], started: threading.Event) -> None:
    assert process.stderr
    workers = 0
    with process.stderr as stderr:
        for line in stderr:
            lines.append(line)
            workers += "Started worker" in line
            if workers == 2:
                started.set()


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def desk_home(home: Path) -> Path:
    pesona(home, "account", "create", EMAIL, "--role", "editor", "--password-stdin", given=PASSWORD + "\n")
    return home


def until(answers: Callable[[], bool], tries: int = 400) -> bool:
    """Ask again and again, as a browser would; each try is a whole request, so no clock is needed."""
    return any(answers() for _ in range(tries))


def test_both_workers_show_a_publication(desk_home: Path, port: int) -> None:
    with serving(desk_home, port):
        site = Site(port)
        site.sign_in()
        assert site.save(name="Reach the office") == 303
        _, html = site.get("/admin/pages/contact/publish")
        base = re.search(r'name="base" value="(\d+)"', html)
        assert base
        assert site.ask("POST", "/admin/pages/contact/publish", {"base": base[1], "parts": "en"})[0] == 303
        # Every connection may meet either worker; the old name must disappear from both for good.
        assert until(lambda: all("Reach the office" in site.get("/en/contact")[1] for _ in range(30)))


def test_what_was_answered_survives_a_sudden_death(desk_home: Path, port: int) -> None:
    answered: list[str] = []
    with serving(desk_home, port) as process:
        site = Site(port)
        site.sign_in()
        dying = threading.Event()

        def write() -> None:
            for number in range(10_000):
                with suppress(OSError, http.client.HTTPException, AssertionError):
                    if site.save(summary=f"Where to reach us, version {number}.") == 303:
                        answered.append(f"version {number}.")
                if len(answered) >= 12:
                    dying.set()
                if process.poll() is not None:
                    return

        writer = threading.Thread(target=write)
        writer.start()
        assert dying.wait(60)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        writer.join(60)
    found = subprocess.run(
        [sys.executable, "-c", "import sqlite3, sys\n"
         "print(*[r[0] for r in sqlite3.connect(sys.argv[1]).execute('SELECT snapshot FROM revision')])",
         str(desk_home / "pesona.sqlite")], capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert not [one for one in answered if one not in found]
    pesona(desk_home, "content", "check")


def test_a_deleted_index_heals_at_the_next_start(home: Path, port: int) -> None:
    shutil.rmtree(home / "index")
    with serving(home, port):
        assert "/en/destinations/siak-sri-indrapura-palace" in Site(port).get("/en/search?q=palace")[1]
    assert "agrees" in pesona(home, "index", "check").stdout


def test_the_server_stops_when_told(home: Path, port: int) -> None:
    with serving(home, port) as process:
        assert Site(port).get("/healthz") == (200, "ok")
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
