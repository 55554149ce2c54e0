"""What the screen of hours shows beside its form: the names of days, the holidays to decide, and what follows."""

from datetime import timedelta
from typing import Any

from flask import g, request

from pesona import clock
from pesona.admin.blueprint import fields
from pesona.admin.hours_form import PATTERNS, HoursForm
from pesona.admin.items import item_address
from pesona.editing import items
from pesona.models.item import Item
from pesona.queries.holidays import by_day

AHEAD = timedelta(days=400)


def prepare(form: HoursForm) -> None:
    """Ask *form* about the holidays of the next thirteen months."""
    today = clock.today()
    known = by_day(today, today + AHEAD)
    form.hours_holiday_dates.days = {day.isoformat(): holiday.name(g.locale) for day, holiday in known.items()}


def beside(item: Item, form: HoursForm) -> dict[str, Any]:
    """Return what the template of hours needs beside the fields of *form*."""
    facts = items.snapshot(item)["facts"]
    return {
        "form": form,
        "patterns": tuple(PATTERNS),
        "keys": [(source["key"], source["publisher"]) for source in facts["sources"] if source["key"]],
        # The season whose button was pressed stays open.
        "opened": "".join(fields().get("action", "").split(":")[1:2]) if request.method == "POST" else "",
        "words_address": {
            locale: item_address(item, "words", locale=locale, _anchor="status_note") for locale in ("id", "en")
        },
    }
