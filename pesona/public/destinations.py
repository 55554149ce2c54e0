"""The list of destinations, and one destination."""

from dataclasses import replace
from functools import partial
from typing import Any

from flask import Response, current_app, request

from pesona import addresses, details, i18n
from pesona.head import head
from pesona.locales import LOCALES
from pesona.paging import cut, page_number
from pesona.public import arguments
from pesona.public.blueprint import detail_page, localized, page
from pesona.public.choices import category_filter, district_filter, free_filter, step_free_filter
from pesona.public.days import AskedDays, asked_days
from pesona.public.items import live_item
from pesona.public.open_days import chosen_days, day_fields, problem
from pesona.published import Choice
from pesona.queries import lists
from pesona.queries.catalogue import catalogue
from pesona.shapes import jsonld
from pesona.text import names
from pesona.text.folding import fold

Wanted = dict[str, Any]  # names, category, district, free, step_free, sort as text, and the days under `on`

PAGE_SIZE = 24


@localized("destinations")
def destinations(locale: str) -> Response:
    """List the destinations, filtered and sorted as the address says, the results first."""
    wanted = _wanted()
    number = page_number()
    found = _found(locale, wanted)
    shown, paging = cut(found.entries, number, PAGE_SIZE, lambda n: _path(locale, wanted, page=n if n > 1 else ""))
    cards = [entry.cards[locale] for entry in shown]
    return page(
        "public/destinations.html",
        locale,
        _list_head(locale, wanted, number, cards),
        cached=not {"q", "on"} & set(request.args),
        cards=cards,
        total=len(found.entries),
        page=number,
        pages=paging.pages,
        here=_path(locale, wanted, page=number if number > 1 else ""),
        villages=_villages(),
        **paging.context(),
        **_filters(locale, wanted, found),
    )


def _found(locale: str, wanted: Wanted) -> lists.Found:
    """Return what is wanted; of days that are none, nothing."""
    days: AskedDays = wanted["on"]
    found = lists.destinations(locale, **{**wanted, "names": fold(wanted["names"]), "on": days.days})
    return replace(found, entries=()) if days.wrong else found


def _wanted() -> Wanted:
    return {
        "names": arguments.text("q"),
        "category": arguments.choice("category", names.CATEGORIES),
        "district": arguments.choice("district", catalogue().districts),
        "free": arguments.choice("free", ("yes",)),
        "step_free": "yes" if arguments.choice("step_free", ("yes", "1")) else "",
        "sort": arguments.choice("sort", lists.SORTS),
        "on": asked_days(),
    }


def _villages() -> str:
    """Return the middles of the villages, by which a browser tells whether it is in the regency, to about a kilometre."""
    known = catalogue()
    return " ".join("{:.2f},{:.2f}".format(*known.centroids[code]) for code in known.villages)


def _path(locale: str, wanted: Wanted, **changed: str | int | AskedDays) -> str:
    """Return the address of the list with one thing *changed*."""
    query = {**wanted, **changed}
    query["q"], query["on"] = query.pop("names"), query["on"].query
    if query["sort"] == "name":
        query["sort"] = ""
    return addresses.section("destinations", locale, **query)


def _filters(locale: str, wanted: Wanted, found: lists.Found) -> dict[str, Any]:
    speaker = i18n.speaker(locale)
    with_one = partial(_path, locale, wanted)
    sorts = {"name": speaker.gettext("By name"), "distance": speaker.gettext("Nearest to Siak town first")}
    categories = category_filter(found.counts["category"], found.totals["category"], wanted["category"], locale)
    districts = district_filter(found.counts["district"], found.totals["district"], wanted["district"], locale)
    prices = free_filter(found.counts["free"], found.totals["free"], wanted["free"], locale)
    ways_in = step_free_filter(found.counts["step_free"], found.totals["step_free"], wanted["step_free"], locale)
    groups = {"category": categories, "district": districts, "free": prices, "step_free": ways_in}
    chosen = [
        (c.name, with_one(**{name: ""})) for name, choices in groups.items() for c in choices if c.chosen and c.code
    ]
    if wanted["on"].days:
        chosen.insert(0, (chosen_days(wanted["on"], locale), with_one(on=AskedDays())))
    if wanted["names"]:
        chosen.insert(0, (f"“{wanted['names']}”", with_one(names="")))
    return {
        "query": wanted["names"],
        "categories": categories,
        "districts": districts,
        "prices": prices,
        "ways_in": ways_in,
        "sorts": [Choice(code, name, "", 0, (wanted["sort"] or "name") == code) for code, name in sorts.items()],
        "chosen": chosen,
        "days": day_fields(wanted["on"]),
        "asked_days": bool(wanted["on"]),
        "problem": problem(wanted["on"], locale),
        "wider": _wider(locale, wanted) if not found.entries else [],
    }


def _wider(locale: str, wanted: Wanted) -> list[tuple[str, str, int]]:
    """Return the same list with one filter less, where that finds something, the fullest first."""
    speaker = i18n.speaker(locale)
    said = {
        "names": speaker.gettext("Without the name"),
        "category": speaker.gettext("In all categories"),
        "district": speaker.gettext("In all districts"),
        "free": speaker.gettext("At any price, or an unknown one"),
        "step_free": speaker.gettext("With any way in, or an unknown one"),
        "on": speaker.gettext("Without the day"),
    }
    offers = []
    for name in (one for one in said if wanted[one]):
        wider = {**wanted, name: AskedDays() if name == "on" else ""}
        count = len(_found(locale, wider).entries)
        offers += [(said[name], _path(locale, wider), count)] if count else []
    return sorted(offers, key=lambda offer: -offer[2]) or [
        (speaker.gettext("All destinations"), addresses.section("destinations", locale), 0)
    ]


def _list_head(locale: str, wanted: Wanted, number: int, cards: list[Any]) -> Any:
    speaker = i18n.speaker(locale)
    plain = not any(wanted.values())
    page_query = {"page": number} if number > 1 else {}
    title = speaker.gettext("Destinations in Siak")
    if number > 1:
        title = speaker.gettext("Destinations in Siak, page %(number)s", number=number)
    return head(
        locale,
        title,
        speaker.gettext("All places, foods, crafts and arts of Siak Regency: filter by category and district."),
        {one: _path(one, wanted, **page_query) for one in LOCALES},
        index=plain,
        canonical=None if plain else addresses.section("destinations", locale),
        trail=details.trail("destinations", locale),
        jsonld=[jsonld.item_list(cards, current_app.config["SITE_URL"])],
        section="destinations",
    )


@localized("destinations", "<slug>")
def destination(locale: str, slug: str) -> Response:
    """Show one destination: what to know, what it is, how to get there, what is near."""
    return detail_page(live_item("destination", locale, slug), locale)
