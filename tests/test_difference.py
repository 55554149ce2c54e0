"""The words that changed between two texts."""

import pytest

from pesona.text.difference import changed_words


@pytest.mark.parametrize(
    ("before", "after", "pieces"),
    [("", "", []),
     ("one two", "one two", [("same", "one two")]),
     ("one two three", "one four three", [("same", "one "), ("del", "two"), ("ins", "four"), ("same", " three")]),
     ("one", "one more", [("same", "one"), ("ins", " more")]),
     ("one\n\ntwo", "two", [("del", "one\n\n"), ("same", "two")])],
)  # fmt: skip
def test_pieces_of_both_texts_in_order(before: str, after: str, pieces: list[tuple[str, str]]) -> None:
    assert changed_words(before, after) == pieces


def test_the_pieces_hold_both_texts_whole() -> None:
    before, after = "Istana ini  dibangun\n\n1889 – 1893.", "Istana Siak dibangun 1889–1893,\nkini museum."
    pieces = changed_words(before, after)
    assert "".join(text for kind, text in pieces if kind != "ins") == before
    assert "".join(text for kind, text in pieces if kind != "del") == after
