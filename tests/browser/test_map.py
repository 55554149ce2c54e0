"""The map in a real browser: by keyboard alone, one layer a width, coordinates copied."""

import re

import pytest
from playwright.sync_api import Browser, expect


@pytest.mark.parametrize(("width", "shown", "hidden"), [(360, "narrow", "wide"), (1280, "wide", "narrow")])
def test_one_layer_is_shown_and_its_marks_are_large_enough(
    browser: Browser, address: str, width: int, shown: str, hidden: str
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(f"{address}/id/peta")
    expect(page.locator(f".map__layer--{hidden}")).to_be_hidden()
    marks = page.locator(f".map__layer--{shown} .map__touch")
    assert marks.count() > 4
    for at in range(marks.count()):
        box = marks.nth(at).bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 44
    page.close()


def test_a_cluster_opens_and_closes_by_keyboard(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"{address}/en/map")
    cluster = page.locator(".map__layer--wide .map__mark--many:not(.map__mark--hollow)")
    cluster.focus()
    expect(cluster).to_be_focused()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"window=14\.08\.\d\d"))
    back = page.get_by_role("navigation", name="Move the map").get_by_role("link", name="The whole regency")
    back.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page).to_have_url(f"{address}/en/map")
    page.close()


def test_the_wheel_scrolls_the_page_over_the_map(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 700})
    page.goto(f"{address}/en/map")
    page.locator(".map__drawing").hover()
    page.mouse.wheel(0, 300)
    page.wait_for_function("window.scrollY > 0")
    page.close()


def test_coordinates_are_copied(browser: Browser, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}/en/destinations/siak-sri-indrapura-palace")
    page.get_by_role("button", name="Copy", exact=True).click()
    expect(page.get_by_role("status").filter(has_text="Copied")).to_be_visible()
    page.get_by_role("combobox").focus()
    page.keyboard.press("Control+V")
    expect(page.get_by_role("combobox")).to_have_value("0.7947, 102.0522")
    context.close()
    plain = browser.new_context(java_script_enabled=False)
    page = plain.new_page()
    page.goto(f"{address}/en/destinations/siak-sri-indrapura-palace")
    expect(page.get_by_text("0.7947, 102.0522")).to_be_visible()
    expect(page.get_by_role("button", name="Copy", exact=True)).to_have_count(0)
    plain.close()
