"""The photo screens in a real browser: a tap without JavaScript, the narrowest screen, and axe."""

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page

from tests.admin.desk import EN, PUBLISH
from tests.admin.test_photos import ITS_PHOTOS, attach
from tests.browser.entering import sign_in
from tests.client import SelfCheckingClient
from tests.pictures import GOOD_WORDS, PHOTOS, camera_jpeg, jpeg, make_files, row, upload

ONE = f"{PHOTOS}/1"
RULES = {"rules": {"target-size": {"enabled": True}}}


@pytest.fixture
def photos(app: Flask, sign_in: Callable[..., SelfCheckingClient]) -> SelfCheckingClient:
    """Two photos, one of them live on the page of the palace."""
    siti = sign_in()
    upload(siti, jpeg(), **GOOD_WORDS)
    upload(siti, camera_jpeg("gold"))
    attach(siti, 1)
    make_files(app)
    siti.submit(siti.visit(PUBLISH))
    return siti


@pytest.fixture
def desk(browser: Browser, address: str, photos: SelfCheckingClient) -> Iterator[Callable[..., Page]]:
    """Open a page of the desk, signed in, without JavaScript."""
    contexts = []

    def open_page(path: str, width: int = 360, **how: object) -> Page:
        context = browser.new_context(java_script_enabled=False, viewport={"width": width, "height": 800}, **how)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{address}/admin/login")
        sign_in(page, "siti@example.go.id")
        page.goto(address + path)
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.parametrize("width", [320, 1280])
def test_a_tap_on_the_picture_is_counted_in_its_own_pixels_e52(
    desk: Callable[..., Page], app: Flask, width: int
) -> None:
    page = desk(ONE, width)
    picture = page.locator("input[type=image]")
    box = picture.bounding_box()
    assert box
    assert (box["width"], box["x"] >= 0, box["x"] + 320 <= width) == (320, True, True)
    with page.expect_navigation():
        picture.click(position={"x": 200, "y": 120})
    assert "done=photo_saved" in page.url
    assert row(app).focus == (0.625, 0.5)


def test_the_enter_key_on_picture_and_in_a_field_chooses_no_point_e52(desk: Callable[..., Page], app: Flask) -> None:
    page = desk(ONE)
    page.locator("input[type=image]").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "done=same" in page.url
    page.fill("[name=credit]", "Sari")
    with page.expect_navigation():
        page.locator("[name=credit]").press("Enter")
    assert "done=photo_saved" in page.url
    assert (row(app).credit, row(app).focus_x) == ("Sari", None)


def test_photos_are_sent_from_a_file_field_without_javascript(desk: Callable[..., Page], app: Flask) -> None:
    page = desk(ITS_PHOTOS)
    page.set_input_files("#files", {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": jpeg(colour="navy")})
    with page.expect_navigation():
        page.click("button[value=upload]")
    assert page.url.endswith(f"{PHOTOS}/3?done=photo_added")
    assert row(app, 3).width == 1600


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    browser: Browser, address: str, photos: SelfCheckingClient, scheme: str
) -> None:
    context = browser.new_context(color_scheme=scheme, viewport={"width": 320, "height": 700})  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{address}/admin/login")
    sign_in(page, "siti@example.go.id")
    for path in (PHOTOS, ONE, f"{PHOTOS}/2", ITS_PHOTOS, EN, "/id/kategori/history"):
        page.goto(address + path)
        found = Axe().run(page, options=RULES).response["violations"]
        assert not found, [(path, one["id"], one["nodes"][0]["html"][:120]) for one in found]
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
    context.close()


def test_a_browser_takes_the_smallest_format(browser: Browser, address: str, photos: SelfCheckingClient) -> None:
    page = browser.new_page()
    asked: list[str] = []
    page.on("response", lambda r: asked.append(f"{r.status} {r.url}") if "/media/" in r.url else None)
    page.goto(address + EN)
    page.wait_for_function("document.querySelector('.photo img').complete")
    assert asked
    assert all(one.startswith("200") and one.endswith(".avif") for one in asked), asked
    assert page.evaluate("document.querySelector('.photo img').naturalWidth") > 0
    page.close()
