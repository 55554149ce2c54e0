"""What a visitor does, by keyboard alone: search, filter, plan, map and report; the focus shows wherever it stands."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_keyboard import MOST_STEPS, press, tab_to, write
from tests.conftest import SiteClock


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(base_url=address, viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


def enter(page: Page) -> None:
    with page.expect_navigation():
        page.keyboard.press("Enter")


def reach(page: Page, selector: str) -> None:
    """Press Tab until the focus is on *selector*, whose ring is drawn around what it lies in."""
    for _ in range(MOST_STEPS):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} is not reached on {page.url}")


def test_search(page: Page, address: str) -> None:
    page.goto("/en/")
    write(page, "main input[name=q]", "palace")
    enter(page)
    expect(page).to_have_url(f"{address}/en/search?q=palace")
    press(page, ".hit__title a")
    expect(page.locator("h1")).to_have_text("Siak Sri Indrapura Palace")


def test_filter(page: Page, address: str) -> None:
    page.goto("/en/destinations")
    tab_to(page, "#filter-category")
    page.keyboard.type("History")
    press(page, ".filters__go button")
    expect(page).to_have_url(re.compile(r"category=history"))
    expect(page.locator(".tally__count")).not_to_have_text(re.compile("^0"))
    press(page, ".tally__chosen a")
    expect(page).to_have_url(f"{address}/en/destinations")


def test_plan(page: Page, address: str) -> None:
    page.goto("/en/search?q=zamrud")
    tab_to(page, ".hit > .heart")
    page.keyboard.press("Enter")
    expect(page.locator(":focus")).to_have_attribute("aria-pressed", "true")
    press(page, ".colophon [data-plan-link]")
    expect(page).to_have_url(re.compile(r"/en/plan\?day=[\w-]+$"))
    write(page, "#find-stop", "istana")
    enter(page)
    press(page, ".plan-find__add")
    expect(page.locator(".stop")).to_have_count(2)
    second = page.locator(".stop__name a").nth(1).inner_text()
    press(page, "#stop-2 [value^='up.']")
    expect(page.locator(".stop__name a").first).to_have_text(second)
    press(page, "#stop-1 [value^='remove.']")
    expect(page.locator(".stop")).to_have_count(1)


def test_map(page: Page, address: str) -> None:
    page.goto("/en/map")
    reach(page, ".map__layer--wide .map__mark--many:not(.map__mark--hollow)")
    stroke = page.locator(":focus .map__touch").evaluate("e => getComputedStyle(e).stroke")
    assert stroke != "none", "the focus shows"
    enter(page)
    expect(page).to_have_url(re.compile(r"window=14\.08\.\d\d"))
    press(page, ".map-ways__wider a")
    expect(page).to_have_url(f"{address}/en/map")
    press(page, ".spot__name a")
    expect(page).to_have_url(re.compile("/en/destinations/"))


def test_report(page: Page, clock: SiteClock) -> None:
    page.goto("/en/destinations/siak-sri-indrapura-palace")
    press(page, "main a[href^='/en/report']")
    clock.move(seconds=20)
    write(page, "#text", "The opening hours at the gate are others.")
    press(page, "#send")
    expect(page.get_by_text("waits for an editor")).to_be_visible()
