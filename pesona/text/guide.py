"""The guide for editors from its Markdown: a title, chapters to jump to, and HTML. Pure; only for text of our own."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

# Unlike `text.markdown`, this lets headings keep an id and pictures stand: nobody at the desk writes the guide.
_markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
_HEADING = re.compile(r"(.+) \{#([a-z-]+)\}")

Picture = Callable[[str], tuple[str, int, int]]


@dataclass(frozen=True, slots=True)
class Guide:
    """What a page of the guide shows; *chapters* are (anchor, title)."""

    title: str
    chapters: list[tuple[str, str]]
    html: str


def read(text: str, picture: Picture) -> Guide:
    """Return the guide in *text*: `# title`, then chapters `## name {#anchor}`.

    *picture* gives the address, width and height of the picture that `![alt](name)` names.
    """
    title, _, rest = text.partition("\n")
    tokens = _markdown.parse(rest)
    chapters = list(_anchored(tokens))
    for token in tokens:
        for one in token.children or ():
            if one.type == "image":
                address, width, height = picture(str(one.attrs["src"]))
                one.attrs = {"src": address, "alt": "", "width": width, "height": height, "loading": "lazy"}
    return Guide(title.removeprefix("# "), chapters, _markdown.renderer.render(tokens, _markdown.options, {}))


def _anchored(tokens: list[Token]) -> Iterator[tuple[str, str]]:
    """Give each chapter heading its id; yield anchor and title."""
    for opening, inline in pairwise(tokens):
        if opening.type == "heading_open" and opening.tag == "h2":
            found = _HEADING.fullmatch(inline.content)
            if found is None:
                raise ValueError(f"the chapter “{inline.content}” has no anchor")
            opening.attrs["id"] = found[2]
            inline.children = _markdown.parseInline(found[1])[0].children
            yield found[2], found[1]
