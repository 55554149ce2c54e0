"""The guide for editors: same chapters in both languages, words that the desk says, pictures that are there and used."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from flask import Flask
from PIL import Image

from pesona.admin.chapters import CHAPTERS
from pesona.admin.guide import SCALE, picture
from pesona.text import guide
from tests.admin.desk import FACTS, ITEM, PUBLISH, SYNONYMS, WORDS_EN
from tests.client import Page, SelfCheckingClient, addresses_of, words_of

ROOT = Path(__file__).parent.parent.parent
PICTURES = ROOT / "static/img/guide"
HELP = "/admin/help"
LOCALES = pytest.mark.parametrize("locale", ["id", "en"])
LARGEST, LARGEST_OF_ALL = 40_000, 600_000

SignIn = Callable[..., SelfCheckingClient]


def source(locale: str) -> str:
    return (ROOT / f"pesona/guide/{locale}.md").read_text("utf-8")


def chapters(locale: str) -> list[str]:
    read = guide.read(source(locale), lambda name: (name, 1, 1))
    return [anchor for anchor, _ in read.chapters]


def pictures(locale: str) -> dict[str, str]:
    """Return the alternative text of each picture that the guide names."""
    return {name: alt for alt, name in re.findall(r"!\[([^\]]*)\]\(([^)]*)\)", source(locale))}


def phrases(locale: str) -> Iterator[re.Pattern[str]]:
    """Yield what the desk can say in *locale*; a phrase with a place in it fits whatever fills the place."""
    with (ROOT / "translations/id/LC_MESSAGES/messages.po").open("rb") as file:
        messages = [m for m in read_po(file) if m.id]
    for message in messages:
        said = message.id if locale == "en" else message.string
        for one in said if isinstance(said, list | tuple) else [said]:
            pieces = re.split(r"%\(\w+\)s", one)
            # “… of …” would fit nearly everything.
            if len(pieces) == 1 or max(len(word) for piece in pieces for word in [*piece.split(), ""]) >= 4:
                yield re.compile(".+".join(map(re.escape, pieces)))


def test_both_languages_have_the_same_chapters_and_pictures() -> None:
    assert len(chapters("id")) == len(set(chapters("id"))) >= 14
    assert chapters("id") == chapters("en")
    assert list(pictures("id")) == list(pictures("en"))


@LOCALES
def test_every_word_in_bold_is_said_by_the_desk(locale: str) -> None:
    known, bold = list(phrases(locale)), set(re.findall(r"\*\*(.+?)\*\*", source(locale)))
    assert len(bold) >= 80
    assert not sorted(word for word in bold if not any(one.fullmatch(word) for one in known))


def test_every_picture_exists_is_used_and_is_small() -> None:
    named = {ROOT / "static" / picture(locale, name) for locale in ("id", "en") for name in pictures(locale)}
    assert named == set(PICTURES.iterdir())
    sizes = [file.stat().st_size for file in named]
    assert max(sizes) <= LARGEST
    assert sum(sizes) <= LARGEST_OF_ALL
    for file in named:
        with Image.open(file) as image:
            assert image.width == 390 * SCALE


@LOCALES
def test_every_picture_has_a_text_of_its_own(locale: str) -> None:
    texts = list(pictures(locale).values())
    assert len(set(texts)) == len(texts) >= 10
    assert all(20 <= len(text) <= 150 for text in texts)
    assert not set(texts) & set(pictures({"id": "en", "en": "id"}[locale]).values())


@LOCALES
def test_the_guide_speaks_the_language_of_the_desk_and_leads_to_the_other(sign_in: SignIn, locale: str) -> None:
    siti, other = sign_in(locale=locale), {"id": "en", "en": "id"}[locale]
    page = siti.visit(HELP)
    assert words_of(page.one("h1")) == source(locale).splitlines()[0].removeprefix("# ")
    shown = list(page.one("article").iter("img"))
    assert [i.get("alt") for i in shown] == list(pictures(locale).values())
    assert all(siti.get(i.get("src", "")).status_code == 200 for i in shown)
    (link,) = [a for a in page.one("article").iter("a") if a.get("hreflang")]
    asked = siti.visit(link.get("href", ""))
    assert asked.one("html").get("lang") == locale
    assert asked.one("article").get("lang") == other
    assert words_of(asked.one("h1")) == source(other).splitlines()[0].removeprefix("# ")
    assert siti.visit(f"{HELP}?locale=xx").one("article").get("lang") is None


@LOCALES
def test_the_contents_lead_to_every_chapter(sign_in: SignIn, locale: str) -> None:
    page = sign_in(locale=locale).visit(HELP)
    contents = page.one("nav", aria_labelledby="guide-contents")
    assert [a.get("href", "")[1:] for a in contents.iter("a")] == chapters(locale)
    assert {e.get("id") for e in page.all("h2")} >= set(chapters(locale))


def test_the_chapter_of_each_screen_exists(app: Flask) -> None:
    assert set(CHAPTERS.values()) <= set(chapters("id"))
    assert set(CHAPTERS) <= set(app.view_functions)


@pytest.mark.parametrize(
    ("path", "chapter"),
    [("/admin", ""), (ITEM, "#new"), (FACTS, "#facts"), (WORDS_EN, "#words"), (PUBLISH, "#publish"), (SYNONYMS, "#synonyms")],
)  # fmt: skip
def test_a_screen_leads_to_its_chapter(sign_in: SignIn, path: str, chapter: str) -> None:
    assert HELP + chapter in sign_in().visit(path).links()


def test_a_stranger_is_asked_to_sign_in(client: SelfCheckingClient) -> None:
    client.visit(HELP, 401)


def test_every_screen_reached_from_home_leads_to_the_guide(sign_in: SignIn) -> None:
    siti = sign_in()
    siti.submit(siti.visit(WORDS_EN), summary="A draft, so that something waits.")
    ids = {e.get("id") for e in siti.visit(HELP).tree.iter() if e.get("id")}
    waiting, seen = {"/admin"}, set()
    while waiting:
        path = waiting.pop()
        seen.add(path)
        page = siti.visit(path)
        if "/preview/" in path:  # a public page
            continue
        anchor = help_of(page).partition("#")[2]
        assert not anchor or anchor in ids, f"{path}: no chapter {anchor}"
        waiting |= {p for p in addresses_of([page]) if p.startswith("/admin") and p not in seen}
    assert len(seen) >= 50


def help_of(page: Page) -> str:
    """Return the one link of the menu that leads to the guide."""
    menu = page.one("nav", aria_label="Desk")
    (link,) = [a.get("href", "") for a in menu.iter("a") if a.get("href", "").startswith(HELP)]
    return link


def test_a_chapter_without_an_anchor_is_an_error() -> None:
    with pytest.raises(ValueError, match="has no anchor"):
        guide.read("# A guide\n\n## A chapter\n\nWords.", lambda name: (name, 1, 1))
