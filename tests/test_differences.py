"""Differences of two texts: nothing is lost, nothing invented, words stay whole, and the work is bounded."""

import random

import pytest

from pesona.text import differences
from pesona.text.differences import CHANGED, SAME, Piece, Row, difference

LONG = "\n".join(f"Paragraf {n} tentang istana dan sungai." for n in range(2000))


def side(rows: list[Row], name: str) -> str:
    """Return one side of *rows* as the text it came from."""
    assert not any(row.left_out for row in rows)
    paragraphs = [getattr(row, name) for row in rows]
    return "\n".join("".join(piece.text for piece in one) for one in paragraphs if one is not None)


def marked(rows: list[Row], name: str) -> list[str]:
    return [p.text for row in rows for p in getattr(row, name) or () if p.kind == CHANGED]


@pytest.mark.parametrize(
    ("before", "after", "removed", "added"),
    [
        ("open from eight to four", "open from nine to four", ["eight"], ["nine"]),
        ("one two three four five", "one four five", ["two three "], []),
        ("one five", "one two five", [], ["two "]),
        ("a long way to the old town", "a long road by the old town", ["way to"], ["road by"]),
        ("", "A text.", [], ["A text."]),
        ("A text.", "", ["A text."], []),
        ("Completely other words", "Nothing here is like that", ["Completely other words"], ["Nothing here is like that"]),
        ("café au lait di Siak", "cafe\u0301 au lait di Siak", ["café"], ["cafe\u0301"]),
        ("سياق سري إندراڤورا", "سياق سري اندرا", ["إندراڤورا"], ["اندرا"]),
        ("flag 👨‍👩‍👧 here and there", "flag 👨‍👩‍👦 here and there", ["👨‍👩‍👧"], ["👨‍👩‍👦"]),
        ("<b>bold</b> & more of it", "<i>bold</i> & more of it", ["<b>bold</b>"], ["<i>bold</i>"]),
    ],
)  # fmt: skip
def test_the_words_that_differ_are_marked(before: str, after: str, removed: list[str], added: list[str]) -> None:
    rows = difference(before, after)
    assert (marked(rows, "before"), marked(rows, "after")) == (removed, added)
    assert (side(rows, "before"), side(rows, "after")) == (before, after)


def test_equal_texts_have_no_changed_word() -> None:
    assert not any(row.changed for row in difference("One.\nTwo.", "One.\nTwo."))
    assert difference("", "") == []


def test_paragraphs_are_kept_apart() -> None:
    before, after = "First.\n\nSecond one here.", "First.\n\nNew one.\n\nSecond one there."
    rows = difference(before, after, neighbours=9)
    assert (marked(rows, "before"), marked(rows, "after")) == (["here."], ["New one.", "", "there."])
    assert all("\n" not in piece.text for row in rows for piece in (row.before or []) + (row.after or []))
    assert (side(rows, "before"), side(rows, "after")) == (before, after)


def test_far_unchanged_paragraphs_are_left_out_and_counted() -> None:
    rows = difference(LONG, LONG.replace("Paragraf 1000 ", "Alinea 1000 "))
    assert [row.left_out for row in rows] == [999, 0, 0, 0, 998]
    assert rows[2].before == [Piece(CHANGED, "Paragraf"), Piece(SAME, " 1000 tentang istana dan sungai.")]


def test_any_two_texts_come_back_whole() -> None:
    draw = random.Random(5)
    for _ in range(400):
        before, after = ("".join(draw.choices("ab c\n", k=draw.randrange(1, 60))) for _ in range(2))
        rows = difference(before, after, neighbours=60)
        assert (side(rows, "before"), side(rows, "after")) == (before, after)
        assert any(row.changed for row in rows) == (before != after)


HUGE = [
    ("a " * 30_000, "b a " * 15_000),
    ("x y " * 15_000, "y x x " * 10_000),
    ("\n".join("ab" * (n % 7) for n in range(20_000)), "\n".join("ba" * (n % 5) for n in range(20_000))),
    (" ".join(map(str, range(30_000))), " ".join(map(str, range(30_000, 0, -1)))),
    ("word" * 15_000, "drow" * 15_000),
]


@pytest.mark.parametrize(("before", "after"), HUGE, ids=range(len(HUGE)))
def test_huge_texts_cost_no_more_than_the_budget_and_lose_nothing(
    before: str, after: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    spent: list[int] = []
    spend = differences._Budget.spend

    def count(self: differences._Budget, amount: int) -> bool:
        allowed = spend(self, amount)
        spent.append(amount if allowed else 0)
        return allowed

    monkeypatch.setattr(differences._Budget, "spend", count)
    rows = difference(before, after, neighbours=len(before))
    assert sum(spent) <= differences.BUDGET
    assert (side(rows, "before"), side(rows, "after")) == (before, after)
