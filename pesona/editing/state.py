"""What is true of an item now, always derived: the state of each part and what differs from live."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from pesona.db import db
from pesona.editing import items, review, schedule
from pesona.editing.snapshot import Snapshot, changed_fields, empty, part
from pesona.locales import LOCALES
from pesona.models.item import PARTS, Item
from pesona.models.review import Review, Schedule

# Of a language alone, then of what is asked or planned for it; the later wins.
STATES = ("empty", "draft", "live", "changed", "withdrawn", "review", "wanted", "scheduled", "failed")


@dataclass(frozen=True, slots=True)
class Change:
    """A field whose newest draft differs from what is live."""

    part: str
    name: str
    live: Any
    draft: Any


@dataclass(frozen=True, slots=True)
class Standing:
    """What is asked and planned for an item: its review, and the schedules that still stand."""

    review: Review | None = None
    schedules: Sequence[Schedule] = ()


@dataclass(frozen=True, slots=True)
class State:
    """The state of an item: *words* by language alone, *locales* with what is asked and planned (see `STATES`)."""

    words: dict[str, str]
    locales: dict[str, str]
    changes: list[Change]
    standing: Standing
    facts_live: bool = True

    def changed(self, where: str) -> list[Change]:
        return [change for change in self.changes if change.part == where]

    @property
    def parts(self) -> list[str]:
        """Return the parts that publication would change; the first words bring their facts along."""
        brought = bool(self.changes) and not self.facts_live
        return [where for where in PARTS if self.changed(where) or (where == "facts" and brought)]


def standing(item: Item) -> Standing:
    return Standing(review.of(item), schedule.of(item))


def standings(kind: str) -> dict[int, Standing]:
    """Return by item what is asked and planned for those of *kind*; most have nothing."""
    reviews = {row.item_id: row for row in db.session.scalars(_of_kind(Review, kind))}
    schedules: dict[int, list[Schedule]] = {}
    wanted = _of_kind(Schedule, kind).where(Schedule.state.in_(schedule.STANDING)).order_by(Schedule.at)
    for row in db.session.scalars(wanted):
        schedules.setdefault(row.item_id, []).append(row)
    return {one: Standing(reviews.get(one), schedules.get(one, ())) for one in reviews.keys() | schedules.keys()}


def _of_kind(table: Any, kind: str) -> Any:
    return select(table).join(Item, Item.id == table.item_id).where(Item.kind == kind)


def state(item: Item, known: Standing | None = None) -> State:
    """Return the state of *item*, comparing its newest revision with each live part."""
    draft = items.snapshot(item)
    changes = [change for where in PARTS for change in _changes(item, where, draft)]
    words = {locale: _language(item, locale, draft, changes) for locale in LOCALES}
    about = standing(item) if known is None else known
    changed = {change.part for change in changes}
    return State(
        words,
        {lo: _whole(lo, word, changed, about) for lo, word in words.items()},
        changes,
        about,
        item.live_facts is not None,
    )


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
    if getattr(item, f"{locale}_at") is not None:
        return "withdrawn"
    return "draft" if any(part(draft, locale).values()) else "empty"


def _whole(locale: str, words: str, changed: Collection[str], about: Standing) -> str:
    """Return the state of a language whose *words* are in a state of their own; *changed* parts are not live."""
    planned = {row.state for row in about.schedules if row.deed == "publish" and _covers(row.parts, locale, words)}
    for planned_state, said in (("failed", "failed"), ("waiting", "scheduled")):
        if planned_state in planned:
            return said
    if about.review is not None and any(_covers([where], locale, words) for where in changed):
        return "wanted" if about.review.state == "wanted" else "review"
    return words


def _covers(parts: Collection[str], locale: str, words: str) -> bool:
    """Tell whether *parts* are about a language: its words, or the facts alone where it is there."""
    return locale in parts or (list(parts) == ["facts"] and words in ("live", "changed"))
