"""Suggestions while a visitor types, as JSON: from memory, without a statement once the catalogue is read."""

from collections.abc import Iterator
from typing import Any

from flask import Response, current_app, jsonify, request

from pesona import addresses, clock, i18n
from pesona.locales import DEFAULT_LOCALE, LOCALES
from pesona.public import arguments
from pesona.public.api_question import refuse_unknown
from pesona.public.blueprint import bp
from pesona.published import Area, Card
from pesona.queries.catalogue import Catalogue, catalogue
from pesona.search.suggest import Heading, Suggestion, suggestions
from pesona.text import dates, names
from pesona.text.names import N_

HEADING_KINDS = {"category": N_("Category"), "district": N_("District")}
OF_SUGGEST = frozenset(("q", "locale"))
OFF = ("cancelled", "postponed")


@bp.get("/api/v1/suggest")
def api_suggest() -> Response:
    """Answer the first few names that begin as typed; whoever sends a whole page of text is not typing a name."""
    refuse_unknown(OF_SUGGEST)
    locale = arguments.choice("locale", LOCALES) or DEFAULT_LOCALE
    query = arguments.text("q")
    typed = query if len(request.args.get("q", "")) <= arguments.LONGEST else ""
    found = suggestions(typed, locale, catalogue(), clock.today(), _headings)
    answer = jsonify({"query": query, "results": [_result(one, locale) for one in found]})
    answer.headers["Cache-Control"] = "no-cache"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def _result(found: Suggestion, locale: str) -> dict[str, Any]:
    card = found.card
    return {
        "type": card.item_kind,
        "code": card.code,
        "title": card.name,
        "lang": card.locale,
        "url": current_app.config["SITE_URL"] + card.path,
        "note": _note(card, i18n.speaker(locale)),
        "also": found.also,
        "also_lang": found.also_locale,
    }


def _note(card: Card, speaker: i18n.Speaker) -> str:
    """Return a short line that tells what kind of thing it is, when it comes, and where."""
    if card.item_kind in HEADING_KINDS:
        return speaker.gettext(HEADING_KINDS[card.item_kind])
    kind = "" if card.item_kind == "destination" else speaker.gettext(names.ITEM_KINDS[card.item_kind])
    about = speaker.name(names.CATEGORIES, card.category)
    if card.status in OFF:
        about = speaker.name(names.STATUSES, card.status)
    elif card.start:
        about = dates.day_range(card.start, card.end or card.start, speaker.locale)
    return " · ".join(filter(None, (kind, about, card.district)))


def _headings(known: Catalogue) -> Iterator[Heading]:
    """Yield the categories that hold something, and all districts."""
    for code, name in names.CATEGORIES.items():
        if any(counts.get(("category", code)) for counts in known.counts.values()):
            named = {one: i18n.speaker(one).gettext(name) for one in LOCALES}
            yield Heading({one: _card("category", code, one, named[one], code) for one in LOCALES})
    for area in known.districts.values():
        cards = {one: _card("district", area.code, one, area.name, area.slug) for one in LOCALES}
        yield Heading(cards, tuple(_long_name(area, one) for one in LOCALES))


def _card(kind: str, code: str, locale: str, name: str, part: str) -> Card:
    section = {"category": "categories", "district": "districts"}[kind]
    return Card(kind, code, locale, addresses.section(section, locale, part), name, "")


def _long_name(area: Area, locale: str) -> str:
    return i18n.speaker(locale).gettext("%(name)s District", name=area.name)
