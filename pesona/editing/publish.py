"""Publication: the one door by which anything enters or leaves the public tables."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import select

from pesona.clock import utc_now
from pesona.db import Model, db
from pesona.editing import items, link_uses, log, translation
from pesona.editing.checks import COMPLETENESS, Problem, problems
from pesona.editing.log import Actor
from pesona.editing.rows import FACTS_TABLE, WORDS_TABLE, facts_row, occurrence_rows, photo_rows, words_row
from pesona.editing.snapshot import Snapshot
from pesona.models.event import Occurrence
from pesona.models.item import PARTS, Item, Slug
from pesona.models.photo import ItemPhoto


class Blocked(Exception):
    """The checks found something that must be mended first; nothing was published."""

    def __init__(self, found: list[Problem]) -> None:
        super().__init__(", ".join(f"{p.part}.{p.field}: {p.rule}" for p in found))
        self.problems = found


class MovedOn(Exception):
    """The item has a newer revision than the one that was looked at."""


def publish(
    item: Item,
    number: int,
    parts: Collection[str],
    actor: Actor,
    deed: str = "publish",
    incomplete: bool = False,
) -> None:
    """Make revision *number* live for *parts* (of facts, id, en), as `make_live` does; the log calls it *deed*."""
    before = make_live(item, number, parts, incomplete)
    log.note(actor, deed, ", ".join(sorted(parts)), item=item, revision=number, before=before, parts=sorted(parts))


def make_live(item: Item, number: int, parts: Collection[str], incomplete: bool = False) -> dict[str, int | None]:
    """Set the marks of *parts* to revision *number* and write the public tables; return the marks before.

    The other marks stay; a mark only moves forward. A language needs live facts, or facts among
    *parts*. Raises `Blocked` with everything that must be mended; what is only *incomplete* may go
    live where an import wants it.
    """
    snapshot = check(item, number, parts, incomplete)
    before = {part: item.live(part) for part in PARTS}
    if "facts" in parts:
        _publish_facts(item, snapshot)
        item.live_facts = number
    for locale in (part for part in parts if part != "facts"):
        _publish_words(item, locale, snapshot)
        setattr(item, f"live_{locale}", number)
    db.session.flush()
    translation.refresh(item)
    link_uses.refresh(item)
    return before


def check(item: Item, number: int, parts: Collection[str], incomplete: bool = False) -> Snapshot:
    """Return the snapshot of revision *number*, if its *parts* may go live; else raise as `make_live` does."""
    snapshot = items.snapshot(item, number)
    found = [p for p in problems(item, snapshot, parts) if not (incomplete and p.rule in COMPLETENESS)]
    if not parts:
        found.append(Problem("nothing_ticked", "facts", ""))
    if item.live_facts is None and "facts" not in parts:
        found.append(Problem("facts_first", "facts", ""))
    if item.trashed_at is not None or any((item.live(part) or 0) > number for part in parts):
        raise MovedOn
    refuse_blocked(found)
    return snapshot


def refuse_blocked(found: list[Problem]) -> None:
    """Raise `Blocked` with those of *found* that block."""
    if blocking := [problem for problem in found if problem.blocks]:
        raise Blocked(blocking)


def withdraw(item: Item, locale: str, actor: Actor, reason: str) -> None:
    """Take the words in *locale* off the site, with a *reason* for the log."""
    before = take_down(item, locale)
    log.note(actor, "withdraw", reason, item=item, revision=before, locale=locale)


def take_down(item: Item, locale: str) -> int:
    """Take the words in *locale* out of the public tables; without words the facts leave too."""
    row = db.session.get(WORDS_TABLE[item.kind], {"item_id": item.id, "locale": locale})
    before = item.live(locale)
    if row is None or before is None:
        raise MovedOn
    db.session.delete(row)
    setattr(item, f"live_{locale}", None)
    # Something was public and is not any more: that is how the state tells a withdrawal from a draft.
    setattr(item, f"{locale}_at", utc_now())
    if not item.live_id and not item.live_en:
        _withdraw_facts(item)
    db.session.flush()
    translation.refresh(item)
    link_uses.refresh(item)
    return before


def _withdraw_facts(item: Item) -> None:
    _set_occurrences(item, [])
    _set_photos(item, [])
    db.session.flush()
    facts = db.session.get(FACTS_TABLE[item.kind], item.id)
    if facts is not None:
        db.session.delete(facts)
    item.live_facts = item.facts_at = None


def _publish_facts(item: Item, snapshot: Snapshot) -> None:
    changed = _set_occurrences(item, occurrence_rows(snapshot)) | _set_photos(item, photo_rows(snapshot))
    row = facts_row(item.code, snapshot)
    item.facts_at = _write(FACTS_TABLE[item.kind], {"item_id": item.id}, row, item.facts_at, changed)


def _publish_words(item: Item, locale: str, snapshot: Snapshot) -> None:
    row = words_row(locale, snapshot)
    if "slug" in row and db.session.get(Slug, (item.kind, row["slug"])) is None:
        db.session.add(Slug(kind=item.kind, slug=row["slug"], item_id=item.id))
    key = {"item_id": item.id, "locale": locale}
    shown_at = getattr(item, f"{locale}_at")
    setattr(item, f"{locale}_at", _write(WORDS_TABLE[item.kind], key, row, shown_at))


def _write(table: type[Model], key: dict[str, Any], values: dict[str, Any], at: Any, changed: bool = False) -> Any:
    """Write one public row; return when it last changed: now, or *at* where nothing differs."""
    row = db.session.get(table, key)
    if row is None:
        at = utc_now()
        db.session.add(table(**key, **values, updated_at=at))
        return at
    if changed or any(getattr(row, name) != value for name, value in values.items()):
        at = utc_now()
        for name, value in {**values, "updated_at": at}.items():
            setattr(row, name, value)
    return at


def _set_occurrences(item: Item, wanted: list[dict[str, Any]]) -> bool:
    """Make the dates of *item* those *wanted*; tell whether anything changed."""
    stored = list(db.session.scalars(select(Occurrence).where(Occurrence.item_id == item.id)))
    now = [{name: getattr(row, name) for name in wanted[0]} for row in stored] if wanted else []
    if len(stored) == len(wanted) and sorted(now, key=lambda r: r["number"]) == wanted:
        return False
    for row in stored:
        db.session.delete(row)
    db.session.flush()
    db.session.add_all(Occurrence(item_id=item.id, **row) for row in wanted)
    return True


def _set_photos(item: Item, wanted: list[dict[str, Any]]) -> bool:
    """Make the photos of *item* those *wanted*; tell whether anything changed."""
    stored = list(
        db.session.scalars(select(ItemPhoto).where(ItemPhoto.item_id == item.id).order_by(ItemPhoto.position))
    )
    if [row.photo_id for row in stored] == [row["photo_id"] for row in wanted]:
        return False
    for row in stored:
        db.session.delete(row)
    db.session.flush()
    db.session.add_all(ItemPhoto(item_id=item.id, **row) for row in wanted)
    return True
