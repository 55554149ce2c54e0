"""Every word of the shipped texts is in a dictionary or in one of our lists, and the lists hold nothing else.

`words-id.txt` and `words-en.txt` are the words of each language that its dictionary lacks, Malay words in English
among them; `words-names.txt` are names in both. An entry has been looked at by a person: what is misspelt is mended in
the text and never listed.
"""

from pathlib import Path

import pytest

from pesona.locales import LOCALES
from tests.content.shipped import ITEMS, Shipped, each_item, each_locale
from tests.content.spelling import LISTS, entries, listed, unknown, words

NAMES = sorted({name for names in LISTS.values() for name in names})


@each_locale
@each_item
def test_every_word_is_known(item: Shipped, locale: str) -> None:
    wrong = {field: found for field, text in item.texts(locale) if (found := unknown(text, locale))}
    assert not wrong, f"{item} [{locale}]: mend these or add them to words-{locale}.txt or words-names.txt: {wrong}"


def test_every_listed_word_is_needed() -> None:
    needed: set[str] = set()
    for item in ITEMS:
        for locale in LOCALES:
            for _, text in item.texts(locale):
                needed |= {entry for pair in words(text, locale) for entry in entries(*pair) or ()}
    dead = {name: sorted(unused) for name in NAMES if (unused := listed(name) - needed)}
    assert not dead, f"no text needs these entries any more: {dead}"


@pytest.mark.parametrize("name", NAMES)
def test_a_list_is_sorted_and_holds_a_word_once(name: str) -> None:
    lines = Path(__file__).with_name(f"{name}.txt").read_text("utf-8").splitlines()
    assert lines == sorted(set(lines)), f"{name}.txt: sort it, one word a line"


@pytest.mark.parametrize("locale", LOCALES)
def test_no_word_is_listed_as_a_name_too(locale: str) -> None:
    own, names = map(listed, LISTS[locale])
    assert not {entry.lower() for entry in own} & {entry.lower() for entry in names}


@pytest.mark.parametrize(
    ("text", "locale", "found"),
    [
        ("Bangunannya berdiri di tepi sungai.", "id", []),
        ("Bangunanya bediri ditepi sungai.", "id", ["Bangunanya", "bediri", "ditepi"]),
        ("The paalace stands by the rivver.", "en", ["paalace", "rivver"]),
        ("The color of the center", "en", ["center", "color"]),
        ("The *rumah makan* on Jalan Sultan is 18th on the list.", "en", []),
        ("The rumah *rumah maakan*", "en", ["maakan", "rumah"]),
        ("Ya (yes), rumah-rumah dan rumah-rumahnya pada 1930-an", "id", []),
        ("[Istana](destination:istana-siak-sri-indrapura) di [sunggai](event:x)", "id", ["sunggai"]),
    ],
)
def test_what_is_misspelt_is_found(text: str, locale: str, found: list[str]) -> None:
    assert unknown(text, locale) == found
