"""The screen of hours in a real browser: a season, a holiday and a date by keyboard alone, and axe is content."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page

from pesona.db import begin_writing, db
from pesona.models.holiday import Holiday
from tests.admin.desk import ITEM, newest
from tests.browser.entering import sign_in
from tests.browser.test_accessibility import RULES

HOURS = f"{ITEM}/hours"


@pytest.fixture
def desk(browser: Browser, app: Flask, address: str, make_account: Callable[..., str]) -> Iterator[Page]:
    """A page of somebody signed in, on a telephone, with one holiday to come."""
    with app.app_context():
        begin_writing()
        named = {"name_id": "Hari Uji", "name_en": "Test Day", "kind": "national", "status": "decreed"}
        db.session.add(Holiday(date=date(2026, 12, 17), **named))
        db.session.commit()
    context = browser.new_context(viewport={"width": 360, "height": 800}, base_url=address)
    page = context.new_page()
    page.goto("/admin/login")
    sign_in(page, make_account("Siti"))
    yield page
    context.close()


def reach(page: Page, selector: str) -> None:
    """Press Tab until the focus is on *selector*; what cannot be reached so is an error."""
    for _ in range(400):
        if page.evaluate("(wanted) => document.activeElement.matches(wanted)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no way to {selector} by keyboard")


def type_into(page: Page, **typed: str) -> None:
    for name, text in typed.items():
        reach(page, f"[name={name.replace('__', '-')}]")
        page.keyboard.insert_text(text)


def press(page: Page, value: str) -> None:
    reach(page, f"button[value='{value}']")
    with page.expect_navigation():
        page.keyboard.press("Enter")


def choose(page: Page, name: str, letters: str) -> None:
    reach(page, f"select[name={name}]")
    page.keyboard.type(letters)


def why(page: Page, day: str) -> str | None:
    return page.locator(f"[data-day='{day}']").get_attribute("data-why")


def test_hours_by_keyboard_alone(desk: Page, app: Flask) -> None:
    """E-41 with E-69: date before holiday before season before week, typed without a pointer on a telephone."""
    desk.goto(HOURS)
    choose(desk, "hours_status", desk.locator("[name=hours_status] [value=has_hours]").inner_text()[:8])
    type_into(desk, hours_week__mo__1__from="8", hours_week__mo__1__to="16")
    press(desk, "monday:hours_week")
    press(desk, "add:hours_seasons")
    type_into(desk, hours_seasons__0__name_id="Ramadan", hours_seasons__0__start="2026-12-14", hours_seasons__0__end="2026-12-20",
              hours_seasons__0__week__mo__1__from="9", hours_seasons__0__week__mo__1__to="12")  # fmt: skip
    press(desk, "monday:hours_seasons-0-week")
    choose(desk, "hours_holidays", desk.locator("[name=hours_holidays] [value=closed]").inner_text())
    press(desk, "show")
    assert (why(desk, "2026-12-16"), why(desk, "2026-12-17"), why(desk, "2026-12-11")) == ("season", "holiday", "week")
    type_into(desk, hours_dates__0__start="2026-12-17", hours_dates__0__times="9-12")
    press(desk, "save")
    desk.goto(HOURS)
    assert (why(desk, "2026-12-16"), why(desk, "2026-12-17"), why(desk, "2026-12-11")) == ("season", "date", "week")
    assert newest(app)["facts"]["hours_seasons"][0]["week"] == "Mo-Su 09:00-12:00"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_is_cut_off(desk: Page, scheme: str) -> None:
    desk.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    desk.goto(HOURS)
    with desk.expect_navigation():
        desk.locator("button[value='add:hours_seasons']").click()
    desk.fill("[name=hours_week-fr-1-from]", "25.00")
    for path in ("", f"{ITEM}/close"):
        if path:
            desk.goto(path)
        else:
            with desk.expect_navigation():
                desk.locator("button[value=save]").first.click()
        assert desk.evaluate("document.documentElement.scrollWidth <= innerWidth")
        results = Axe().run(desk, options=RULES)
        assert results.violations_count == 0, results.generate_report()
