"""A report of a mistake, as a visitor sends it."""

import secrets

from flask import Flask

from pesona.db import begin_writing, db
from pesona.editing import reports
from pesona.editing.log import Actor
from tests.client import Page, SelfCheckingClient
from tests.conftest import SiteClock

WRONG = "The ticket costs more now."


def form_of(kind: str = "destination", code: str = "istana-siak-sri-indrapura", locale: str = "en") -> str:
    return f"/{locale}/{'report' if locale == 'en' else 'lapor'}?kind={kind}&code={code}"


def tell(client: SelfCheckingClient, clock: SiteClock, path: str = "", **fields: str) -> Page:
    """Fill the form at *path* no faster than a person, send it, and return the sender's page."""
    form = client.visit(path or form_of())
    clock.move(seconds=20)
    found: Page = client.submit(form, **{"text": WRONG, **fields})
    return found


def received(app: Flask, code: str = "", text: str = WRONG, locale: str = "en", kind: str = "destination") -> int:
    """Keep a report without a form; return its number."""
    with app.app_context():
        begin_writing()
        row = reports.receive(secrets.token_hex(16), locale, (kind, code), "", text, Actor(command="test"))
        db.session.commit()
        return row.id
