"""Two tasks of the desk by keyboard alone: a conflict of two editors, and a translation whose source has changed (E-69)."""

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.admin.desk import PUBLISH, WORDS_EN, WORDS_ID, chain, newest
from tests.browser.test_typed_text import SOON, Enter, enter, opened, said  # noqa: F401 - one is the fixture
from tests.client import SelfCheckingClient

SUMMARY = "textarea[name=summary]"
SAVE = "button[name=action][value=save]"
MOST_STEPS = 150
SEEN = """e => { const box = e.getBoundingClientRect(), style = getComputedStyle(e);
    const top = document.elementFromPoint(box.x + Math.min(box.width, 8) / 2, Math.max(box.y, 0) + Math.min(box.height, 8) / 2);
    return box.bottom > 0 && box.top < innerHeight && (e === top || e.contains(top) || top?.contains(e))
        && (style.outlineStyle !== 'none' || style.boxShadow !== 'none'); }"""


def tab_to(page: Page, selector: str, key: str = "Tab") -> None:
    """Press Tab until the focus is on *selector*; it must show, and lie under nothing."""
    for _ in range(MOST_STEPS):
        page.keyboard.press(key)
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            assert page.locator(":focus").evaluate(SEEN), f"the focus on {selector} does not show"
            return
    raise AssertionError(f"{selector} is not reached by {key} on {page.url}")


def write(page: Page, selector: str, text: str) -> None:
    tab_to(page, selector)
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(text)


def press(page: Page, selector: str = SAVE) -> None:
    """Go to the button or link *selector* and press Enter; the page that follows is there afterwards."""
    tab_to(page, selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def clash(enter: Enter) -> Page:  # noqa: F811 - a fixture's value
    """Let Sari and Budi change the same summary; return the page that answers Sari, who was second."""
    sari, budi = opened(enter()), opened(enter("Budi"))
    for page, text in ((budi, "Budi's summary."), (sari, "Sari's summary.")):
        write(page, SUMMARY, text)
        # People read once more before they save; until then the page may reload to offer the text.
        expect(said(page)).to_have_text("Kept 10:00 am", timeout=SOON)
        press(page)
    expect(budi.locator("[data-check=saved]")).to_be_visible()
    expect(sari.locator("[data-check=clash-summary]")).to_contain_text("Budi's summary.")
    assert sari.title().startswith("Error:")
    return sari


def test_e_05_a_conflict_is_combined_by_keyboard_alone(enter: Enter, app: Flask) -> None:  # noqa: F811
    page = clash(enter)
    assert page.locator("[type=radio]:checked").count() == 0
    tab_to(page, SAVE)
    page.keyboard.press("Enter")
    expect(page.locator(":focus")).to_have_attribute("name", "choose-summary")
    assert len(chain(app)) == 2, "nothing is saved without a choice"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator("[type=radio]:checked")).to_have_value("combined")
    write(page, "#combined-summary", "Budi's and Sari's summary.")
    press(page)
    expect(page.locator("[data-check=saved]")).to_be_visible()
    assert newest(app)["words"]["en"]["summary"] == "Budi's and Sari's summary."
    assert [one.snapshot["words"]["en"]["summary"] for one in chain(app)[:2]][1] == "Budi's summary."


def test_e_05_mine_waits_while_theirs_stands_by_keyboard_alone(enter: Enter, app: Flask) -> None:  # noqa: F811
    page = clash(enter)
    tab_to(page, "#choose-summary")
    page.keyboard.press("Space")
    press(page, "button[value=scratch]")
    expect(page.locator("[data-check=put_aside]")).to_be_visible()
    assert newest(app)["words"]["en"]["summary"] == "Budi's summary."
    press(page, f"main a[href='{WORDS_EN}']")
    press(page, "[data-check=unsaved] a")
    expect(page.locator(SUMMARY)).to_have_value("Sari's summary.")
    press(page)
    tab_to(page, "#choose-summary")
    page.keyboard.press("Space")
    press(page)
    expect(page.locator("[data-check=saved]")).to_be_visible()
    assert newest(app)["words"]["en"]["summary"] == "Sari's summary."


@pytest.fixture
def changed(enter: Enter, sign_in: Callable[..., SelfCheckingClient]) -> Page:  # noqa: F811
    """Home of an editor after the Indonesian summary of the palace was changed and published."""
    siti = sign_in()
    before = next(e for e in siti.visit(WORDS_ID).all("textarea") if e.get("name") == "summary").text or ""
    siti.submit(siti.visit(WORDS_ID), WORDS_ID, summary=f"{before.strip().rstrip('.')} lama.")
    siti.submit(siti.visit(PUBLISH))
    return opened(enter(), "/admin")


def to_the_mark(page: Page) -> None:
    """Go from Home to the words whose source has changed; the word that is new stands out there."""
    press(page, "[data-check=care-changed] .care__go")
    expect(page).to_have_url(page.url.split("/admin")[0] + WORDS_EN)
    expect(page.locator("[data-check=mark-summary]")).to_have_attribute("data-state", "changed")
    expect(page.locator("ins").filter(has_text="lama").first).to_be_visible()


def test_e_34_a_changed_source_is_called_still_correct_by_keyboard_alone(changed: Page, app: Flask) -> None:
    before = len(chain(app))
    to_the_mark(changed)
    press(changed, "button[value='correct:summary']")
    expect(changed.locator("[data-check=still_correct]")).to_be_visible()
    changed.goto(WORDS_EN)
    expect(changed.locator("[data-check=mark-summary]")).to_have_attribute("data-state", "fresh")
    assert len(chain(app)) == before


def test_e_34_a_changed_source_is_translated_by_keyboard_alone(changed: Page, app: Flask) -> None:
    to_the_mark(changed)
    write(changed, SUMMARY, "The old palace.")
    press(changed)
    expect(changed.locator("[data-check=saved]")).to_be_visible()
    changed.goto(WORDS_EN)
    expect(changed.locator("[data-check=mark-summary]")).to_have_attribute("data-state", "fresh")
    assert newest(app)["words"]["en"]["summary"] == "The old palace."
