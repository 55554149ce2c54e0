"""What the desk says of an item's state, in whole sentences of either language."""

from collections.abc import Collection, Mapping
from functools import partial
from typing import Any

from pesona import clock
from pesona.admin import names
from pesona.editing.state import State
from pesona.i18n import Speaker
from pesona.locales import LOCALES
from pesona.models.review import Schedule
from pesona.text import dates
from pesona.text.names import N_

# Beginnings of one sentence about both languages, Indonesian alone, English alone.
WORDS: Mapping[str, tuple[str, str, str]] = {
    "live": (
        N_("published in Indonesian and English"),
        N_("published in Indonesian"),
        N_("published in English"),
    ),
    "draft": (
        N_("a draft in Indonesian and English"),
        N_("a draft in Indonesian"),
        N_("a draft in English"),
    ),
    "withdrawn": (
        N_("withdrawn in Indonesian and English"),
        N_("withdrawn in Indonesian"),
        N_("withdrawn in English"),
    ),
    "empty": (
        N_("neither Indonesian nor English is there yet"),
        N_("Indonesian is not there yet"),
        N_("English is not there yet"),
    ),
}

BADGES: Mapping[str, str] = {
    "empty": N_("empty"),
    "draft": N_("draft"),
    "review": N_("in review"),
    "wanted": N_("changes wanted"),
    "scheduled": N_("scheduled"),
    "failed": N_("failed"),
    "live": N_("live"),
    "changed": N_("live, with changes"),
    "withdrawn": N_("withdrawn"),
    "trash": N_("in the trash"),
}


def template_globals(speaker: Speaker) -> dict[str, Any]:
    """Return what the templates of the desk may say about states and schedules."""
    return {
        "state_sentence": partial(state_sentence, speaker),
        "state_name": partial(speaker.name, BADGES),
        "states": tuple(BADGES),
        "parts_name": partial(parts_name, speaker),
        "planned_for": partial(planned_for, speaker),
    }


def state_sentence(speaker: Speaker, state: State) -> str:
    """Return the state of an item in one sentence: its languages, then what waits."""
    clauses = [*_languages(speaker, state), *_waiting(speaker, state)]
    said = "; ".join(clauses)
    return f"{said[0].upper()}{said[1:]}."


def _languages(speaker: Speaker, state: State) -> list[str]:
    words = {locale: "live" if word == "changed" else word for locale, word in state.words.items()}
    if len(set(words.values())) == 1:
        wanted = [WORDS[words[LOCALES[0]]][0]]
    else:
        wanted = [WORDS[words[locale]][number] for number, locale in enumerate(LOCALES, 1)]
    return [speaker.gettext(one) for one in wanted]


def _waiting(speaker: Speaker, state: State) -> list[str]:
    count, review = len(state.changes), state.standing.review
    if not count:
        said = [speaker.gettext("nothing waits to be published")]
    elif review is not None and review.state == "open":
        said = [speaker.ngettext("%(num)s change waits for review", "%(num)s changes wait for review", count)]
    else:
        said = [speaker.ngettext("%(num)s change is not public yet", "%(num)s changes are not public yet", count)]
    if count and review is not None and review.state == "wanted":
        said.append(speaker.gettext("an editor wants changes first"))
    planned = {(row.deed, row.state) for row in state.standing.schedules}
    for key, sentence in PLANNED.items():
        if key in planned:
            said.append(speaker.gettext(sentence))
    return said


PLANNED: Mapping[tuple[str, str], str] = {
    ("publish", "waiting"): N_("publication is scheduled"),
    ("publish", "failed"): N_("the scheduled publication failed"),
    ("publish", "skipped"): N_("a scheduled publication was skipped"),
    ("withdraw", "waiting"): N_("a withdrawal is scheduled"),
    ("withdraw", "skipped"): N_("a scheduled withdrawal was skipped"),
}


def parts_name(speaker: Speaker, parts: Collection[str]) -> str:
    """Return the names of *parts* as a button says them, the languages first."""
    return " + ".join(speaker.name(names.PARTS, part) for part in (*LOCALES, "facts") if part in parts)


def planned_for(speaker: Speaker, row: Schedule) -> str:
    """Return the time of a schedule with its weekday and, if it is to come, how far away it is."""
    said = dates.moment(row.at, speaker.locale, weekday=True)
    ahead = clock.as_wib(row.at) - clock.now()
    if ahead.total_seconds() <= 0:
        return said
    days = (clock.as_wib(row.at).date() - clock.today()).days
    minutes = round(ahead.total_seconds() / 60)
    if ahead.days >= 1:
        away = speaker.ngettext("in %(num)s day", "in %(num)s days", days)
    elif minutes >= 60:
        away = speaker.ngettext("in %(num)s hour", "in %(num)s hours", minutes // 60)
    else:
        away = speaker.ngettext("in %(num)s minute", "in %(num)s minutes", max(minutes, 1))
    return f"{said}, {away}"
