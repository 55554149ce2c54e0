"""An information page."""

from flask import Response

from pesona.locales import LOCALES
from pesona.public.blueprint import bp, detail_page
from pesona.public.items import live_item


def information(locale: str, slug: str) -> Response:
    """Show an information page."""
    return detail_page(live_item("page", locale, slug), locale)


for _locale in LOCALES:
    bp.add_url_rule(f"/{_locale}/<slug>", "information", information, defaults={"locale": _locale})
