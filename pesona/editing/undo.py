"""A publication taken back within a day: what was live before goes live again, as a revision of its own."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from pesona.clock import utc_now
from pesona.db import db
from pesona.editing import items, log, publish, reports
from pesona.editing.checks import problems
from pesona.editing.log import Actor
from pesona.editing.publish import MovedOn
from pesona.editing.snapshot import Snapshot, part
from pesona.models.account import LogEntry
from pesona.models.item import Item

WINDOW = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Publication:
    """The newest publication of an item: its revision and parts, and what was live for them *before*."""

    number: int
    parts: list[str]
    before: dict[str, int | None]
    at: datetime
    account_id: int | None


def publication(item: Item) -> Publication | None:
    """Return the publication of *item* that can be taken back now, if there is one.

    It is the newest one, made by a person within 24 hours, and still live in all its parts.
    """
    newest = select(LogEntry).where(LogEntry.item_id == item.id, LogEntry.deed == "publish")
    entry = db.session.scalar(newest.order_by(LogEntry.id.desc()).limit(1))
    if entry is None or entry.account_id is None or entry.revision is None or "parts" not in entry.details:
        return None
    found = Publication(
        entry.revision, entry.details["parts"], entry.details["before"], entry.at, account_id=entry.account_id
    )
    is_live = all(item.live(where) == found.number for where in found.parts)
    return found if is_live and entry.at > utc_now() - WINDOW else None


def undo(item: Item, number: int, base: int, actor: Actor) -> int:
    """Take back the publication of revision *number*; return the newest revision.

    Each part goes back to what was live before, or off the site where nothing was. A draft that is
    newer than the publication stays the newest. Raises `MovedOn` or `Blocked`.
    """
    found = publication(item)
    if found is None or found.number != number or base != item.head:
        raise MovedOn
    draft, published, former = items.snapshot(item), items.snapshot(item, number), _former(item, found)
    again = [where for where in found.parts if found.before[where] is not None]
    publish.refuse_blocked(problems(item, former, again))
    items.append(item, former, base, actor, "undo", str(number))
    for locale in (where for where in found.parts if where != "facts" and where not in again):
        publish.take_down(item, locale)
    if item.live_facts is None:
        again = []
    if again:
        publish.make_live(item, item.head, again)
    reports.reopen(item, number)
    undoing = item.head
    if any(part(draft, where) != part(published, where) for where in found.parts):
        items.append(item, draft, base, actor, "kept", str(base))
    log.note(actor, "undo", ", ".join(found.parts), item=item, revision=undoing, undone=number, before=found.before)
    return item.head


def _former(item: Item, found: Publication) -> Snapshot:
    """Return the newest draft with what was live before in the parts of the publication *found*."""
    whole = items.snapshot(item)
    for where in found.parts:
        number = found.before[where]
        if number is not None:
            part(whole, where).update(part(items.snapshot(item, number), where))
    return whole
