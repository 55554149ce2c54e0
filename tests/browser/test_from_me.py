"""The list sorted from where its reader is: only when asked, in the page alone, and of use when it does not work."""

from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

PALACE = {"latitude": 0.7947, "longitude": 102.0522, "accuracy": 20}
PEKANBARU = {"latitude": 0.5071, "longitude": 101.4478, "accuracy": 5000}


def opened(browser: Browser, address: str, **how: Any) -> tuple[BrowserContext, Page, list[str]]:
    """Return the list of places in a context of its own, with the addresses that it asks for."""
    context = browser.new_context(base_url=address, **how)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(f"{request.url} {request.post_data or ''}"))
    return context, page, asked


def test_the_whole_list_is_sorted_in_the_page_and_the_place_stays_there(browser: Browser, address: str) -> None:
    context, page, asked = opened(browser, address, geolocation=PALACE, permissions=["geolocation"])
    page.goto("/en/destinations")
    first = page.locator(".card__title").first.inner_text()
    total = int(page.locator(".tally__count").inner_text().split()[0])
    assert page.locator(".card").count() < total, "the list has pages"
    page.get_by_role("button", name="Sort from where I am").press("Enter")
    expect(page.locator(".card__title").first).to_have_text("Siak Sri Indrapura Palace")
    expect(page.locator(".card__distance").first).to_have_text("0.0 km in a straight line from you")
    expect(page.get_by_role("status").filter(has_text="straight lines")).not_to_contain_text("outside")
    expect(page.locator(".card")).to_have_count(total)
    assert len(set(page.locator(".card__title").all_inner_texts())) == total
    expect(page.locator(".card[data-plan] > .heart")).to_have_count(page.locator(".card[data-plan]").count())
    said = [text.partition(" km")[0] for text in page.locator(".card__distance").all_inner_texts()]
    known = [float(text) for text in said if text != "Distance not known"]
    assert known == sorted(known)
    assert said[len(known) :] == ["Distance not known"] * (len(said) - len(known))
    assert len(said) > len(known) > 4
    assert page.url == f"{address}/en/destinations"
    assert not [one for one in asked if "0.79" in one or "102.05" in one]
    assert context.cookies() == []
    assert page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])") == "[{},{}]"
    with page.expect_navigation():
        page.get_by_role("link", name="Back to the order before").click()
    expect(page.locator(".card__title").first).to_have_text(first)
    context.close()


def test_outside_the_regency_it_sorts_and_says_so(browser: Browser, address: str) -> None:
    context, page, _ = opened(browser, address, geolocation=PEKANBARU, permissions=["geolocation"])
    page.goto("/id/destinasi?category=history")
    page.get_by_role("button", name="Urutkan dari tempat saya").click()
    told = page.get_by_role("status").filter(has_text="garis lurus")
    expect(told).to_contain_text("di luar Kabupaten Siak")
    expect(told).to_contain_text("sekitar 5,0 km")
    expect(page.locator(".card__distance").first).to_contain_text("km garis lurus dari tempat Anda")
    context.close()


@pytest.mark.parametrize(
    ("path", "said"), [("/id/destinasi", "tidak memberikan"), ("/en/destinations", "did not give")]
)
def test_a_refusal_leaves_the_list_as_it_was(browser: Browser, address: str, path: str, said: str) -> None:
    context, page, _ = opened(browser, address, permissions=[])
    page.goto(path)
    names = page.locator(".card__title").all_inner_texts()
    page.locator("[data-from-me] button").click()
    expect(page.locator("[data-from-me] [role=status]")).to_contain_text(said)
    assert page.locator(".card__title").all_inner_texts() == names
    expect(page.locator(".pagination")).to_be_visible()
    context.close()


def test_a_list_that_cannot_be_loaded_stays_as_it_was(browser: Browser, address: str) -> None:
    context, page, _ = opened(browser, address, geolocation=PALACE, permissions=["geolocation"])
    page.goto("/en/destinations")
    page.route("**/en/destinations?page=*", lambda route: route.abort())
    page.locator("[data-from-me] button").click()
    expect(page.locator("[data-from-me] [role=status]")).to_contain_text("could not be loaded")
    expect(page.locator(".pagination")).to_be_visible()
    context.close()


def test_without_a_script_nothing_is_offered_that_does_not_work(browser: Browser, address: str) -> None:
    context, page, _ = opened(browser, address, java_script_enabled=False)
    page.goto("/en/destinations")
    expect(page.locator("[data-from-me]")).to_be_hidden()
    context.close()
