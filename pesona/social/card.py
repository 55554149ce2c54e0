"""What stands on the picture that other sites show beside a link, and the address that follows from it."""

import hashlib
from dataclasses import dataclass
from functools import cache, cached_property

from pesona.drawings import Drawing
from pesona.paths import resource_folder
from pesona.published import Photo

# Part of every address: raise it when cards are drawn otherwise, so that no address changes its bytes.
RECIPE = 1


@dataclass(frozen=True, kw_only=True)
class SocialCard:
    """The card of one item, or of the site, in one language: words beside its photo, else its drawing, else its cloth.

    *above* and *below* are the small lines round the *name*.
    """

    locale: str
    kind: str
    code: str
    name: str
    above: str = ""
    below: str = ""
    credit: str = ""
    photo: Photo | None = None
    drawing: Drawing | None = None
    cloth: str = ""

    @property
    def still(self) -> str:
        """Return the static file that is its picture where it has no photo."""
        return self.drawing.social if self.drawing else f"img/cloth-{self.cloth}.png"

    @cached_property
    def key(self) -> str:
        """Return the hash of all that can be seen on it."""
        picture = self.photo.social.key if self.photo and self.photo.social else _digest(self.still)
        words = (self.locale, self.kind, self.code, self.name, self.above, self.below, self.credit)
        return hashlib.sha256(f"{RECIPE} {picture} {words!r}".encode()).hexdigest()[:16]

    @property
    def address(self) -> str:
        return f"/media/cards/{self.locale}/{self.kind}/{self.code}-{self.key}.jpg"

    @property
    def alt(self) -> str:
        """Return its words, and what its picture shows where anybody has said that."""
        words = " · ".join(filter(None, (self.name, self.above, self.below)))
        shown = self.photo.alts[self.locale] if self.photo else self.drawing.alt(self.locale) if self.drawing else ""
        return f"{words}. {shown}" if shown else words


@cache
def _digest(still: str) -> str:
    return hashlib.sha256((resource_folder("static") / still).read_bytes()).hexdigest()
