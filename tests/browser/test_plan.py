"""The trip plan in a browser: hearts that keep it on the device, the keyboard, axe, 320 px, no cookie, paper."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, expect

from tests.browser.test_accessibility import RULES, faults
from tests.dated import publish_event
from tests.ponds import WEEK, publish_pond

PALACE = "istana-siak-sri-indrapura"
PLANS = (
    "/id/rencana",
    f"/en/plan?start=2026-12-06&day={PALACE},kolam,event:pawai&day=-&day=taman-nasional-zamrud,gone",
    "/id/rencana?start=2026-02-30&day=kolam,kolam,%3Cx%3E&find=istana",
)


@pytest.fixture
def pond(app: Flask) -> None:
    publish_pond(app, **{**WEEK, "hours_week": "Mo-Sa 08:00-17:00"})
    publish_event(app, "pawai", [{"start": "2026-12-06", "start_time": "09:00", "end_time": "12:00"}])


def test_axe_finds_nothing_on_a_plan(pond: None, browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, reduced_motion="reduce")
    page = context.new_page()
    assert [one for path in PLANS for one in faults(page, path)] == []
    context.close()


def test_a_plan_fits_320_pixels_and_loses_nothing_on_paper(pond: None, browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 640}, base_url=address)
    page = context.new_page()
    for path in PLANS:
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
    page.goto(PLANS[1])
    page.emulate_media(media="print")
    expect(page.locator(".plan-page__qr svg")).to_be_visible()
    expect(page.locator(".plan-page__address")).to_contain_text("start=2026-12-06")
    expect(page.locator(".stop__check").nth(1)).to_contain_text("Closed every Sunday")
    for hidden in (".stop__deeds", ".plan-form__top", ".plan-find", ".masthead__menu"):
        expect(page.locator(hidden).first).to_be_hidden()
    context.close()


def test_six_places_are_two_sheets_of_paper(browser: Browser, address: str) -> None:
    """No third sheet for the foot of the page; no day stands at the end of a sheet without its first stop."""
    six = "day=istana-siak-sri-indrapura,masjid-sultan-syahabuddin,event:tour-de-siak"
    six += "&day=taman-nasional-zamrud,danau-naga-sakti&day=jembatan-tengku-agung-sultanah-latifah"
    page = browser.new_page(base_url=address)
    for path in ("/id/rencana", "/en/plan"):
        page.goto(f"{path}?start=2026-12-05&{six}")
        expect(page.locator(".stop")).to_have_count(6)
        assert len(re.findall(rb"/Type /Page\b", page.pdf(format="A4", prefer_css_page_size=True))) == 2
    page.emulate_media(media="print")
    for part in (".itinerary__name", ".itinerary__ducks"):
        assert page.locator(part).first.evaluate("e => getComputedStyle(e).breakAfter") == "avoid"
    page.close()


def test_hearts_keep_a_plan_on_the_device(pond: None, browser: Browser, address: str) -> None:
    """Cards and pages lead to the address of the plan, in both languages; no cookie is set."""
    context = browser.new_context(viewport={"width": 360, "height": 800}, base_url=address)
    page = context.new_page()
    page.goto("/en/destinations?q=kolam")
    heart = page.get_by_role("button", name="Add to trip plan: Kolam en")
    expect(heart).to_have_attribute("aria-pressed", "false")
    heart.focus()
    page.keyboard.press("Enter")
    expect(heart).to_have_attribute("aria-pressed", "true")
    page.goto("/en/events/event-pawai")
    page.get_by_role("button", name="Add to trip plan").click()
    with page.expect_navigation():
        page.get_by_role("link", name="See your trip plan").click()
    expect(page).to_have_url(f"{address}/en/plan?day=kolam,event:pawai")
    page.goto("/id/")
    expect(page.locator(".colophon [data-plan-link]")).to_have_attribute("href", "/id/rencana?day=kolam,event:pawai")
    expect(page.get_by_role("link", name="Rencana (2)").last).to_have_attribute("data-count", "2")
    page.goto("/id/acara/acara-pawai")
    page.get_by_role("button", name="Tambahkan ke rencana").click()
    expect(page.locator(".colophon [data-plan-link]")).to_have_attribute("href", "/id/rencana?day=kolam")
    page.goto("/en/destinations")
    expect(page.locator(".heart").first).to_be_visible()
    found = Axe().run(page, options=RULES).response["violations"]
    assert not found, [(one["id"], one["nodes"][0]["html"][:120]) for one in found]
    assert context.cookies() == []
    context.close()


def test_the_device_follows_its_own_plan_and_keeps_that_of_another_only_when_asked(
    pond: None, browser: Browser, address: str
) -> None:
    context = browser.new_context(base_url=address)
    page = context.new_page()
    page.goto("/en/destinations/kolam-en")
    page.get_by_role("button", name="Add to trip plan").click()
    page.goto("/en/plan?day=kolam")
    page.get_by_label("First day").fill("2026-12-05")
    with page.expect_navigation():
        page.get_by_role("button", name="Apply changes").press("Enter")
    link = page.locator(".colophon [data-plan-link]")
    expect(link).to_have_attribute("href", "/en/plan?start=2026-12-05&day=kolam")
    expect(page.get_by_role("button", name="Keep as my plan on this device")).to_have_count(0)
    page.goto(f"/en/plan?day={PALACE}")
    expect(link).to_have_attribute("href", "/en/plan?start=2026-12-05&day=kolam")
    page.get_by_role("button", name="Keep as my plan on this device").click()
    expect(link).to_have_attribute("href", f"/en/plan?day={PALACE}")
    context.close()


def test_a_plan_is_changed_by_keyboard_alone(pond: None, browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"/en/plan?day={PALACE},kolam")
    page.get_by_role("button", name="Earlier: Kolam en").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page).to_have_url(f"{address}/en/plan?day=kolam,{PALACE}#stop-1")
    page.get_by_label("Day of Kolam en").focus()
    page.keyboard.press("ArrowDown")
    page.get_by_label("First day").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page).to_have_url(f"{address}/en/plan?day={PALACE}&day=kolam")
    page.get_by_label("Name of a place or event").fill("pawai")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    with page.expect_navigation():
        page.get_by_role("button", name="Add: Event pawai").press("Enter")
    expect(page).to_have_url(f"{address}/en/plan?day={PALACE}&day=kolam,event:pawai#stop-3")
    context.close()
