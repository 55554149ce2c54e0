"""The search page."""

from functools import partial
from typing import Any

from flask import Response, request

from pesona import addresses, counts, i18n
from pesona.head import Head, head
from pesona.locales import LOCALES
from pesona.paging import cut, page_number
from pesona.public import arguments
from pesona.public.answers import PAGE_SIZE, facets, narrowed, results, wanted_facets
from pesona.public.blueprint import localized, page
from pesona.public.choices import category_choices, category_filter, district_filter, type_filter
from pesona.published import Choice
from pesona.queries.catalogue import catalogue
from pesona.search.find import Found, find

Facets = list[tuple[str, list[Choice]]]


@localized("search")
def search(locale: str) -> Response:
    """Answer a visitor's words; without any, offer the categories."""
    exact = "1" if request.args.get("exact") == "1" else ""
    wanted = {"q": arguments.text("q"), **wanted_facets(), "exact": exact}
    found = find(wanted["q"], locale, bool(exact))
    if wanted["q"] and not found.hits:
        counts.miss(wanted["q"], locale)
    hits = narrowed(found.hits, wanted)
    shown, paging = cut(hits, page_number(), PAGE_SIZE, lambda n: _path(locale, wanted, page=n if n > 1 else ""))
    return page(
        "public/search.html",
        locale,
        _head(locale, wanted),
        cached=False,
        query=wanted["q"],
        hits=results(found, shown, locale),
        total=len(hits),
        facets=_facets(found, wanted, locale),
        chosen={name: wanted[name] for name in ("type", "category", "district", "exact") if wanted[name]},
        **_mended(found, wanted, locale),
        **paging.context(),
    )


def _path(locale: str, wanted: dict[str, str], **changed: str | int) -> str:
    """Return the address of the search with one thing *changed*."""
    return addresses.section("search", locale, **{**wanted, **changed})


def _head(locale: str, wanted: dict[str, str]) -> Head:
    speaker = i18n.speaker(locale)
    title = speaker.gettext("Search")
    if wanted["q"]:
        title = speaker.gettext("Search: %(query)s", query=wanted["q"][:40])
    return head(
        locale,
        title,
        speaker.gettext("Search the destinations, events and pages of Siak Regency in both languages."),
        {one: _path(one, wanted) for one in LOCALES},
        index=False,
        trail=[("Pesona Siak", addresses.home(locale)), (speaker.gettext("Search"), None)],
        section="search",
    )


def _mended(found: Found, wanted: dict[str, str], locale: str) -> dict[str, Any]:
    """Return the query that was answered instead, and the way back to the words as typed."""
    if found.corrected is None:
        return {"answered": None}
    return {
        "answered": (found.corrected, _path(locale, {"q": found.corrected})),
        "as_typed": _path(locale, {"q": wanted["q"], "exact": "1"}),
    }


def _facets(found: Found, wanted: dict[str, str], locale: str) -> Facets:
    speaker = i18n.speaker(locale)
    if not found.hits:
        return [(speaker.gettext("Categories"), category_choices(catalogue().counts["destination"], locale))]
    left = facets(found.hits, wanted)
    offered = [
        (speaker.gettext("Kind"), "type", type_filter),
        (speaker.gettext("Category"), "category", category_filter),
        (speaker.gettext("District"), "district", district_filter),
    ]
    return [
        (
            heading,
            choices(left[name].counts, left[name].total, wanted[name], locale, partial(_with, locale, wanted, name)),
        )
        for heading, name, choices in offered
        if wanted[name] or len(left[name].counts) > 1
    ]


def _with(locale: str, wanted: dict[str, str], name: str, value: str) -> str:
    return _path(locale, wanted, **{name: value})
