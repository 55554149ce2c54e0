"""An import taken back: its items as they were before, except those that somebody touched since."""

from typing import Any

from pesona.editing import items, publish
from pesona.editing.checks import COMPLETENESS, problems
from pesona.editing.imports import away
from pesona.editing.log import Actor
from pesona.editing.snapshot import Snapshot, part
from pesona.locales import LOCALES
from pesona.models.item import PARTS, Item

ORIGIN = "restore"


def take_back(kind: str, made: list[dict[str, Any]], actor: Actor, note: str) -> list[dict[str, str]]:
    """Restore every item of *made*; return those left as they are, each with the reason."""
    left = []
    for one in reversed(made):
        item = items.find(kind, one["code"], lock=True)
        reason = _reason(item, one)
        if not reason and item is not None:
            reason = _restore(item, one, actor, note)
        if reason:
            left.append({"code": one["code"], "reason": reason})
    return left[::-1]


def _reason(item: Item | None, one: dict[str, Any]) -> str:
    """Return why *item* is left alone, or nothing."""
    if item is None or not item.stands:
        return "removed"
    if item.head != one["after"]["head"]:
        return "edited"
    return "" if all(item.live(where) == one["after"][where] for where in PARTS) else "published"


def _restore(item: Item, one: dict[str, Any], actor: Actor, note: str) -> str:
    before = one["before"]
    changed = [where for where in PARTS if before[where] != one["after"][where]]
    again = [where for where in changed if before[where] is not None]
    public = _public_before(item, before, again)
    if any(p.blocks and p.rule not in COMPLETENESS for p in problems(item, public, again)):
        return "blocked"
    for locale in LOCALES:
        if locale in changed and locale not in again:
            publish.withdraw(item, locale, actor, note)
    if again:
        items.save(item, item.head, {where: part(public, where) for where in PARTS}, actor, ORIGIN, note)
        publish.publish(item, item.head, again, actor, incomplete=True)
    if one["new"]:
        away.put_away(item, actor)
    else:
        draft = items.snapshot(item, before["head"])
        items.save(item, item.head, {where: part(draft, where) for where in PARTS}, actor, ORIGIN, note)
    return ""


def _public_before(item: Item, before: dict[str, Any], again: list[str]) -> Snapshot:
    """Return the newest draft with what was live before in the parts that go live *again*."""
    whole = items.snapshot(item)
    for where in again:
        part(whole, where).update(part(items.snapshot(item, before[where]), where))
    return whole
