"""Two texts side by side, paragraph by paragraph, with the words that differ. Pure, and bounded in work.

A paragraph is a line; a word is what stands between spaces, so no letter is ever cut.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

SAME, CHANGED = "same", "changed"

# Comparisons of two words or paragraphs that one difference may cost; beyond it, both texts are shown whole.
BUDGET = 300_000
# Below this share of common words two paragraphs are shown as one taken out and one put in, not as confetti.
ALIKE = 0.3
# Unchanged paragraphs kept on either side of a change.
NEIGHBOURS = 1

_WORDS = re.compile(r"\s+|\S+")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a paragraph that are the same on both sides, or changed."""

    kind: str
    text: str


Paragraph = list[Piece]


@dataclass(frozen=True, slots=True)
class Row:
    """One paragraph before and after; a side is None where it has none. *left_out* counts unchanged ones not shown."""

    before: Paragraph | None
    after: Paragraph | None
    left_out: int = 0

    @property
    def changed(self) -> bool:
        return any(piece.kind == CHANGED for side in (self.before, self.after) for piece in side or ())


class _Budget:
    """How many comparisons are left."""

    def __init__(self, left: int) -> None:
        self.left = left

    def spend(self, count: int) -> bool:
        self.left -= count
        return self.left >= 0


def difference(before: str, after: str, budget: int = BUDGET, neighbours: int = NEIGHBOURS) -> list[Row]:
    """Return *before* and *after* as rows of paragraphs; those farther from a change than *neighbours* are left out."""
    left, right = _paragraphs(before), _paragraphs(after)
    spare, found = _Budget(budget), list[Row]()
    for same, olds, news in _blocks(left, right, spare):
        if same:
            found += [Row([Piece(SAME, text)], [Piece(SAME, text)]) for text in olds]
        else:
            found += _pairs(olds, news, spare)
    return _shortened(found, neighbours)


def _paragraphs(text: str) -> list[str]:
    return text.split("\n") if text else []


def _pairs(olds: Sequence[str], news: Sequence[str], spare: _Budget) -> Iterator[Row]:
    x = y = 0
    for at, beside in [*_partners(olds, news, spare), (len(olds), len(news))]:
        yield from (Row([Piece(CHANGED, text)], None) for text in olds[x:at])
        yield from (Row(None, [Piece(CHANGED, text)]) for text in news[y:beside])
        if at < len(olds):
            yield _words(olds[at], news[beside], spare)
        x, y = at + 1, beside + 1


def _partners(olds: Sequence[str], news: Sequence[str], spare: _Budget) -> list[tuple[int, int]]:
    """Return which of *olds* became which of *news*, in order: the pairs with most words in common."""
    if not spare.spend(len(olds) * len(news)):
        return list(zip(range(len(olds)), range(len(news)), strict=False))
    left, right = ([set(text.split()) for text in side] for side in (olds, news))
    best = [[0.0] * (len(news) + 1) for _ in range(len(olds) + 1)]
    for x in range(len(olds) - 1, -1, -1):
        for y in range(len(news) - 1, -1, -1):
            pair = best[x + 1][y + 1] + _alike(left[x], right[y])
            best[x][y] = max(best[x + 1][y], best[x][y + 1], pair)
    found, x, y = list[tuple[int, int]](), 0, 0
    while x < len(olds) and y < len(news):
        if best[x][y] == best[x + 1][y]:
            x += 1
        elif best[x][y] == best[x][y + 1]:
            y += 1
        else:
            found.append((x, y))
            x, y = x + 1, y + 1
    return found


def _alike(left: set[str], right: set[str]) -> float:
    """Return the share of the words of the shorter paragraph that stand in the other one, 0 where it is too small."""
    share = len(left & right) / (min(len(left), len(right)) or 1)
    return share if share >= ALIKE else 0.0


def _words(old: str, new: str, spare: _Budget) -> Row:
    """Return two paragraphs with the words that differ; both whole where they have too little in common."""
    blocks = list(_joined(_blocks(_WORDS.findall(old), _WORDS.findall(new), spare)))
    common = sum(len("".join(text.split())) for same, text, _ in blocks if same)
    if common < ALIKE * min(len(old), len(new)):
        return Row([Piece(CHANGED, old)], [Piece(CHANGED, new)])
    sides: tuple[Paragraph, Paragraph] = ([], [])
    for same, *texts in blocks:
        for side, text in zip(sides, texts, strict=True):
            if text:
                side.append(Piece(SAME if same else CHANGED, text))
    return Row(*sides)


def _joined(blocks: Iterator[tuple[bool, Sequence[str], Sequence[str]]]) -> Iterator[tuple[bool, str, str]]:
    """Join changes that only a space parts, so that a changed phrase is one piece."""
    olds, news = "", ""
    for same, old, new in blocks:
        text, other = "".join(old), "".join(new)
        if same and text.strip():
            if olds or news:
                kept = _common_end(olds, news)
                yield False, olds[: len(olds) - kept], news[: len(news) - kept]
                text = olds[len(olds) - kept :] + text
            yield True, text, text
            olds, news = "", ""
        elif same and not (olds or news):
            yield True, text, text
        else:
            olds, news = olds + text, news + other
    if olds or news:
        yield False, olds, news


def _common_end(olds: str, news: str) -> int:
    """Return the length of the space with which both texts end."""
    old, new = olds[len(olds.rstrip()) :], news[len(news.rstrip()) :]
    return len(old) if old == new else 0


def _blocks(
    old: Sequence[str], new: Sequence[str], spare: _Budget
) -> Iterator[tuple[bool, Sequence[str], Sequence[str]]]:
    """Yield (whether both are the same, some of *old*, some of *new*) until both are used up."""
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    if start:
        yield True, old[:start], new[:start]
    yield from _changed(old[start : len(old) - end], new[start : len(new) - end], spare)
    if end:
        yield True, old[len(old) - end :], new[len(new) - end :]


def _changed(
    old: Sequence[str], new: Sequence[str], spare: _Budget
) -> Iterator[tuple[bool, Sequence[str], Sequence[str]]]:
    x = y = 0
    for at, beside, length in _matches(old, new, spare) if old and new else ():
        if x < at or y < beside:
            yield False, old[x:at], new[y:beside]
        yield True, old[at : at + length], new[beside : beside + length]
        x, y = at + length, beside + length
    if x < len(old) or y < len(new):
        yield False, old[x:], new[y:]


def _matches(old: Sequence[str], new: Sequence[str], spare: _Budget) -> list[tuple[int, int, int]]:
    """Return where runs of *old* stand in *new*, as (start, start, length): the fewest edits, by Myers.

    Nothing is found where the budget ends first.
    """
    reached, history = {1: 0}, list[dict[int, int]]()
    for edits in range(len(old) + len(new) + 1):
        history.append(dict(reached))
        if not spare.spend(edits + 1):
            return []
        for k in range(-edits, edits + 1, 2):
            down = k == -edits or (k != edits and reached[k - 1] < reached[k + 1])
            x = reached[k + 1] if down else reached[k - 1] + 1
            start = x
            while x < len(old) and x - k < len(new) and old[x] == new[x - k]:
                x += 1
            reached[k] = x
            if not spare.spend(x - start):
                return []
            if x >= len(old) and x - k >= len(new):
                return _walk_back(history, len(old), len(new))
    return []


def _walk_back(history: list[dict[int, int]], x: int, y: int) -> list[tuple[int, int, int]]:
    found = []
    for edits in range(len(history) - 1, -1, -1):
        reached, k = history[edits], x - y
        down = k == -edits or (k != edits and reached[k - 1] < reached[k + 1])
        before = k + 1 if down else k - 1
        start = (reached[before] if down else reached[before] + 1) if edits else 0
        if x > start:
            found.append((start, start - k, x - start))
        x = reached[before]
        y = x - before
    return found[::-1]


def _shortened(rows: list[Row], neighbours: int) -> list[Row]:
    """Leave out unchanged paragraphs that stand far from any change, counting them."""
    places = [at for at, row in enumerate(rows) if row.changed]
    near: set[int] = set()
    reached = 0
    for at in places:
        near |= set(range(max(reached, at - neighbours), min(len(rows), at + neighbours + 1)))
        reached = min(len(rows), at + neighbours + 1)
    found: list[Row] = []
    for at, row in enumerate(rows):
        if at in near:
            found.append(row)
        elif found and found[-1].left_out:
            found[-1] = Row(None, None, found[-1].left_out + 1)
        else:
            found.append(Row(None, None, 1))
    return found
