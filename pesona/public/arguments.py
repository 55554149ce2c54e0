"""What visitors may put into an address, read once and never trusted."""

from flask import abort, request

from pesona.text.folding import fold

LONGEST = 200


def text(name: str) -> str:
    """Return the text argument *name* without control characters, at most 200 characters."""
    raw = request.args.get(name, "")[: LONGEST * 4]
    clean = "".join(" " if ord(letter) < 32 or letter == "\x7f" else letter for letter in raw)
    return " ".join(clean.replace("\ufffd", " ").split())[:LONGEST]


def choice(name: str, known: object) -> str:
    """Return the argument *name*, one of *known* or empty; anything else is not found."""
    value = request.args.get(name, "")
    if value and value not in known:  # type: ignore[operator]
        abort(404)
    return value


def folded(name: str) -> str:
    return fold(text(name))
