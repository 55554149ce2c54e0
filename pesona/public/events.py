"""The list of events by time, and one event."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from flask import Response

from pesona import addresses, clock, details, i18n
from pesona.head import Head, head
from pesona.locales import LOCALES
from pesona.paging import cut, page_number
from pesona.public import arguments
from pesona.public.blueprint import detail_page, localized, page
from pesona.public.calendars import following
from pesona.public.choices import category_filter, district_filter
from pesona.public.items import live_item
from pesona.published import Card, Choice
from pesona.queries import lists
from pesona.queries.catalogue import catalogue
from pesona.text import names

PAGE_SIZE = 30
WHENS = ("month", "past")


@localized("events")
def events(locale: str) -> Response:
    """List events: those coming, those of this month, or those of past years, the latest first."""
    wanted = {
        "when": arguments.choice("when", WHENS),
        "category": arguments.choice("category", names.CATEGORIES),
        "district": arguments.choice("district", catalogue().districts),
    }
    number = page_number()
    found = lists.filtered(catalogue().in_order["event", locale], wanted["category"], wanted["district"])
    cards = _cards(found.entries, locale, wanted["when"])
    shown, paging = cut(
        cards, number, PAGE_SIZE, lambda n: addresses.section("events", locale, **wanted, page=n if n > 1 else "")
    )
    return page(
        "public/events.html",
        locale,
        _list_head(locale, wanted, number),
        mode=wanted["when"] or "coming",
        tabs=_tabs(found.entries, locale, wanted),
        cards=shown,
        past_years=_by_year(shown) if wanted["when"] == "past" else [],
        usual=lists.usual_events(found.entries, locale),
        undated=lists.undated_events(found.entries, locale),
        total=len(cards),
        page=number,
        pages=paging.pages,
        **paging.context(),
        **following(locale, wanted["category"], wanted["district"]),
        **_filters(locale, wanted, found),
    )


def _cards(entries: Sequence[Any], locale: str, when: str) -> list[Card]:
    today = clock.today()
    if when == "past":
        return lists.past_events(entries, locale, today)
    return lists.coming_events(entries, locale, today, _month_end(today) if when == "month" else None)


def _month_end(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def _by_year(cards: Sequence[Card]) -> list[tuple[int, list[Card]]]:
    dated = [card for card in cards if card.start]
    return [(year, list(group)) for year, group in groupby(dated, key=lambda card: card.start.year)]  # type: ignore[union-attr]


def _tabs(entries: Sequence[Any], locale: str, wanted: dict[str, str]) -> list[Choice]:
    speaker = i18n.speaker(locale)
    said = {
        "": speaker.gettext("Coming"),
        "month": speaker.gettext("This month"),
        "past": speaker.gettext("Past"),
    }
    return [
        Choice(
            when,
            name,
            addresses.section("events", locale, **{**wanted, "when": when}),
            len(_cards(entries, locale, when)),
            when == wanted["when"],
        )
        for when, name in said.items()
    ]


def _filters(locale: str, wanted: dict[str, str], found: lists.Found) -> dict[str, Any]:
    def with_one(**changed: str) -> str:
        return addresses.section("events", locale, **{**wanted, **changed})

    categories = category_filter(found.counts["category"], found.totals["category"], wanted["category"], locale)
    districts = district_filter(found.counts["district"], found.totals["district"], wanted["district"], locale)
    both = (("category", categories), ("district", districts))
    chosen = [(c.name, with_one(**{name: ""})) for name, all_of in both for c in all_of if c.chosen and c.code]
    speaker = i18n.speaker(locale)
    return {
        "categories": categories,
        "districts": districts,
        "chosen": chosen,
        "wider": [(speaker.gettext("All events"), addresses.section("events", locale), len(found.entries))]
        if chosen
        else [(speaker.gettext("Past events"), with_one(when="past"), 0)],
    }


def _list_head(locale: str, wanted: dict[str, str], number: int) -> Head:
    speaker = i18n.speaker(locale)
    calendar = following(locale, wanted["category"], wanted["district"])
    plain = not any(wanted.values())
    title = speaker.gettext("Events in Siak")
    if wanted["when"] == "past":
        title = speaker.gettext("Past events in Siak")
    if number > 1:
        title = speaker.gettext("%(title)s, page %(number)s", title=title, number=number)
    query = {**wanted, "page": number if number > 1 else ""}
    return head(
        locale,
        title,
        speaker.gettext("Festivals, races and prayers of Siak Regency: what is coming, and what past years have seen."),
        {one: addresses.section("events", one, **query) for one in LOCALES},
        index=plain,
        canonical=None if plain else addresses.section("events", locale),
        trail=details.trail("events", locale),
        section="events",
        feeds=[("text/calendar", calendar["ics_name"], calendar["ics"])],
    )


@localized("events", "<slug>")
def event(locale: str, slug: str) -> Response:
    """Show one event: when, where, what it is, and every date that is known."""
    return detail_page(live_item("event", locale, slug), locale)
