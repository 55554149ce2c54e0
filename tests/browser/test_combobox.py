"""Suggestions under the search field: by keyboard, by finger, in order, announced, and never in the way."""

import re
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.browser.test_accessibility import RULES

PALACE = "/en/destinations/siak-sri-indrapura-palace"
PLACES = ["/en/", "/id/", "/en/search?q=palace", "/en/destinations", "/id/acara", PALACE, "/en/nothing"]

Open = Callable[..., Page]


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Open]:
    """Open a page of the site in a browser of its own."""
    contexts: list[BrowserContext] = []

    def enter(path: str = "/en/", **settings: object) -> Page:
        context = browser.new_context(**settings)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.goto(address + path)
        return page

    yield enter
    for context in contexts:
        context.close()


def field(page: Page):  # type: ignore[no-untyped-def]
    return page.locator("input[name=q][role=combobox]")


def options(page: Page):  # type: ignore[no-untyped-def]
    return page.get_by_role("option")


def type_in(page: Page, text: str) -> None:
    """Type *text* letter by letter and wait for the list."""
    field(page).click()
    page.keyboard.type(text)
    expect(page.get_by_role("listbox")).to_be_visible()
    expect(options(page).first).to_contain_text(re.compile(text, re.IGNORECASE))


@pytest.mark.parametrize("path", PLACES)
def test_every_search_field_is_a_combobox(visit: Open, path: str) -> None:
    page = visit(path)
    expect(field(page)).to_have_count(1)
    expect(field(page)).to_have_attribute("aria-autocomplete", "list")
    expect(field(page)).to_have_attribute("aria-expanded", "false")
    listbox = field(page).get_attribute("aria-controls")
    expect(page.locator(f"ul#{listbox}[role=listbox]")).to_be_hidden()
    field(page).fill("")
    type_in(page, "siak")
    expect(field(page)).to_have_attribute("aria-expanded", "true")
    expect(options(page).first).to_have_attribute("aria-selected", "false")


def test_without_scripts_it_is_a_plain_form(visit: Open) -> None:
    page = visit("/en/", java_script_enabled=False)
    expect(page.locator("[role=combobox], [role=listbox]")).to_have_count(0)
    page.locator("input[name=q]").fill("palace")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/en/search\?q=palace$"))


def test_arrows_choose_and_enter_goes_there(visit: Open, address: str) -> None:
    page = visit()
    type_in(page, "siak sri")
    page.keyboard.press("ArrowDown")
    first = options(page).first
    expect(first).to_have_attribute("aria-selected", "true")
    expect(field(page)).to_have_attribute("aria-activedescendant", first.get_attribute("id") or "-")
    expect(field(page)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(address + PALACE)


def test_arrows_go_round_through_the_text(visit: Open) -> None:
    page = visit()
    type_in(page, "siak")
    page.keyboard.press("ArrowUp")
    expect(options(page).last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    expect(page.locator("[aria-selected=true]")).to_have_count(0)
    expect(field(page)).not_to_have_attribute("aria-activedescendant", re.compile("."))
    page.keyboard.press("ArrowDown")
    expect(options(page).first).to_have_attribute("aria-selected", "true")


def test_home_and_end_belong_to_the_text(visit: Open) -> None:
    page = visit()
    type_in(page, "siak")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Home")
    expect(page.locator("[aria-selected=true]")).to_have_count(0)
    assert field(page).evaluate("e => e.selectionStart") == 0
    page.keyboard.press("End")
    assert field(page).evaluate("e => e.selectionStart") == 4


def test_enter_without_a_choice_searches(visit: Open, address: str) -> None:
    page = visit()
    type_in(page, "palace")
    page.keyboard.press("Enter")
    expect(page).to_have_url(address + "/en/search?q=palace")


def test_escape_closes_and_then_clears(visit: Open) -> None:
    page = visit()
    type_in(page, "palace")
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(field(page)).to_have_attribute("aria-expanded", "false")
    expect(field(page)).to_have_value("palace")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("listbox")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(field(page)).to_have_value("")
    expect(field(page)).to_be_focused()


def test_tab_closes_and_moves_on(visit: Open) -> None:
    page = visit()
    type_in(page, "palace")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(page.locator(".searchbox__button")).to_be_focused()
    expect(page).to_have_url(re.compile(r"/en/$"))


def test_a_click_goes_there_and_a_press_leaves_the_focus(visit: Open, address: str) -> None:
    page = visit()
    type_in(page, "siak sri")
    options(page).first.hover()
    page.mouse.down()
    expect(field(page)).to_be_focused()
    expect(page.get_by_role("listbox")).to_be_visible()
    page.mouse.up()
    expect(page).to_have_url(address + PALACE)


def test_a_tap_goes_there_and_targets_are_large(visit: Open, address: str) -> None:
    page = visit("/en/", viewport={"width": 320, "height": 640}, has_touch=True, is_mobile=True)
    field(page).tap()
    page.keyboard.type("siak sri")
    expect(options(page).first).to_be_visible()
    for option in options(page).all():
        assert option.evaluate("e => e.getBoundingClientRect().height") >= 44
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    options(page).first.tap()
    expect(page).to_have_url(address + PALACE)


def test_a_click_elsewhere_closes(visit: Open) -> None:
    page = visit()
    type_in(page, "palace")
    page.locator("h1").click()
    expect(page.get_by_role("listbox")).to_be_hidden()


@pytest.mark.parametrize(
    ("path", "typed", "said"),
    [
        ("/en/", "taman harmoni", "One suggestion"), ("/en/", "s", ""), ("/en/", "si", "8 suggestions"),
        ("/en/", "qqqq", "No suggestions"), ("/id/", "taman harmoni", "Satu saran"), ("/id/", "si", "8 saran"),
        ("/id/", "qqqq", "Tidak ada saran"),
    ],
)  # fmt: skip
def test_the_number_of_suggestions_is_said_politely(visit: Open, path: str, typed: str, said: str) -> None:
    page = visit(path)
    field(page).fill(typed)
    expect(page.locator(".searchbox [role=status]")).to_have_text(said)


def test_what_fits_is_marked_and_other_languages_are_named(visit: Open) -> None:
    page = visit("/en/destinations")
    field(page).fill("indra siak")
    expect(options(page).first.locator(".suggestions__name mark")).to_have_text(["Siak", "Indra"])
    field(page).fill("istana")
    found = options(page).filter(has_text="Siak Sri Indrapura Palace")
    expect(found.locator("[lang=id] mark")).to_have_text("Istana")
    expect(found.locator(".suggestions__note")).to_contain_text("History")


@pytest.mark.parametrize("path", ["/en/", "/en/search?q=palace", "/en/destinations"])
@pytest.mark.parametrize("width", [360, 1280])
def test_the_list_moves_nothing(visit: Open, path: str, width: int) -> None:
    page = visit(path, viewport={"width": width, "height": 740})
    field(page).fill("")
    places = "[...document.querySelectorAll('h1, h2, footer, .searchbox__button')].map(e => e.getBoundingClientRect().toJSON())"
    shape = f"JSON.stringify([{places}, scrollY, document.documentElement.scrollHeight])"
    before = page.evaluate(shape)
    type_in(page, "siak")
    for _ in range(8):
        page.keyboard.press("ArrowDown")
    expect(page.locator("[aria-selected=true]")).to_have_count(1)
    assert page.evaluate(shape) == before
    chosen = page.locator("[aria-selected=true]").bounding_box()
    assert chosen
    assert chosen["y"] + chosen["height"] <= 740, "what is chosen is in view"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/en/", "/id/cari?q=istana", "/en/destinations"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_with_the_list_open(visit: Open, scheme: str, path: str, width: int) -> None:
    page = visit(path, color_scheme=scheme, viewport={"width": width, "height": 800})
    field(page).fill("")
    type_in(page, "siak")
    page.keyboard.press("ArrowDown")
    expect(page.locator("[aria-selected=true]")).to_have_count(1)
    found = Axe().run(page, options=RULES).response["violations"]
    assert not found, [(one["id"], one["nodes"][0]["html"][:120]) for one in found]


def test_in_forced_colours_the_choice_has_an_outline(visit: Open) -> None:
    page = visit("/en/", forced_colors="active")
    type_in(page, "siak")
    page.keyboard.press("ArrowDown")
    assert page.locator("[aria-selected=true]").evaluate("e => getComputedStyle(e).outlineStyle") == "solid"


LATE = {"query": "palace", "results": [{"title": "LATE", "url": "http://x/en/", "note": ""}]}


@pytest.mark.parametrize("aborts", [True, False], ids=["aborted", "arriving all the same"])
@pytest.mark.parametrize(("newer", "found"), [("taman harmoni", [re.compile("Bunga Raya")]), ("", [])])
def test_a_late_answer_never_replaces_what_is_newer(
    visit: Open, newer: str, found: list[re.Pattern[str]], aborts: bool
) -> None:
    page = visit()
    if not aborts:
        page.evaluate("AbortController.prototype.abort = () => {}")
    late: list[Route] = []
    page.route("**/api/v1/suggest?q=palace&*", lambda route: late.append(route))
    with page.expect_request("**/api/v1/suggest?q=palace&*"):
        field(page).fill("palace")
    while not late:
        page.evaluate("0")  # the browser tells of the held question among its answers
    field(page).fill(newer)
    expect(options(page)).to_have_text(found)
    if aborts:
        late[0].fulfill(json=LATE)
    else:
        with page.expect_event("requestfinished", lambda request: "q=palace&" in request.url):
            late[0].fulfill(json=LATE)
    page.evaluate("fetch('/healthz').then(() => new Promise(requestAnimationFrame))")
    assert "LATE" not in page.content()
    expect(options(page)).to_have_text(found)


def stop_the_clock(page: Page) -> None:
    page.clock.install(time=0)
    page.clock.pause_at(1000)


def questions(page: Page) -> list[str]:
    """Return a list that grows with every question sent from now on."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/api/" in request.url else None)
    return asked


def test_a_failing_answer_leaves_the_form_as_it_was(visit: Open, address: str) -> None:
    page = visit()
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.route("**/api/v1/suggest?*", lambda route: route.fulfill(status=500, body="no"))
    with page.expect_response("**/api/v1/suggest?*"):
        field(page).fill("palace")
    page.unroute("**/api/v1/suggest?*")
    page.route("**/api/v1/suggest?*", lambda route: route.abort())
    with page.expect_event("requestfailed"):
        field(page).fill("palaces")
    expect(page.get_by_role("listbox")).to_be_hidden()
    # Asked before the page is left: what the browser says of its own animation between pages is not ours.
    assert not troubles
    page.keyboard.press("Enter")
    expect(page).to_have_url(address + "/en/search?q=palaces")


def test_typing_fast_asks_once_and_only_this_site(visit: Open, address: str) -> None:
    page = visit()
    stop_the_clock(page)
    asked = questions(page)
    field(page).click()
    for letter in "palace":
        page.keyboard.type(letter)
        page.clock.run_for(100)
    assert asked == []
    with page.expect_request("**/api/v1/suggest?*"):
        page.clock.run_for(100)
    expect(options(page).first).to_be_visible()
    assert asked == [address + "/api/v1/suggest?q=palace&locale=en"]


def test_what_an_input_method_composes_is_left_to_it(visit: Open) -> None:
    page = visit()
    type_in(page, "siak")
    stop_the_clock(page)
    asked = questions(page)
    keyboard = page.context.new_cdp_session(page)
    keyboard.send("Input.imeSetComposition", {"text": " sr", "selectionStart": 3, "selectionEnd": 3})
    for key in ("ArrowDown", "Enter", "Escape"):
        press = (
            f"e => e.dispatchEvent(new KeyboardEvent('keydown', {{key: '{key}', isComposing: true, bubbles: true}}))"
        )
        field(page).evaluate(press)
    page.clock.run_for(1000)
    expect(page.locator("[aria-selected=true]")).to_have_count(0)
    expect(page.get_by_role("listbox")).to_be_visible()
    assert asked == []
    keyboard.send("Input.insertText", {"text": " sri"})
    with page.expect_request("**/api/v1/suggest?q=siak+sri&*"):
        page.clock.run_for(1000)
    expect(options(page).first).to_contain_text("Siak Sri Indrapura Palace")


def test_a_phone_that_composes_every_word_is_answered_all_the_same(visit: Open) -> None:
    page = visit("/en/", has_touch=True, is_mobile=True)
    field(page).tap()
    keyboard = page.context.new_cdp_session(page)
    keyboard.send("Input.imeSetComposition", {"text": "pala", "selectionStart": 4, "selectionEnd": 4})
    expect(options(page).first).to_be_visible()


def test_a_way_back_finds_the_list_closed(visit: Open, address: str) -> None:
    page = visit()
    type_in(page, "siak sri")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(address + PALACE)
    page.go_back()
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(field(page)).to_have_attribute("aria-expanded", "false")
