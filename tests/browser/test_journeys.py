"""One journey as a tourist on a phone, one as an editor, in a real browser."""

from collections.abc import Callable

from playwright.sync_api import Browser, expect

from tests.browser.entering import sign_in


def test_a_tourist_finds_the_palace_and_changes_the_language(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="en-GB", has_touch=True)
    page = context.new_page()
    page.goto(address + "/")
    expect(page).to_have_url(address + "/en/")
    page.locator("input[name=q]").first.fill("palace")
    page.keyboard.press("Enter")
    page.locator(".hit a").first.click()
    expect(page).to_have_url(address + "/en/destinations/siak-sri-indrapura-palace")
    expect(page.locator("h1")).to_be_visible()
    page.locator("a[hreflang=id][lang=id]").first.click()
    expect(page).to_have_url(address + "/id/destinasi/istana-siak-sri-indrapura")
    page.go_back()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert not context.cookies()
    context.close()


def test_an_editor_changes_a_text_and_sees_it_on_the_site(
    browser: Browser, address: str, make_account: Callable[..., str]
) -> None:
    email = make_account("Sari", locale="id")
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(address + "/admin/pages/contact/words/en")
    sign_in(page, email)
    page.fill("textarea[name=summary]", "Ask the people who look after tourism in Siak.")
    page.locator("button[name=action][value=save]").last.click()
    expect(page.locator("[data-check=saved]")).to_be_visible()
    page.goto(address + "/admin/pages/contact/publish")
    page.locator("button[name=action][value=publish]").click()
    expect(page.locator("[role=status]")).to_be_visible()
    page.goto(address + "/en/contact")
    expect(page.locator("main")).to_contain_text("Ask the people who look after tourism in Siak.")
    context.close()
