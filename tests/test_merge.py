"""Three versions of an item into one: nobody's words are lost, and only the same field clashes."""

from copy import deepcopy
from typing import Any

import pytest

from pesona.editing.merge import Clash, merge
from pesona.editing.snapshot import Snapshot, complete, part

BASE = complete(
    "destination",
    {
        "facts": {"category": "history", "aliases": ["Istana"], "latitude": 0.79},
        "words": {"id": {"name": "Istana Siak"}, "en": {"name": "Siak Palace", "body": "Old."}},
    },
)


def changed(*changes: tuple[str, str, Any]) -> Snapshot:
    """Return the base with each (part, field, value) of *changes*."""
    snapshot = deepcopy(BASE)
    for where, name, value in changes:
        part(snapshot, where)[name] = value
    return snapshot


MINE = ("en", "name", "The Palace")


@pytest.mark.parametrize(
    "theirs",
    [("en", "body", "New."), ("id", "name", "Istana"), ("facts", "category", "landmark"),
     ("facts", "aliases", ["Istana", "Asserayah"]), ("facts", "latitude", None)],
)  # fmt: skip
def test_changes_to_different_fields_both_stay(theirs: tuple[str, str, Any]) -> None:
    for first, second in ((MINE, theirs), (theirs, MINE)):
        merged = merge(BASE, theirs=changed(second), mine=changed(first))
        assert merged.clashes == []
        assert merged.snapshot == changed(first, second)
        assert merged.theirs_kept == [second[:2]]


def test_the_same_change_on_both_sides_is_no_clash() -> None:
    merged = merge(BASE, theirs=changed(MINE), mine=changed(MINE))
    assert (merged.clashes, merged.snapshot) == ([], changed(MINE))


def test_different_changes_to_one_field_clash_and_name_all_three_values() -> None:
    theirs = changed(("en", "name", "Palace of Siak"), ("en", "body", "New."))
    merged = merge(BASE, theirs=theirs, mine=changed(MINE))
    assert merged.clashes == [Clash("en", "name", "Siak Palace", "The Palace", "Palace of Siak")]
    assert merged.snapshot == theirs


def test_emptying_a_field_is_a_change_like_any_other() -> None:
    emptied = ("en", "body", "")
    assert merge(BASE, theirs=changed(("en", "body", "New.")), mine=changed(emptied)).clashes
    assert merge(BASE, theirs=changed(MINE), mine=changed(emptied)).snapshot == changed(MINE, emptied)


def test_rows_are_one_field() -> None:
    mine, theirs = (("facts", "sources", [{"key": key}]) for key in "ab")
    assert [c.name for c in merge(BASE, theirs=changed(theirs), mine=changed(mine)).clashes] == ["sources"]


@pytest.mark.parametrize(
    ("name", "base", "theirs", "mine", "joined"),
    [("aliases", ["I"], ["I", "B"], ["I", "A"], ["I", "B", "A"]),
     ("aliases", ["I", "B"], ["B", "C"], ["I"], ["C"]),
     ("aliases", ["I"], [], ["I", "A"], ["A"]),
     ("related", ["a"], ["a", "b"], ["a", "b", "c"], ["a", "b", "c"]),
     ("usual_months", [3, 9], [3, 9, 12], [1, 3, 9], [1, 3, 9, 12])],
)  # fmt: skip
def test_sets_are_joined_element_by_element(name: str, base: Any, theirs: Any, mine: Any, joined: Any) -> None:
    kind = "event" if name == "usual_months" else "destination"
    three = [complete(kind, {"facts": {name: value}}) for value in (base, theirs, mine)]
    merged = merge(*three)
    assert (merged.clashes, merged.snapshot["facts"][name]) == ([], joined)
    assert merged.theirs_kept == [("facts", name)]


def test_without_another_s_change_mine_stands_and_without_mine_theirs_does() -> None:
    assert merge(BASE, theirs=BASE, mine=changed(MINE)).snapshot == changed(MINE)
    assert merge(BASE, theirs=changed(MINE), mine=BASE).snapshot == changed(MINE)


def test_merging_changes_none_of_the_three() -> None:
    base, theirs, mine = deepcopy(BASE), changed(("facts", "aliases", ["B"])), changed(MINE)
    merged = merge(base, theirs, mine)
    part(merged.snapshot, "facts")["aliases"].append("C")
    assert (base, theirs, mine) == (BASE, changed(("facts", "aliases", ["B"])), changed(MINE))


def test_rows_about_one_thing_each_are_merged_one_by_one() -> None:
    def with_answers(**answers: str) -> Snapshot:
        rows = [{"what": what, "answer": answer} for what, answer in answers.items()]
        return complete("destination", {"facts": {"facilities": rows}})

    base = with_answers(step_free="no", toilet="yes")
    merged = merge(
        base, theirs=with_answers(step_free="no", parking="yes"), mine=with_answers(step_free="partly", toilet="yes")
    )
    assert not merged.clashes
    assert merged.snapshot == with_answers(step_free="partly", parking="yes")
    (clash,) = merge(base, theirs=with_answers(toilet="yes"), mine=with_answers(step_free="yes", toilet="yes")).clashes
    assert clash.name == "facilities"
