"""The trash: an item leaves the site at once, comes back as it was or as drafts, or is removed for good."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from pesona.clock import utc_now
from pesona.db import db
from pesona.editing import items, log, publish, schedule, scratch, slugs
from pesona.editing.checks import problems
from pesona.editing.log import Actor
from pesona.editing.publish import MovedOn
from pesona.locales import LOCALES
from pesona.models.account import LogEntry
from pesona.models.item import PARTS, Item

WINDOW = timedelta(hours=24)


def trash(item: Item, base: int, actor: Actor) -> None:
    """Put *item* into the trash; it leaves the site in both languages. Raises `MovedOn`."""
    if base != item.head or item.trashed_at is not None:
        raise MovedOn
    before = _take_down(item, actor)
    item.trashed_at = utc_now()
    log.note(actor, "trash", item.code, item=item, revision=item.head, before=before)


def undo(item: Item, base: int, actor: Actor) -> None:
    """Take *item* out of the trash as it was before, live again where it was. Raises `MovedOn` or `Blocked`."""
    before = live_before(item)
    if base != item.head or before is None:
        raise MovedOn
    # Facts come first: words need them. Everything is checked before anything is written.
    again = [(number, where) for where in PARTS if (number := before[where]) is not None]
    publish.refuse_blocked([p for number, at in again for p in problems(item, items.snapshot(item, number), [at])])
    item.trashed_at = None
    for number, where in again:
        publish.make_live(item, number, [where])
    log.note(actor, "trash_undo", item.code, item=item, revision=item.head, before=before)


def live_before(item: Item) -> dict[str, Any] | None:
    """Return the marks that the trash took away within the last 24 hours, or None where it is longer ago."""
    if item.trashed_at is None or item.trashed_at <= utc_now() - WINDOW:
        return None
    newest = select(LogEntry).where(LogEntry.item_id == item.id, LogEntry.deed == "trash")
    entry = db.session.scalar(newest.order_by(LogEntry.id.desc()).limit(1))
    return entry.details["before"] if entry else None


def restore(item: Item, base: int, actor: Actor) -> list[str]:
    """Take *item* out of the trash as drafts, nothing live; return the address parts that had to change.

    A slug that another item has taken meanwhile gets a free one like it. Raises `MovedOn`.
    """
    if base != item.head or item.trashed_at is None:
        raise MovedOn
    item.trashed_at = None
    draft = items.snapshot(item)
    taken = []
    for words in (draft["words"][locale] for locale in LOCALES):
        if words.get("slug") and slugs.owner(item.kind, words["slug"]) not in (None, item.id):
            words["slug"] = slugs.free(item.kind, words["slug"])
            taken.append(words["slug"])
    if taken:
        items.append(item, draft, base, actor, "slug", ", ".join(taken))
    log.note(actor, "trash_restore", item.code, item=item, revision=item.head, new_slugs=taken)
    return taken


def remove(item: Item, base: int, actor: Actor) -> None:
    """Remove *item* for good: its addresses answer 410, nobody at the desk reaches it again.

    Its revisions stay in the database, as the triggers want. Raises `MovedOn`.
    """
    if base != item.head or item.removed_at is not None:
        raise MovedOn
    before = _take_down(item, actor)
    scratch.forget_item(item)
    item.removed_at = utc_now()
    names = {locale: items.snapshot(item)["words"][locale]["name"] for locale in LOCALES}
    log.note(actor, "remove", item.code, item=item, revision=item.head, before=before, names=names)


def _take_down(item: Item, actor: Actor) -> dict[str, int | None]:
    """Take all of *item* off the site and end what is planned for it; return what was live."""
    for planned in schedule.of(item):
        schedule.cancel(item, planned, actor)
    before = {where: item.live(where) for where in PARTS}
    for locale in LOCALES:
        if item.live(locale) is not None:
            publish.take_down(item, locale)
    return before
