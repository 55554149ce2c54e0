"""Take the pictures of the guide for editors: `make guide` (needs Chromium).

A site with the content of Siak is made in a folder of its own, with two people at its desk; their
screens are photographed at the width of a phone, in each language.
"""

import io
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from flask import Flask
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, sync_playwright

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from pesona.admin.guide import SCALE, picture  # noqa: E402 - the checkout comes first
from pesona.app import create_app  # noqa: E402
from pesona.clock import WIB  # noqa: E402
from pesona.db import begin_writing, db  # noqa: E402
from pesona.editing import accounts, demo, items, publish, schema  # noqa: E402
from pesona.editing.log import Actor  # noqa: E402
from pesona.locales import LOCALES  # noqa: E402
from pesona.models.item import PARTS  # noqa: E402
from pesona.search import follow  # noqa: E402

PICTURES = ROOT / "static/img/guide"
WIDTH, HEIGHT = 390, 480
QUALITY, LARGEST, LARGEST_OF_ALL = 45, 40_000, 600_000
ARGUMENTS = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync"
PASSWORD = "tepian sungai di waktu pagi"  # noqa: S105 - of a site that is thrown away
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=WIB)
PALACE = "/admin/destinations/istana-siak-sri-indrapura"
ACTOR = Actor(command="guide")
NOTICE = {
    "facts": {"kind": "haze", "severity": "warning", "start": "2026-11-24 08:00", "end": "2026-11-25", "scope": "site"},
    "words": {
        "id": {"name": "Contoh pengumuman", "summary": "Ini hanya contoh untuk panduan.", "body": ""},
        "en": {"name": "A notice as an example", "summary": "This is only an example for the guide.", "body": ""},
    },
}
# What is typed for the pictures says so itself: nothing here is said about Siak.
TYPED, OTHER = "This is an example sentence for the guide.", "This is another sentence for the guide."
SOURCE = "Ini kalimat contoh untuk panduan."
# The field of the summary with its source.
SUMMARY = ".translated:has([name=summary])"


class ThreadingServer(ThreadingMixIn, WSGIServer):
    """A browser opens several connections at once."""

    daemon_threads = True


class QuietHandler(WSGIRequestHandler):
    """A handler that says nothing of each request."""

    def log_message(self, *_: object) -> None:
        pass


def make_home(home: Path, notice: bool = True) -> None:
    """Publish the content of Siak, and a notice where that is wanted, in a new site at *home*."""
    app = create_app({"PESONA_HOME": str(home)}, lambda: NOW - timedelta(days=1))
    with app.app_context():
        schema.init()
        begin_writing()
        for _ in demo.load():
            pass
        if notice:
            example = items.create("notice", "contoh", NOTICE, ACTOR)
            publish.publish(example, example.head, PARTS, ACTOR)
        db.session.commit()
        follow.ensure()
    _close(app)


@contextmanager
def site(home: Path, locale: str) -> Iterator[str]:
    """Serve the site at *home*, where Sari and Budi speak *locale*; yield its address."""
    app = create_app({"PESONA_HOME": str(home)}, lambda: NOW)
    with app.app_context():
        begin_writing()
        for name in ("Sari", "Budi"):
            accounts.create(f"{name.lower()}@example.go.id", "editor", PASSWORD, ACTOR, name, locale)
        db.session.commit()
    server = make_server("127.0.0.1", 0, app, ThreadingServer, QuietHandler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        _close(app)


def _close(app: Flask) -> None:
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
        follow.index().close()


def enter(browser: Browser, address: str, name: str) -> Page:
    context = browser.new_context(viewport={"width": WIDTH, "height": 700}, device_scale_factor=SCALE, base_url=address)
    page = context.new_page()
    page.goto("/admin/login")
    page.fill("[name=email]", f"{name.lower()}@example.go.id")
    page.fill("[name=password]", PASSWORD)
    page.locator("main form button").last.click()
    page.wait_for_url("**/admin")
    return page


class Album:
    """The pictures of one language: each is named, scrolled to, taken and written."""

    def __init__(self, locale: str, folder: Path) -> None:
        self.locale = locale
        self.folder = folder

    def take(self, page: Page, name: str, top: str | Locator = "h1", height: int = HEIGHT) -> None:
        """Photograph *page* from the element *top* on."""
        element = page.locator(top).first if isinstance(top, str) else top
        page.evaluate("document.activeElement.blur()")
        # The header of the desk stays out: the pictures are about what lies below it.
        element.evaluate("e => window.scrollTo(0, e.getBoundingClientRect().top + window.scrollY - 12)")
        box = element.bounding_box()
        assert box, name
        clip: Any = {"x": 0, "y": max(0.0, box["y"] - 12), "width": WIDTH, "height": height}
        shot = Image.open(io.BytesIO(page.screenshot(clip=clip, animations="disabled"))).convert("RGB")
        file = self.folder / Path(picture(self.locale, name)).name
        shot.save(file, "WEBP", quality=QUALITY, method=6)
        assert file.stat().st_size <= LARGEST, f"{file.name}: {file.stat().st_size} bytes"


def save(page: Page) -> None:
    with page.expect_navigation():
        page.locator("button[name=action][value=save]").last.click()


def photograph(sari: Page, budi: Page, album: Album) -> None:
    """Walk through the desk in the order of the guide."""
    words = f"{PALACE}/words/en"
    home_and_words(sari, album, words)
    sari.goto(f"{PALACE}/facts")
    album.take(sari, "facts", "#sources")
    sari.goto(f"{PALACE}/point")
    album.take(sari, "point", "#map", 640)
    publication(sari, album)
    two_people(sari, budi, album, words)
    sari.goto(f"{PALACE}/history?left=1&right=2")
    album.take(sari, "history", "#compare", 370)
    # In the browser of Sari waits what she did not choose yet.
    source_changed(budi, album, words)
    sari.goto("/admin/notices/contoh")
    album.take(sari, "notice", "[data-check=on]", 290)


def home_and_words(sari: Page, album: Album, words: str) -> None:
    sari.goto(words)
    sari.locator(f"{SUMMARY} summary").click()
    album.take(sari, "words", SUMMARY)
    sari.fill("[name=summary]", TYPED)
    with sari.expect_response(lambda answer: answer.url.endswith("/admin/scratch")):
        sari.evaluate("document.activeElement.blur()")
    sari.goto(words)
    album.take(sari, "unsaved", "[data-check=unsaved]", 272)
    sari.goto(f"{words}?scratch=use")
    save(sari)
    sari.goto("/admin")
    album.take(sari, "home")


def publication(sari: Page, album: Album) -> None:
    sari.goto(f"{PALACE}/publish")
    album.take(sari, "publish", "main form.form", 640)
    sari.fill("[name=day]", "2026-11-28")
    sari.fill("[name=time]", "08:00")
    with sari.expect_navigation():
        sari.locator("button[value=schedule]").click()
    album.take(sari, "plan", "h1", 290)


def two_people(sari: Page, budi: Page, album: Album, words: str) -> None:
    for page in (sari, budi):
        page.goto(words)
    budi.fill("[name=summary]", OTHER)
    save(budi)
    sari.fill("[name=summary]", TYPED + " …")
    save(sari)
    album.take(sari, "conflict", "fieldset", 640)


def source_changed(page: Page, album: Album, words: str) -> None:
    page.goto(words.removesuffix("en") + "id")
    page.fill("[name=summary]", SOURCE)
    save(page)
    page.goto(f"{PALACE}/publish")
    with page.expect_navigation():
        page.locator("button[value=publish]").click()
    page.goto(words)
    album.take(page, "changed", SUMMARY, 660)


def main() -> None:
    """Take every picture anew, and only when all are there put them in the place of the old ones."""
    with tempfile.TemporaryDirectory() as made, sync_playwright() as playwright:
        fresh, taken = Path(made) / "fresh", Path(made) / "pictures"
        for folder in (fresh, taken):
            folder.mkdir()
        make_home(fresh)
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS.split())
        for locale in LOCALES:
            home = Path(made) / locale
            shutil.copytree(fresh, home)
            with site(home, locale) as address:
                people = [enter(browser, address, name) for name in ("Sari", "Budi")]
                photograph(*people, Album(locale, taken))
        browser.close()
        sizes = [file.stat().st_size for file in taken.iterdir()]
        assert sum(sizes) <= LARGEST_OF_ALL, f"{sum(sizes)} bytes"
        shutil.rmtree(PICTURES, ignore_errors=True)
        shutil.copytree(taken, PICTURES)
    print(f"{len(sizes)} pictures, {sum(sizes)} bytes")


if __name__ == "__main__":
    main()
