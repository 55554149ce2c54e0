"""The drawings that stand for an item until it has a photo: the files of each, and what it shows. Pure."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from pesona.locales import LOCALES
from pesona.paths import PACKAGE


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing of ours, 4:3, in a file for light and one for dark screens, and as a picture beside shared links."""

    name: str
    alts: Mapping[str, str]

    @property
    def day(self) -> str:
        return f"art/{self.name}.svg"

    @property
    def night(self) -> str:
        return f"art/{self.name}-night.svg"

    @property
    def social(self) -> str:
        return f"art/{self.name}.jpg"

    def alt(self, locale: str) -> str:
        return self.alts[locale]


def drawing_of(code: str) -> Drawing | None:
    """Return the drawing of the item *code*, or nothing where none was made."""
    return drawings().get(code)


@cache
def drawings() -> Mapping[str, Drawing]:
    """Return every drawing by its name, which is the code of its item."""
    with (PACKAGE / "drawings.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["name"]: Drawing(row["name"], {one: row[f"alt_{one}"] for one in LOCALES})
            for row in csv.DictReader(file)
        }
