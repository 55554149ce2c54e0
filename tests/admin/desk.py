"""What the tests of the desk share: a few addresses, and looks at what is stored."""

from typing import Any

import pyotp
from flask import Flask
from sqlalchemy import select

from pesona import clock
from pesona.db import begin_writing, db
from pesona.editing import accounts, codes, items
from pesona.editing.log import Actor
from pesona.models.account import LogEntry
from pesona.models.item import Item, Revision
from tests.client import Page, words_of

PALACE = "istana-siak-sri-indrapura"
ITEM = f"/admin/destinations/{PALACE}"
FACTS, WORDS_ID, WORDS_EN = f"{ITEM}/facts", f"{ITEM}/words/id", f"{ITEM}/words/en"
PUBLISH = f"{ITEM}/publish"
POINT = f"{ITEM}/point"
EN, ID = "/en/destinations/siak-sri-indrapura-palace", f"/id/destinasi/{PALACE}"
SYNONYMS = "/admin/lists/synonyms"
HOLIDAYS = "/admin/lists/holidays"
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


def turn_on_codes(app: Flask, email: str) -> tuple[str, list[str]]:
    """Ask *email* for codes at sign-in; return the secret and the recovery codes."""
    secret, recovery = codes.new_secret(), codes.new_recovery_codes()
    with app.app_context():
        begin_writing()
        account = accounts.find(email)
        assert account
        codes.turn_on(account, secret, 0, recovery, Actor(command="test"))
        db.session.commit()
    return secret, recovery


def code_now(secret: str) -> str:
    """Return what an authenticator app shows at this moment of the site's clock."""
    return pyotp.TOTP(secret).at(clock.now())


def deeds(app: Flask) -> list[LogEntry]:
    """Return the log in order, without what the fixtures and the loaded content left in it."""
    theirs = ("test", "demo")
    with app.app_context():
        return list(db.session.scalars(select(LogEntry).where(LogEntry.role.not_in(theirs)).order_by(LogEntry.id)))


def cares(page: Page) -> dict[str, tuple[int, str, str]]:
    """Return the rows of Home in their order: by its code how many, the name of the most urgent one, its button."""
    found = {}
    for li in page.one("main").iter("li"):
        code = li.get("data-check", "")
        if code.startswith("care-"):
            (count,), (name,) = li.iter("data"), li.iter("strong")
            _, button = li.iter("a")
            found[code.removeprefix("care-")] = (int(count.get("value", "")), words_of(name), button.get("href", ""))
    return found


def check(page: Page, name: str) -> str:
    """Return the words of the one place of *page* that is called *name*."""
    found = [e for e in page.tree.iter() if e.get("data-check") == name]
    assert len(found) == 1, f"{page.path}: {len(found)} [data-check={name}]"
    return words_of(found[0])


def has(page: Page, name: str) -> bool:
    return any(e.get("data-check") == name for e in page.tree.iter())
