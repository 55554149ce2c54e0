"""The API: published facts and words in both languages, and search, as JSON."""

from datetime import timedelta
from typing import Any

from flask import Response, abort, current_app, jsonify, request

from pesona import addresses, clock
from pesona.cache import CACHEABLE
from pesona.locales import DEFAULT_LOCALE, LOCALES
from pesona.paging import cut, page_number
from pesona.public import arguments
from pesona.public.answers import Result, facets, narrowed, results, wanted_facets
from pesona.public.blueprint import bp
from pesona.published import PublishedDestination, PublishedItem
from pesona.queries import notices
from pesona.queries.catalogue import catalogue
from pesona.queries.holidays import by_day
from pesona.queries.items import published_by_codes
from pesona.search.find import find
from pesona.shapes import api, opening

PAGE_SIZE = 50
MOST = 200
SEARCH_SIZE = 10


@bp.get("/api/v1/<any(destinations,events,pages):plural>")
def api_list(plural: str) -> Response:
    """Answer one page of the published items of a kind, by code."""
    kind = addresses.KINDS[plural]
    codes = sorted(catalogue().entries[kind])
    number = page_number()
    chosen, paging = cut(codes, number, _limit(), str)
    items = published_by_codes(kind, list(chosen))
    told = [_item(item) for item in items]
    return _json({"total": len(codes), "page": number, "pages": paging.pages, "results": told})


@bp.get("/api/v1/<any(destinations,events,pages):plural>/<code>")
def api_item(plural: str, code: str) -> Response:
    """Answer one published item."""
    found = published_by_codes(addresses.KINDS[plural], [code])
    if not found:
        abort(404)
    return _json(_item(found[0]))


def _item(item: PublishedItem) -> dict[str, Any]:
    told = api.item(item, current_app.config["SITE_URL"])
    if isinstance(item, PublishedDestination):
        told["hours_status"], told["hours"] = item.hours.status, _hours(item)
        told["notices"] = [api.notice(one) for one in notices.concerning(item.code)]
    return told


def _hours(item: PublishedDestination) -> dict[str, Any]:
    today = clock.today()
    return opening.api(item.hours, today, by_day(today - timedelta(days=1), today + timedelta(days=opening.API_AHEAD)))


@bp.get("/api/v1/notices")
def api_notices() -> Response:
    """Answer one page of the notices that are on or coming, the gravest first."""
    coming = notices.not_over()
    number = page_number()
    chosen, paging = cut(coming, number, _limit(), str)
    told = [api.notice(one) for one in chosen]
    return _json({"total": len(coming), "page": number, "pages": paging.pages, "results": told})


@bp.get("/api/v1/notices/<code>")
def api_notice(code: str) -> Response:
    """Answer one live notice, also one that is over."""
    found = notices.live_notice(code)
    if found is None:
        abort(404)
    return _json(api.notice(found))


@bp.get("/api/v1/search")
def api_search() -> Response:
    """Answer a search: the same hits in the same order as the page."""
    locale = arguments.choice("locale", LOCALES) or DEFAULT_LOCALE
    text, wanted = arguments.text("q"), wanted_facets()
    found = find(text, locale)
    hits = narrowed(found.hits, wanted)
    number = page_number()
    shown, paging = cut(hits, number, SEARCH_SIZE, str)
    answer = _json(
        {
            "query": text,
            "total": len(hits),
            "page": number,
            "pages": paging.pages,
            "did_you_mean": found.corrected,
            "facets": {name: facet.counts for name, facet in facets(found.hits, wanted).items()},
            "results": [_result(hit) for hit in results(found, shown, locale)],
        }
    )
    answer.headers["Cache-Control"] = "no-cache"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def _result(hit: Result) -> dict[str, Any]:
    return {
        "type": hit.card.item_kind,
        "code": hit.card.code,
        "title": hit.card.name,
        "url": current_app.config["SITE_URL"] + hit.card.path,
        "excerpt": str(hit.excerpt),
        "score": round(hit.score, 4),
    }


def _limit() -> int:
    given = request.args.get("limit", str(PAGE_SIZE))
    if not (given.isascii() and given.isdigit() and len(given) < 6 and 1 <= int(given) <= MOST):
        abort(400)
    return int(given)


def _json(value: dict[str, Any]) -> Response:
    answer = jsonify(value)
    answer.headers["Cache-Control"] = CACHEABLE
    return answer
