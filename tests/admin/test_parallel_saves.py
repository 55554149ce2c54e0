"""Saves at the same moment on SQLite: no error, and every value is there."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from pesona.db import db
from pesona.models.item import Item
from tests.admin.desk import FACTS, WORDS_EN, WORDS_ID, chain, newest
from tests.client import Page, SelfCheckingClient, form_data

SignIn = Callable[..., SelfCheckingClient]
WORDS = ("name", "slug", "summary", "body", "search_description", "getting_there", "tips", "status_note")
CHANGES = [
    *((WORDS_ID, "id", name) for name in WORDS),
    *((WORDS_EN, "en", name) for name in WORDS),
    *((FACTS, "facts", name) for name in ("architect", "year_built", "aliases", "editor_notes")),
]


def save(client: SelfCheckingClient, page: Page, name: str, value: str) -> int:
    """Post the form of *page* with one field changed, from a browser of its own; return the status."""
    other = SelfCheckingClient(client.app)
    other.http.set_cookie("pesona", client.http.get_cookie("pesona").value)  # type: ignore[union-attr]
    form = next(f for f in page.one("main").iter("form") if f.get("data-scratch"))
    data = [pair for pair in form_data(form) if pair[0] != name]
    return other.post(page.path, [*data, (name, value)]).status_code


@pytest.fixture
def siti(sign_in: SignIn) -> SelfCheckingClient:
    return sign_in()


def test_fifty_saves_to_fifty_items(siti: SelfCheckingClient) -> None:
    """E-10, first half."""
    with siti.app.app_context():
        codes = db.session.scalars(select(Item.code).where(Item.kind == "destination").limit(50)).all()
    pages = [siti.visit(f"/admin/destinations/{code}/words/en") for code in codes]
    with ThreadPoolExecutor(16) as threads:
        answers = list(threads.map(lambda page: save(siti, page, "tips", f"Tips of {page.path}"), pages))
    assert answers == [303] * 50
    for code, page in zip(codes, pages, strict=True):
        assert newest(siti.app, code)["words"]["en"]["tips"] == f"Tips of {page.path}"


def test_twenty_saves_to_different_fields_of_one_item(siti: SelfCheckingClient) -> None:
    """E-10, second half: all began from one revision, none is a conflict."""
    pages = {address: siti.visit(address) for address in (WORDS_ID, WORDS_EN, FACTS)}
    with ThreadPoolExecutor(16) as threads:
        answers = list(threads.map(lambda c: save(siti, pages[c[0]], c[2], f"new-{c[1]}"), CHANGES))
    assert answers == [303] * len(CHANGES)
    snapshot = newest(siti.app)
    for _, where, name in CHANGES:
        stored = snapshot["facts"][name] if where == "facts" else snapshot["words"][where][name]
        assert stored in (f"new-{where}", [f"new-{where}"]), (where, name)
    assert len(chain(siti.app)) == 1 + len(CHANGES)
