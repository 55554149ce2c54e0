"""Immediate deeds: one change goes live at once, and an open draft stays where it is."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from pesona import clock
from pesona.editing import items, publish
from pesona.editing.checks import problems
from pesona.editing.log import Actor
from pesona.editing.snapshot import Snapshot, empty, part
from pesona.models.item import PARTS, Item
from pesona.text import moments

Changes = Mapping[str, Mapping[str, Any]]


class NotLive(Exception):
    """Nothing of the item is public, so nothing can go live at once."""


def change(
    item: Item, changes: Changes, deed: str, actor: Actor, note: str = "", to_draft: Changes | None = None
) -> bool:
    """Make *changes* (part → field → value) live without the rest of an open draft; tell whether anything changed.

    First comes a revision "live + changes", of which the changed parts that are live are published,
    then, where a draft is open, a revision "draft + changes". The log has one row, of *deed*. Raises
    `NotLive`, or `Blocked` with what speaks against it; the item must have been found with `lock`.
    *to_draft* is the same change where it looks otherwise in the draft, as one row of a list that differs.
    """
    if not item.is_public:
        raise NotLive
    live, draft, base = live_snapshot(item), items.snapshot(item), item.head
    with_change = _with(live, changes)
    if with_change == live:
        return False
    parts = [where for where in changes if item.live(where) is not None]
    # Before anything is written: whoever answers "blocked" commits what the transaction holds.
    if found := [problem for problem in problems(item, with_change, parts) if problem.blocks]:
        raise publish.Blocked(found)
    items.append(item, with_change, base, actor, "immediate", note)
    publish.publish(item, item.head, parts, actor, deed)
    drafted = _with(draft, changes if to_draft is None else to_draft)
    if drafted != with_change:
        items.append(item, drafted, base, actor, "immediate", note)
    return True


def live_snapshot(item: Item) -> Snapshot:
    """Return what is live of *item*, each part from its own revision; what is not live is empty."""
    whole = empty(item.kind)
    for where in PARTS:
        number = item.live(where)
        if number is not None:
            part(whole, where).update(part(items.snapshot(item, number), where))
    return whole


def _with(snapshot: Snapshot, changes: Changes) -> Snapshot:
    changed = deepcopy(snapshot)
    for where, values in changes.items():
        part(changed, where).update(values)
    return changed


def close_for_now(item: Item, until: str, reasons: Mapping[str, str], actor: Actor) -> bool:
    """Close a place now, through the day *until* or until further notice, with the reason in each live language."""
    facts = {"hours_status": "closed_for_now", "closed_until": until}
    words = {locale: {"status_note": reason} for locale, reason in reasons.items()}
    return change(item, {"facts": facts, **words}, "close", actor)


def open_again(item: Item, reasons: Mapping[str, str], actor: Actor) -> bool:
    """Give a place that is closed for now the status that it had before, and the notes that still hold."""
    words = {locale: {"status_note": reason} for locale, reason in reasons.items()}
    facts = {"hours_status": _status_before(item), "closed_until": ""}
    return change(item, {"facts": facts, **words}, "reopen", actor)


def _status_before(item: Item) -> str:
    """Return the newest status of the chain that did not say closed for now; where there is none it is not known."""
    said = (revision.snapshot["facts"].get("hours_status", "unknown") for revision in items.revisions(item))
    return next((status for status in said if status != "closed_for_now"), "unknown")


def end_notice(item: Item, actor: Actor) -> bool:
    """End a notice with this minute; one that has not begun, or is over, is left alone."""
    live, now = live_snapshot(item)["facts"], clock.now()
    start, end = moments.first(live["start"]), moments.last(live["end"])
    if start and (start > now or (end and end <= now)):
        return False
    return change(item, {"facts": {"end": moments.write(clock.now())}}, "end_notice", actor)


def still_true(item: Item, actor: Actor) -> bool:
    """Note that the live facts were confirmed today."""
    return change(item, {"facts": {"checked_on": clock.today().isoformat()}}, "still_true", actor)
