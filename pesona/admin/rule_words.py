"""The rule of an event's dates in words, each choice worded from the first date."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

from babel.dates import format_date

from pesona import recurrence
from pesona.editing.date_checks import LONGEST_WITH_HOLIDAYS
from pesona.i18n import Speaker
from pesona.locales import CLDR
from pesona.queries.holidays import holidays
from pesona.recurrence import Impossible, Rule
from pesona.text import dates
from pesona.text.names import N_

# Before a first date is known.
PLAIN: Mapping[str, str] = {
    "once": N_("Only this once"),
    "days": N_("Every day, or after some days"),
    "weekly": N_("Every week on the same weekday"),
    "month_day": N_("Every month on the same day, such as the 5th"),
    "month_weekday": N_("Every month, such as the first Saturday"),
    "month_last": N_("Every month, such as the last Saturday"),
    "yearly": N_("Every year on the same day"),
}
FROM_FIRST: Mapping[str, str] = {
    "weekly": N_("Every %(weekday)s"),
    "month_day": N_("Every month on day %(number)s"),
    "month_last": N_("The last %(weekday)s of every month"),
    "yearly": N_("Every year on %(day)s"),
}
PLACES: Mapping[int, str] = {
    1: N_("The first %(weekday)s of every month"),
    2: N_("The second %(weekday)s of every month"),
    3: N_("The third %(weekday)s of every month"),
    4: N_("The fourth %(weekday)s of every month"),
    5: N_("The fifth %(weekday)s of every month"),
}
SELDOM: Mapping[str, str] = {
    "days": N_("Every %(every)s days"),
    "weekly": N_("%(rule)s, but only every %(every)s weeks"),
    "month_day": N_("%(rule)s, but only every %(every)s months"),
    "month_weekday": N_("%(rule)s, but only every %(every)s months"),
    "month_last": N_("%(rule)s, but only every %(every)s months"),
    "yearly": N_("%(rule)s, but only every %(every)s years"),
}


def choice(speaker: Speaker, kind: str, first: date | None) -> str:
    """Return the *kind* of rule as it follows from the *first* date, such as “Every Saturday”."""
    if first is None or kind not in (*FROM_FIRST, "month_weekday"):
        return speaker.name(PLAIN, kind)
    said = PLACES[recurrence.place_in_month(first)] if kind == "month_weekday" else FROM_FIRST[kind]
    values = {
        "weekday": format_date(first, "EEEE", locale=CLDR[speaker.locale]),
        "number": first.day,
        "day": format_date(first, "d MMMM", locale=CLDR[speaker.locale]),
    }
    return speaker.gettext(said, **values)


def sentence(speaker: Speaker, rule: Rule) -> str:
    """Return *rule* with its first day and its end."""
    said = choice(speaker, rule.kind, rule.start)
    if rule.kind == "days" and rule.every == 1:
        said = speaker.gettext(N_("Every day"))
    elif rule.every > 1:
        said = speaker.gettext(SELDOM[rule.kind], rule=said, every=rule.every)
    if rule.until:
        return speaker.gettext(N_("%(rule)s, until %(day)s"), rule=said, day=dates.day(rule.until, speaker.locale))
    if rule.count:
        return speaker.ngettext("%(rule)s, %(num)s time", "%(rule)s, %(num)s times", rule.count, rule=said)
    return speaker.gettext(N_("%(rule)s, until further notice"), rule=said) if rule.endless else said


def of_text(speaker: Speaker, text: str, start: str) -> str:
    """Return the stored rule *text* from the day *start* in words, or the text where we did not write it."""
    try:
        return sentence(speaker, recurrence.read(text, date.fromisoformat(start)))
    except (Impossible, ValueError):
        return text


def template_globals(speaker: Speaker) -> dict[str, Any]:
    """Return what the templates of the desk may say of a rule."""
    return {
        "rule_choice": partial(choice, speaker),
        "rule_sentence": partial(of_text, speaker),
        "holiday_names": lambda start, end: ", ".join(_holiday_names(start, end, speaker.locale)),
    }


def _holiday_names(start: date, end: date, locale: str) -> list[str]:
    """Return the names of the holidays from *start* to *end*, each once; of a date that lasts long, none."""
    if not start <= end <= start + LONGEST_WITH_HOLIDAYS:
        return []
    return list(dict.fromkeys(holiday.name(locale) for holiday in holidays(start, end)))
