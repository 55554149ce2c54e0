"""The public blueprint, and how a view gets its address in each language."""

from collections.abc import Callable, Sequence
from typing import Any

from flask import Blueprint, Response, make_response

from pesona import details, i18n
from pesona.addresses import SECTIONS
from pesona.cache import CACHEABLE
from pesona.head import Head
from pesona.locales import LOCALES
from pesona.published import PublishedItem, PublishedNotice
from pesona.queries.notices import for_site

bp = Blueprint("public", __name__)

View = Callable[..., Any]


def localized(
    section: str, part: str = "", ending: str = "", methods: Sequence[str] = ("GET",)
) -> Callable[[View], View]:
    """Register a view at the address of *section* in each language, with an *ending*; it is given the `locale`."""

    def register(view: View) -> View:
        for locale in LOCALES:
            rule = f"/{locale}/{SECTIONS[section][locale]}" + (f"/{part}" if part else "") + ending
            bp.add_url_rule(rule, view.__name__, view, defaults={"locale": locale}, methods=methods)
        return view

    return register


def page(
    template: str,
    locale: str,
    head: Head,
    *,
    cached: bool = True,
    notices: Sequence[PublishedNotice] | None = None,
    **context: Any,
) -> Response:
    """Return a whole page; *cached* pages may be kept by the page cache and by browsers.

    *notices* are those of its place with those of the whole site; without, it shows the latter.
    """
    shown = for_site() if notices is None else notices
    html = i18n.render(template, locale, head=head, notices=shown, **i18n.menus(locale), **context)
    answer = make_response(html)
    answer.headers["Cache-Control"] = CACHEABLE if cached else "no-cache"
    answer.headers["Content-Language"] = locale
    if head.robots.startswith("noindex"):
        answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def detail_page(item: PublishedItem, locale: str) -> Response:
    """Return the page of one live *item*."""
    shown = details.of(item, locale)
    return page(shown.template, locale, shown.head, **shown.context)
