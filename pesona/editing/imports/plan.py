"""One row of a file against what is there: new, changed, same, skipped or wrong, with old and new values.

Planning writes nothing; a check is all plans of a file, a run plans again and stores.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import asdict, dataclass, field
from types import ModuleType
from typing import Any

from sqlalchemy import and_, select

from pesona import clock
from pesona.db import db
from pesona.editing import items
from pesona.editing.checks import Problem, problems
from pesona.editing.imports import away, destinations, events
from pesona.editing.imports.areas import Areas
from pesona.editing.imports.filling import Filling
from pesona.editing.imports.findings import Finding, of
from pesona.editing.imports.tables import Row, Table
from pesona.editing.snapshot import Snapshot, changed_fields, empty, part
from pesona.locales import LOCALES
from pesona.models.item import Item, Revision, Slug
from pesona.text.folding import fold
from pesona.text.slugs import slugify

OUTCOMES = ("new", "changed", "same", "skipped", "wrong")
KINDS: Mapping[str, ModuleType] = {"destinations": destinations, "events": events}
LONGEST_SHOWN = 300

_CODE = re.compile(r"[A-Za-z0-9]+([._-][A-Za-z0-9]+)*")


@dataclass(slots=True)
class Outcome:
    """What becomes of one row: *changes* are (column, old, new), *problems* what still speaks against publication."""

    line: int
    code: str
    outcome: str
    name: str = ""
    findings: list[Finding] = field(default_factory=list)
    changes: list[tuple[str, str, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    base: int | None = None
    published: bool = False

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def outcome_of(stored: Mapping[str, Any]) -> Outcome:
    """Return the outcome that `as_json` gave."""
    found = [Finding(**one) for one in stored["findings"]]
    blocked = [Problem(**one) for one in stored["problems"]]
    changes = [(column, old, new) for column, old, new in stored["changes"]]
    return Outcome(**{**stored, "findings": found, "problems": blocked, "changes": changes})


@dataclass(slots=True)
class Plan:
    """An outcome together with what a run needs to store it."""

    outcome: Outcome
    kind: str
    item: Item | None = None
    before: Snapshot | None = None
    after: Snapshot | None = None

    def changes(self) -> dict[str, dict[str, Any]]:
        """Return what the row changes, as a save takes it."""
        assert self.before is not None
        assert self.after is not None
        found: dict[str, dict[str, Any]] = {}
        for where, name in changed_fields(self.before, self.after):
            found.setdefault(where, {})[name] = part(self.after, where)[name]
        return found


class Planner:
    """Plans the rows of one file, one after the other, in the running transaction."""

    def __init__(self, table: Table, file_name: str, bases: Mapping[str, int | None] | None = None) -> None:
        self.kind = KINDS[table.kind]
        self._table = table
        self._file = (file_name, clock.today().isoformat())
        self._bases = bases
        self._areas = Areas()
        self._seen: dict[str, int] = {}
        self._slugs: dict[str, str] = {}
        self._named = _names(self.kind.KIND)

    def plans(self) -> Iterable[Plan]:
        for row in self._table.rows():
            yield self._plan(row)

    def _plan(self, row: Row) -> Plan:
        if not row.cells:
            return self._only(Outcome(row.line, "", "skipped"))
        given = {column: text for column, text in row.cells.items() if column != "error"}
        code = given.pop("code", "")
        found = [*row.findings, *self._wrong_with_code(code, row.line)]
        if any(finding.wrong for finding in found):
            return self._only(Outcome(row.line, code[:120], "wrong", given.get("name_id", "")[:200], found))
        item = items.find(self.kind.KIND, code, lock=True)
        if item is not None and away.is_gone(item):
            return self._only(Outcome(row.line, code, "wrong", findings=[*found, of("code_removed", "code")]))
        return self._against(row.line, code, given, item, found)

    def _wrong_with_code(self, code: str, line: int) -> list[Finding]:
        if not code:
            return [of("needed", "code")]
        if len(code) > 120 or code == "new" or not _CODE.fullmatch(code):
            return [of("code_form", "code", value=code[:80], like=slugify(code) or "tempat-1")]
        first = self._seen.setdefault(code.lower(), line)
        return [of("code_twice", "code", line=first)] if first != line else []

    def _against(self, line: int, code: str, given: dict[str, str], item: Item | None, found: list[Finding]) -> Plan:
        new = item is None or away.is_away(item)
        base = None if item is None or new else (self._bases or {}).get(code) or item.head
        if self._bases is not None and not new and self._bases.get(code) is None:
            return self._only(Outcome(line, code, "wrong", findings=[*found, of("appeared", "code")]))
        before = empty(self.kind.KIND) if item is None or new else items.snapshot(item, base)
        printed = self.kind.cells(before, self._areas)
        changed = {column for column, text in given.items() if text != printed[column]}
        row = Filling(deepcopy(before), given, changed, self._areas, self._table.dates, self._file, found)
        self.kind.fill(row)
        self._complete(row, code, item)
        names = [row.snapshot["words"][locale]["name"] for locale in LOCALES]
        outcome = Outcome(line, code, "same", next(filter(None, names), "")[:200], row.findings, base=base)
        if any(finding.wrong for finding in row.findings):
            outcome.outcome = "wrong"
            outcome.changes = [(column, printed[column], given[column]) for column in given if column in changed]
        elif new or changed_fields(before, row.snapshot):
            outcome.outcome = "new" if new else "changed"
            after = self.kind.cells(row.snapshot, self._areas)
            outcome.changes = [(n, printed[n], after[n]) for n in after if after[n] != printed[n]]
            emptied = [column for column, old, text in outcome.changes if old and not text]
            row.findings += [of("emptied", columns=", ".join(emptied))] if emptied else []
            outcome.problems = _speaking_against(item or Item(kind=self.kind.KIND, code=code), row.snapshot)
        outcome.changes = [(n, old[:LONGEST_SHOWN], text[:LONGEST_SHOWN]) for n, old, text in outcome.changes]
        plan = Plan(outcome, self.kind.KIND, item, before, row.snapshot)
        if outcome.outcome == "changed" and item is not None and base is not None and base != item.head:
            self._refuse_clash(plan, item, base)
        return plan

    def _only(self, outcome: Outcome) -> Plan:
        return Plan(outcome, self.kind.KIND)

    def _refuse_clash(self, plan: Plan, item: Item, base: int) -> None:
        try:
            items.join(item, base, plan.changes())
        except items.Conflict as clash:
            plan.outcome.outcome = "wrong"
            plan.outcome.findings.append(of("conflict", fields=", ".join(c.name for c in clash.clashes)))

    def _complete(self, row: Filling, code: str, item: Item | None) -> None:
        """Look at what concerns the row as a whole: a category, a name, like names, free slugs."""
        lacking = not row.facts["category"] or row.given.get("category") == ""
        if lacking and not any(finding.column == "category" for finding in row.findings):
            row.find("needed", "category")
        words = row.snapshot["words"]
        if not any(words[locale]["name"] for locale in LOCALES):
            row.find("name_needed", "name_id")
        others = {other for lo in LOCALES for other in self._named.get(fold(words[lo]["name"]), ()) if other != code}
        if others and {"name_id", "name_en"} & set(row.changed):
            row.find("like_named", codes=", ".join(sorted(others)[:5]))
        for locale in LOCALES:
            name = words[locale]["name"]
            if name:
                self._named[fold(name)].add(code)
            if name and not words[locale]["slug"]:
                words[locale]["slug"] = self._free_slug(name, code, item)
            elif not any(text for field, text in words[locale].items() if field != "slug"):
                words[locale]["slug"] = "" if item is None or item.live(locale) is None else words[locale]["slug"]

    def _free_slug(self, name: str, code: str, item: Item | None) -> str:
        """Return a slug for *name* that neither another item nor another row has."""
        stem = slugify(name) or slugify(code) or self.kind.KIND
        number = 1
        while True:
            slug = stem if number == 1 else f"{stem}-{number}"
            owner = db.session.scalar(select(Slug.item_id).where(Slug.kind == self.kind.KIND, Slug.slug == slug))
            if self._slugs.get(slug, code) == code and owner in (None, item.id if item else None):
                self._slugs[slug] = code
                return slug
            number += 1


def _names(kind: str) -> dict[str, set[str]]:
    """Return the codes of the items of *kind* by their folded newest names."""
    newest = and_(Revision.item_id == Item.id, Revision.number == Item.head)
    names = [Revision.snapshot["words"][locale]["name"].as_string() for locale in LOCALES]
    found: dict[str, set[str]] = defaultdict(set)
    for code, *both in db.session.execute(select(Item.code, *names).join(Revision, newest).where(Item.kind == kind)):
        for name in filter(None, both):
            found[fold(name)].add(code)
    return found


def parts_to_publish(snapshot: Snapshot) -> list[str]:
    """Return the parts that go live with *snapshot*: facts, and each language that has a name."""
    return ["facts", *(locale for locale in LOCALES if snapshot["words"][locale]["name"])]


def _speaking_against(item: Item, snapshot: Snapshot) -> list[Problem]:
    with db.session.no_autoflush:
        return [p for p in problems(item, snapshot, parts_to_publish(snapshot)) if p.blocks]
