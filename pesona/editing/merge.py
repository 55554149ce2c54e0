"""Three versions of one item into one: base, theirs (newest) and mine. Pure."""

from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from pesona import facilities
from pesona.editing.snapshot import Snapshot, fields, part

# Lists whose order says nothing: each element is added or taken away by itself.
SETS = frozenset(("aliases", "related", "usual_months"))
# Lists of rows, each about one thing: two people who change different rows do not clash.
KEYED = {"facilities": "what"}


@dataclass(frozen=True, slots=True)
class Clash:
    """A field that both sides changed, differently."""

    part: str
    name: str
    base: Any
    mine: Any
    theirs: Any


@dataclass(slots=True)
class Merged:
    """The outcome: *snapshot* holds theirs where the two clash."""

    snapshot: Snapshot
    clashes: list[Clash] = field(default_factory=list)
    theirs_kept: list[tuple[str, str]] = field(default_factory=list)


def merge(base: Snapshot, theirs: Snapshot, mine: Snapshot) -> Merged:
    """Return *mine* and *theirs* as one: a field that only one side changed is taken from that side."""
    merged = Merged(deepcopy(theirs))
    for where, name, wanted in fields(mine):
        before, now = part(base, where)[name], part(theirs, where)[name]
        if wanted in (before, now):
            if now != before and wanted != now:
                merged.theirs_kept.append((where, name))
        elif now == before:
            part(merged.snapshot, where)[name] = deepcopy(wanted)
        elif name in SETS:
            part(merged.snapshot, where)[name] = _joined(before, now, wanted)
            merged.theirs_kept.append((where, name))
        elif name in KEYED and (rows := _by_key(before, now, wanted, KEYED[name])) is not None:
            part(merged.snapshot, where)[name] = facilities.in_order(rows)
            merged.theirs_kept.append((where, name))
        else:
            merged.clashes.append(Clash(where, name, before, wanted, now))
    return merged


def _joined(base: list[Any], theirs: list[Any], mine: list[Any]) -> list[Any]:
    """Return *theirs* with what *mine* added to *base* and without what it took away."""
    kept = [one for one in theirs if one in mine or one not in base]
    joined = kept + [one for one in mine if one not in base and one not in theirs]
    return sorted(joined) if all(isinstance(one, int) for one in joined) else joined


def _by_key(base: list[Any], theirs: list[Any], mine: list[Any], key: str) -> list[Any] | None:
    """Return the rows as one, each by itself; None where both sides changed the same one, differently."""
    sides = [{row[key]: row for row in rows} for rows in (base, theirs, mine)]
    joined = []
    for one in dict.fromkeys(name for side in (sides[1], sides[2]) for name in side):
        before, now, wanted = (side.get(one) for side in sides)
        if wanted not in (before, now) and now != before:
            return None
        row = now if wanted == before else wanted
        if row is not None:
            joined.append(deepcopy(row))
    return joined
