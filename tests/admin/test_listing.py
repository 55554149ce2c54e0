"""The list of the desk: whole over its pages, in order, filtered as its badges say, at a known cost."""

from collections.abc import Callable

import pytest
from flask import Flask

from pesona.db import begin_writing, db
from pesona.editing import items
from pesona.editing.log import Actor
from tests.client import Page, SelfCheckingClient, words_of

SignIn = Callable[..., SelfCheckingClient]


@pytest.fixture
def many(app: Flask) -> None:
    """A hundred and twenty drafts beside the Siak content."""
    with app.app_context():
        begin_writing()
        for number in range(120):
            words = {"id": {"name": f"Tempat {number:03}", "slug": f"tempat-{number}"}}
            items.create("destination", f"tempat-{number}", {"words": words}, Actor(command="test"))
        db.session.commit()


def names(page: Page) -> list[str]:
    return [words_of(th) for th in page.all("th", scope="row")]


@pytest.mark.usefixtures("many")
def test_the_pages_hold_every_item_once_and_in_order(sign_in: SignIn) -> None:
    siti = sign_in()
    first, second = siti.visit("/admin/destinations"), siti.visit("/admin/destinations?page=2")
    shown = names(first) + names(second)
    assert len(names(first)) == 100
    assert len(shown) == len(set(shown))
    assert shown == sorted(shown, key=str.casefold)
    assert {f"Tempat {number:03}" for number in range(120)} < set(shown)
    siti.visit("/admin/destinations?page=3", 404)


@pytest.mark.usefixtures("many")
def test_the_pages_keep_the_filter(sign_in: SignIn) -> None:
    page = sign_in().visit("/admin/destinations?q=TEMPAT&state=draft")
    assert "/admin/destinations?q=TEMPAT&state=draft&page=2" in page.links()
    assert all(name.startswith("Tempat") for name in names(page))


@pytest.mark.parametrize("state", ["draft", "live", "changed"])
@pytest.mark.usefixtures("many")
def test_the_filter_by_state_and_the_badges_agree(sign_in: SignIn, state: str) -> None:
    siti = sign_in()
    address = "/admin/destinations/istana-siak-sri-indrapura/words/en"
    siti.submit(siti.visit(address), address, summary="A changed draft.")

    def rows(path: str) -> dict[str, set[str]]:
        found = {}
        for row in (tr for tr in siti.visit(path).all("tr") if list(tr.iter("td"))):
            badges = {(b.get("class") or "").rsplit("--", 1)[1] for b in row.iter("span")}
            found[words_of(next(row.iter("th")))] = badges
        return found

    everything = rows("/admin/destinations?q=") | rows("/admin/destinations?page=2")
    fitting = {name for name, badges in everything.items() if state in badges}
    shown = rows(f"/admin/destinations?state={state}")
    if len(fitting) > 100:
        shown |= rows(f"/admin/destinations?state={state}&page=2")
    assert set(shown) == fitting != set()


def test_what_is_live_as_a_whole_costs_no_question_of_its_own(sign_in: SignIn, statements: list[str]) -> None:
    siti = sign_in()
    shown = len(names(siti.visit("/admin/destinations?state=live")))
    statements.clear()
    siti.get("/admin/destinations?state=live")
    # Who is signed in, the names, imported drafts, reviews, schedules, districts; and the snapshot of each row shown.
    asked = [s for s in statements if "FROM content_version" not in s]  # asked again every 100 ms
    assert len(asked) <= 6 + shown
