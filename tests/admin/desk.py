"""What the tests of the desk share: a few addresses, and looks at what is stored."""

from typing import Any

from flask import Flask
from sqlalchemy import select

from pesona.db import db
from pesona.editing import items
from pesona.models.item import Item, Revision
from tests.client import Page

PALACE = "istana-siak-sri-indrapura"
ITEM = f"/admin/destinations/{PALACE}"
FACTS, WORDS_ID, WORDS_EN = f"{ITEM}/facts", f"{ITEM}/words/id", f"{ITEM}/words/en"
PUBLISH = f"{ITEM}/publish"
POINT = f"{ITEM}/point"
EN, ID = "/en/destinations/siak-sri-indrapura-palace", f"/id/destinasi/{PALACE}"
SYNONYMS = "/admin/lists/synonyms"
SIGN_IN = "/admin/login"


def newest(app: Flask, code: str = PALACE, kind: str = "destination") -> dict[str, Any]:
    """Return the newest snapshot of an item."""
    with app.app_context():
        item = items.find(kind, code)
        assert item
        return items.snapshot(item)


def chain(app: Flask, code: str = PALACE) -> list[Revision]:
    """Return the revisions of a destination, the newest first."""
    with app.app_context():
        item = items.find("destination", code)
        assert item
        return items.revisions(item)


def marks(app: Flask, code: str = PALACE) -> tuple[int | None, int | None, int | None]:
    """Return what is live of a destination: facts, id, en."""
    with app.app_context():
        item = db.session.scalars(select(Item).where(Item.code == code)).one()
        return item.live_facts, item.live_id, item.live_en


def contents(app: Flask) -> dict[str, list[Any]]:
    """Return every row of every table; that a form is open, with nothing typed in it, is not content."""
    with app.app_context(), db.engine.connect() as connection:
        rows = {name: connection.execute(select(table)).all() for name, table in db.metadata.tables.items()}
    rows["scratch"] = [row for row in rows["scratch"] if row.fields]
    return {name: sorted(map(repr, of_table)) for name, of_table in rows.items()}


def blockers(page: Page) -> dict[str, str]:
    """Return, by rule, where each blocker of a publish page leads; one that leads nowhere is an error."""
    box = next(e for e in page.one("main").iter() if e.get("data-check") == "blocked")
    found = {}
    for li in box.iter("li"):
        links = list(li.iter("a"))
        assert len(links) == 1, f"the blocker {li.get('data-check')} has {len(links)} links"
        found[li.get("data-check", "")] = links[0].get("href", "")
    return found


def field(page: Page, name: str) -> str:
    """Return what the form field *name* of the page holds."""
    found = [e for e in page.one("main").iter() if e.get("name") == name]
    assert len(found) == 1, f"{page.path}: {len(found)} fields {name}"
    return (found[0].text or "") if found[0].tag == "textarea" else found[0].get("value", "")


def wrong_fields(page: Page) -> list[str]:
    """Return the fields that the error summary leads to; each must be on the page and marked wrong."""
    box = next(e for e in page.one("main").iter() if e.get("class") == "error-summary")
    ids = [a.get("href", "").removeprefix("#") for a in box.iter("a")]
    for one in ids:
        found = [e for e in page.tree.iter() if e.get("id") == one]
        assert len(found) == 1, f"{page.path}: the summary leads to #{one}"
    return ids
