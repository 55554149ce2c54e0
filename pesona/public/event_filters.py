"""The ways to ask the list of events: tabs, days, category, district, and what is chosen of them."""

from collections import Counter
from typing import Any

from pesona import addresses, i18n
from pesona.public.choices import category_filter, district_filter
from pesona.public.days import FIELDS
from pesona.public.event_question import Question
from pesona.published import Choice
from pesona.queries.catalogue import catalogue
from pesona.text import dates, names


def tabs(question: Question, locale: str) -> list[Choice]:
    """Return the lists that need no form, each with how many dates it holds."""
    speaker = i18n.speaker(locale)
    said = {
        "": speaker.gettext("Coming"),
        "today": speaker.gettext("Today"),
        "weekend": speaker.gettext("This weekend"),
        "month": speaker.gettext("This month"),
        "past": speaker.gettext("Past"),
    }
    mode = question.mode
    return [
        Choice(when, name, other.path(locale), other.count(), mode == (when or "coming"))
        for when, name in said.items()
        for other in [question.other(when=when)]
    ]


def date_fields(question: Question) -> list[tuple[str, str, str, str, bool]]:
    """Return (id, label, value, type, wrong) of both fields; a text that is no day needs a field that shows it."""
    days = question.days
    return [
        (
            f"on-{at + 1}",
            FIELDS[at],
            typed,
            "text" if days.wrong == "not_a_day" and days.at == at else "date",
            bool(days.wrong) and days.at == at,
        )
        for at, typed in enumerate(days.typed)
    ]


def filters(question: Question, locale: str, **more: str) -> dict[str, Any]:
    """Return the choices of category and district with how many dates each leaves, and what is chosen."""
    category, district = question.category, question.district
    if question.days.wrong:
        question = question.other(when="")
    in_categories = Counter({c: question.other(category=c).count() for c in names.CATEGORIES})
    in_districts = Counter({d: question.other(district=d).count() for d in catalogue().districts})
    totals = question.other(category="").count(), question.other(district="").count()
    categories = category_filter(in_categories, totals[0], category, locale)
    districts = district_filter(in_districts, totals[1], district, locale)
    return {
        "categories": categories,
        "districts": districts,
        "chosen": _chosen(question, locale, categories, districts, **more),
        "wider": _wider(question, locale),
    }


def _chosen(
    question: Question, locale: str, categories: list[Choice], districts: list[Choice], **more: str
) -> list[tuple[str, str]]:
    chosen = []
    if question.days.days:
        chosen.append((dates.day_range(*question.days.days, locale), question.without_days().path(locale)))
    for name, choices in (("category", categories), ("district", districts)):
        wider = question.other(category="") if name == "category" else question.other(district="")
        chosen += [(c.name, wider.path(locale, **more)) for c in choices if c.chosen and c.code]
    return chosen


def _wider(question: Question, locale: str) -> list[tuple[str, str, int]]:
    """Return the ways on from an empty list: the same days without a filter, what is coming, what is past."""
    speaker = i18n.speaker(locale)
    offers = []
    if question.category or question.district:
        wider = question.other(category="", district="")
        offers.append((speaker.gettext("In all categories and districts"), wider.path(locale), wider.count()))
    if not question.is_plain:
        offers.append((speaker.gettext("All events"), addresses.section("events", locale), 0))
    if question.mode != "past":
        past = question.other(when="past")
        offers.append((speaker.gettext("Past events"), past.path(locale), past.count()))
    return offers
