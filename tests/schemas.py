"""A judge of JSON by the part of JSON Schema that the API's description uses; it knows no other words."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

TYPES = {
    "object": dict,
    "array": list,
    "string": str,
    "boolean": bool,
    "null": type(None),
    "integer": int,
    "number": (int, float),
}
WORDS = {"type", "properties", "required", "items", "enum", "const", "anyOf", "$ref", "format", "description",
         "additionalProperties", "minimum", "maximum", "default"}  # fmt: skip
FORMATS = {
    "date": date.fromisoformat,
    "date-time": datetime.fromisoformat,
    "uri": lambda text: urlsplit(text).scheme[0],
}


def faults(value: Any, schema: dict[str, Any], whole: dict[str, Any], at: str = "$") -> Iterator[str]:
    """Yield what in *value* is not as *schema* in the description *whole* says; what it does not name is a fault too."""
    assert schema.keys() <= WORDS, schema.keys() - WORDS
    if "$ref" in schema:
        schema = whole["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
    if "anyOf" in schema:
        tries = [list(faults(value, one, whole, at)) for one in schema["anyOf"]]
        yield from [] if [] in tries else tries[0]
    if "const" in schema and value != schema["const"]:
        yield f"{at}: {value!r} is not {schema['const']!r}"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{at}: {value!r} is none of {schema['enum']}"
    kind = schema.get("type")
    if kind and (not isinstance(value, TYPES[kind]) or (isinstance(value, bool) and kind != "boolean")):
        yield f"{at}: {value!r} is no {kind}"
    elif kind == "array":
        for number, one in enumerate(value):
            yield from faults(one, schema["items"], whole, f"{at}[{number}]")
    elif kind == "object" and schema.keys() & {"properties", "additionalProperties"}:
        yield from _of_object(value, schema, whole, at)
    elif "format" in schema:
        yield from _of_format(value, schema["format"], at)


def _of_object(value: dict[str, Any], schema: dict[str, Any], whole: dict[str, Any], at: str) -> Iterator[str]:
    named = schema.get("properties", {})
    yield from (f"{at}: without {name}" for name in schema.get("required", ()) if name not in value)
    for name, one in value.items():
        if name in named or "additionalProperties" in schema:
            yield from faults(one, named.get(name) or schema["additionalProperties"], whole, f"{at}.{name}")
        else:
            yield f"{at}.{name}: not described"


def _of_format(value: str, form: str, at: str) -> Iterator[str]:
    try:
        FORMATS[form](value)
    except (ValueError, IndexError):
        yield f"{at}: {value!r} is no {form}"
