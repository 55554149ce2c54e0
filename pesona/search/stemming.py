"""The stem of a word, so that a visitor who asks for one form finds the others. Pure.

Indonesian is taken apart by its own rules, and a form is believed only when what remains is a known root: better to
leave a word whole than to make one of two. English is left to Snowball, but for the words it gets wrong.
"""

import csv
import re
import threading
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files

import snowballstemmer

_HERE = files("pesona.search")
_STEMMERS = {"id": snowballstemmer.stemmer("indonesian"), "en": snowballstemmer.stemmer("english")}
_lock = threading.Lock()


def _exceptions(locale: str) -> dict[str, str]:
    rows = (_HERE / f"exceptions-{locale}.csv").read_text("utf-8").splitlines()
    return {row["form"]: row["stem"] for row in csv.DictReader(rows)}


# The roots were written down for this site: the well-known lists may not be shipped under our licence.
_ROOTS = frozenset((_HERE / "roots-id.txt").read_text("utf-8").split())
_EXCEPTIONS = {locale: _exceptions(locale) for locale in _STEMMERS}

_PARTICLES = ("", "lah", "kah", "tah", "pun")
_POSSESSIVES = ("", "nya", "ku", "mu")

# The shapes of each prefix, and the letter of the root that a shape swallows: menari is tari, menyeberang seberang.
# Of two roots as long as each other the earlier shape wins: memasak is masak, not pasak.
_NASALS = (
    ("m(?=[bfpv])", ""), ("m(?=[aiueo])", "p"), ("n(?=[cdjstz])", ""), ("n(?=[aiueo])", "t"),
    ("ng(?=[aiueoghk])", ""), ("ng(?=[aiueo])", "k"), ("nge(?=[^aiueo]+[aiueo][^aiueo]+)", ""), ("ny(?=[aiueo])", "s"),
)  # fmt: skip
_SHAPES = [
    (prefix, re.compile(shape), swallowed)
    for prefix, shape, swallowed in (
        ("di", "di", ""), ("ke", "ke", ""), ("se", "se", ""), ("per", "per", ""), ("per", "pel(?=ajar)", ""),
        ("ber", "ber", ""), ("ber", "be(?=r|[^aiueo]er)", ""), ("ber", "bel(?=ajar)", ""),
        ("ter", "ter", ""), ("ter", "te(?=r|[^aiueo]er)", ""),
        ("me", "me(?=[lmnrwy])", ""), *(("me", "me" + shape, swallowed) for shape, swallowed in _NASALS),
        ("pe", "pe", ""), *(("pe", "pe" + shape, swallowed) for shape, swallowed in _NASALS),
    )
]  # fmt: skip

# The prefixes that stand inside a prefix, and the suffixes that go with the outermost; "" is a word without prefix.
_INSIDE = {
    "": ("di", "ke", "se", "ber", "ter", "per", "me", "pe"),
    "me": ("ke", "se", "ber", "ter", "per", "pe"),
    "di": ("ke", "se", "ber", "ter", "per", "pe"),
    "ke": ("se", "ber", "ter", "per", "pe"),
    "se": ("ke", "per", "pe"),
    "ber": ("ke", "se", "per", "pe"),
    "ter": ("per",),
    "per": ("ke", "se"),
    "pe": ("ke", "se", "ber", "ter", "per"),
}
_SUFFIXES = {
    "": ("", "kan", "an", "i"),
    "me": ("", "kan", "i"),
    "di": ("", "kan", "i"),
    "ke": ("", "an"),
    "se": ("", "an"),
    "ber": ("", "kan", "an"),
    "ter": ("", "kan", "i"),
    "per": ("", "kan", "an", "i"),
    "pe": ("", "an"),
}
_MOST_PREFIXES = 3

# What Snowball leaves of an unknown word may be a root: two syllables, built as Indonesian ones are.
_PLAUSIBLE = re.compile("(?:ng|ny|sy|kh|[^aiueo]r|[^aiueo])?[aiueo](?:[^aiueo]{1,3}|[aiueo])?[aiueo]+[^aiueocjv]{0,2}")
_UNMISTAKABLE = re.compile("(?:me|di|ber|ter|pe).{5,}(?:kan|i)|(?:ke|per|pem|pen).{5,}an|me[mn].{5,}")


@lru_cache(maxsize=50_000)
def stem(word: str, locale: str) -> str:
    """Return the stem of a folded *word*; short words and those with digits are their own."""
    if len(word) < 4 or not word.isalpha():
        return word
    if word in _EXCEPTIONS[locale]:
        return _EXCEPTIONS[locale][word]
    return _indonesian(word) if locale == "id" else _snowball(word, locale)


def _snowball(word: str, locale: str) -> str:
    with _lock:  # a stemmer holds the word while it works, and threads share it
        return str(_STEMMERS[locale].stemWord(word))


def _indonesian(word: str) -> str:
    if word in _ROOTS:
        return word
    readings = list(_readings(word))
    known = [(-len(root), affixes, n, root) for n, (root, affixes) in enumerate(readings) if _is_known(root)]
    if known:
        root = min(known)[-1]
        return _EXCEPTIONS["id"].get(root, root)
    return _guess(word, {root for root, _ in readings})


def _is_known(word: str) -> bool:
    return word in _ROOTS or word in _EXCEPTIONS["id"]


def _guess(word: str, readings: set[str]) -> str:
    """Return what Snowball makes of an unknown *word*, if it is one of the *readings* and looks like a root."""
    if word.endswith("nya") and not word.endswith("nyanya") and len(word) > 6:
        return stem(word.removesuffix("nya"), "id")
    guess = _snowball(word, "id")
    legal = len(guess) > 3 and guess in readings and _PLAUSIBLE.fullmatch(guess)
    # A guess must be at rest, or the stem of a stem would be another.
    return guess if legal and _UNMISTAKABLE.fullmatch(word) and stem(guess, "id") == guess else word


def _readings(word: str) -> Iterator[tuple[str, int]]:
    """Yield what may be the root of *word*, each with the number of affixes taken from it."""
    for bare, endings in _without_endings(word):
        for root, prefixes in _without_prefixes(bare):
            outermost = prefixes[0] if prefixes else ""
            for suffix in _SUFFIXES[outermost]:
                rest = root.removesuffix(suffix)
                if len(rest) > 2 and root.endswith(suffix):
                    yield rest, endings + len(prefixes) + bool(suffix)


def _without_endings(word: str) -> Iterator[tuple[str, int]]:
    """Yield *word* with and without particle (-lah) and possessive (-nya), and how many went."""
    for particle in _PARTICLES:
        if word.endswith(particle):
            said = word.removesuffix(particle)
            for owner in _POSSESSIVES:
                if said.endswith(owner):
                    yield said.removesuffix(owner), bool(particle) + bool(owner)


def _without_prefixes(word: str, taken: tuple[str, ...] = ()) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield *word* with ever more prefixes gone, after those already *taken*."""
    yield word, taken
    if len(taken) == _MOST_PREFIXES:
        return
    for prefix, shape, swallowed in _SHAPES:
        if prefix in _INSIDE[taken[-1] if taken else ""] and (match := shape.match(word)):
            yield from _without_prefixes(swallowed + word[match.end() :], (*taken, prefix))


def is_general(word: str) -> bool:
    """Tell whether a folded *word* is built from a known Indonesian root, so no mere name."""
    root = stem(word, "id")
    return root != word and root in _ROOTS
