"""A copy of an item: a new draft with its facts and words, and a code and address parts of its own."""

from copy import deepcopy

from pesona.editing import items, slugs
from pesona.editing.log import Actor
from pesona.editing.snapshot import FACTS
from pesona.locales import LOCALES
from pesona.models.item import Item
from pesona.text.slugs import slugify

# What belongs to the original alone: photographs show it and no other place, and the next year has its own dates.
_NOT_COPIED = ("photos", "occurrences", "rrule", "rule_start", "exdates")


def copy(item: Item, actor: Actor) -> Item:
    """Return a new draft made from the newest revision of *item*; nothing of it is live."""
    given = items.snapshot(item)
    for name in _NOT_COPIED:
        if name in FACTS[item.kind]:
            given["facts"][name] = deepcopy(FACTS[item.kind][name])
    for words in (given["words"][locale] for locale in LOCALES):
        if words["slug"] or words["name"]:
            words["slug"] = slugs.free(item.kind, words["slug"] or slugify(words["name"]))
    code = items.free_code(item.kind, given["words"]["id"]["name"] or given["words"]["en"]["name"])
    parts = {key: given[key] for key in ("facts", "words")}
    return items.create(item.kind, code, parts, actor, origin="copy", note=item.code, deed="copy")
