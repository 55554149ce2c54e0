"""Translation upkeep: which English field says which Indonesian text, known by its hash and never by time."""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from pesona.db import db
from pesona.editing import log
from pesona.editing.checks import Problem
from pesona.editing.log import Actor
from pesona.editing.rows import WORDS_TABLE
from pesona.editing.snapshot import WORDS, Snapshot
from pesona.models.item import Item, Revision
from pesona.models.public import PublicWords
from pesona.models.translation import TranslatedField

SOURCE, TARGET = "id", "en"
# A slug is an address: another one in Indonesian makes no English address old.
NOT_TRANSLATED = frozenset(("slug",))
# Hardly any place needs a price in words; it is looked after, but nobody is behind without it.
NOT_COUNTED = frozenset(("price_note",))

Words = dict[str, str]


@dataclass(frozen=True, slots=True)
class Mark:
    """How a field stands: `missing`, `changed` (its source is another than it was made from), `fresh`, or ``.

    *before* is the source that it was made from, where that differs and is still known.
    """

    name: str
    state: str
    before: str | None = None


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many of the fields of an item have English words, and how many of these have an older source."""

    done: int
    total: int
    changed: int


def names(kind: str) -> list[str]:
    return [name for name in WORDS[kind] if name not in NOT_TRANSLATED]


def text_hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def follow(item: Item, earlier: Snapshot, after: Snapshot, base: Snapshot, minor: bool = False) -> None:
    """Note what the new revision *after* of *item* says, which was *earlier*; it was written on *base*.

    A changed English field is made from the Indonesian one that its writer saw. A *minor* edit of an
    Indonesian field counts as the same text to an English one that said the text before it, and so do
    the first Indonesian words for an English field that came first.
    """
    rows = _rows(item)
    for name in names(item.kind):
        source_before, source = (one["words"][SOURCE][name] for one in (earlier, after))
        target_before, target = (one["words"][TARGET][name] for one in (earlier, after))
        row = rows.get(name)
        if target != target_before:
            seen = source if source != source_before else base["words"][SOURCE][name]
            row = row or _new_row(item, name, rows)
            row.sources = [text_hash(seen)] if target else []
        elif row and source != source_before and _says(row, source_before) and (minor or not source_before):
            row.sources = [*row.sources, text_hash(source)]
        elif row is None and source:
            _new_row(item, name, rows)
    _settle(item, rows, after)


def refresh(item: Item) -> None:
    """Work out the states of *item* anew: what is published of it has changed."""
    _settle(item, _rows(item), {"words": {lo: _words(item, item.head, lo) for lo in (SOURCE, TARGET)}})


def still_correct(item: Item, wanted: Collection[str], actor: Actor) -> list[str]:
    """Note that the English fields *wanted* say what the Indonesian ones say now; return which were in doubt."""
    words = _words(item, item.head, SOURCE)
    rows = {name: row for name, row in _rows(item).items() if name in wanted and row.state == "changed"}
    for name, row in rows.items():
        row.sources = [*row.sources, text_hash(words[name])]
    if rows:
        refresh(item)
        log.note(actor, "still_correct", ", ".join(sorted(rows)), item=item, revision=item.head, locale=TARGET)
    return sorted(rows)


def marks(item: Item) -> dict[str, Mark]:
    """Return the mark of each field of *item* by its name."""
    rows = _rows(item)
    found = {}
    for name in names(item.kind):
        row = rows.get(name)
        before = _source_of(item, row) if row and row.state == "changed" else None
        found[name] = Mark(name, row.state if row else "", before)
    return found


def coverage(item: Item) -> Coverage:
    return coverages([item])[item.id]


def coverages(items: Collection[Item]) -> dict[int, Coverage]:
    """Return the coverage of each of *items* by its number, in one question."""
    counted = (
        select(TranslatedField.item_id, TranslatedField.state, func.count())
        .where(TranslatedField.item_id.in_([item.id for item in items]), TranslatedField.name.not_in(NOT_COUNTED))
        .group_by(TranslatedField.item_id, TranslatedField.state)
    )
    counts = {(item_id, state): count for item_id, state, count in db.session.execute(counted)}
    return {
        item.id: Coverage(
            done=sum(counts.get((item.id, state), 0) for state in ("fresh", "changed")),
            total=len(set(names(item.kind)) - NOT_COUNTED),
            changed=counts.get((item.id, "changed"), 0),
        )
        for item in items
    }


def problems(item: Item, parts: Iterable[str]) -> list[Problem]:
    """Return what is worth a look before the English words are published."""
    if TARGET not in parts:
        return []
    rules = {"changed": "source_changed", "missing": "untranslated"}
    found = [mark for mark in marks(item).values() if mark.state in rules]
    return [Problem(rules[mark.state], TARGET, mark.name, blocks=False) for mark in found]


def _says(row: TranslatedField, source: str) -> bool:
    return text_hash(source) in row.sources


def _rows(item: Item) -> dict[str, TranslatedField]:
    of_item = select(TranslatedField).where(TranslatedField.item_id == item.id, TranslatedField.locale == TARGET)
    return {row.name: row for row in db.session.scalars(of_item)}


def _new_row(item: Item, name: str, rows: dict[str, TranslatedField]) -> TranslatedField:
    rows[name] = row = TranslatedField(item_id=item.id, locale=TARGET, name=name, sources=[], state="")
    db.session.add(row)
    return row


def _settle(item: Item, rows: dict[str, TranslatedField], newest: Any) -> None:
    published = newest["words"][SOURCE] if item.live_id in (None, item.head) else _words(item, item.live_id, SOURCE)
    for name, row in rows.items():
        # A translation of the draft is not old: it goes live with it.
        sources = {text_hash(published.get(name, "")), text_hash(newest["words"][SOURCE].get(name, ""))}
        if newest["words"][TARGET].get(name):
            state = "fresh" if sources & set(row.sources) else "changed"
        else:
            state = "missing" if newest["words"][SOURCE].get(name) else ""
        if row.state != state:
            row.state = state
    _tell_readers(item, rows, newest["words"][TARGET])
    db.session.flush()


def _tell_readers(item: Item, rows: Mapping[str, TranslatedField], newest: Words) -> None:
    """Note on the published English words whether the Indonesian ones have moved on since."""
    public = db.session.get(WORDS_TABLE[item.kind], {"item_id": item.id, "locale": TARGET})
    if not isinstance(public, PublicWords) or item.live_en is None:
        return
    live = newest if item.live_en == item.head else _words(item, item.live_en, TARGET)
    # Of words that a draft has changed only those before are known: they are as old as they were.
    newer = item.live_id is not None and any(
        row.state == "changed" if live[name] == newest[name] else public.source_newer
        for name, row in rows.items()
        if live.get(name)
    )
    if public.source_newer != newer:
        public.source_newer = newer


def _words(item: Item, number: int | None, locale: str) -> Words:
    wanted = select(Revision.snapshot).where(Revision.item_id == item.id, Revision.number == number)
    snapshot: Any = db.session.scalar(wanted)
    words: Words = snapshot["words"][locale]
    return words


def _source_of(item: Item, row: TranslatedField) -> str | None:
    """Return the newest Indonesian text of the field of *row* that its English one says."""
    chain = (
        select(Revision.snapshot["words"][SOURCE][row.name].as_string())
        .where(Revision.item_id == item.id)
        .order_by(Revision.number.desc())
    )
    return next((text for text in db.session.scalars(chain) if text_hash(text or "") in row.sources), None)
