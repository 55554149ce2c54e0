"""What the rows of every kind share: the words, the category, the district, and where facts come from."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pesona.editing.imports import sources
from pesona.editing.imports.areas import Areas
from pesona.editing.imports.findings import Finding, of
from pesona.editing.snapshot import Snapshot
from pesona.locales import LOCALES
from pesona.text.jawi import is_jawi

LIMITS = {"name": 200, "summary": 2_000, "body": 60_000, "price_note": 500, "source": 8_000}


@dataclass(slots=True)
class Filling:
    """One row on its way into a snapshot: *given* cells, of which *changed* differ from what is there."""

    snapshot: Snapshot
    given: Mapping[str, str]
    changed: Collection[str]
    areas: Areas
    order: str
    file: tuple[str, str]
    findings: list[Finding] = field(default_factory=list)
    fresh: list[str] = field(default_factory=list)

    @property
    def facts(self) -> dict[str, Any]:
        facts: dict[str, Any] = self.snapshot["facts"]
        return facts

    def find(self, rule: str, column: str = "", **values: Any) -> None:
        self.findings.append(of(rule, column, **values))

    def choose(self, column: str, choices: Sequence[str]) -> None:
        """Set the fact of this name to one of *choices*; an empty cell leaves it."""
        value = self.given[column].lower()
        if value in choices:
            self.facts[column] = value
        elif value:
            self.find("choice", column, value=self.given[column][:80], choices=", ".join(choices))

    def fill_words(self, *names: str) -> None:
        """Set the words of *names* (as `name` of `name_id`, `name_en`) that changed."""
        for name in names:
            for locale in LOCALES:
                column = f"{name}_{locale}"
                if column in self.changed:
                    self.snapshot["words"][locale][name] = self.given[column]
                    self.limit(column, LIMITS[name])

    def fill_jawi(self) -> None:
        if "name_jawi" in self.changed:
            text = self.facts["name_jawi"] = self.given["name_jawi"]
            self.limit("name_jawi", LIMITS["name"])
            if text and not is_jawi(text):
                self.find("jawi", "name_jawi", value=text[:80])

    def limit(self, column: str, limit: int) -> None:
        if len(self.given[column]) > limit:
            self.find("too_long", column, limit=limit)

    def fill_district(self) -> None:
        if "district" in self.changed:
            text = self.given["district"]
            code = self.areas.district(text) if text else ""
            if code is None:
                self.find("district_unknown", "district", value=text[:80])
            else:
                self.facts["district"] = code

    def fill_sources(self, keep: Collection[str], needed: bool) -> None:
        """Set the sources; those whose key a fact still names stay (*keep*), all where *needed* and none is given."""
        if "source" not in self.changed:
            return
        self.limit("source", LIMITS["source"])
        known = self.facts["sources"]
        listed = sources.read(self.given["source"], known)
        if not listed and needed:
            return
        self.fresh = [source["key"] for source in listed if source not in known]
        self.facts["sources"] = listed + [s for s in known if s["key"] in keep and s not in listed]

    def source_keys(self) -> str:
        """Return the keys of where this row comes from: the sources that it adds, else the file itself."""
        if self.fresh:
            return " ".join(self.fresh)
        known = self.facts["sources"]
        source = sources.of_file(*self.file, known)
        if source not in known:
            known.append(source)
        return str(source["key"])

    def source_date(self, keys: str) -> str:
        dates = [source["date"] for source in self.facts["sources"] if source["key"] in keys.split()]
        return max(dates, default="")
