"""Letters as people type them: lower case, without accents and apostrophes. Pure."""

import re
import unicodedata

_APOSTROPHES = re.compile("['’‘ʼ`]")


def fold(text: str) -> str:
    """Return *text* in lower case, accents and apostrophes gone."""
    if text.isascii():
        return _APOSTROPHES.sub("", text).lower()
    plain = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text)).casefold()
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


_WORD = re.compile(r"\w+")


def words(text: str) -> list[str]:
    """Return the folded words of *text* in order."""
    return _WORD.findall(fold(text))
