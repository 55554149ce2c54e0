"""The day on which a destination shall be open: its field, its words, and what is wrong with it."""

from pesona import i18n
from pesona.public.days import FIELDS, WRONG, AskedDays
from pesona.queries import open_places
from pesona.text import dates
from pesona.text.names import N_

OPEN_ON = N_("Open on")


def day_fields(asked: AskedDays) -> list[tuple[str, str, str, str, bool]]:
    """Return (id, label, value, type, wrong) of one field, or of two where an address names two days.

    Where nobody knows the hours of any place there is none.
    """
    if not asked and not open_places.are_known():
        return []
    labels = FIELDS if asked.typed[1] else (OPEN_ON,)
    return [
        (
            f"on-{at + 1}",
            label,
            asked.typed[at],
            "text" if asked.wrong == "not_a_day" and asked.at == at else "date",
            bool(asked.wrong) and asked.at == at,
        )
        for at, label in enumerate(labels)
    ]


def chosen_days(asked: AskedDays, locale: str) -> str:
    """Return the days in words as a filter that may be taken away."""
    assert asked.days
    first, last = asked.days
    said = dates.day(first, locale) if first == last else dates.day_range(first, last, locale)
    return i18n.speaker(locale).gettext("open on %(days)s", days=said)


def problem(asked: AskedDays, locale: str) -> str:
    """Return what is wrong with the days, or nothing."""
    if not asked.wrong:
        return ""
    speaker = i18n.speaker(locale)
    label = FIELDS[asked.at] if asked.typed[1] else OPEN_ON
    return speaker.gettext(WRONG[asked.wrong], **{**asked.place, "field": speaker.gettext(label)})
