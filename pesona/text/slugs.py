"""Names into address parts. Pure."""

import re
import unicodedata


def slugify(name: str, limit: int = 80) -> str:
    """Return *name* as lower-case ASCII words joined by hyphens; may be empty."""
    plain = unicodedata.normalize("NFKD", name.replace("’", "").replace("'", ""))
    ascii_only = plain.encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")[:limit].rstrip("-")


SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def is_slug(text: str) -> bool:
    return len(text) <= 120 and SLUG.fullmatch(text) is not None
