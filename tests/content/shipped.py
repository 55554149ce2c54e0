"""The shipped items as their files say them, and their texts field by field."""

import dataclasses
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pesona import addresses
from pesona.editing.snapshot import MARKDOWN
from pesona.locales import LOCALES
from pesona.text.markdown import to_plain

ROOT = Path(__file__).parent.parent.parent
FOLDER = ROOT / "pesona/demo"

# Rows whose notes are printed with the words of the item.
NOTED = ("prices", "occurrences")


@dataclasses.dataclass(frozen=True)
class Shipped:
    """One file: its *kind* and *code*, the *facts* and the *words* of each language."""

    kind: str
    code: str
    facts: dict[str, Any]
    words: dict[str, dict[str, str]]

    def __str__(self) -> str:
        return f"{self.kind}:{self.code}"

    def texts(self, locale: str) -> Iterator[tuple[str, str]]:
        """Yield (field, text) of all that is written in *locale*; slugs are addresses, not text.

        Editors' notes are Indonesian.
        """
        for field, text in self.words[locale].items():
            if field != "slug":
                yield field, text
        for name in NOTED:
            for number, row in enumerate(self.facts.get(name, []), start=1):
                if note := row.get(f"note_{locale}"):
                    yield f"{name} {number}", note
        if locale == "id":
            for number, note in enumerate(self.facts.get("editor_notes", []), start=1):
                yield f"editor_notes {number}", note

    def markdown(self, locale: str) -> Iterator[tuple[str, str]]:
        """Yield (field, text) of the fields that are Markdown."""
        return ((field, text) for field, text in self.words[locale].items() if field in MARKDOWN)


def _read(kind: str, path: Path) -> Shipped:
    try:
        facts = tomllib.loads(path.read_text("utf-8"))
    except tomllib.TOMLDecodeError as error:
        error.add_note(f"in {path.relative_to(ROOT)}")
        raise
    words = {locale: facts.pop(locale, {}) for locale in LOCALES}
    return Shipped(kind, path.stem, facts, words)


ITEMS = [
    _read(kind, path) for folder, kind in addresses.KINDS.items() for path in sorted((FOLDER / folder).glob("*.toml"))
]
EXISTING = {(item.kind, item.code) for item in ITEMS}

each_item = pytest.mark.parametrize("item", ITEMS, ids=str)
each_locale = pytest.mark.parametrize("locale", LOCALES)


_END = re.compile(r"(?<=[.!?])[\"'”’)]*\s+(?=[\"'“‘(]*[A-Z0-9])")
_MARK = re.compile(r"^\s*(?:#+|[-*]|\d+\.|>)\s+")


def sentences(text: str) -> Iterator[str]:
    """Yield the sentences of Markdown *text* as plain words; a heading or a list entry ends where its line ends."""
    for line in text.splitlines():
        for sentence in _END.split(to_plain(_MARK.sub("", line))):
            if sentence.strip():
                yield sentence.strip()


def normalised(sentence: str) -> tuple[str, ...]:
    """Return the words of *sentence* in lower case without punctuation; numbers count as words."""
    return tuple(re.findall(r"\w+", sentence.lower()))
