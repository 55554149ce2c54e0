"""A publication is seen in both worker processes within a second."""

import json
import time

from tests.gates.outcome import Outcome
from tests.gates.site import Browser, Site

SCREEN = "/admin/pages/contact"
SECONDS = 1.0
CONNECTIONS = 40


def run(site: Site) -> Outcome:
    """Publish ten times; a second later new connections, spread over both workers, show only the new."""
    outcome, latest = Outcome(), 0.0
    editor = site.browser()
    editor.sign_in()
    page = json.loads(editor.get("/api/v1/pages/contact").body)["translations"]["en"]["url"]
    path = page.removeprefix(f"http://127.0.0.1:{site.port}")
    for number in range(10):
        _fresh(site, path, CONNECTIONS)
        word = f"terbit-{number}-{time.time_ns()}"
        save(editor, word)
        began = publish(editor)
        while time.perf_counter() - began < SECONDS:
            asked = time.perf_counter()
            if word not in site.browser().get(path).text:
                latest = max(latest, asked - began)
        flushed()
        mark = site.log.stat().st_size
        stale = [text for text in _fresh(site, path, CONNECTIONS) if word not in text]
        flushed()
        answered = processes(site.log.read_bytes()[mark:].decode(), path)
        if stale:
            outcome.wrong.append(f"round {number}: {len(stale)} of {CONNECTIONS} answers old after {SECONDS} s")
        if len(answered) != 2:
            outcome.wrong.append(f"round {number}: {len(answered)} worker processes answered, not 2")
    outcome.said = f"10 publications, last old answer {latest * 1000:.0f} ms after"
    return outcome


def save(editor: Browser, word: str) -> None:
    """Save the contact page with *word* in its summary."""
    fields = [(n, f"{word}." if n == "summary" else v) for n, v in editor.form(f"{SCREEN}/words/en")]
    assert editor.post(f"{SCREEN}/words/en", fields).status == 303


def publish(editor: Browser) -> float:
    """Publish what waits; return when the answer was there."""
    assert editor.post(f"{SCREEN}/publish", editor.form(f"{SCREEN}/publish")).status == 303
    return time.perf_counter()


def _fresh(site: Site, path: str, count: int) -> list[str]:
    return [site.browser().get(path).text for _ in range(count)]


def flushed() -> None:
    # The access log is written every half second.
    time.sleep(0.7)


def processes(log: str, path: str) -> set[str]:
    """Return the process part of the number of each request for *path*."""
    lines = [json.loads(line) for line in log.splitlines() if line.startswith("{")]
    return {line["request"].split("-")[0] for line in lines if line["path"] == path}
