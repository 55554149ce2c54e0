"""The API: published facts and words in both languages, and search, as JSON."""

from datetime import datetime, timedelta
from typing import Any

from flask import Response, abort, current_app, request

from pesona import addresses, clock
from pesona.locales import DEFAULT_LOCALE, LOCALES
from pesona.paging import cut, page_number
from pesona.public import arguments
from pesona.public.answers import FACETS, Result, facets, narrowed, results, wanted_facets
from pesona.public.api_answer import licensed, one_page
from pesona.public.api_question import LISTS, NONE, OF_ITEMS, fitting, nearest, refuse_unknown, updated_after
from pesona.public.blueprint import bp
from pesona.published import PublishedDestination, PublishedItem
from pesona.queries import notices
from pesona.queries.changes import changes, is_removed
from pesona.queries.holidays import by_day
from pesona.queries.items import published_by_codes
from pesona.search.find import find
from pesona.shapes import api, opening

SEARCH_SIZE = 10
OF_SEARCH = frozenset((*FACETS, "q", "locale", "page"))


@bp.get("/api/v1/<any(destinations,events,pages):plural>")
def api_list(plural: str) -> Response:
    """Answer one page of the published items of a kind, by code; nearest first, or in order of change, where asked."""
    refuse_unknown(OF_ITEMS)
    kind, after, entries = addresses.KINDS[plural], updated_after(), fitting(addresses.KINDS[plural])
    if after is not None:
        return _changed(kind, after)
    measured = nearest(entries)
    order = [(entry.code, None) for entry in entries] if measured is None else [(e.code, km) for e, km in measured]
    chosen, told = one_page(order)
    items = {item.code: item for item in published_by_codes(kind, [code for code, _ in chosen])}
    told["results"] = [
        {**_item(items[code]), **({} if km is None else {"distance_km": round(km, 3)})}
        for code, km in chosen
        if code in items
    ]
    return licensed(told)


def _changed(kind: str, after: datetime) -> Response:
    """Answer what changed after a moment, in order of time and code; what has left the site is code and time alone."""
    if set(request.args) - {"updated_after", "limit", "page"}:
        abort(400, "updated_after goes with limit and page alone: what leaves a filter would not be told.")
    chosen, told = one_page(changes(kind, after))
    live = [change.code for change in chosen if change.live]
    items = {item.code: _item(item) for item in published_by_codes(kind, live)}
    told["results"] = [{**items.get(c.code, {"code": c.code}), "time": api.moment(c.at)} for c in chosen]
    return licensed(told)


@bp.get("/api/v1/<any(destinations,events,pages):plural>/<code>")
def api_item(plural: str, code: str) -> Response:
    """Answer one published item."""
    refuse_unknown(NONE)
    found = published_by_codes(addresses.KINDS[plural], [code])
    if not found:
        abort(410 if is_removed(addresses.KINDS[plural], code) else 404)
    return licensed(_item(found[0]))


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
    refuse_unknown(LISTS)
    chosen, told = one_page(notices.not_over())
    return licensed({**told, "results": [api.notice(one) for one in chosen]})


@bp.get("/api/v1/notices/<code>")
def api_notice(code: str) -> Response:
    """Answer one live notice, also one that is over."""
    refuse_unknown(NONE)
    found = notices.live_notice(code)
    if found is None:
        abort(404)
    return licensed(api.notice(found))


@bp.get("/api/v1/search")
def api_search() -> Response:
    """Answer a search: the same hits in the same order as the page."""
    refuse_unknown(OF_SEARCH)
    locale = arguments.choice("locale", LOCALES) or DEFAULT_LOCALE
    text, wanted = arguments.text("q"), wanted_facets()
    found = find(text, locale)
    hits = narrowed(found.hits, wanted)
    number = page_number()
    shown, paging = cut(hits, number, SEARCH_SIZE, str)
    answer = licensed(
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
