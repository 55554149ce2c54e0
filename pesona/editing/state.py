"""What is true of an item now, always derived: the state of each part and what differs from live."""

from dataclasses import dataclass
from typing import Any

from pesona.editing import items
from pesona.editing.snapshot import Snapshot, changed_fields, empty, part
from pesona.locales import LOCALES
from pesona.models.item import PARTS, Item


@dataclass(frozen=True, slots=True)
class Change:
    """A field whose newest draft differs from what is live."""

    part: str
    name: str
    live: Any
    draft: Any


@dataclass(frozen=True, slots=True)
class State:
    """The state of an item: by language `empty`, `draft`, `live` or `changed`."""

    locales: dict[str, str]
    changes: list[Change]
    facts_live: bool = True

    def changed(self, where: str) -> list[Change]:
        return [change for change in self.changes if change.part == where]

    @property
    def parts(self) -> list[str]:
        """Return the parts that publication would change; the first words bring their facts along."""
        brought = bool(self.changes) and not self.facts_live
        return [where for where in PARTS if self.changed(where) or (where == "facts" and brought)]


def state(item: Item) -> State:
    """Return the state of *item*, comparing its newest revision with each live part."""
    draft = items.snapshot(item)
    changes = [change for where in PARTS for change in _changes(item, where, draft)]
    words = {locale: _language(item, locale, draft, changes) for locale in LOCALES}
    return State(words, changes, item.live_facts is not None)


def _changes(item: Item, where: str, draft: Snapshot) -> list[Change]:
    number = item.live(where)
    if number == item.head:
        return []
    live = empty(item.kind) if number is None else items.snapshot(item, number)
    return [
        Change(at, name, part(live, at)[name], part(draft, at)[name])
        for at, name in changed_fields(live, draft)
        if at == where
    ]


def _language(item: Item, locale: str, draft: Snapshot, changes: list[Change]) -> str:
    if item.live(locale) is not None:
        return "changed" if any(c.part == locale for c in changes) else "live"
    if not any(part(draft, locale).values()):
        return "empty"
    return "draft"
