"""What all public tables share: they are written by publication alone and may be made again."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from pesona.db import Model


class PublicRow:
    """The live facts of an item: one row where its facts are live.

    *checked_on* is the day on which an editor last confirmed them, or empty.
    """

    @declared_attr
    def item_id(cls) -> Mapped[int]:  # noqa: N805 - SQLAlchemy calls it with the class
        return mapped_column(ForeignKey("item.id"), primary_key=True)

    code: Mapped[str] = mapped_column(String(120), unique=True)
    sources: Mapped[list[Any]]
    checked_on: Mapped[str] = mapped_column(String(10))
    updated_at: Mapped[datetime]


class PublicFacts(PublicRow):
    """The live facts of an item that has a page of its own."""

    aliases: Mapped[list[Any]]
    related: Mapped[list[Any]]


class PublicText:
    """The live words of an item in one language: one row for each language that is live."""

    @declared_attr
    def item_id(cls) -> Mapped[int]:  # noqa: N805 - SQLAlchemy calls it with the class
        return mapped_column(ForeignKey("item.id"), primary_key=True)

    locale: Mapped[str] = mapped_column(String(2), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    # Databases sort names differently; this key is sorted by code point everywhere.
    sort_key: Mapped[str] = mapped_column(String(200))
    summary: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)
    body_html: Mapped[str] = mapped_column(Text)
    updated_at: Mapped[datetime]


class PublicWords(PublicText):
    """The live words of an item that has a page of its own."""

    slug: Mapped[str] = mapped_column(String(120), index=True)
    search_description: Mapped[str] = mapped_column(Text)
    # Of English words only: something published in Indonesian has changed since they were made or checked.
    source_newer: Mapped[bool] = mapped_column(default=False)


class ContentVersion(Model):
    """One row whose number grows with every transaction that changes a public table."""

    __tablename__ = "content_version"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]


class Outbox(Model):
    """A note that the search documents of an item must be made again."""

    __tablename__ = "outbox"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    code: Mapped[str] = mapped_column(String(120))
