"""The values of a draft as lines that people read, in the language of the desk, and their differences."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy import select

from pesona.admin import names, readable_hours, rule_words
from pesona.db import db
from pesona.editing.snapshot import ROWS
from pesona.hours import reported
from pesona.i18n import Speaker
from pesona.models.area import District, Village
from pesona.models.item import Revision
from pesona.published import Price
from pesona.text import dates
from pesona.text.differences import Row, difference
from pesona.text.names import FACILITIES, N_

ORIGINS: Mapping[str, str] = {
    "edit": N_("Edited"),
    "merge": N_("Edited, joined with changes of others"),
    "import": N_("Imported"),
    "immediate": N_("Changed at once on the site"),
    "demo": N_("Content that came with the site"),
    "restore": N_("Restored from revision %(note)s"),
    "undo": N_("Publication of revision %(note)s taken back"),
    "kept": N_("Draft of revision %(note)s kept"),
    "copy": N_("Copied from %(note)s"),
    "slug": N_("New address part: %(note)s"),
}

Reader = Callable[[Speaker, Any], list[str]]


def origin(speaker: Speaker, revision: Revision) -> str:
    """Return in words how *revision* came about."""
    return speaker.gettext(ORIGINS[revision.origin], note=revision.note) if revision.origin in ORIGINS else "–"


def own_note(revision: Revision) -> str:
    """Return what its writer noted, where `origin` does not say it already."""
    return "" if "%(note)s" in ORIGINS.get(revision.origin, "") else revision.note


def difference_of(speaker: Speaker, name: str, before: Any, after: Any) -> list[Row]:
    """Return how the field *name* changed, as paragraphs and lines with the words that differ."""
    return difference("\n".join(lines(speaker, name, before)), "\n".join(lines(speaker, name, after)))


def lines(speaker: Speaker, name: str, value: Any) -> list[str]:
    """Return the *value* of the field *name* as lines; nothing known is no line."""
    if value in (None, "", [], {}):
        return []
    if name in READERS:
        return READERS[name](speaker, value)
    if isinstance(value, list):
        return [line for one in value for line in lines(speaker, "", one)]
    if isinstance(value, Mapping):
        parts = ("; ".join(lines(speaker, key, one)) for key, one in value.items())
        return [" · ".join(part for part in parts if part)]
    if isinstance(value, bool):
        return [speaker.gettext(N_("Yes")) if value else speaker.gettext(N_("No"))]
    return str(value).split("\n")


def _name(speaker: Speaker, value: Any) -> list[str]:
    return [speaker.name(names.CHOICES, value)]


def _area(table: type[District] | type[Village], _speaker: Speaker, value: Any) -> list[str]:
    name = db.session.scalar(select(table.name).where(table.code == value))
    return [name or str(value)]


def _months(speaker: Speaker, value: list[int]) -> list[str]:
    return [dates.month_name(number, speaker.locale) if number in range(1, 13) else str(number) for number in value]


def _hours(speaker: Speaker, value: list[dict[str, Any]]) -> list[str]:
    return [_line(speaker, reported.sentence(row["rule"], speaker.locale), row) for row in value]


def _prices(speaker: Speaker, value: list[dict[str, Any]]) -> list[str]:
    return [price_line(speaker, row) for row in value]


def price_line(speaker: Speaker, row: Mapping[str, Any]) -> str:
    """Return everything that a *row* of prices says, in one line."""
    price = Price(**row)
    given = (
        (N_("from %(day)s"), _when(speaker, price.valid_from)),
        (N_("until %(day)s"), _when(speaker, price.valid_until)),
        ("%(said)s", price.legal_basis),
        (N_("includes %(said)s"), " / ".join(filter(None, (price.includes_id, price.includes_en)))),
        (N_("checked on %(day)s"), _when(speaker, price.checked_on)),
    )
    more = [speaker.gettext(phrase, said=said, day=said) for phrase, said in given if said]
    return _line(speaker, " · ".join((f"{speaker.visitor_name(price)}: {speaker.paid(price)}", *more)), row)


def _facilities(speaker: Speaker, value: list[dict[str, Any]]) -> list[str]:
    found = []
    for row in value:
        answer = speaker.name(names.CHOICES, row["answer"])
        checked = speaker.gettext(N_("checked on %(day)s"), day=_when(speaker, row["checked_on"]))
        line = f"{speaker.name(FACILITIES, row['what'])}: {answer}"
        found.append(_line(speaker, " · ".join(filter(None, (line, row["checked_on"] and checked))), row))
    return found


def rows_in_words(speaker: Speaker, name: str, value: Any) -> Any:
    """Return the rows of the field *name* as lines, and any other *value* as it is."""
    return lines(speaker, name, value) if name in ROWS and isinstance(value, list) else value


def _occurrences(speaker: Speaker, value: list[dict[str, Any]]) -> list[str]:
    found = []
    for row in value:
        try:
            start, end = date.fromisoformat(row["start"]), date.fromisoformat(row["end"] or row["start"])
            when = dates.day_range(start, end, speaker.locale)
        except ValueError:
            when = " – ".join(filter(None, (row["start"], row["end"])))
        times = "–".join(filter(None, (row["start_time"], row["end_time"])))
        before = speaker.gettext(N_("moved from %(day)s"), day=_when(speaker, row["previous_start"]))
        said = (f"{when}, {times} WIB" if times else when, speaker.name(names.CHOICES, row["status"]))
        more = (before if row["previous_start"] else "", row["venue_id"], row["venue_en"])
        found.append(_line(speaker, " · ".join(filter(None, (*said, *more))), row))
    return found


def _sources(speaker: Speaker, value: list[dict[str, Any]]) -> list[str]:
    return [
        " · ".join(
            filter(None, (f"{row['key']}: {row['publisher']}", _when(speaker, row["date"]), row["url"], row["checked"]))
        )
        for row in value
    ]


def _line(speaker: Speaker, first: str, row: Mapping[str, Any]) -> str:
    """Return *first* with what rows of facts have in common: their date, notes and source."""
    notes = (row.get("note_id", ""), row.get("note_en", ""))
    return " · ".join(filter(None, (first, _when(speaker, row.get("as_of", "")), *notes, row["source"])))


def _when(speaker: Speaker, text: str) -> str:
    return dates.edtf(text, speaker.locale)


READERS: Mapping[str, Reader] = {
    **dict.fromkeys(("kind", "category", "hours_status", "menu", "status", "visitor", "residence", "day"), _name),
    "district": partial(_area, District),
    "village": partial(_area, Village),
    "usual_months": _months,
    "hours_reported": _hours,
    **readable_hours.READERS,
    "prices": _prices,
    "facilities": _facilities,
    "occurrences": _occurrences,
    "rrule": lambda speaker, value: [rule_words.of_text(speaker, value, "")],
    "rule_start": lambda speaker, value: [_when(speaker, value)],
    "exdates": lambda speaker, value: [_when(speaker, day) for day in value],
    "sources": _sources,
    "year_built": lambda speaker, value: [_when(speaker, value)],
}


def template_globals(speaker: Speaker) -> dict[str, Any]:
    """Return what the templates of the desk may use to show values and what became of them."""
    return {
        "difference_of": partial(difference_of, speaker),
        "origin_name": partial(origin, speaker),
        "own_note": own_note,
        "price_line": partial(price_line, speaker),
        "rows_in_words": partial(rows_in_words, speaker),
    }
