"""Four workers under load, an editor publishing each second: every worker finds what is live, and only that."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle
from urllib.parse import quote_plus

from tests.gates.outcome import Outcome
from tests.gates.site import Browser, Site
from tests.gates.workers import CONNECTIONS, SECONDS, flushed, processes, publish, save

WORKERS, READERS, ROUNDS = 4, 4, 15
# Queries that the editor does not touch, with what must come first.
STEADY = {
    "istana siak": "istana-siak-sri-indrapura",
    "palace": "istana-siak-sri-indrapura",
    "istnaa siak": "istana-siak-sri-indrapura",
    "tour de siak": "tour-de-siak",
}
GOING = "/admin/destinations/jembatan-tengku-agung-sultanah-latifah"
GOING_QUERY, GOING_CODE = "jembatan tengku agung sultanah latifah", GOING.rsplit("/", 1)[1]


def run(site: Site) -> Outcome:
    """Publish a new word each round and take a bridge off the site or put it back; look into every worker."""
    site.end()
    site.start(WORKERS)
    outcome, editor, former = Outcome(), site.browser(), ""
    editor.sign_in()
    with _readers(site, outcome) as asked:
        for number in range(ROUNDS):
            began = time.perf_counter()
            word, live = f"terbit{number}{time.time_ns()}", number % 2 == 1
            save(editor, word)
            publish(editor)
            _set_live(editor, live)
            _wait(time.perf_counter() + SECONDS)
            _look(site, {word: ["contact"], former: []}, live, f"round {number}", outcome)
            former = word
            _wait(began + SECONDS)
    outcome.said = f"{ROUNDS} publications, {asked[0]} searches beside them, {WORKERS} workers"
    return outcome


def _set_live(editor: Browser, live: bool) -> None:
    """Take the bridge off the site in both languages, or publish it again."""
    if live:
        done = editor.post(f"{GOING}/publish", editor.form(f"{GOING}/publish"))
        assert done.status == 303, f"publication answers {done.status}"
        return
    for locale in ("id", "en"):
        address = f"{GOING}/withdraw/{locale}"
        fields = [(n, "gate" if n == "reason" else v) for n, v in editor.form(address)]
        done = editor.post(address, fields)
        assert done.status == 303, f"withdrawal answers {done.status}"


def _look(site: Site, expected: dict[str, list[str]], live: bool, when: str, outcome: Outcome) -> None:
    """Ask every worker, by many new connections, for the new word, the former one and the bridge."""
    flushed()
    mark = site.log.stat().st_size
    for _ in range(CONNECTIONS):
        browser = site.browser()
        for word, codes in expected.items():
            if (found := _codes(browser, word)) != codes:
                outcome.wrong.append(f"{when}: {word!r} finds {found}, not {codes}")
        if (GOING_CODE in _codes(browser, GOING_QUERY)) != live:
            outcome.wrong.append(f"{when}: the bridge is {'not found' if live else 'still found'}")
        browser.close()
    flushed()
    seen = processes(site.log.read_bytes()[mark:].decode(errors="replace"), "/api/v1/search")
    if len(seen) != WORKERS:
        outcome.wrong.append(f"{when}: {len(seen)} of {WORKERS} workers were asked")


def _codes(browser: Browser, query: str) -> list[str]:
    answer = browser.get(f"/api/v1/search?locale=id&q={quote_plus(query)}")
    assert answer.status == 200, f"search for {query} answers {answer.status}"
    return [row["code"] for row in json.loads(answer.body)["results"]]


@contextmanager
def _readers(site: Site, outcome: Outcome) -> Iterator[list[int]]:
    """Search from several threads until the block ends; yields how often."""
    asked, over = [0], threading.Event()

    def read() -> None:
        browser = site.browser()
        for query, first in cycle(STEADY.items()):
            if over.is_set():
                return
            try:
                answer = browser.get(f"/api/v1/search?locale=en&q={quote_plus(query)}")
                codes = [row["code"] for row in json.loads(answer.body)["results"]] if answer.status == 200 else []
                if codes[:1] != [first]:
                    outcome.wrong.append(f"{query!r} answers {answer.status} with {codes[:3]}")
            except Exception as problem:
                outcome.wrong.append(f"{query!r}: {problem!r}")
            asked[0] += 1

    threads = [threading.Thread(target=read) for _ in range(READERS)]
    for thread in threads:
        thread.start()
    try:
        yield asked
    finally:
        over.set()
        for thread in threads:
            thread.join()


def _wait(until: float) -> None:
    time.sleep(max(0.0, until - time.perf_counter()))
