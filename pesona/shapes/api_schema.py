"""The shapes of the API's answers as JSON Schema, told by the same values that the answers are made from. Pure."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date, datetime
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from pesona import published
from pesona.locales import LOCALES
from pesona.models.destination import HOURS_STATUSES, KINDS
from pesona.shapes.api import OF_PAGES, TOLD_APART
from pesona.text import names

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
NUMBER: Schema = {"type": "number"}
WHOLE: Schema = {"type": "integer"}
FLAG: Schema = {"type": "boolean"}
DAY: Schema = {"type": "string", "format": "date"}
MOMENT: Schema = {"type": "string", "format": "date-time"}
ADDRESS: Schema = {"type": "string", "format": "uri"}
_PLAIN: Mapping[Any, Schema] = {
    str: TEXT, float: NUMBER, int: WHOLE, bool: FLAG, date: DAY, datetime: MOMENT,
}  # fmt: skip
_NAMED = (
    published.Area, published.Source, published.Point, published.Price, published.HoursReport, published.Occurrence,
    published.Facility,
)  # fmt: skip


def ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def record(properties: Mapping[str, Schema], *, maybe: frozenset[str] = frozenset(), about: str = "") -> Schema:
    """Return an object with these *properties*, all of them always there but those of *maybe*."""
    required = [name for name in properties if name not in maybe]
    told = {"type": "object", "properties": dict(properties), "required": required}
    return {**told, "description": about} if about else told


def rows(of: Schema) -> Schema:
    return {"type": "array", "items": of}


def one_of(values: Any) -> Schema:
    return {"type": "string", "enum": list(values)}


def or_null(of: Schema) -> Schema:
    return {"anyOf": [of, {"type": "null"}]}


def by_language(of: Schema) -> Schema:
    """Return what is told by language, in one or both."""
    return {"type": "object", "properties": dict.fromkeys(LOCALES, of)}


def page_of(*what: str) -> Schema:
    """Return one page of a list of these components."""
    results = rows(ref(what[0]) if len(what) == 1 else {"anyOf": [ref(name) for name in what]})
    return record({"licence": ref("Licence"), "total": WHOLE, "page": WHOLE, "pages": WHOLE, "results": results})


def schemas() -> dict[str, Schema]:
    """Return every component that answers are made of."""
    return {
        **{shape.__name__: record(_of(shape), about=_sentence(shape)) for shape in _NAMED},
        "Licence": record({"name": TEXT, "url": ADDRESS, "attribution": TEXT}, about="Of words and facts."),
        "Problem": record({"type": TEXT, "title": TEXT, "status": WHOLE, "detail": TEXT}, about="RFC 9457."),
        "Photo": _photo(),
        "Words": _words(),
        "Hours": _hours(),
        "Destination": _item(published.PublishedDestination, "destination", "hours_status", "hours", "notices"),
        "Event": _item(published.PublishedEvent, "event"),
        "Page": _item(published.PublishedPage, "page"),
        "Removed": record({"code": TEXT, "time": MOMENT}, about="What has left the site: delete it."),
        "Notice": _notice(),
        "Date": _date(),
        "District": _area("district"),
        "Category": _area("category"),
        "Result": _result(),
        "Suggestion": _suggestion(),
        "Feature": _feature(),
    }


def _sentence(shape: type) -> str:
    return " ".join((shape.__doc__ or "").split("\n\n")[0].replace("*", "").replace("`", "").split())


def _of(shape: type, without: frozenset[str] = frozenset()) -> dict[str, Schema]:
    """Return the properties that the fields of a dataclass come to in JSON."""
    hints = get_type_hints(shape)
    found = {one.name: _value(hints[one.name]) for one in fields(shape) if one.name not in without}
    if shape is published.Occurrence:
        found["status"] = one_of(names.STATUSES)
    return found


def _value(hint: Any) -> Schema:
    if hint in _PLAIN:
        return _PLAIN[hint]
    if get_origin(hint) in (Union, UnionType):
        return or_null(_value(next(one for one in get_args(hint) if one is not type(None))))
    if get_origin(hint) is tuple:
        return rows(_value(get_args(hint)[0]))
    return ref(hint.__name__)


def _item(shape: type, kind: str, *more: str) -> Schema:
    told = {
        **_of(shape, TOLD_APART),
        "photos": rows(ref("Photo")),
        "changed_at": MOMENT,
        "translations": by_language(ref("Words")),
        "hours_status": one_of(HOURS_STATUSES),
        "hours": ref("Hours"),
        "notices": rows(ref("Notice")),
        "licence": ref("Licence"),
        "distance_km": NUMBER | {"description": "From `near`, in a straight line."},
        "time": MOMENT | {"description": "With `updated_after`: when it last changed."},
    }
    for name in ("hours_status", "hours", "notices"):
        if name not in more:
            del told[name]
    if kind == "destination":
        told["kind"] = one_of(KINDS)
    asked = frozenset(("licence", "distance_km", "time"))
    return record({"type": {"const": kind}, **told}, maybe=asked, about=_sentence(shape))


def _photo() -> Schema:
    texts = dict.fromkeys(("credit", "licence", "licence_url", "source", "date"), TEXT)
    alts = dict.fromkeys(("alt", "caption"), by_language(TEXT))
    return record({"url": ADDRESS, "width": WHOLE, "height": WHOLE, **alts, **texts})


def _words() -> Schema:
    kept = {name: value for name, value in _of(published.Words).items() if not name.endswith("_html")}
    del kept["locale"]
    return record(
        {**kept, "url": ADDRESS}, about="What is published in one language; body, tips and ways are Markdown."
    )


def _notice() -> Schema:
    facts = _of(published.PublishedNotice, OF_PAGES)
    facts |= {"kind": one_of(names.NOTICE_KINDS), "severity": one_of(names.SEVERITIES)}
    facts |= {"photos": rows(ref("Photo")), "end": or_null(TEXT), "changed_at": MOMENT, "licence": ref("Licence")}
    words = record({"name": TEXT, "summary": TEXT, "body": TEXT, "updated_at": MOMENT})
    told = {"type": {"const": "notice"}, **facts, "translations": by_language(words)}
    return record(told, maybe=frozenset(("licence",)), about="start and end are a day, included whole, or a moment.")


def _hours() -> Schema:
    texts = dict.fromkeys(
        ("opening_hours", "last_entry", "holidays", "appointment_contact", "source", "checked_on"), TEXT
    )
    season = dict.fromkeys(("name_id", "name_en"), TEXT) | {"start": DAY, "end": DAY, "week": TEXT, "last_entry": TEXT}
    told = {
        **dict.fromkeys(("status", "status_today"), one_of(HOURS_STATUSES)),
        "known": FLAG,
        "closed_until": or_null(DAY),
        **texts,
        "seasons": rows(record(season)),
        "dates": rows(record({"start": DAY, "end": DAY, "times": TEXT, "note_id": TEXT, "note_en": TEXT})),
        "holiday_dates": rows(record({"date": DAY, "times": TEXT})),
        "by_appointment": FLAG,
        **dict.fromkeys(("from", "through"), DAY),
        "unknown_days": rows(DAY),
        "intervals": rows(record({"opens": TEXT, "closes": TEXT, "last_entry": or_null(TEXT)})),
    }
    return record(told, about="The facts, and what they come to in the four weeks from today; times of Asia/Jakarta.")


def _named() -> Schema:
    return by_language(record({"name": TEXT, "url": ADDRESS}))


def _date() -> Schema:
    about = "One date of an event; uid is the one of the calendars."
    told = {"type": {"const": "occurrence"}, "uid": TEXT, "event": TEXT, **_of(published.Occurrence), "category": TEXT,
            "district": or_null(ref("Area")), "translations": _named()}  # fmt: skip
    return record(told, about=about)


def _area(kind: str) -> Schema:
    told = {"type": {"const": kind}, "code": TEXT, "destinations": WHOLE, "events": WHOLE, "translations": _named(),
            "licence": ref("Licence")}  # fmt: skip
    return record(told, maybe=frozenset(("licence",)))


def _result() -> Schema:
    texts = {"code": TEXT, "title": TEXT, "url": ADDRESS, "excerpt": TEXT | {"description": "HTML with mark."}}
    return record({"type": one_of(names.ITEM_KINDS), **texts, "score": NUMBER})


def _suggestion() -> Schema:
    return record(dict.fromkeys(("type", "code", "title", "lang", "url", "note", "also", "also_lang"), TEXT))


def _feature() -> Schema:
    point = record({"type": {"const": "Point"}, "coordinates": rows(NUMBER)})
    texts = dict.fromkeys(("name", "url", "lang", "kind", "category", "district"), TEXT)
    told = {"type": {"const": "Feature"}, "id": TEXT, "geometry": or_null(point), "properties": record(texts)}
    return record(told, about="RFC 7946; no geometry where the point is not exact to 1,000 m.")
