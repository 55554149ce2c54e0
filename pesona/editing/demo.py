"""The Siak content that ships with the package, published through the same deeds as the desk's."""

import csv
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

from pesona import addresses
from pesona.editing import holidays, items, publish
from pesona.editing.log import Actor
from pesona.editing.snapshot import ROWS
from pesona.locales import LOCALES
from pesona.models.item import PARTS

ACTOR = Actor(command="demo")


def load() -> Iterator[tuple[str, str, bool]]:
    """Yield (kind, code, whether it was new) while loading; what exists already is left alone.

    An item that editors have touched is theirs, so a second load never changes anything.
    """
    for kind, code, given in _files():
        if items.find(kind, code):
            yield kind, code, False
        else:
            item = items.create(kind, code, given, ACTOR, origin="demo")
            publish.publish(item, item.head, PARTS, ACTOR)
            yield kind, code, True


def load_holidays() -> int:
    """Fill the years of the calendar of holidays that are still empty; return how many rows are new."""
    text = files("pesona.demo").joinpath("holidays.csv").read_text("utf-8")
    return holidays.load(csv.DictReader(text.splitlines()), ACTOR)


def _files() -> Iterator[tuple[str, str, dict[str, Any]]]:
    # Places come first, so that events and pages find what they link to.
    for plural in ("destinations", "events", "pages"):
        folder = files("pesona.demo").joinpath(plural)
        for file in sorted(folder.iterdir(), key=lambda f: f.name):
            if file.name.endswith(".toml"):
                data = tomllib.loads(file.read_text("utf-8"))
                yield addresses.KINDS[plural], file.name.removesuffix(".toml"), _snapshot(data)


def _snapshot(data: dict[str, Any]) -> dict[str, Any]:
    words = {locale: data.pop(locale) for locale in LOCALES}
    for name in ROWS.keys() & data.keys():
        data[name] = [{k: str(v) if k in ("start", "end") else v for k, v in row.items()} for row in data[name]]
    return {"facts": data, "words": words}
