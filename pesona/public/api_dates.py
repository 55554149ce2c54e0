"""The API's dates of all events in order of time, as the calendars tell them."""

from datetime import date
from typing import Any

from flask import Response, abort, current_app, request

from pesona import clock
from pesona.public.api_answer import licensed, one_page
from pesona.public.api_question import LISTS, choice, refuse_unknown
from pesona.public.blueprint import bp
from pesona.queries.agenda import Happening, agenda
from pesona.queries.catalogue import catalogue
from pesona.shapes import api

OF_DATES = LISTS | {"category", "district", "from", "to"}


@bp.get("/api/v1/occurrences")
def api_occurrences() -> Response:
    """Answer one page of the dates that touch some days: from today on, unless the address says otherwise."""
    refuse_unknown(OF_DATES)
    first, last = _day("from", clock.today()), _day("to", date.max)
    if first > last:
        abort(400, "from: not after to.")
    found = agenda().of(choice("category"), choice("district")).days(first, last).in_time(first)
    chosen, told = one_page(found)
    return licensed({**told, "results": [_told(one) for one in chosen]})


def _told(one: Happening) -> dict[str, Any]:
    return api.happening(one, catalogue().districts.get(one.entry.district), current_app.config["SITE_URL"])


def _day(name: str, usual: date) -> date:
    given = request.args.get(name, "")
    try:
        return date.fromisoformat(given) if given else usual
    except ValueError:
        abort(400, f"{name}: a day such as 2026-11-24.")
