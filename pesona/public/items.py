"""Find the live item behind an address, or lead to where it is now."""

from typing import NoReturn

from flask import abort, redirect

from pesona import addresses
from pesona.published import PublishedItem
from pesona.queries.catalogue import catalogue
from pesona.queries.items import is_gone, moved_to, published_item
from pesona.text.slugs import is_slug


def live_item(kind: str, locale: str, slug: str, ending: str = "") -> PublishedItem:
    """Return the item at *slug* for readers of *locale*, whose address has an *ending*.

    A former slug, or that of the other language where this one has its own, leads on with 301 in
    one hop; an item that was removed answers 410, all else 404.
    """
    if not is_slug(slug):
        abort(404)
    item = published_item(kind, slug)
    if item is not None and item.translation(locale).slug == slug:
        return item
    return _lead_on(kind, locale, slug, item.code if item else moved_to(kind, slug), ending)


def _lead_on(kind: str, locale: str, slug: str, code: str | None, ending: str) -> NoReturn:
    path = catalogue().path(kind, code, locale) if code else None
    if path and path != addresses.item(kind, locale, slug):
        abort(redirect(path + ending, 301))
    abort(410 if is_gone(kind, slug) else 404)
