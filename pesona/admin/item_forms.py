"""Which form belongs to which screen of an item, and what part of a revision it fills."""

from collections.abc import Mapping
from typing import Any

from wtforms import Form

from pesona.admin import forms
from pesona.admin.dates_form import EventDates
from pesona.admin.hours_form import HoursForm
from pesona.editing.snapshot import Snapshot, part
from pesona.locales import LOCALES
from pesona.models.item import PARTS

DATES, HOURS = "dates", "hours"
# Screens for some of the facts, by their name: the kind of item that has one, and its form.
OF_FACTS: Mapping[str, tuple[str, type[Form]]] = {
    DATES: ("event", EventDates),
    HOURS: ("destination", HoursForm),
}
# What the form of an item may be called: a part of the revision, or a screen for some facts of their own.
PLACES = (*PARTS, *OF_FACTS)
# Facts that stand on a screen of their own, not on that of facts.
PLACE_OF_FIELD = {field.short_name: place for place, (_, form) in OF_FACTS.items() for field in form()}


def form_class(kind: str, where: str) -> type[Form]:
    """Return the form at *where* of an item of *kind*."""
    if where in OF_FACTS:
        return OF_FACTS[where][1]
    return (forms.FACTS if where == "facts" else forms.WORDS)[kind]


def is_there(kind: str, where: str) -> bool:
    """Tell whether an item of *kind* has a form at *where*."""
    return OF_FACTS[where][0] == kind if where in OF_FACTS else where in PLACES


def part_name(where: str) -> str:
    """Return the part of a revision that the form at *where* fills."""
    return where if where in LOCALES else "facts"


def part_at(snapshot: Snapshot, where: str) -> dict[str, Any]:
    """Return the part of *snapshot* that the form at *where* fills."""
    return part(snapshot, part_name(where))


def place_of_field(name: str) -> str:
    """Return where the field *name* of the facts is filled in."""
    return PLACE_OF_FIELD.get(name, "facts")
