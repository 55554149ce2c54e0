"""The API's small lists that other answers name by code: districts and categories, in both languages."""

from typing import Any

from flask import Response, abort, current_app

from pesona import addresses, i18n
from pesona.locales import LOCALES
from pesona.public.api_answer import licensed
from pesona.public.api_question import NONE, refuse_unknown
from pesona.public.blueprint import bp
from pesona.queries.catalogue import catalogue
from pesona.text import names


@bp.get("/api/v1/<any(districts,categories):plural>")
def api_areas(plural: str) -> Response:
    """Answer all districts or all categories, whole on one page."""
    refuse_unknown(NONE)
    told = list(_told(plural).values())
    return licensed({"total": len(told), "page": 1, "pages": 1, "results": told})


@bp.get("/api/v1/<any(districts,categories):plural>/<code>")
def api_area(plural: str, code: str) -> Response:
    """Answer one district or category."""
    refuse_unknown(NONE)
    found = _told(plural).get(code)
    if found is None:
        abort(404)
    return licensed(found)


def _told(plural: str) -> dict[str, dict[str, Any]]:
    if plural == "districts":
        return {code: _one("district", code, dict.fromkeys(LOCALES, a.name), a.slug, plural)
                for code, a in catalogue().districts.items()}  # fmt: skip
    return {
        code: _one("category", code, {lo: i18n.speaker(lo).gettext(name) for lo in LOCALES}, code, plural)
        for code, name in names.CATEGORIES.items()
    }


def _one(kind: str, code: str, named: dict[str, str], part: str, plural: str) -> dict[str, Any]:
    counts = catalogue().counts
    words = {
        lo: {"name": named[lo], "url": current_app.config["SITE_URL"] + addresses.section(plural, lo, part)}
        for lo in LOCALES
    }
    held = {f"{one}s": counts[one].get((kind, code), 0) for one in ("destination", "event")}
    return {"type": kind, "code": code, **held, "translations": words}
