"""The calendar of a month by keyboard, and its shape on a phone and with room."""

from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page

from pesona.db import begin_writing, db
from tests.factories import publish_events

RULES = {"rules": {"target-size": {"enabled": True}}}
MONTH = "/en/events?when=calendar&month=2026-12"


@pytest.fixture
def full(app: Flask, address: str) -> str:
    with app.app_context():
        begin_writing()
        publish_events(25, date(2026, 12, 1), 31)
        db.session.commit()
    return address


def reached(page: Page, selector: str) -> list[str]:
    """Return the addresses of the links that match *selector* as Tab comes to them, each with a focus one can see."""
    found = []
    for _ in range(400):
        page.keyboard.press("Tab")
        at = page.evaluate(
            """selector => { const e = document.activeElement; const s = getComputedStyle(e); const r = e.getBoundingClientRect();
            return [e === document.body, e.matches(selector), e.getAttribute("href"), s.outlineStyle !== "none", r.width > 0] }""",
            selector,
        )
        if at[0] and found:
            break
        if at[1]:
            assert at[3], at[2]
            assert at[4], at[2]
            found.append(at[2])
    return found


@pytest.mark.parametrize("width", [360, 1280])
def test_every_day_that_holds_dates_is_reached_and_opened_by_keyboard(browser: Browser, full: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(full + MONTH)
    there = page.eval_on_selector_all("a.calendar__number", "all => all.map(a => a.getAttribute('href'))")
    assert len(there) > 10
    assert reached(page, "a.calendar__number") == there
    page.locator("a.calendar__number").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**on=2026-12-*")
    assert page.locator("h1").inner_text() == "Events on the days you chose"
    page.close()


def test_on_a_phone_the_list_comes_first_and_the_grid_fits(browser: Browser, full: str) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 640}, java_script_enabled=True)
    page.goto(full + MONTH)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.locator(".month__list").bounding_box()["y"] < page.locator(".month__grid").bounding_box()["y"]  # type: ignore[index]
    assert all(
        box["height"] >= 44 for box in (a.bounding_box() for a in page.locator("a.calendar__number").all()) if box
    )
    assert not page.locator(".calendar__bar").first.is_visible()
    page.close()


@pytest.mark.parametrize(("scheme", "width"), [("light", 320), ("dark", 320), ("light", 1280), ("dark", 1280)])
def test_axe_finds_nothing_in_a_full_month_nor_beside_a_wrong_day(
    browser: Browser, full: str, scheme: str, width: int
) -> None:
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 800})  # type: ignore[arg-type]
    page = context.new_page()
    for path in (MONTH, "/id/acara", "/id/acara?on=2026-02-30"):
        page.goto(full + path)
        found = Axe().run(page, options=RULES).response["violations"]
        assert not found, [(path, one["id"], one["nodes"][0]["html"][:120]) for one in found]
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()
