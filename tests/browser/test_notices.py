"""Notices in a browser: axe finds nothing in any colours, nothing scrolls sideways, the keyboard opens the text."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, expect

from tests.browser.entering import sign_in
from tests.notices import PALACE, WORDS, publish_notice

BODY = "## What to do\n\n- Stay at home. See [the park](destination:taman-nasional-zamrud).\n- Drink.\n"
PAGES = ["/en/", "/id/destinasi", "/en/destinations/siak-sri-indrapura-palace", "/en/nothing"]


@pytest.fixture(autouse=True)
def of_every_severity(app: Flask) -> None:
    long = {**WORDS["en"], "name": "W" * 60, "body": BODY}
    words = {"id": WORDS["id"], "en": long}
    publish_notice(app, "danger", severity="danger", start="2026-11-24", words=words)
    publish_notice(app, "warning", start="2026-11-24", end="", sources=[{"key": "a", "publisher": "BMKG"}])
    publish_notice(app, "info", ("facts", "id"), severity="info", start="2026-11-24")
    publish_notice(app, "place", start="2026-11-24", scope="places", destinations=[PALACE])


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser: Browser, address: str, scheme: Any, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    axe = Axe()
    for path in PAGES:
        page.goto(address + path)
        for more in page.locator(".notices__more summary").all():
            more.click()
        found = axe.run(page, options={"rules": {"target-size": {"enabled": True}}}).response["violations"]
        assert not found, [(path, one["id"], one["nodes"][0]["html"][:120]) for one in found]
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_screens_of_a_notice(
    browser: Browser, address: str, make_account: Callable[..., str], scheme: Any
) -> None:
    """E-68 and E-69 for notices, in the narrowest width."""
    context = browser.new_context(viewport={"width": 320, "height": 640}, color_scheme=scheme)
    page = context.new_page()
    page.goto(address + "/admin/login")
    sign_in(page, make_account("Siti", locale="id"))
    axe, notice = Axe(), "/admin/notices/danger"
    for path in (
        "/admin/notices",
        "/admin/notices/new",
        notice,
        f"{notice}/facts",
        f"{notice}/words/en",
        f"{notice}/publish",
    ):
        page.goto(address + path)
        found = axe.run(page, options={"rules": {"target-size": {"enabled": True}}}).response["violations"]
        assert not found, [(path, one["id"], one["nodes"][0]["html"][:120]) for one in found]
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
        sizes = [
            one.bounding_box()
            for one in page.locator("main button, main input:not([type=hidden], [type=checkbox])").all()
        ]
        assert all(box is None or box["height"] >= 44 for box in sizes), path
    page.goto(address + notice)
    page.get_by_role("button", name="Akhiri sekarang").press("Enter")
    expect(page.locator("[data-check=ended]")).to_be_visible()
    context.close()


def test_in_forced_colours_the_notices_keep_their_words_and_edges(browser: Browser, address: str) -> None:
    context = browser.new_context(forced_colors="active")
    page = context.new_page()
    page.goto(address + "/en/")
    said = [page.locator(f".notices__item--{one} strong") for one in ("danger", "warning", "info")]
    for word in said:
        expect(word).to_be_visible()
    edge = "e => getComputedStyle(e).borderTopStyle + getComputedStyle(e).borderTopWidth"
    assert {one.evaluate(edge) for one in page.locator(".notices__item").all()} == {"solid3px"}
    context.close()


def test_nothing_scrolls_sideways_and_targets_are_large(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()
    for path in PAGES:
        page.goto(address + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
        boxes = [one.bounding_box() for one in page.locator(".notices__more summary").all()]
        assert boxes
        assert all(box and box["height"] >= 44 for box in boxes)
    context.close()


def test_the_keyboard_opens_the_text_without_javascript(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + "/en/")
    more = page.locator(".notices__more").first
    more.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(more.get_by_text("Stay at home.")).to_be_visible()
    context.close()
