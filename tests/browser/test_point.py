"""The map point in a real browser: a tap lands where the finger is, the keyboard changes nothing, axe is content."""

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from pesona.geo.projection import Window
from tests.admin.desk import POINT
from tests.browser.entering import sign_in
from tests.browser.test_accessibility import RULES

SCREENS = (
    POINT,
    f"{POINT}?paste=0.2,99.0",
    f"{POINT}?paste=102.0478,0.79535",
    "/admin/points",
    "/admin",
    "/admin?q=siak",
    "/admin/care/date",
)


@pytest.fixture
def desk(browser: Browser, address: str, make_account: Callable[..., str]) -> Iterator[Page]:
    """A page of somebody signed in."""
    context = browser.new_context(viewport={"width": 320, "height": 800}, base_url=address)
    page = context.new_page()
    page.goto("/admin/login")
    sign_in(page, make_account("Siti"))
    yield page
    context.close()


def window(page: Page) -> Window:
    latitude, longitude, width = map(float, page.input_value("[name=window]").split(","))
    return Window(latitude, longitude, width)


def at(page: Page) -> tuple[float, float]:
    return float(page.input_value("[name=latitude]")), float(page.input_value("[name=longitude]"))


def test_a_tap_lands_where_the_finger_is_and_the_map_stays_in_sight(desk: Page) -> None:
    """E-52, E-55, JavaScript off or on: the picture is 288 px wide even on the narrowest screen."""
    desk.goto(POINT)
    shown, before = window(desk), at(desk)
    desk.focus("[name=map]")
    with desk.expect_navigation():
        desk.keyboard.press("Enter")
    assert (at(desk), window(desk)) == (before, shown)
    with desk.expect_navigation():
        desk.click("[name=map]", position={"x": 200, "y": 120})
    assert at(desk) == pytest.approx(shown.degrees(200, 120), abs=1.5 * shown.width_km / 288 / 111)
    box = desk.locator("[name=map]").bounding_box()
    assert box
    assert 0 <= box["y"] <= 800 - box["height"], "the page was scrolled away from the map"


def test_enter_in_a_field_saves_and_does_not_tap(desk: Page) -> None:
    desk.goto(POINT)
    desk.fill("[name=paste]", "0,8 102,05")
    with desk.expect_navigation():
        desk.press("[name=paste]", "Enter")
    assert desk.url.endswith("?done=saved")


@pytest.mark.parametrize(("scheme", "width"), [("light", 360), ("dark", 1280)])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(desk: Page, scheme: str, width: int) -> None:
    desk.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    axe = Axe()
    for path in SCREENS:
        desk.set_viewport_size({"width": width, "height": 800})
        desk.goto(path)
        found = axe.run(desk, options=RULES).response["violations"]
        assert not found, [(path, one["id"], one["nodes"][0]["html"][:120]) for one in found]
        desk.set_viewport_size({"width": 320, "height": 800})
        assert desk.evaluate("document.documentElement.scrollWidth") <= 320, path
        small = "[...document.querySelectorAll('main :is(button, input:not([type=hidden], [type=checkbox]), select)')]"
        assert desk.evaluate(f"{small}.every(e => e.getBoundingClientRect().height >= 44)"), path
