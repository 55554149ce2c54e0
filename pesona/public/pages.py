"""An information page."""

from flask import Response, current_app

from pesona import addresses
from pesona.head import head
from pesona.locales import LOCALES
from pesona.public.blueprint import bp, page
from pesona.public.items import live_item
from pesona.shapes import jsonld


def information(locale: str, slug: str) -> Response:
    """Show an information page."""
    item = live_item("page", locale, slug)
    words = item.translation(locale)
    return page(
        "public/page.html",
        locale,
        head(
            locale,
            words.name,
            words.search_description or words.summary,
            {one: item.path(one) for one in LOCALES},
            locales=item.translations,
            trail=[("Pesona Siak", addresses.home(locale)), (words.name, None)],
            jsonld=[jsonld.page(item, locale, current_app.config["SITE_URL"])],
            og_type="article",
        ),
        page=item,
        words=words,
        fallback=words.locale != locale,
        sources=item.sources,
    )


for _locale in LOCALES:
    bp.add_url_rule(f"/{_locale}/<slug>", "information", information, defaults={"locale": _locale})
