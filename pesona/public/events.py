"""The list of events by time, the calendar of a month, and one event."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby
from typing import Any

from flask import Response, current_app

from pesona import addresses, details, i18n
from pesona.head import Head, head
from pesona.locales import LOCALES
from pesona.paging import cut, page_number
from pesona.public.blueprint import detail_page, localized, page
from pesona.public.calendars import following
from pesona.public.days import FIELDS, WRONG
from pesona.public.event_filters import date_fields, filters, tabs
from pesona.public.event_question import Question, asked
from pesona.public.items import live_item
from pesona.public.month import month_page
from pesona.published import Card, Choice
from pesona.queries import lists
from pesona.queries.agenda import Days, Happening
from pesona.shapes import jsonld
from pesona.text import dates
from pesona.text.names import N_

PAGE_SIZE = 30
GROUP_SIZE = 10  # of what runs for weeks, and of what was called off
TITLES = {
    "coming": N_("Events in Siak"),
    "today": N_("Events in Siak today"),
    "weekend": N_("Events in Siak this weekend"),
    "month": N_("Events in Siak this month"),
    "past": N_("Past events in Siak"),
}


@localized("events")
def events(locale: str) -> Response:
    """List events of the days asked for, or those of past years, the latest first; or show a month."""
    question = asked()
    if question.mode == "calendar":
        return month_page(question, locale)
    return _list_page(question, locale)


def _list_page(question: Question, locale: str) -> Response:
    found = _found(question)
    number = page_number()
    sizes = ((found.on, PAGE_SIZE), (found.long, GROUP_SIZE), (found.off, GROUP_SIZE))
    pages = max(-(-len(group) // size) for group, size in sizes)
    _, paging = cut(range(pages), number, 1, lambda n: question.path(locale, **({"page": n} if n > 1 else {})))
    cards, long, off = (
        [one.card(locale) for one in group[(number - 1) * size : number * size]] for group, size in sizes
    )
    context = {
        **_context(question, locale, number),
        "cards": cards,
        "long": long,
        "off": off,
        "past_years": _by_year(cards) if question.mode == "past" else [],
        "total": len(found),
        "page": number,
        "pages": paging.pages,
        **paging.context(),
    }
    top = _list_head(question, locale, number, cards)
    # Days that are none are answered with 200 as well: the link to the other language leads to the same message.
    return page("public/events.html", locale, top, cached=question.may_be_kept, **context)


def _found(question: Question) -> Days:
    if question.days.wrong:
        return Days((), (), ())
    if question.mode == "past":
        past: Sequence[Happening] = question.agenda().past(question.today)
        return Days(past, (), ())
    return question.agenda().days(*question.span)


def _context(question: Question, locale: str, number: int) -> dict[str, Any]:
    """Return what stands round the list: the ways to ask, and below it what has no date."""
    rest = []
    if question.mode == "coming" and number == 1:
        rest = list(lists.events(locale, question.category, question.district))
    return {
        "mode": question.mode,
        "heading": _heading(question, locale),
        "days": _said_days(question, locale),
        "today": question.today,
        "problem": _problem(question, locale),
        "date_fields": date_fields(question),
        "tabs": tabs(question, locale),
        "calendar_path": question.other(when="calendar").path(locale),
        "years": _years(question, locale) if question.mode == "past" and number == 1 else [],
        "usual": lists.usual_events(rest, locale),
        "undated": lists.undated_events(rest, locale),
        **following(locale, question.category, question.district),
        **filters(question, locale),
    }


def _heading(question: Question, locale: str) -> str:
    speaker = i18n.speaker(locale)
    return {
        "coming": speaker.gettext("Events"),
        "today": speaker.gettext("Events today"),
        "weekend": speaker.gettext("Events this weekend"),
        "month": speaker.gettext("Events this month"),
        "past": speaker.gettext("Past events"),
        "days": speaker.gettext("Events on the days you chose"),
    }[question.mode]


def _said_days(question: Question, locale: str) -> str:
    """Return the days of the list in words, where it has a first and a last."""
    if question.mode in ("coming", "past") or question.days.wrong:
        return ""
    first, last = question.span
    return dates.day(first, locale) if first == last else dates.day_range(first, last, locale)


def _problem(question: Question, locale: str) -> str:
    if not question.days.wrong:
        return ""
    speaker, place = i18n.speaker(locale), question.days.place
    return speaker.gettext(WRONG[question.days.wrong], **{**place, "field": speaker.gettext(FIELDS[question.days.at])})


def _by_year(cards: Sequence[Card]) -> list[tuple[int, list[Card]]]:
    dated = [card for card in cards if card.start]
    return [(year, list(group)) for year, group in groupby(dated, key=lambda card: card.start.year)]  # type: ignore[union-attr]


def _years(question: Question, locale: str) -> list[Choice]:
    """Return each year of the past list, leading to all dates of that year."""
    known = question.agenda()
    found = []
    for year in sorted({one.start.year for one in known.past(question.today)}, reverse=True):
        first, last = date(year, 1, 1), date(year, 12, 31)
        asked_for = replace(question.days, typed=(first.isoformat(), last.isoformat()), days=(first, last))
        path = replace(question, when="", days=asked_for).path(locale)
        found.append(Choice(str(year), str(year), path, known.count(first, last)))
    return found


def _list_head(question: Question, locale: str, number: int, cards: Sequence[Card]) -> Head:
    speaker = i18n.speaker(locale)
    if question.mode == "days":
        title = speaker.gettext("Events in Siak: %(days)s", days=_said_days(question, locale) or "–")
    else:
        title = speaker.gettext(TITLES[question.mode])
    if number > 1:
        title = speaker.gettext("%(title)s, page %(number)s", title=title, number=number)
    if question.days.wrong:
        title = speaker.gettext("Error: %(title)s", title=speaker.gettext("Events in Siak"))
    more = {"page": number} if number > 1 else {}
    calendar = following(locale, question.category, question.district)
    return head(
        locale,
        title,
        speaker.gettext("Festivals, races and prayers of Siak Regency: what is coming, and what past years have seen."),
        {one: question.path(one, **more) for one in LOCALES},
        index=question.is_plain,
        canonical=None if question.is_plain else addresses.section("events", locale),
        trail=details.trail("events", locale),
        jsonld=[jsonld.item_list(_once(cards), current_app.config["SITE_URL"])] if cards else [],
        section="events",
        feeds=[("text/calendar", calendar["ics_name"], calendar["ics"])],
    )


def _once(cards: Sequence[Card]) -> list[Card]:
    """Return one card for each event, where its first date stands."""
    first: dict[str, Card] = {}
    for card in cards:
        first.setdefault(card.path, card)
    return list(first.values())


@localized("events", "<slug>")
def event(locale: str, slug: str) -> Response:
    """Show one event: when, where, what it is, and every date that is known."""
    return detail_page(live_item("event", locale, slug), locale)
