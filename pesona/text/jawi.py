"""Malay in Arabic letters (Jawi): what may stand in a name. Pure."""

import re

# The letters of Jawi with vowel signs and figures, and what is typed for them on Arabic and Persian keyboards;
# static/fonts/noto-naskh-arabic.woff2 has no others.
_LETTERS = (
    "\u0621-\u063a\u0641-\u0652\u0660-\u0669\u0670\u0674\u0679\u067e\u0686\u0698\u06a0\u06a4\u06a9\u06ac\u06af"
    "\u06bd\u06be\u06c7\u06cc\u06cf\u06d0\u06f0-\u06f9\u0762\u060c"
)
_NAME = re.compile(rf"[{_LETTERS}]+(?: [{_LETTERS}]+)*")


def is_jawi(text: str) -> bool:
    """Tell whether *text* is words of Jawi letters and nothing else."""
    return _NAME.fullmatch(text) is not None
