"""How a test enters the desk in a browser."""

from playwright.sync_api import Page

from tests.conftest import PASSWORD


def sign_in(page: Page, email: str) -> None:
    """Sign in on the form that the *page* shows, and wait until the desk has answered."""
    page.fill("main input[name=email]", email)
    page.fill("main input[name=password]", PASSWORD)
    with page.expect_navigation():
        page.locator("main form button").first.click()
