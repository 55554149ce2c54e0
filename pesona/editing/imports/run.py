"""A checked file stored: every row in the caller's one transaction, as drafts or live at once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from pesona.db import db
from pesona.editing import items, publish
from pesona.editing.checks import Problem
from pesona.editing.imports import away
from pesona.editing.imports.plan import Outcome, Plan, Planner, parts_to_publish
from pesona.editing.imports.tables import Table
from pesona.editing.log import Actor
from pesona.editing.snapshot import Snapshot, changed_fields, part
from pesona.editing.state import state
from pesona.models.item import PARTS, Item, Revision

ORIGIN = "import"

# What a run made of one item: its code, newest revision and marks before and after.
Made = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Choices:
    """How a run writes: who, whether rows go live at once, and the revisions that the check looked at."""

    actor: Actor
    publish: bool = False
    bases: Mapping[str, int | None] | None = None


def check(table: Table, file_name: str, bases: Mapping[str, int | None] | None = None) -> Iterator[Outcome]:
    """Yield what would become of each row; writes nothing."""
    for plan in Planner(table, file_name, bases).plans():
        yield plan.outcome


def run(table: Table, file_name: str, choices: Choices) -> Iterator[tuple[Outcome, Made | None]]:
    """Store the good rows of *table* one by one; yield each outcome with what it made.

    Wrong rows are left out, so whoever wants all or nothing checks first. The caller commits.
    """
    for plan in Planner(table, file_name, choices.bases).plans():
        yield plan.outcome, _store(plan, choices)


def _store(plan: Plan, choices: Choices) -> Made | None:
    outcome, item = plan.outcome, plan.item
    if outcome.outcome in ("wrong", "skipped") or plan.after is None:
        return None
    if outcome.outcome == "same" and not (choices.publish and item is not None and is_imported(item)):
        return None
    before = _standing(item)
    is_seen = item is None or outcome.outcome != "changed" or is_imported(item) or not state(item).parts
    item = _written(plan, choices.actor)
    if choices.publish:
        _publish(item, plan, is_seen, choices.actor)
    after = _standing(item)
    if after == before:
        return None
    return {"code": item.code, "new": outcome.outcome == "new", "before": before, "after": after}


def _standing(item: Item | None) -> dict[str, int | None]:
    if item is None:
        return {"head": None, **dict.fromkeys(PARTS)}
    return {"head": item.head, **{where: item.live(where) for where in PARTS}}


def _written(plan: Plan, actor: Actor) -> Item:
    assert plan.after is not None
    if plan.item is None:
        given = {key: plan.after[key] for key in ("facts", "words")}
        return items.create(plan.kind, plan.outcome.code, given, actor, origin=ORIGIN)
    item = plan.item
    if plan.outcome.outcome == "new":
        away.bring_back(item)
        items.save(item, item.head, {where: part(plan.after, where) for where in PARTS}, actor, ORIGIN)
    elif plan.outcome.outcome == "changed":
        items.save(item, plan.outcome.base or item.head, plan.changes(), actor, ORIGIN)
    return item


def is_imported(item: Item) -> bool:
    """Tell whether the newest revision of *item* came from an import."""
    newest = select(Revision.origin).where(Revision.item_id == item.id, Revision.number == item.head)
    return db.session.scalar(newest) == ORIGIN


def _publish(item: Item, plan: Plan, is_seen: bool, actor: Actor) -> None:
    """Publish what differs from live; what speaks against it stands in the outcome, and the item stays a draft."""
    parts = differing_parts(item)
    if not is_seen:
        plan.outcome.problems = [Problem("draft_open", "facts", "")]
    elif parts:
        try:
            publish.publish(item, item.head, parts, actor, incomplete=True)
        except publish.Blocked as blocked:
            plan.outcome.problems = blocked.problems
        else:
            plan.outcome.published = True


def differing_parts(item: Item) -> list[str]:
    """Return the parts of the newest revision that would go live: facts, and each language that has a name."""
    snapshot = items.snapshot(item)
    return [where for where in parts_to_publish(snapshot) if _differs(item, where, snapshot)]


def _differs(item: Item, where: str, snapshot: Snapshot) -> bool:
    number = item.live(where)
    if number is None:
        return True
    return any(at == where for at, _ in changed_fields(items.snapshot(item, number), snapshot))
