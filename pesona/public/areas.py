"""The page of a district and the page of a category."""

from flask import Response, abort, current_app

from pesona import addresses, i18n
from pesona.head import head
from pesona.locales import LOCALES
from pesona.public.blueprint import localized, page
from pesona.queries.catalogue import catalogue
from pesona.queries.notices import for_district
from pesona.shapes import jsonld
from pesona.text import names


@localized("districts", "<slug>")
def district(locale: str, slug: str) -> Response:
    """Show a district: its destinations, its events, its villages."""
    known = catalogue()
    area = next((d for d in known.districts.values() if d.slug == slug), None)
    if area is None:
        abort(404)
    speaker = i18n.speaker(locale)
    villages = [village for village, of in known.villages.values() if of == area.code]
    cards = [e.cards[locale] for e in known.in_order["destination", locale] if e.district == area.code]
    title = speaker.gettext("%(name)s District", name=area.name)
    return page(
        "public/district.html",
        locale,
        head(
            locale,
            title,
            speaker.gettext("What to see and when to come in %(name)s District, Siak Regency.", name=area.name),
            {one: addresses.section("districts", one, slug) for one in LOCALES},
            trail=[("Pesona Siak", addresses.home(locale)), _destinations(locale), (title, None)],
            jsonld=[jsonld.item_list(cards, current_app.config["SITE_URL"])] if cards else [],
            section="destinations",
        ),
        notices=for_district(area.code),
        area=area,
        villages=sorted(villages, key=lambda village: village.name),
        cards=cards,
        events=[e.cards[locale] for e in known.in_order["event", locale] if e.district == area.code],
    )


@localized("categories", "<code>")
def category(locale: str, code: str) -> Response:
    """Show a category: its destinations and its events."""
    if code not in names.CATEGORIES:
        abort(404)
    known = catalogue()
    speaker = i18n.speaker(locale)
    name = speaker.gettext(names.CATEGORIES[code])
    cards = [e.cards[locale] for e in known.in_order["destination", locale] if e.category == code]
    events = [e.cards[locale] for e in known.in_order["event", locale] if e.category == code]
    intro = speaker.gettext(names.CATEGORY_INTROS[code])
    return page(
        "public/category.html",
        locale,
        head(
            locale,
            speaker.gettext("%(name)s in Siak", name=name),
            speaker.gettext("%(name)s in Siak Regency, Riau. %(intro)s", name=name, intro=intro),
            {one: addresses.section("categories", one, code) for one in LOCALES},
            trail=[("Pesona Siak", addresses.home(locale)), _destinations(locale), (name, None)],
            jsonld=[jsonld.item_list(cards or events, current_app.config["SITE_URL"])] if cards or events else [],
            section="destinations",
            index=bool(cards or events),
        ),
        code=code,
        name=name,
        intro=intro,
        cards=cards,
        events=events,
    )


def _destinations(locale: str) -> tuple[str, str | None]:
    return (i18n.speaker(locale).gettext("Destinations"), addresses.section("destinations", locale))
