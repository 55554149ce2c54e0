"""A mistake reported in a browser, with and without JavaScript; an address copied and shared; axe and 320 px."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from tests.admin.desk import EN, ITEM
from tests.browser.entering import sign_in
from tests.browser.test_accessibility import RULES
from tests.conftest import SiteClock
from tests.reports import WRONG, form_of, received

SHEET = "navigator.share = (given) => { window.shared = given; return Promise.resolve(); };"


def send(page: Page, clock: SiteClock, text: str) -> None:
    clock.move(seconds=20)
    page.fill("#text", text)
    with page.expect_navigation():
        page.get_by_role("button", name="Send").click()


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without"])
def test_a_visitor_reports_a_mistake_and_an_editor_answers(
    browser: Browser, address: str, app: Flask, clock: SiteClock, make_account: Callable[..., str], script: bool
) -> None:
    email = make_account("Siti")
    context = browser.new_context(java_script_enabled=script, base_url=address)
    page, desk = context.new_page(), browser.new_page(base_url=address)
    page.goto(EN)
    with page.expect_navigation():
        page.locator("main").get_by_role("link", name="Report a mistake").click()
    send(page, clock, WRONG)
    expect(page.get_by_text("waits for an editor")).to_be_visible()
    assert context.cookies() == []
    desk.goto(ITEM)
    sign_in(desk, email)
    desk.goto(ITEM)
    desk.get_by_label("A line for the sender").fill("It is right: the sign is old.")
    with desk.expect_navigation():
        desk.get_by_role("button", name="No fault").click()
    desk.close()
    page.reload()
    expect(page.get_by_text("It is right: the sign is old.")).to_be_visible()
    context.close()


def test_the_browser_itself_asks_for_words(browser: Browser, address: str, clock: SiteClock) -> None:
    page = browser.new_page(base_url=address)
    page.goto(form_of())
    page.get_by_role("button", name="Send").click()
    expect(page.locator("#text")).to_be_focused()
    page.close()


def test_the_keyboard_meets_neither_trap_nor_dead_end(browser: Browser, address: str) -> None:
    page = browser.new_page(base_url=address)
    page.goto("/en/report")
    page.focus("#place")
    for reached in ("#text", "main form a", "#send"):
        page.keyboard.press("Tab")
        expect(page.locator(reached)).to_be_focused()
    page.close()


def test_an_address_is_copied_and_shared_where_the_browser_can(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address)
    context.add_init_script(SHEET)
    page = context.new_page()
    page.goto(EN)
    own = page.locator("#share").input_value()
    page.get_by_role("button", name="Copy the address").click()
    expect(page.get_by_text("Copied.")).to_be_visible()
    page.goto("/en/report")
    page.focus("#text")
    page.keyboard.press("Control+V")
    expect(page.locator("#text")).to_have_value(own)
    page.goto(EN)
    page.get_by_role("button", name="Share …").click()
    assert page.evaluate("window.shared.url") == own
    context.close()


def test_a_browser_without_a_share_sheet_shows_no_button_for_it(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address)
    context.add_init_script("Object.defineProperty(Navigator.prototype, 'share', { value: undefined });")
    page = context.new_page()
    page.goto(EN)
    expect(page.get_by_role("button", name="Copy the address")).to_be_visible()
    expect(page.get_by_role("button", name="Share …")).to_have_count(0)
    context.close()


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 1280), ("light", 360), ("dark", 320)])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    browser: Browser,
    address: str,
    app: Flask,
    clock: SiteClock,
    make_account: Callable[..., str],
    scheme: str,
    width: int,
) -> None:
    email = make_account("Siti")
    clock.move(minutes=1)
    received(app, "istana-siak-sri-indrapura", "A long word: " + "x" * 300)
    received(app)
    context = browser.new_context(
        base_url=address,
        color_scheme=scheme,  # type: ignore[arg-type]
        viewport={"width": width, "height": 800},
    )
    page, axe = context.new_page(), Axe()

    def looks_well() -> None:
        found = axe.run(page, options=RULES).response["violations"]
        assert not found, [(page.url, one["id"], one["nodes"][0]["html"][:120]) for one in found]
        assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url

    page.goto(form_of())
    looks_well()
    page.fill("#text", WRONG)
    with page.expect_navigation():
        page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("faster than anybody types")).to_be_visible()
    looks_well()
    send(page, clock, "y" * 300)
    expect(page.get_by_text("waits for an editor")).to_be_visible()
    looks_well()
    own = page.url
    clock.move(days=90)
    page.goto(own)
    looks_well()
    clock.move(days=-89)
    page.goto("/admin")
    sign_in(page, email)
    for path in ("/admin", ITEM, "/admin/care/reports", "/admin/reports/2"):
        page.goto(path)
        looks_well()
    page.goto(ITEM)
    with page.expect_navigation():
        page.get_by_role("button", name="Fixed").first.click()
    expect(page.locator("[role=alert]")).to_be_visible()
    looks_well()
    page.get_by_label("The mistake was elsewhere").check()
    with page.expect_navigation():
        page.get_by_role("button", name="Fixed").click()
    looks_well()
    context.close()
