"""Drafts: make an item, save a revision, read a snapshot. Every deed runs in the caller's transaction."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from sqlalchemy import select

from pesona.db import db
from pesona.editing import log, territory, translation
from pesona.editing.log import Actor
from pesona.editing.merge import Clash, Merged, merge
from pesona.editing.snapshot import Snapshot, changed_fields, complete, empty, part, upgraded
from pesona.models.item import Item, Revision
from pesona.text.slugs import slugify


class Conflict(Exception):
    """Somebody else changed the same fields since the form was opened; nothing was stored."""

    def __init__(self, item: Item, clashes: list[Clash], began: int, base: Snapshot, mine: Snapshot) -> None:
        super().__init__(f"{item.kind} {item.code}: {len(clashes)} clashing fields")
        self.clashes = clashes
        self.began = began
        self.base = base
        self.mine = mine


@dataclass(slots=True)
class Saved:
    """What a save did: *number* is the newest revision, new or not."""

    number: int
    changed: list[tuple[str, str]] = field(default_factory=list)
    theirs_kept: list[tuple[str, str]] = field(default_factory=list)


def find(kind: str, code: str, lock: bool = False) -> Item | None:
    """Return the item, its row locked until the transaction ends where *lock* is wanted."""
    statement = select(Item).where(Item.kind == kind, Item.code == code)
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    return db.session.scalar(statement)


def create(
    kind: str,
    code: str,
    given: Mapping[str, Any],
    actor: Actor,
    origin: str = "edit",
    note: str = "",
    deed: str = "create",
) -> Item:
    """Make an item of *kind* with its first revision; *code* must be free."""
    item = Item(kind=kind, code=code, created_by=actor.account_id)
    db.session.add(item)
    db.session.flush()
    append(item, complete(kind, given), 0, actor, origin, note)
    log.note(actor, deed, code, item=item, revision=item.head)
    return item


def any_exists() -> bool:
    return db.session.scalar(select(Item.id).limit(1)) is not None


def free_code(kind: str, name: str) -> str:
    """Return a code made from *name* that no item of *kind* has; `new` is an address of the desk."""
    stem = slugify(name) or kind
    taken = {"new", *db.session.scalars(select(Item.code).where(Item.kind == kind, Item.code.startswith(stem)))}
    return next(code for n in range(1, len(taken) + 2) if (code := stem if n == 1 else f"{stem}-{n}") not in taken)


def snapshot(item: Item, number: int | None = None) -> Snapshot:
    """Return the snapshot of revision *number*, or of the newest one."""
    return upgraded(item.kind, stored(item, item.head if number is None else number))[0]


def stored(item: Item, number: int) -> Mapping[str, Any]:
    """Return the snapshot of revision *number* as it was written, in the shape of its time."""
    mine = select(Revision.snapshot).where(Revision.item_id == item.id, Revision.number == number)
    found: Mapping[str, Any] | None = db.session.scalar(mine)
    if found is None:
        raise LookupError(f"{item.kind} {item.code} has no revision {number}")
    return found


def revisions(item: Item) -> list[Revision]:
    """Return the chain of *item*, the newest first."""
    newest_first = select(Revision).where(Revision.item_id == item.id).order_by(Revision.number.desc())
    return list(db.session.scalars(newest_first))


def revision(item: Item, number: int) -> Revision:
    return db.session.scalars(select(Revision).where(Revision.item_id == item.id, Revision.number == number)).one()


def last_change(item: Item, where: str, name: str) -> Revision:
    """Return the revision that gave the field *name* of part *where* its newest value."""
    chain = _of_drafts(revisions(item))
    for newer, older in pairwise(chain):
        if part(newer.snapshot, where).get(name) != part(older.snapshot, where).get(name):
            return newer
    return chain[-1]


def _of_drafts(chain: list[Revision]) -> list[Revision]:
    """Return *chain*, the newest first, without what an immediate deed made live beside an open draft."""
    beside = {n for newer in chain if newer.origin == "immediate" for n in range(newer.base + 1, newer.number)}
    return [revision for revision in chain if revision.number not in beside]


def join(item: Item, base: int, changes: Mapping[str, Mapping[str, Any]]) -> Merged:
    """Return what saving *changes*, made on revision *base*, would store; raises `Conflict`."""
    before = snapshot(item, base)
    mine = deepcopy(before)
    for where, values in changes.items():
        part(mine, where).update(values)
    mine = complete(item.kind, {key: mine[key] for key in ("facts", "words")})
    merged = merge(before, snapshot(item), mine)
    if merged.clashes:
        raise Conflict(item, merged.clashes, base, before, mine)
    return merged


def save(
    item: Item,
    base: int,
    changes: Mapping[str, Mapping[str, Any]],
    actor: Actor,
    origin: str = "edit",
    note: str = "",
    minor: bool = False,
) -> Saved:
    """Store *changes* (part → field → value), made on revision *base*, as a new revision.

    What others saved since is kept; a field that both changed raises `Conflict`. A save that
    changes nothing makes no revision. A *minor* edit makes no translation old. The item must have
    been found with `lock`.
    """
    merged = join(item, base, changes)
    changed = changed_fields(snapshot(item), merged.snapshot)
    if changed:
        merging = bool(merged.theirs_kept) and origin == "edit"
        append(item, merged.snapshot, base, actor, "merge" if merging else origin, note, minor)
        names = [".".join(pair) for pair in changed]
        log.note(actor, "save", ", ".join(names), item=item, revision=item.head)
    return Saved(item.head, changed, merged.theirs_kept)


def append(item: Item, whole: Snapshot, base: int, actor: Actor, origin: str, note: str, minor: bool = False) -> None:
    """Add *whole*, made from revision *base*, to the chain of *item*; the caller writes the log."""
    territory.guard(actor.account, item, whole["facts"])
    earlier, began = (snapshot(item, number) if number else empty(item.kind) for number in (item.head, base))
    item.head += 1
    revision = Revision(
        item_id=item.id,
        number=item.head,
        base=base,
        snapshot=whole,
        origin=origin,
        account_id=actor.account_id,
        command=actor.command,
        note=note,
    )
    db.session.add(revision)
    db.session.flush()
    translation.follow(item, earlier, whole, began, minor)
