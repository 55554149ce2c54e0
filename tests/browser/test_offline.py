"""Without a connection, in a real browser: the server is gone, and what was visited opens from the device.

Every wait is for a state of the worker or of what it keeps, never for a while.
"""

import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from wsgiref.simple_server import make_server

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import QuietHandler, ThreadingServer
from tests.browser.entering import sign_in
from tests.browser.test_accessibility import RULES
from tests.conftest import SiteClock, close_site, make_site

PALACE = {"id": "/id/destinasi/istana-siak-sri-indrapura", "en": "/en/destinations/siak-sri-indrapura-palace"}
PLAN = {
    "id": "/id/rencana?start=2026-12-05&day=istana-siak-sri-indrapura",
    "en": "/en/plan?start=2026-12-05&day=istana-siak-sri-indrapura",
}
HOME = {"id": "/id/", "en": "/en/"}
UNVISITED = {"id": "/id/peta", "en": "/en/map"}
OFFLINE = {"id": ("/id/luring", "Tanpa sambungan internet"), "en": ("/en/offline", "Without a connection")}
SAVED = {
    "id": r"disimpan pada \d{1,2} [A-Z][a-z]+ \d{4} pukul \d\d\.\d\d WIB\.",
    "en": r"saved on \d{1,2} [A-Z][a-z]+ \d{4}, \d{1,2}:\d\d [ap]m WIB\.",
}
KEYS = """async () => Object.fromEntries(await Promise.all((await caches.keys()).map(
    async (name) => [name, (await (await caches.open(name)).keys()).map(({ url }) => url.replace(location.origin, ""))])))"""
Application = Callable[..., Any]


class Line:
    """A site at one address whose server can be taken away and come back, as another release too."""

    def __init__(self, application: Application) -> None:
        self.application = application
        self.port = 0
        self.connect()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def connect(self) -> None:
        self.server = make_server("127.0.0.1", self.port, self._answer, ThreadingServer, QuietHandler)
        self.port = self.server.server_port
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02})
        self.thread.start()

    def cut(self) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()

    def _answer(self, environ: Any, start_response: Any) -> Any:
        return self.application(environ, start_response)


@pytest.fixture
def line(app: Flask) -> Iterator[Line]:
    made = Line(app)
    yield made
    made.cut()


@pytest.fixture
def page(browser: Browser, line: Line) -> Iterator[Page]:
    context = browser.new_context(base_url=line.address, viewport={"width": 360, "height": 800})
    yield context.new_page()
    context.close()


def kept(page: Page) -> dict[str, list[str]]:
    """Return what the device keeps, as addresses by the name of the cache."""
    found: dict[str, list[str]] = page.evaluate(KEYS)
    return found


def until(page: Page, condition: str, given: str = "") -> None:
    """Wait until the JavaScript function *condition* says yes to *given*; the site's policy forbids wait_for_function."""
    page.evaluate(
        f"""async (given) => {{
            const condition = {condition}, end = Date.now() + 20000;
            while (!await condition(given)) {{
                if (Date.now() > end) throw new Error("never: " + condition + given + JSON.stringify(await caches.keys()));
                await new Promise((later) => {{ setTimeout(later, 20); }});
            }}
        }}""",
        given,
    )


def has_kept(page: Page, path: str) -> None:
    """Wait until the device keeps *path*."""
    until(page, "(path) => caches.match(path)", path)


ACTIVATED = """async () => {
    const all = await navigator.serviceWorker.getRegistrations();
    return all.length === 2 && all.every(({ active }) => active?.state === "activated");
}"""


def visit(page: Page, path: str) -> None:
    """Visit *path* and wait until the worker is in charge and has kept it."""
    page.goto(path)
    until(page, ACTIVATED)
    # A page that came while its worker was beginning is in nobody's charge until it is loaded again.
    if page.evaluate("() => !navigator.serviceWorker.controller"):
        page.reload()
    has_kept(page, path)


def of_new_release(app: Flask, release: str) -> Application:
    """Return *app* as it is after an update of that name: another release, another hash of the static files."""
    tree = app.extensions["pesona.assets"].hash

    def answer(environ: Any, start_response: Any) -> Any:
        return [body.replace(tree.encode(), release.encode()) for body in _uncompressed(app, environ, start_response)]

    return answer


def _uncompressed(app: Flask, environ: Any, start_response: Any) -> list[bytes]:
    plain = {name: value for name, value in environ.items() if not name.startswith(("HTTP_ACCEPT_ENC", "HTTP_IF_NONE"))}

    def start(status: str, headers: list[tuple[str, str]]) -> Any:
        return start_response(status, [(n, v) for n, v in headers if n.lower() not in ("etag", "content-length")])

    return list(app(plain, start))


@pytest.mark.parametrize("locale", ["id", "en"])
def test_what_was_visited_opens_without_a_connection_and_says_when_it_was_saved(
    line: Line, page: Page, locale: str
) -> None:
    """One visit is enough, also for the page that the worker came too late for; the others lead to what is saved."""
    visit(page, PALACE[locale])
    for path in (HOME[locale], PLAN[locale]):
        visit(page, path)
    expect(page.locator(".saved")).to_have_count(0)
    line.cut()
    for path in (PALACE[locale], HOME[locale], PLAN[locale]):
        page.goto(path)
        expect(page.locator(".saved span")).to_have_text(re.compile(SAVED[locale]))
        expect(page.locator("h1")).to_be_visible()
        assert (
            page.evaluate("getComputedStyle(document.querySelector('.masthead')).backgroundColor") != "rgba(0, 0, 0, 0)"
        )
        assert page.evaluate("document.fonts.ready.then(() => document.fonts.check('1rem \"Young Serif\"'))")
    address, heading = OFFLINE[locale]
    page.goto(UNVISITED[locale])
    expect(page.locator("h1")).to_have_text(heading)
    expect(page.locator("[data-again] a")).to_have_attribute("href", UNVISITED[locale])
    saved = page.locator(f".saved-pages [data-locale={locale}] li a")
    expect(saved).to_have_count(3)
    assert saved.evaluate_all("all => all.map((one) => one.getAttribute('href'))") == [
        PLAN[locale], HOME[locale], PALACE[locale],
    ]  # fmt: skip
    with page.expect_navigation():
        saved.last.click()
    expect(page).to_have_url(line.address + PALACE[locale])
    with page.expect_navigation():
        page.locator(".saved a").click()
    expect(page).to_have_url(line.address + address)
    line.connect()
    page.goto(UNVISITED[locale])
    expect(page.locator("h1")).not_to_have_text(heading)
    page.goto(PALACE[locale])
    expect(page.locator(".saved")).to_have_count(0)


def test_the_plan_that_a_heart_made_opens_though_nobody_looked_at_it(line: Line, page: Page) -> None:
    visit(page, PALACE["en"])
    page.get_by_role("button", name="Add to trip plan", exact=True).click()
    has_kept(page, "/en/plan?day=istana-siak-sri-indrapura")
    line.cut()
    with page.expect_navigation():
        page.get_by_role("link", name="See your trip plan").click()
    expect(page.locator(".saved")).to_be_visible()
    expect(page.locator(".stop")).to_have_count(1)
    line.connect()


def test_the_desk_previews_and_private_pages_are_never_kept(
    app: Flask, line: Line, page: Page, make_account: Callable[..., str]
) -> None:
    visit(page, "/en/")
    page.goto("/admin/login")
    assert page.evaluate("navigator.serviceWorker.controller") is None, "the desk is in no scope"
    sign_in(page, make_account("Siti"))
    page.goto("/admin/destinations/istana-siak-sri-indrapura/preview/en")
    expect(page.locator(".ribbon")).to_be_visible()
    visit(page, PALACE["en"])
    page.goto("/en/report")
    expect(page.locator("h1")).to_be_visible()
    page.goto("/en/nothing")
    # What the worker is asked to keep passes the same gate as what it sees.
    refused = [
        "/admin",
        "/admin/account",
        "/en/report",
        "/en/report/abc",
        "/en/nothing",
        "/preview/abc",
        "/api/v1/suggest?q=siak",
    ]
    page.evaluate("paths => navigator.serviceWorker.controller.postMessage({ keep: paths })", [*refused, "/en/events"])
    has_kept(page, "/en/events")
    everything = [path for paths in kept(page).values() for path in paths]
    assert not [p for p in everything if p.startswith(("/admin", "/preview", "/api", "/en/report", "/en/nothing"))]
    assert not [p for p in everything if "desk" in p]
    assert set(kept(page)["pesona-pages"]) == {"/en/", PALACE["en"], "/en/events"}


def test_what_is_kept_is_bounded(app: Flask, line: Line, page: Page) -> None:
    visit(page, "/en/")
    paths = [f"/en/privacy?n={n}" for n in range(64)] + [f"/en/plan?day=a{n}" for n in range(12)]
    paths += ["/en/privacy?last"]
    tree = app.extensions["pesona.assets"].hash
    pictures = [f"/static/{tree}/{name}" for name in app.extensions["pesona.assets"].files if name.startswith("art/")]
    assert len(pictures) > 120
    page.evaluate("paths => navigator.serviceWorker.controller.postMessage({ keep: paths })", paths)
    page.evaluate("paths => navigator.serviceWorker.controller.postMessage({ keep: paths })", pictures)
    has_kept(page, paths[-1])
    has_kept(page, pictures[-1])
    # The newest is put in before the oldest goes.
    until(page, "async () => (await (await caches.open('pesona-pages')).keys()).length === 60")
    until(page, "async (name) => (await (await caches.open(name)).keys()).length === 120", f"pesona-files-{tree}")
    found = kept(page)
    files = found[f"pesona-files-{tree}"]
    assert [path for path in found["pesona-pages"] if path.startswith("/en/plan")] == [
        f"/en/plan?day=a{n}" for n in range(2, 12)
    ]
    assert "/en/" not in found["pesona-pages"], "the oldest goes first"
    assert {"/en/offline", "/id/luring"} < set(files)
    assert any(path.endswith("/site.css") for path in files), "what every page needs stays"


def test_a_new_release_takes_over_and_drops_the_old_files(app: Flask, line: Line, page: Page) -> None:
    """The saved pages stay with their pictures: whoever is out of reach after an update has not lost the plan."""
    tree = app.extensions["pesona.assets"].hash
    visit(page, PALACE["en"])
    until(
        page,
        "async () => (await Promise.all((await caches.keys()).map(async (n) => (await (await caches.open(n)).keys()).some(({ url }) => url.includes('/art/'))))).some(Boolean)",
    )
    pictures = {p.partition(tree)[2] for p in kept(page)[f"pesona-files-{tree}"] if "/art/" in p}
    line.application = of_new_release(app, "feedfeedfeed")
    page.goto("/en/")
    until(
        page,
        "async () => { const names = await caches.keys(); return names.includes('pesona-files-feedfeedfeed') && names.length === 2; }",
    )
    found = kept(page)
    assert set(found) == {"pesona-pages", "pesona-files-feedfeedfeed"}
    assert not [path for path in found["pesona-files-feedfeedfeed"] if tree in path]
    assert pictures <= {p.partition("feedfeedfeed")[2] for p in found["pesona-files-feedfeedfeed"]}
    line.cut()
    page.goto(PALACE["en"])
    expect(page.locator(".saved")).to_be_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('.masthead')).backgroundColor") != "rgba(0, 0, 0, 0)"
    until(page, "() => document.querySelector('main picture img').naturalWidth")
    line.connect()


def test_the_switch_takes_everything_away(line: Line, page: Page, home: Path, clock: SiteClock) -> None:
    visit(page, PALACE["en"])
    off = make_site(home, clock, PESONA_OFFLINE="0")
    line.application = off
    page.goto("/en/")
    until(page, "async () => (await caches.keys()).length === 0")
    until(page, "async () => !(await navigator.serviceWorker.getRegistration('/en/'))")
    page.goto(PALACE["en"])
    assert page.evaluate("navigator.serviceWorker.controller") is None
    assert kept(page) == {}
    close_site(off)


def test_what_was_taken_away_is_not_kept_any_longer(app: Flask, line: Line, page: Page) -> None:
    visit(page, PALACE["en"])

    def gone(environ: Any, start_response: Any) -> Any:
        path = "/en/nothing" if environ["PATH_INFO"] == PALACE["en"] else environ["PATH_INFO"]
        return app({**environ, "PATH_INFO": path}, start_response)

    line.application = gone
    page.goto(PALACE["en"])
    until(page, "async (path) => !(await caches.match(path))", PALACE["en"])


def test_a_silent_line_shows_what_is_kept_and_an_absent_site_behind_its_proxy_too(
    app: Flask, line: Line, page: Page
) -> None:
    """The worker's patience is cut short here; a page that is not kept waits for the network however long it takes."""
    silent, heard = threading.Event(), threading.Event()

    def impatient(environ: Any, start_response: Any) -> Any:
        if environ["PATH_INFO"] == "/sw.js":
            return [
                re.sub(rb'"patience": \d+', b'"patience": 1', b"".join(_uncompressed(app, environ, start_response)))
            ]
        if silent.is_set() and environ["PATH_INFO"] == PALACE["en"]:
            heard.wait(60)
        return app(environ, start_response)

    def away(_: Any, start_response: Any) -> Any:
        start_response("502 Bad Gateway", [("Content-Type", "text/html"), ("Content-Length", "4")])
        return [b"away"]

    line.application = impatient
    visit(page, PALACE["en"])
    silent.set()
    page.goto(PALACE["en"])
    expect(page.locator(".saved")).to_be_visible()
    heard.set()
    line.application = away
    page.goto(PALACE["en"])
    expect(page.locator(".saved")).to_be_visible()
    page.goto("/en/events")
    expect(page.locator("body")).to_have_text("away")


# Milliseconds: the worker asks the network first, and a busy machine takes its time to say no.
PATIENT = 30_000


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways_without_a_connection(
    browser: Browser, line: Line, scheme: Any
) -> None:
    # Without motion, so that no colour is measured half way to another.
    context = browser.new_context(
        base_url=line.address, color_scheme=scheme, viewport={"width": 320, "height": 800}, reduced_motion="reduce"
    )
    page = context.new_page()
    for path in (PALACE["id"], HOME["en"], PLAN["en"]):
        visit(page, path)
    line.cut()
    for path in (PALACE["id"], "/id/peta", "/en/offline"):
        page.goto(path)
        if path != PALACE["id"]:
            expect(page.locator(".saved-pages li").first).to_be_visible(timeout=PATIENT)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
        found = Axe().run(page, options=RULES).response["violations"]
        assert not found, [(path, one["id"], one["nodes"][0]["html"][:120]) for one in found]
    context.close()
    line.connect()
