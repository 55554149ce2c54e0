"""The API's description of itself as OpenAPI 3.1, from the names that its views know and the shapes that it answers."""

from collections.abc import Iterable, Iterator
from typing import Any

from flask import Response, current_app, jsonify

from pesona.locales import LOCALES
from pesona.models.destination import KINDS
from pesona.public.api import OF_SEARCH
from pesona.public.api_answer import LICENCE, MOST, PAGE_SIZE, kept
from pesona.public.api_dates import OF_DATES
from pesona.public.api_question import LISTS, NONE, OF_FILES, OF_ITEMS, refuse_unknown
from pesona.public.blueprint import bp
from pesona.public.suggest import OF_SUGGEST
from pesona.shapes import api_schema as schema
from pesona.shapes.api_schema import page_of, ref, rows
from pesona.text import names

ROOT = "/api/v1"
VERSION = "1.0.0"
Told = dict[str, Any]

ITEMS = {"destinations": "Destination", "events": "Event", "pages": "Page"}
AREAS = {"districts": "District", "categories": "Category"}
PARAMETERS: dict[str, tuple[str, Told, str]] = {
    "category": ("A code of /categories.", schema.one_of(names.CATEGORIES), "history"),
    "district": ("A code of /districts.", schema.TEXT, "14.08.01"),
    "kind": ("The kind of a destination.", schema.one_of(KINDS), "place"),
    "bbox": ("west,south,east,north in degrees; exact points alone.", schema.TEXT, "102,0.7,102.1,0.9"),
    "near": ("latitude,longitude in degrees; the nearest first.", schema.TEXT, "0.80016,102.05002"),
    "updated_after": ("What changed since; goes with limit and page alone.", schema.MOMENT, "2026-11-24T03:00:00Z"),
    "limit": ("How many on one page.", {"type": "integer", "minimum": 1, "maximum": MOST, "default": PAGE_SIZE}, "10"),
    "page": ("From 2 on; the first has no number.", {"type": "integer", "minimum": 2}, "2"),
    "from": ("The first day; today without it.", schema.DAY, "2024-01-01"),
    "to": ("The last day, included.", schema.DAY, "2030-12-31"),
    "locale": ("The language.", schema.one_of(LOCALES), "en"),
    "q": ("What to search for.", schema.TEXT, "istana"),
    "type": ("The kind of item.", schema.one_of(names.ITEM_KINDS), "event"),
}


@bp.get("/api/v1/openapi.json")
def api_description() -> Response:
    """Answer the description of the API."""
    refuse_unknown(NONE)
    told = {
        "openapi": "3.1.0",
        "info": {
            "title": "Pesona Siak",
            "version": VERSION,
            "summary": "What the tourism site of Siak Regency publishes, in Indonesian and English.",
            "description": f"Words and facts: {LICENCE['attribution']}. Each photo names its own licence.",
            "license": {"name": LICENCE["name"], "url": LICENCE["url"]},
        },
        "servers": [{"url": current_app.config["SITE_URL"]}],
        "paths": {ROOT + path: {"get": told} for path, told in _paths()},
        "components": {"schemas": schema.schemas()},
    }
    return kept(jsonify(told))


def _paths() -> Iterator[tuple[str, Told]]:
    for plural, name in ITEMS.items():
        changed = (name, "Removed")
        yield f"/{plural}", _get(f"The published {plural}, or what changed.", page_of(*changed), OF_ITEMS)
        yield f"/{plural}/{{code}}", _get("One by its code.", ref(name), errors=("404", "410"), code=True)
        yield f"/{plural}.csv", _get("A table in one language.", schema.TEXT, OF_FILES, media="text/csv")
        if plural != "pages":
            yield (
                f"/{plural}.geojson",
                _get("For maps, in one language.", _map(), OF_FILES, media="application/geo+json"),
            )
    for plural, name in AREAS.items():
        yield f"/{plural}", _get(f"All {plural}.", page_of(name))
        yield f"/{plural}/{{code}}", _get("One by its code.", ref(name), errors=("404",), code=True)
    yield "/occurrences", _get("The dates of all events in order of time.", page_of("Date"), OF_DATES)
    yield "/notices", _get("What is on or coming, the gravest first.", page_of("Notice"), LISTS)
    yield "/notices/{code}", _get("One by its code.", ref("Notice"), errors=("404",), code=True)
    yield "/search", _get("A search as the site has it.", _search(), OF_SEARCH)
    suggested = schema.record({"query": schema.TEXT, "results": rows(ref("Suggestion"))})
    yield "/suggest", _get("Names that begin as typed.", suggested, OF_SUGGEST)
    yield "/openapi.json", _get("This description.", {"type": "object"})


def _get(
    summary: str,
    answer: Told,
    known: frozenset[str] = NONE,
    *,
    media: str = "application/json",
    errors: Iterable[str] = (),
    code: bool = False,
) -> Told:
    problem = {"application/problem+json": {"schema": ref("Problem")}}
    wrong = {"400": "An unknown parameter or value.", "404": "Not here.", "410": "Removed for good."}
    absent = {*errors, *(("404",) if "page" in known else ())}
    told = {number: {"description": text, "content": problem} for number, text in wrong.items()
            if number == "400" or number in absent}  # fmt: skip
    of_path = [{"name": "code", "in": "path", "required": True, "schema": schema.TEXT}] if code else []
    return {
        "summary": summary,
        "parameters": [*of_path, *(_parameter(name) for name in PARAMETERS if name in known)],
        "responses": {
            "200": {"description": "The answer.", "content": {media: {"schema": answer}}},
            "304": {"description": "Not changed since the ETag in If-None-Match."},
            **told,
        },
    }


def _parameter(name: str) -> Told:
    about, shape, example = PARAMETERS[name]
    return {"name": name, "in": "query", "description": about, "schema": shape, "example": example}


def _map() -> Told:
    told = {"licence": ref("Licence"), "type": {"const": "FeatureCollection"}, "features": rows(ref("Feature"))}
    return schema.record(told)


def _search() -> Told:
    counts = {"type": "object", "additionalProperties": schema.WHOLE}
    facets = schema.record(dict.fromkeys(("type", "category", "district"), counts))
    more = {"query": schema.TEXT, "did_you_mean": schema.or_null(schema.TEXT), "facets": facets}
    told = page_of("Result")
    return schema.record({**told["properties"], **more})
