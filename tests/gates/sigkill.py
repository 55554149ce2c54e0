"""Sudden death while an editor saves and publishes: what was answered 303 is never lost."""

import http.client
import json
import sqlite3
import threading
import time
from contextlib import closing
from signal import SIGKILL

from tests.gates.outcome import Outcome
from tests.gates.site import Browser, Site

ROUNDS = 10
SCREEN = "/admin/pages/contact"
RESTART_SECONDS = 5.0


class Editor(threading.Thread):
    """Saves again and again, publishes every third save, and remembers what was answered 303."""

    def __init__(self, browser: Browser, number: int) -> None:
        super().__init__()
        self.browser = browser
        self.number = number
        self.acknowledged: list[str] = []
        self.unexpected: list[str] = []

    def run(self) -> None:
        for save in range(10_000):
            word = f"putaran-{self.number}-simpan-{save}."
            try:
                self._save(word)
                if save % 3 == 2:
                    self._post("publish", self.browser.form(f"{SCREEN}/publish"))
            except (OSError, http.client.HTTPException):
                return  # the server is dead: that is the point
            except Exception as problem:
                self.unexpected.append(repr(problem))
                return

    def _save(self, word: str) -> None:
        path = "words/en"
        fields = [(n, word if n == "summary" else v) for n, v in self.browser.form(f"{SCREEN}/{path}")]
        if self._post(path, fields):
            self.acknowledged.append(word)

    def _post(self, path: str, fields: list[tuple[str, str]]) -> bool:
        status = self.browser.post(f"{SCREEN}/{path}", fields).status
        if status != 303:
            self.unexpected.append(f"round {self.number}: {path} answers {status}")
        return status == 303


def run(site: Site) -> Outcome:
    """Kill the process group in the middle of it, start again, and compare; ten times."""
    outcome, saves, slowest = Outcome(), 0, 0.0
    browser = site.browser()
    browser.sign_in()
    everything: set[str] = set()
    for number in range(ROUNDS):
        editor = Editor(browser, number)
        editor.start()
        time.sleep(0.8 + number * 0.13)
        site.end(SIGKILL)
        editor.join()
        began = time.perf_counter()
        site.start()
        slowest = max(slowest, time.perf_counter() - began)
        saves += len(editor.acknowledged)
        everything.update(editor.acknowledged)
        outcome.wrong += [*editor.unexpected, *_lost(site, everything), *_unclean(site, number)]
        if not editor.acknowledged:
            outcome.wrong.append(f"round {number}: no save was answered before the kill")
    if slowest > RESTART_SECONDS:
        outcome.wrong.append(f"a restart took {slowest:.1f} s")
    outcome.said = f"{ROUNDS} rounds, {saves} saves answered, slowest restart {slowest:.1f} s"
    return outcome


def _lost(site: Site, acknowledged: set[str]) -> list[str]:
    with closing(sqlite3.connect(site.home / "pesona.sqlite")) as connection:
        stored = {
            json.loads(row[0])["words"]["en"]["summary"] for row in connection.execute("SELECT snapshot FROM revision")
        }
    return [f"answered 303, but in no revision: {word}" for word in sorted(acknowledged - stored)]


def _unclean(site: Site, number: int) -> list[str]:
    found = []
    for what in ("content", "index"):
        done = site.pesona(what, "check")
        if done.returncode:
            found.append(f"round {number}: {what} check: {(done.stdout + done.stderr).strip()[:500]}")
    return found
