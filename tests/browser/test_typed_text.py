"""Typed text in a real browser: kept while one types, told where it is not, offered again when the form opens."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.admin.desk import WORDS_EN, chain, newest
from tests.browser.entering import sign_in
from tests.browser.test_accessibility import RULES

TYPED = "Half a morning's work about a dragonfly."
# Three seconds after the last key, and what a slow machine adds.
SOON = 10_000

Enter = Callable[..., BrowserContext]


@pytest.fixture
def enter(browser: Browser, address: str, make_account: Callable[..., str]) -> Iterator[Enter]:
    """Sign in as a new account in a browser of its own."""
    contexts: list[BrowserContext] = []

    def start(name: str = "Sari", locale: str = "en", **settings: object) -> BrowserContext:
        context = browser.new_context(base_url=address, **settings)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.goto("/admin/login")
        sign_in(page, make_account(name, locale=locale))
        expect(page).to_have_url(f"{address}/admin")
        page.close()
        return context

    yield start
    for context in contexts:
        context.close()


def opened(context: BrowserContext, path: str = WORDS_EN) -> Page:
    page = context.new_page()
    page.goto(path)
    return page


def said(page: Page):  # type: ignore[no-untyped-def]
    return page.locator("[data-keeping]")


def copies(page: Page) -> int:
    """Return how many texts the browser itself holds."""
    count: int = page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('pesona:')).length")
    return count


def type_in(page: Page, text: str = TYPED) -> None:
    page.locator("textarea[name=summary]").fill(text)
    expect(said(page)).to_have_text("Not saved")
    assert copies(page) == 1


def test_typed_text_is_kept_and_offered_again(enter: Enter, app: Flask) -> None:
    """E-15."""
    context = enter()
    page = opened(context)
    expect(said(page)).to_contain_text("Draft saved")
    type_in(page)
    expect(said(page)).to_have_text("Kept 10:00 am", timeout=SOON)
    page.close()
    page = opened(context)
    banner = page.locator("[data-check=unsaved]")
    expect(banner).to_be_visible()
    banner.locator("summary").click()
    expect(banner).to_contain_text(TYPED)
    banner.get_by_role("link", name="Use it").click()
    expect(page.locator("textarea[name=summary]")).to_have_value(TYPED)
    assert len(chain(app)) == 1
    page.locator("button[value=save]").last.click()
    expect(page.locator("[data-check=saved]")).to_be_visible()
    assert newest(app)["words"]["en"]["summary"] == TYPED
    assert len(chain(app)) == 2
    assert copies(page) == 0
    page.goto(WORDS_EN)
    expect(page.locator("[data-check=unsaved]")).to_have_count(0)


def test_dropped_text_stays_dropped(enter: Enter) -> None:
    context = enter()
    page = opened(context)
    type_in(page)
    expect(said(page)).to_have_text("Kept 10:00 am", timeout=SOON)
    page.reload()
    page.locator("[data-check=unsaved] button").click()
    expect(page.locator("[data-check=scratch_dropped]")).to_be_visible()
    page.reload()
    expect(page.locator("[data-check=unsaved]")).to_have_count(0)
    expect(page.locator("textarea[name=summary]")).not_to_have_value(TYPED)


def test_a_page_that_is_hidden_sends_what_was_just_typed(enter: Enter) -> None:
    page = opened(enter())
    # No timer fires any more: what is sent is sent because the page is hidden.
    page.clock.install()
    page.clock.pause_at(datetime(2040, 1, 1))
    page.reload()
    type_in(page)
    hide = "Object.defineProperty(document, 'visibilityState', { value: 'hidden' })"
    with page.expect_response("**/admin/scratch") as sent:
        page.evaluate(f"{hide}; document.dispatchEvent(new Event('visibilitychange'))")
    assert sent.value.ok
    page.reload()
    expect(page.locator("[data-check=unsaved]")).to_contain_text(TYPED)


def test_without_network_a_red_line_says_so_until_there_is_one(enter: Enter) -> None:
    """E-16: offline."""
    context = enter()
    page = opened(context)
    context.set_offline(True)
    type_in(page)
    expect(said(page)).to_have_class(re.compile("keeping--failed"), timeout=SOON)
    expect(said(page)).to_contain_text("no network")
    expect(page.locator("textarea[name=summary]")).to_have_value(TYPED)
    page.locator("textarea[name=summary]").press_sequentially(" More.")
    expect(said(page)).to_contain_text("no network")
    context.set_offline(False)
    expect(said(page)).to_have_text("Kept 10:00 am", timeout=SOON)
    expect(said(page)).not_to_have_class(re.compile("keeping--failed"))


def test_signed_out_a_red_line_says_so_until_one_is_back(enter: Enter) -> None:
    """E-16: signed out."""
    context = enter()
    page = opened(context)
    cookies = context.cookies()
    context.clear_cookies()
    type_in(page)
    expect(said(page)).to_contain_text("you are signed out", timeout=SOON)
    expect(page.get_by_role("link", name="Sign in in a new tab")).to_be_visible()
    expect(page.locator("textarea[name=summary]")).to_have_value(TYPED)
    context.add_cookies(cookies)  # type: ignore[arg-type]
    expect(said(page)).to_have_text("Kept 10:00 am", timeout=SOON)
    expect(page.get_by_role("link", name="Sign in in a new tab")).to_be_hidden()


def test_ten_minutes_before_the_sign_in_ends_a_line_says_so(enter: Enter) -> None:
    page = opened(enter())
    page.clock.install()
    page.reload()
    page.clock.fast_forward("11:49:00")
    expect(said(page)).to_contain_text("Draft saved")
    page.clock.fast_forward("01:30")
    expect(said(page)).to_contain_text("Your sign-in ends in less than 10 minutes")
    expect(page.get_by_role("link", name="Sign in in a new tab")).to_be_visible()


def test_text_that_only_the_browser_has_is_offered_again(enter: Enter) -> None:
    context = enter()
    page = opened(context)
    context.set_offline(True)
    type_in(page)
    page.close()
    context.set_offline(False)
    page = opened(context)
    expect(page.locator("[data-check=unsaved]")).to_contain_text(TYPED)


def test_the_copy_is_gone_after_a_save_and_after_signing_out(enter: Enter) -> None:
    context = enter()
    page = opened(context)
    type_in(page)
    page.locator("button[value=save]").first.click()
    expect(page.locator("[data-check=saved]")).to_be_visible()
    assert copies(page) == 0
    page.goto(WORDS_EN)
    expect(page.locator("[data-check=unsaved]")).to_have_count(0)
    type_in(page, "Something else.")
    page.locator("[data-sign-out] button").click()
    expect(page.locator("input[name=password]")).to_be_visible()
    assert copies(page) == 0


def test_two_tabs_see_one_another_s_text_only_as_a_merge(enter: Enter, app: Flask) -> None:
    """E-04 for one account in two tabs, in a browser."""
    context = enter()
    one, two = opened(context), opened(context)
    one.locator("textarea[name=summary]").fill(TYPED)
    two.locator("textarea[name=tips]").fill("Tips.")
    one.locator("button[value=save]").last.click()
    expect(one.locator("[data-check=saved]")).to_be_visible()
    two.locator("button[value=save]").last.click()
    expect(two.locator("[data-check=merged]")).to_be_visible()
    words = newest(app)["words"]["en"]
    assert (words["summary"], words["tips"]) == (TYPED, "Tips.")


def test_letters_are_counted_and_no_text_area_starts_too_low(enter: Enter) -> None:
    page = opened(enter())
    counter = page.locator(".counter")
    page.locator("textarea[name=summary]").fill("x" * 201)
    expect(counter).to_have_text("201 of 200 characters")
    expect(counter).to_have_class(re.compile("counter--over"))
    hidden = "[...document.querySelectorAll('textarea')].filter((e) => e.scrollHeight > e.clientHeight + 1)"
    cut = page.evaluate(f"{hidden}.filter((e) => e.clientHeight < innerHeight / 2).map((e) => e.name)")
    assert cut == []


@pytest.mark.parametrize(
    ("width", "locale", "scheme"), [(320, "en", "light"), (1280, "id", "dark"), (360, "id", "light")]
)
def test_the_banner_and_the_marks_are_accessible(enter: Enter, width: int, locale: str, scheme: str) -> None:
    context = enter(locale=locale, viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = opened(context, WORDS_EN.replace("/en", "/id"))
    page.locator("textarea[name=summary]").fill("Ringkasan yang baru sama sekali.")
    page.locator("button[value=save]").first.click()
    page.goto(WORDS_EN.replace("/words/en", "/publish"))
    page.locator("button[value=publish]").click()
    page.goto(WORDS_EN)
    page.locator("textarea[name=tips]").fill(TYPED)
    page.goto("/admin")
    page.goto(WORDS_EN)
    expect(page.locator("[data-check=unsaved]")).to_be_visible()
    page.locator("[data-check=unsaved] summary").click()
    expect(page.locator("[data-check=mark-summary]")).to_be_visible()
    found = Axe().run(page, options=RULES).response["violations"]
    assert not found, [(one["id"], one["nodes"][0]["html"][:160]) for one in found]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    small = page.evaluate(
        "[...document.querySelectorAll('main :is(a, button, summary)')].filter((e) => e.offsetParent"
        " && e.getBoundingClientRect().height < 43.5).map((e) => e.outerHTML.slice(0, 90))"
    )
    assert not [e for e in small if "field" not in e and "<a href" not in e], small
