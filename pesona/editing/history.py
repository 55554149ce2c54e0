"""The chain of an item read back: what each revision changed, two of them compared, one restored as a draft."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from pesona.db import db
from pesona.editing import items, log
from pesona.editing.log import Actor
from pesona.editing.publish import MovedOn
from pesona.editing.snapshot import Snapshot, changed_fields, empty, fields, part, stored_fields, upgraded
from pesona.models.item import PARTS, Item, Revision

LIVE = "live"


@dataclass(frozen=True, slots=True)
class Row:
    """One revision of the chain: what it *changed* as (part, field), and the parts of which it is *live*."""

    revision: Revision
    changed: list[tuple[str, str]]
    live: list[str]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field in which two versions of an item differ."""

    part: str
    name: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Restored:
    """What restoring did: the newest revision, and the fields that have no place any more."""

    number: int
    changed: bool
    dropped: list[tuple[str, str]]


def rows(item: Item, numbers: Sequence[int]) -> list[Row]:
    """Return the revisions *numbers* of *item*, the newest first, each beside the one before it."""
    wanted = {*numbers, *(number - 1 for number in numbers)}
    found = db.session.scalars(select(Revision).where(Revision.item_id == item.id, Revision.number.in_(wanted)))
    chain = {revision.number: revision for revision in found}
    read = {number: upgraded(item.kind, revision.snapshot)[0] for number, revision in chain.items()}
    return [
        Row(
            chain[number],
            changed_fields(read.get(number - 1, empty(item.kind)), read[number]),
            [where for where in PARTS if item.live(where) == number],
        )
        for number in sorted(numbers, reverse=True)
    ]


def version(item: Item, which: int | str) -> Snapshot:
    """Return revision *which*, or for `live` what readers see now: each part of the revision live for it."""
    if isinstance(which, int):
        return items.snapshot(item, which)
    whole = empty(item.kind)
    for where in PARTS:
        number = item.live(where)
        if number is not None:
            part(whole, where).update(part(items.snapshot(item, number), where))
    return whole


def compare(before: Snapshot, after: Snapshot) -> list[FieldChange]:
    """Return the fields that differ, the facts first."""
    return [
        FieldChange(where, name, part(before, where)[name], value)
        for where, name, value in fields(after)
        if part(before, where)[name] != value
    ]


def dropped(item: Item, number: int) -> list[tuple[str, str]]:
    """Return (part, field) of what revision *number* holds and today's shape has no place for."""
    return upgraded(item.kind, items.stored(item, number))[1]


def restore(item: Item, number: int, base: int, actor: Actor) -> Restored:
    """Make revision *number* the newest draft again; fields younger than it keep today's value.

    Nothing becomes public. Raises `MovedOn` where *base* is not the newest revision.
    """
    if base != item.head:
        raise MovedOn
    stored = items.stored(item, number)
    former, unknown = upgraded(item.kind, stored)
    today = items.snapshot(item)
    wanted = items.snapshot(item)
    for where, name in stored_fields(stored):
        if name in part(wanted, where):
            part(wanted, where)[name] = part(former, where)[name]
    changed = changed_fields(today, wanted)
    if changed:
        items.append(item, wanted, base, actor, "restore", str(number))
        names = ", ".join(".".join(pair) for pair in changed)
        log.note(actor, "restore", names, item=item, revision=item.head, restored=number)
    return Restored(item.head, bool(changed), unknown)
