"""The search page."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from flask import Response
from markupsafe import Markup

from pesona import addresses, i18n
from pesona.head import head
from pesona.locales import LOCALES
from pesona.paging import cut, page_number
from pesona.public import arguments
from pesona.public.blueprint import localized, page
from pesona.public.choices import category_choices
from pesona.published import Card, Choice
from pesona.queries.catalogue import Entry, catalogue
from pesona.queries.items import published_by_codes
from pesona.search.analysis import query_words
from pesona.search.excerpts import best_passage
from pesona.search.find import find
from pesona.text import names

PAGE_SIZE = 10
TYPES = tuple(names.ITEM_KINDS)


@dataclass(frozen=True, slots=True)
class Result:
    """One line of the answer: a card, the passage that fits best, and what kind of thing it is."""

    card: Card
    excerpt: Markup
    kind_label: str
    score: float


@localized("search")
def search(locale: str) -> Response:
    """Answer a visitor's words; without any, offer the categories."""
    wanted = {"q": arguments.text("q"), "type": arguments.choice("type", TYPES)}
    number = page_number()
    found = live_hits(wanted["q"], locale)
    fitting = [hit for hit in found if wanted["type"] in ("", hit[0].kind)]
    shown, paging = cut(
        fitting, number, PAGE_SIZE, lambda n: addresses.section("search", locale, **wanted, page=n if n > 1 else "")
    )
    speaker = i18n.speaker(locale)
    title = speaker.gettext("Search")
    if wanted["q"]:
        title = speaker.gettext("Search: %(query)s", query=wanted["q"][:40])
    return page(
        "public/search.html",
        locale,
        head(
            locale,
            title,
            speaker.gettext("Search the destinations, events and pages of Siak Regency in both languages."),
            {one: addresses.section("search", one, **wanted) for one in LOCALES},
            index=False,
            trail=[("Pesona Siak", addresses.home(locale)), (speaker.gettext("Search"), None)],
            section="search",
        ),
        cached=False,
        query=wanted["q"],
        hits=results(shown, wanted["q"], locale),
        total=len(fitting),
        facets=_facets(found, wanted, locale),
        did_you_mean=None,
        **paging.context(),
    )


def live_hits(query: str, locale: str) -> list[tuple[Entry, float]]:
    """Return the live entries that match *query* with their scores, best first.

    Only what the catalogue knows as published passes, so a stale index can show too little, never a draft.
    """
    known = catalogue()
    hits = ((known.entry(hit.kind, hit.code), hit.score) for hit in find(query, locale))
    return [(entry, score) for entry, score in hits if entry is not None]


def results(hits: Sequence[tuple[Entry, float]], query: str, locale: str) -> list[Result]:
    """Return *hits* with the passage of each that answers *query* best."""
    speaker = i18n.speaker(locale)
    by_kind: dict[str, list[str]] = {}
    for entry, _ in hits:
        by_kind.setdefault(entry.kind, []).append(entry.code)
    items = {(kind, item.code): item for kind, codes in by_kind.items() for item in published_by_codes(kind, codes)}
    words = query_words(query)
    return [
        Result(
            entry.cards[locale],
            Markup(best_passage(items[entry.kind, entry.code].translation(locale), words)),  # noqa: S704 - escaped there
            speaker.gettext(names.ITEM_KINDS[entry.kind]),
            score,
        )
        for entry, score in hits
        if (entry.kind, entry.code) in items
    ]


def _facets(
    found: Sequence[tuple[Entry, float]], wanted: dict[str, str], locale: str
) -> list[tuple[str, list[Choice]]]:
    speaker = i18n.speaker(locale)
    if not wanted["q"]:
        return [(speaker.gettext("Categories"), category_choices(catalogue().counts["destination"], locale))]
    counts = Counter(entry.kind for entry, _ in found)
    named = {"": speaker.gettext("Everything"), **{k: speaker.gettext(n) for k, n in names.ITEM_KINDS.items()}}
    choices = [
        Choice(
            kind,
            name,
            addresses.section("search", locale, q=wanted["q"], type=kind),
            counts[kind] if kind else len(found),
            kind == wanted["type"],
        )
        for kind, name in named.items()
        if not kind or counts[kind]
    ]
    return [(speaker.gettext("Kinds of results"), choices)] if len(counts) > 1 else []
