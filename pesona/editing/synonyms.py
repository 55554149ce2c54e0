"""The groups of search words that editors keep: checked, added, changed, removed, each deed logged.

Every deed runs in the caller's transaction; the flush hook makes it public.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import select

from pesona.clock import utc_now
from pesona.db import db
from pesona.editing import log
from pesona.editing.checks import Problem
from pesona.editing.log import Actor
from pesona.models.public import ContentVersion
from pesona.models.synonym import SEPARATOR, Synonym
from pesona.text import folding

FEWEST, MOST = 2, 12  # words and phrases in a group
SHORTEST, LONGEST = 2, 40  # letters
LONGEST_PHRASE = 4  # words
LONGEST_NOTE = 200

_PARTED = re.compile(r"[\n\r,;|]")


def groups(lock: bool = False) -> list[Synonym]:
    """Return all groups by their first word; with *lock* nobody else changes one until the transaction ends."""
    if lock:
        db.session.execute(select(ContentVersion.number).with_for_update())
    return sorted(db.session.scalars(select(Synonym)), key=lambda row: (folding.fold(row.words), row.id))


def known_words() -> set[str]:
    """Return every word and phrase of the groups, as search compares it."""
    return {key(word) for row in db.session.scalars(select(Synonym)) for word in row.group}


def find(number: int, lock: bool = False) -> Synonym | None:
    """Return the group, its row locked until the transaction ends where *lock* is wanted."""
    statement = select(Synonym).where(Synonym.id == number)
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    return db.session.scalar(statement)


def group(typed: str) -> tuple[str, ...]:
    """Return the words of *typed*, one a line or parted by commas; what search takes for the same counts once."""
    parts = (" ".join(part.split()) for part in _PARTED.split(unicodedata.normalize("NFC", typed)))
    found: dict[str, str] = {}
    for part in filter(None, parts):
        found.setdefault(key(part) or part, part)
    return tuple(found.values())


def key(word: str) -> str:
    """Return *word* as search compares it."""
    return " ".join(folding.words(word))


def problems(words: Sequence[str], note: str, own: Synonym | None = None) -> list[Problem]:
    """Return what speaks against a group of *words*, which may stand in place of *own*; locks all groups."""
    found = [Problem("too_long", "", "note", values={"limit": LONGEST_NOTE})] if len(note) > LONGEST_NOTE else []
    if len(words) > MOST:
        return [Problem("synonym_many", "", "words", values={"most": MOST}), *found]
    if len(words) < FEWEST:
        return [Problem("synonym_few", "", "words"), *found]
    wrong = [problem for word in words for problem in _of_word(word)]
    return [*(wrong or _taken(words, own)), *found]


def _of_word(word: str) -> Iterator[Problem]:
    if not all(_is_letter(letter) or letter in " -" for letter in word):
        yield Problem("synonym_letters", "", "words", values={"word": word[: 2 * LONGEST]})
    elif len(word) > LONGEST or sum(map(_is_letter, word)) < SHORTEST:
        values = {"word": word[: 2 * LONGEST], "least": SHORTEST, "most": LONGEST}
        yield Problem("synonym_length", "", "words", values=values)
    elif len(folding.words(word)) > LONGEST_PHRASE:
        yield Problem("synonym_phrase", "", "words", values={"word": word, "most": LONGEST_PHRASE})


def _is_letter(letter: str) -> bool:
    return unicodedata.category(letter)[0] == "L" or unicodedata.category(letter) == "Nd"


def _taken(words: Sequence[str], own: Synonym | None) -> list[Problem]:
    for other in groups(lock=True):
        theirs = {key(word) for word in other.group}
        both = [word for word in words if key(word) in theirs]
        if other is not own and len(both) > 1:
            values = {"one": both[0], "other": both[1], "group": ", ".join(other.group)}
            return [Problem("synonym_taken", "", "words", values=values)]
    return []


def is_same(row: Synonym, words: Sequence[str], note: str) -> bool:
    return (row.words, row.note) == (SEPARATOR.join(words), note)


def add(words: Sequence[str], note: str, actor: Actor) -> Synonym:
    row = Synonym(words=SEPARATOR.join(words), note=note, updated_by=actor.account_id)
    db.session.add(row)
    db.session.flush()
    log.note(actor, "synonym_add", _sentence(row), number=row.id, old=None, new=_values(row))
    return row


def change(row: Synonym, words: Sequence[str], note: str, actor: Actor) -> bool:
    """Give *row* other words or another note; tell whether that changed anything."""
    if is_same(row, words, note):
        return False
    old = _values(row)
    row.words, row.note = SEPARATOR.join(words), note
    row.row_version += 1
    row.updated_at, row.updated_by = utc_now(), actor.account_id
    log.note(actor, "synonym_change", _sentence(row), number=row.id, old=old, new=_values(row))
    return True


def remove(row: Synonym, actor: Actor) -> None:
    log.note(actor, "synonym_remove", _sentence(row), number=row.id, old=_values(row), new=None)
    db.session.delete(row)


def _values(row: Synonym) -> dict[str, Any]:
    return {"words": row.words, "note": row.note}


def _sentence(row: Synonym) -> str:
    return ", ".join(row.group)
