"""Where the published text leads out of the site: kept up by publication, made anew from the public tables."""

import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import select

from pesona.db import db
from pesona.editing.rows import FACTS_TABLE, WORDS_TABLE
from pesona.locales import LOCALES
from pesona.models.item import Item
from pesona.models.link import LONGEST_URL, LinkUse

# Public HTML is ours and clean, so this is how every link in it is written.
_LINK = re.compile(r'<a href="([^"]*)"')

Use = tuple[int, str, str]  # item, place, address


def refresh(item: Item) -> None:
    """Note where the published text of *item* leads; its public rows are in the session."""
    words = [db.session.get(WORDS_TABLE[item.kind], {"item_id": item.id, "locale": locale}) for locale in LOCALES]
    public = [row for row in (db.session.get(FACTS_TABLE[item.kind], item.id), *words) if row is not None]
    _store(_uses(public), db.session.scalars(select(LinkUse).where(LinkUse.item_id == item.id)))


def refresh_all() -> None:
    """Note where all published text leads, whoever wrote it and whenever."""
    public = (
        row for table in (*FACTS_TABLE.values(), *WORDS_TABLE.values()) for row in db.session.scalars(select(table))
    )
    _store(_uses(public), db.session.scalars(select(LinkUse)))


def _store(found: Iterable[Use], stored: Iterable[LinkUse]) -> None:
    wanted, known = set(found), {(use.item_id, use.place, use.url): use for use in stored}
    for gone in known.keys() - wanted:
        db.session.delete(known[gone])
    db.session.add_all(LinkUse(item_id=i, place=place, url=url) for i, place, url in sorted(wanted - known.keys()))


def _uses(public: Iterable[Any]) -> Iterator[Use]:
    for row in public:
        place = getattr(row, "locale", "facts")
        for url in _of_sources(row) if place == "facts" else _of_words(row):
            if leads_out(url):
                yield row.item_id, place, url


def _of_sources(row: Any) -> Iterator[str]:
    return (source["url"].strip() for source in row.sources)


def _of_words(row: Any) -> Iterator[str]:
    for column in row.__table__.columns:
        if column.name.endswith("_html"):
            yield from (unescape(url) for url in _LINK.findall(getattr(row, column.name)))


def leads_out(url: str) -> bool:
    """Tell whether *url* is an address of the web that can be asked and stored."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and len(url.encode()) <= LONGEST_URL
