"""Every screen of the desk in a real browser: axe, no sideways scroll, targets that a thumb hits (E-68, E-69)."""

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page
from sqlalchemy import select

from pesona.db import db
from pesona.models.link import LinkCheck, LinkUse
from tests.admin.desk import ITEM, WORDS_EN, turn_on_codes
from tests.admin.test_permissions import a_photo, numbered, rules  # noqa: F401 - two are fixtures
from tests.admin.test_permissions import address as path_of
from tests.browser.test_accessibility import RULES
from tests.client import SelfCheckingClient
from tests.conftest import START
from tests.notices import publish_notice

# The public page in a frame of the desk, the drawing of the map, and what answers with a file.
NO_SCREENS = ("/preview/", ".svg")
SMALL = """() => [...document.querySelectorAll(
    'main :is(button, select, summary, textarea, .button, input:not([type=hidden], [type=checkbox], [type=radio])), nav a')]
    .filter(e => e.checkVisibility() && e.getBoundingClientRect().height > 0)
    .filter(e => e.getBoundingClientRect().height < 43.5 || e.getBoundingClientRect().width < 43.5)
    .map(e => e.outerHTML.slice(0, 120))"""


def a_broken_link(app: Flask) -> None:
    with app.app_context():
        url = db.session.scalars(select(LinkUse.url).order_by(LinkUse.id)).first()
        failed = {"failed_since": START.date(), "checked_at": START.replace(tzinfo=None), "problem": "404"}
        db.session.add(LinkCheck(url=url, failed_days=3, **failed))
        db.session.commit()


@pytest.fixture
def screens(app: Flask, sign_in: Callable[..., SelfCheckingClient]) -> tuple[SelfCheckingClient, list[str]]:
    """An administrator with codes, and every address of the desk that shows a screen to one."""
    ani = sign_in("Ani", role="administrator")
    turn_on_codes(app, "ani@example.go.id")
    ani.submit(ani.visit(WORDS_EN), summary="A draft, so that something waits.")
    publish_notice(app, start="2026-11-24")
    a_broken_link(app)
    paths = [path_of(app, rule) for rule in rules(app) if "GET" in (rule.methods or set())]
    more = ["/admin/notices/asap", "/admin/notices/asap/facts", "/admin/notices/asap/publish", "/admin/events/tour-de-siak/facts", "/admin/events/tour-de-siak/dates",
            f"{ITEM}/history?left=1&right=2", "/admin/destinations?state=changed"]  # fmt: skip
    return ani, [p for p in (*paths, *more) if not any(part in p for part in NO_SCREENS)]


@pytest.fixture
def open_page(
    browser: Browser, address: str, screens: tuple[SelfCheckingClient, list[str]]
) -> Iterator[Callable[..., Page]]:
    """Open a page signed in, in a window of a given size and scheme."""
    contexts = []
    cookie = screens[0].http.get_cookie("pesona")
    assert cookie

    def make(width: int, scheme: str = "light") -> Page:
        context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 800})  # type: ignore[arg-type]
        contexts.append(context)
        context.add_cookies([{"name": "pesona", "value": cookie.value, "url": address}])
        return context.new_page()

    yield make
    for context in contexts:
        context.close()


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_no_screen_scrolls_sideways_and_a_thumb_hits_every_target(
    open_page: Callable[..., Page], address: str, screens: tuple[SelfCheckingClient, list[str]], width: int
) -> None:
    """E-68."""
    page, wrong = open_page(width), []
    for path in screens[1]:
        page.goto(address + path)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wrong.append((path, "scrolls sideways"))
        if width < 768:
            wrong += [(path, one) for one in page.evaluate(SMALL)]
    assert len(screens[1]) >= 38
    assert not wrong, sorted({one for _, one in wrong}) and wrong[:30]


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
def test_axe_finds_nothing_on_any_screen(
    open_page: Callable[..., Page],
    address: str,
    screens: tuple[SelfCheckingClient, list[str]],
    width: int,
    scheme: str,
) -> None:
    """E-69."""
    page, axe, wrong = open_page(width, scheme), Axe(), []
    for path in screens[1]:
        page.goto(address + path)
        found = axe.run(page, options=RULES).response["violations"]
        wrong += [(path, one["id"], one["nodes"][0]["html"][:120]) for one in found]
    assert not wrong, sorted({one for _, one in wrong}) and wrong[:30]
