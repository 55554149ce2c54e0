"""What the words screens know of the other language: its text, the marks of each field, and three buttons."""

from typing import Any

from flask import abort

from pesona.admin.blueprint import actor
from pesona.editing import items, translation
from pesona.editing.translation import SOURCE, TARGET
from pesona.locales import other_locale
from pesona.models.item import Item


def beside(item: Item, where: str) -> dict[str, Any]:
    """Return what stands beside the words of *item* in *where*; nothing beside its facts."""
    if where == "facts":
        return {"beside": None, "beside_locale": None, "facts": None, "marks": {}, "coverage": None, "minor": False}
    snapshot = items.snapshot(item)
    return {
        "beside": snapshot["words"][other_locale(where)],
        "beside_locale": other_locale(where),
        "facts": snapshot["facts"],
        "marks": translation.marks(item) if where == TARGET else {},
        "coverage": translation.coverage(item) if where == TARGET else None,
        "minor": where == SOURCE and any(snapshot["words"][TARGET].values()),
    }


def still_correct(item: Item, name: str) -> list[str]:
    """Note that the field *name*, or every field (`all`), is still correct; return which were in doubt."""
    known = translation.names(item.kind)
    if name != "all" and name not in known:
        abort(400)
    return translation.still_correct(item, known if name == "all" else [name], actor())


def copy(item: Item, form: Any, name: str) -> None:
    """Put the Indonesian text of the field *name* into *form*."""
    if name not in translation.names(item.kind):
        abort(400)
    form[name].raw_data = None
    form[name].data = items.snapshot(item)["words"][SOURCE][name]
