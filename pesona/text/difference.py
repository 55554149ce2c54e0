"""What changed between two texts, word by word. Pure."""

import re
from difflib import SequenceMatcher

Piece = tuple[str, str]

_PIECES = re.compile(r"\S+|\s+")


def changed_words(before: str, after: str) -> list[Piece]:
    """Return the pieces of both texts in order, each with what it is: `same`, `del` or `ins`."""
    old, new = _PIECES.findall(before), _PIECES.findall(after)
    pieces: list[Piece] = []
    for what, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            pieces.append(("same", "".join(old[i:j])))
            continue
        pieces += [(kind, "".join(text)) for kind, text in (("del", old[i:j]), ("ins", new[k:m])) if text]
    return pieces
