"""The passage of a text that best answers a query, with the words marked. Pure."""

import re
from collections.abc import Callable
from html import escape

_TOKEN = re.compile(r"\w+")


def excerpt(text: str, matches: Callable[[str], bool], length: int = 200) -> str:
    """Return about *length* characters of *text* as HTML, each word that *matches* in `<mark>`.

    The passage is the one with most different matching words; everything else is escaped.
    """
    marked = {word for word in set(_TOKEN.findall(text)) if matches(word)}
    spans = [m.span() for m in _TOKEN.finditer(text) if m[0] in marked] if marked else []
    start = _best_start([(a, text[a:b].casefold()) for a, b in spans], length)
    if start:
        start = max(0, start - 40)
        start = text.rfind(" ", 0, start) + 1 if start else 0
    end = min(len(text), start + length)
    if end < len(text):
        end = max(text.rfind(" ", start, end), start + length // 2)
    html = _marked(text, [(a, b) for a, b in spans if a >= start and b <= end], start, end)
    return f"{'… ' if start else ''}{html}{' …' if end < len(text) else ''}"


def _best_start(hits: list[tuple[int, str]], length: int) -> int:
    best, best_count = 0, 0
    for position, _ in hits:
        count = len({word for at, word in hits if position <= at < position + length - 60})
        if count > best_count:
            best, best_count = position, count
    return best


def _marked(text: str, spans: list[tuple[int, int]], start: int, end: int) -> str:
    pieces, at = [], start
    for begin, stop in spans:
        pieces += [escape(text[at:begin]), "<mark>", escape(text[begin:stop]), "</mark>"]
        at = stop
    return "".join([*pieces, escape(text[at:end])])
