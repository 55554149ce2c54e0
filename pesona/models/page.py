"""The public tables of information pages."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from pesona.db import Model
from pesona.models.public import PublicFacts, PublicWords

MENUS = ("main", "footer", "none")


class Page(PublicFacts, Model):
    """An information page and its place in the menus."""

    __tablename__ = "page"

    position: Mapped[int]
    menu: Mapped[str] = mapped_column(String(20))


class PageTranslation(PublicWords, Model):
    """The words of a page in one language."""

    __tablename__ = "page_translation"
