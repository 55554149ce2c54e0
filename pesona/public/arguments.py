"""What visitors may put into an address, read once and never trusted."""

from urllib.parse import urlencode

from flask import abort, redirect, request

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


def page_number() -> int:
    """Return the page asked for; `page=1` has another address, and nonsense is not found."""
    given = request.args.get("page")
    if given is None:
        return 1
    if given == "1":
        others = [(name, value) for name, value in request.args.items(multi=True) if name != "page"]
        abort(redirect(f"{request.path}?{urlencode(others)}" if others else request.path, 301))
    if not (given.isascii() and given.isdigit() and given == str(int(given[:6])) and int(given) >= 1):
        abort(404)
    return int(given)


def folded(name: str) -> str:
    return fold(text(name))
