"""The API's lists as files in one language: GeoJSON for maps, CSV for tables."""

import csv
import io
from typing import Any

from flask import Response, abort, current_app, json, request

from pesona import addresses
from pesona.locales import DEFAULT_LOCALE, LOCALES
from pesona.public.api_answer import LICENCE, kept
from pesona.public.api_question import OF_FILES, fitting, refuse_unknown
from pesona.public.blueprint import bp
from pesona.queries.catalogue import Entry
from pesona.shapes import geojson

COLUMNS = ("code", "name", "summary", "lang", "url", "kind", "category", "district", "latitude", "longitude")
# A spreadsheet would take a text that begins so for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@bp.get("/api/v1/<any(destinations,events):plural>.geojson")
def api_geojson(plural: str) -> Response:
    """Answer a whole list as GeoJSON."""
    locale = _locale()
    told: dict[str, Any] = {"licence": LICENCE}
    told |= geojson.collection(fitting(addresses.KINDS[plural]), locale, current_app.config["SITE_URL"])
    return kept(Response(json.dumps(told, ensure_ascii=False), content_type="application/geo+json"))


@bp.get("/api/v1/<any(destinations,events,pages):plural>.csv")
def api_csv(plural: str) -> Response:
    """Answer a whole list as CSV."""
    locale, file = _locale(), io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    for entry in fitting(addresses.KINDS[plural]):
        writer.writerow(_row(entry, locale))
    return kept(Response(file.getvalue(), content_type="text/csv; charset=utf-8"))


def _row(entry: Entry, locale: str) -> list[str | float]:
    card, point = entry.cards[locale], entry.point if entry.point and entry.point.exact else None
    url = current_app.config["SITE_URL"] + card.path
    texts = (entry.code, card.name, card.summary, card.locale, url, entry.subkind, entry.category, card.district)
    at = [round(point.latitude, 5), round(point.longitude, 5)] if point else ["", ""]
    return [*("'" + text if text.startswith(FORMULA) else text for text in texts), *at]


def _locale() -> str:
    refuse_unknown(OF_FILES)
    locale = request.args.get("locale", DEFAULT_LOCALE)
    if locale not in LOCALES:
        abort(400, f"locale: one of {', '.join(LOCALES)}.")
    return locale
