"""The calendar of one month: the days as a table, and beside it the same dates as a list."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from flask import Response, abort, request

from pesona import addresses, details, i18n
from pesona.head import Head, head
from pesona.locales import LOCALES
from pesona.public.blueprint import page
from pesona.public.event_filters import filters, tabs
from pesona.public.event_question import Question, month_end, says_it_once
from pesona.published import Card
from pesona.queries import lists, month_grid
from pesona.queries.agenda import Happening, Month, months_held
from pesona.queries.holidays import by_day
from pesona.text import dates

MONTHS_AHEAD = 12
MOST_LISTED = 100
_SHAPE = re.compile(r"[0-9]{4}-[0-9]{2}")


def month_page(question: Question, locale: str) -> Response:
    """Show one of the months that hold dates, or of the coming twelve; there is no other."""
    shown = _shown_months(question.today)
    month = _asked_month(question.today, shown)
    first = date(*month, 1)
    question = replace(question, month=(first, month_end(first)))
    happenings = question.agenda().days(*question.span).in_time(first)
    listed = happenings[:MOST_LISTED]
    context = {
        "mode": "calendar",
        "first": first,
        "month_value": _value(month, question.today),
        "today": question.today,
        "tabs": tabs(question, locale),
        "holidays": by_day(first, month_end(first)),
        "weeks": _weeks(month, happenings, locale),
        "cards": [one.card(locale) for one in listed if not one.is_long],
        "long": [one.card(locale) for one in listed if one.is_long],
        "more": len(happenings) - len(listed),
        "total": len(happenings),
        "day_path": lambda day: _day_path(question, locale, day),
        "month_path": _day_path(question, locale, first, month_end(first)),
        "years": _years(question, locale, shown, month),
        "usual": _usual(question, locale, first, happenings),
        **_steps(question, locale, shown, month),
        **filters(question, locale, month=_value(month, question.today)),
    }
    top = _head(question, locale, month)
    if not happenings:
        top = replace(top, robots="noindex, nofollow")
    # The month has been found among those that are shown, so it may be kept.
    return page("public/month.html", locale, top, cached=says_it_once() and "on" not in request.args, **context)


def _shown_months(today: date) -> list[Month]:
    """Return the months that have a calendar: so many, that crawlers come to an end."""
    ahead = [divmod(today.year * 12 + today.month - 1 + n, 12) for n in range(MONTHS_AHEAD)]
    return sorted(months_held() | {(year, month + 1) for year, month in ahead})


def _asked_month(today: date, shown: Sequence[Month]) -> Month:
    given = request.args.get("month", "")
    if not given:
        return today.year, today.month
    month = (int(given[:4]), int(given[5:])) if _SHAPE.fullmatch(given) else (0, 0)
    if month not in shown:
        abort(404)
    return month


def _value(month: Month, today: date) -> str:
    """Return the month as its address says it; the present one needs no word."""
    return "" if month == (today.year, today.month) else f"{month[0]}-{month[1]:02}"


def _path(question: Question, locale: str, month: Month) -> str:
    return question.path(locale, month=_value(month, question.today))


def _day_path(question: Question, locale: str, *days: date) -> str:
    query = {**question.query, "when": "", "on": tuple(day.isoformat() for day in days)}
    return addresses.section("events", locale, **query)


def _weeks(
    month: Month, happenings: Sequence[Happening], locale: str
) -> list[list[tuple[Any, list[tuple[Any, Card]]]]]:
    """Return the weeks of the grid, each day with its bars and their cards."""
    cards = {id(one): one.card(locale) for one in happenings}
    return [
        [(day, [(bar, cards[id(bar.happening)]) for bar in day.bars]) for day in week]
        for week in month_grid.weeks(*month, happenings)
    ]


def _steps(question: Question, locale: str, shown: Sequence[Month], month: Month) -> dict[str, Any]:
    """Return the nearest months before and after, each as (month, address), or nothing."""

    def step(at: int) -> tuple[date, str] | None:
        return (date(*shown[at], 1), _path(question, locale, shown[at])) if 0 <= at < len(shown) else None

    here = shown.index(month)
    present = (question.today.year, question.today.month)
    return {
        "before": step(here - 1),
        "after": step(here + 1),
        "present": _path(question, locale, present) if month != present else "",
    }


def _years(
    question: Question, locale: str, shown: Sequence[Month], here: Month
) -> list[tuple[int, list[tuple[date, str, bool]]]]:
    """Return each year, the latest first, with all months of this one and the first of others.

    A month is (month, address, whether it is shown now).
    """
    years: dict[int, list[tuple[date, str, bool]]] = {}
    for month in shown:
        if month[0] == here[0] or month[0] not in years:
            years.setdefault(month[0], []).append((date(*month, 1), _path(question, locale, month), month == here))
    return sorted(years.items(), reverse=True)


def _usual(question: Question, locale: str, first: date, happenings: Sequence[Happening]) -> list[Card]:
    """Return what usually comes in a month that is not over, and has no date in it."""
    if month_end(first) < question.today:
        return []
    dated = {one.entry.code for one in happenings}
    entries = lists.events(locale, question.category, question.district)
    return [e.cards[locale] for e in entries if first.month in e.usual_months and e.code not in dated]


def _head(question: Question, locale: str, month: Month) -> Head:
    speaker, first = i18n.speaker(locale), date(*month, 1)
    said = dates.month(first, locale)
    return head(
        locale,
        speaker.gettext("Events in Siak, %(month)s", month=said),
        speaker.gettext(
            "The events of Siak Regency in %(month)s, day by day, as a calendar and as a list.", month=said
        ),
        {one: _path(question, one, month) for one in LOCALES},
        index=False,
        canonical=addresses.section("events", locale),
        trail=details.trail("events", locale, said),
        section="events",
    )
