"""Markdown to clean HTML, with links to other items kept by code until the page is drawn. Pure."""

import re
from collections.abc import Callable
from html import escape

import nh3
from markdown_it import MarkdownIt

_TAGS = {"p", "h2", "h3", "ul", "ol", "li", "strong", "em", "a", "blockquote", "br", "hr"}
_TAGS |= {"table", "thead", "tbody", "tr", "th", "td"}
_SCHEMES = {"http", "https", "mailto", "tel", "destination", "event", "page"}

_REFUSED = ("javascript:", "vbscript:", "file:", "data:")

# Code would lose its tags below and with them its paragraph.
_markdown = MarkdownIt("commonmark", {"html": False}).enable("table").disable(["code", "fence"])
# markdown-it lets only known schemes through; ours name an item of the site, nh3 refuses the rest.
setattr(_markdown, "validateLink", lambda url: not url.lower().startswith(_REFUSED))  # noqa: B010 - a method, by design


def to_html(text: str) -> str:
    """Return *text* as clean HTML; links such as `destination:code` are left for `link_items`."""
    if not text.strip():
        return ""
    html = re.sub(r"<(/?)h1>", r"<\1h2>", _markdown.render(text))
    html = re.sub(r"<(/?)h[456]>", r"<\1h3>", html)
    clean = nh3.clean(html, tags=_TAGS, attributes={"*": set(), "a": {"href"}}, url_schemes=_SCHEMES, link_rel=None)
    return _DEAD_LINK.sub(r"\1", clean).strip()


# What nh3 leaves of a link that leads nowhere.
_DEAD_LINK = re.compile(r'<a(?: href="")?>(.*?)</a>', re.DOTALL)
_ITEM_LINK = re.compile(r'<a href="(destination|event|page):([^"]*)">(.*?)</a>', re.DOTALL | re.IGNORECASE)


def link_items(html: str, path_of: Callable[[str, str], str | None]) -> str:
    """Return *html* with item links resolved; where *path_of* knows no live item the words stay."""

    def resolve(found: re.Match[str]) -> str:
        path = path_of(found[1].lower(), found[2])
        return f'<a href="{escape(path)}">{found[3]}</a>' if path else found[3]

    return _ITEM_LINK.sub(resolve, html)


_MARKS = re.compile(r"\[([^\]]*)\]\([^)]*\)|[#*_>`]+")


def to_plain(text: str) -> str:
    """Return the words of Markdown *text* on one line, for search and excerpts."""
    return " ".join(_MARKS.sub(lambda m: m[1] or "", text).split())
