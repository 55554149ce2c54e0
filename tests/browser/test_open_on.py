"""The filter by a day in a browser: by keyboard alone, within 320 px, and axe is content, also where the day is none."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, expect

from tests.browser.test_accessibility import RULES
from tests.ponds import WEEK, publish_pond


@pytest.mark.parametrize(("scheme", "path"), [("light", "/id/destinasi"), ("dark", "/en/destinations")])
def test_the_filter_by_a_day(app: Flask, browser: Browser, address: str, scheme: Any, path: str) -> None:
    publish_pond(app, **WEEK)
    context = browser.new_context(viewport={"width": 320, "height": 800}, color_scheme=scheme, base_url=address)
    page = context.new_page()
    for query, places in (("?on=2026-11-27", 1), ("?on=2026-02-30", 0)):
        page.goto(path + query)
        expect(page.locator(".card")).to_have_count(places)
        field = page.locator("[name=on]")
        if not field.is_visible():
            page.locator(".filters summary").focus()
            page.keyboard.press("Enter")
        expect(field).to_be_visible()
        field.focus()
        results = Axe().run(page, options=RULES)
        assert results.violations_count == 0, results.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("2026-11-28")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator(".card")).to_have_count(1)
    context.close()
