"""From the sign-in to a published place with a photo and both languages, on a phone, by what the screens say."""

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from tests.client import SelfCheckingClient
from tests.conftest import PASSWORD
from tests.pictures import jpeg

MOST_SCREENS, MOST_FIELDS = 9, 16
CODE = "tepian-uji"
BODY = {"id": "Tempat duduk di tepi sungai.", "en": "A place to sit by the river."}


class Walk:
    """A phone whose every screen (an address of the desk) and every filled field is counted."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.screens: dict[str, None] = {}
        self.fields = 0

    def here(self) -> None:
        self.screens[urlsplit(self.page.url).path] = None

    def fill(self, label: str, text: str) -> None:
        self.page.locator("main").get_by_label(label, exact=True).fill(text)
        self.fields += 1

    def choose(self, label: str, name: str) -> None:
        self.page.locator("main").get_by_label(label, exact=True).select_option(label=name)
        self.fields += 1

    def press(self, name: str) -> None:
        """Press the first link or button of this *name* that the screen shows."""
        main = self.page.locator("main")
        found = main.get_by_role("link", name=name, exact=True).or_(main.get_by_role("button", name=name, exact=True))
        with self.page.expect_navigation():
            found.first.click()
        self.here()


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def walk(
    browser: Browser, address: str, sign_in: Callable[..., SelfCheckingClient], request: pytest.FixtureRequest
) -> Iterator[Walk]:
    sign_in("Sari")
    context = browser.new_context(viewport={"width": 360, "height": 780}, java_script_enabled=request.param)
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.goto(f"{address}/admin/login")
    yield Walk(page)
    context.close()


def test_nine_screens_lead_from_the_sign_in_to_a_published_place(
    walk: Walk, client: SelfCheckingClient, tmp_path: Path
) -> None:
    walk.here()
    walk.fill("E-mail address", "sari@example.go.id")
    walk.fill("Password", PASSWORD)
    walk.press("Sign in")
    walk.press("New destination")
    walk.fill("Name in Indonesian", "Tepian Uji")
    walk.fill("Name in English", "Test Bank")
    walk.choose("Category", "Nature")
    walk.press("Make the draft")
    for locale, language in (("id", "Indonesian"), ("en", "English")):
        walk.press(f"Words in {language}")
        walk.fill("Summary", BODY[locale])
        walk.fill("Text", BODY[locale])
        walk.press("Save draft")
    walk.press("Photos")
    picture = tmp_path / "DSC_0001.jpg"
    picture.write_bytes(jpeg())
    walk.page.locator("main input[type=file]").set_input_files(picture)
    walk.fields += 1
    walk.press("Send the photos")
    walk.fill("Description in Indonesian", "Tepian sungai di pagi hari")
    walk.fill("Description in English", "The river bank in the morning")
    walk.fill("Credit", "Sari")
    walk.choose("Licence", "Office photo")
    walk.press("Save the photo")
    walk.press("Test Bank")
    walk.press("Test Bank")
    walk.press("Publish …")
    with walk.page.expect_navigation():
        walk.page.locator("main button[name=action][value=publish]").click()
    walk.here()
    assert walk.page.locator("[data-check=published]").count() == 1, walk.page.locator("main").inner_text()
    for path, locale in ((f"/id/destinasi/{CODE}", "id"), ("/en/destinations/test-bank", "en")):
        page = client.visit(path)
        assert BODY[locale] in page.text
        assert page.all("picture")
    assert len(walk.screens) <= MOST_SCREENS, list(walk.screens)
    assert walk.fields <= MOST_FIELDS
