"""The button of the publish screen says what it is about to do."""

from collections.abc import Callable

from playwright.sync_api import Browser, expect

from tests.admin.desk import PUBLISH, WORDS_EN
from tests.browser import entering
from tests.client import SelfCheckingClient


def test_the_button_names_what_is_ticked(
    browser: Browser, address: str, sign_in: Callable[..., SelfCheckingClient]
) -> None:
    siti = sign_in()
    for screen, fields in (
        (WORDS_EN, {"summary": "A draft."}),
        (WORDS_EN.replace("words/en", "facts"), {"year_built": "1890"}),
    ):
        siti.submit(siti.visit(screen), **fields)
    page = browser.new_page()
    page.goto(address + PUBLISH)
    entering.sign_in(page, "siti@example.go.id")
    page.goto(address + PUBLISH)
    button = page.locator("button[name=action][value=publish]")
    expect(button).to_have_text("Publish English + Facts now")
    page.uncheck("#part-facts")
    expect(button).to_have_text("Publish English now")
    page.uncheck("#part-en")
    expect(button).to_have_text("Publish what is ticked now")
    page.check("#part-facts")
    page.check("#part-en")
    expect(button).to_have_text("Publish English + Facts now")
    page.close()
