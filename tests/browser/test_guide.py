"""axe finds nothing in the guide for editors, in either language, narrow or wide; nothing scrolls sideways."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.browser.entering import sign_in
from tests.browser.test_accessibility import RULES


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("locale", ["id", "en"])
def test_axe_finds_nothing_in_the_guide(
    browser: Browser, address: str, make_account: Callable[..., str], locale: str, scheme: str
) -> None:
    context = browser.new_context(base_url=address, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto("/admin/login")
    sign_in(page, make_account("Sari", locale=locale))
    page.wait_for_url("**/admin")
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        for path in ("/admin/help", f"/admin/help?locale={'en' if locale == 'id' else 'id'}"):
            page.goto(path)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, width)
            found = Axe().run(page, options=RULES).response["violations"]
            assert not found, [(path, one["id"], one["nodes"][0]["html"][:120]) for one in found]
    context.close()
