"""Items and their one chain of numbered, immutable revisions: where drafts live."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, ForeignKey, String, UniqueConstraint, and_
from sqlalchemy.orm import Mapped, mapped_column

from pesona.clock import utc_now
from pesona.db import Model

KINDS = ("destination", "event", "page", "notice")
PARTS = ("facts", "id", "en")


class Item(Model):
    """A destination, event, page or notice, with the number of its newest revision and what is live.

    *live_facts*, *live_id* and *live_en* are the publication marks: each names the revision
    that is live for that part, or nothing. The times beside them say when the public saw a change.
    What is in the trash since *trashed_at* or was removed for good at *removed_at* has no marks.
    """

    __tablename__ = "item"
    __table_args__ = (UniqueConstraint("kind", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    code: Mapped[str] = mapped_column(String(120))
    head: Mapped[int] = mapped_column(default=0)
    live_facts: Mapped[int | None]
    live_id: Mapped[int | None]
    live_en: Mapped[int | None]
    facts_at: Mapped[datetime | None]
    id_at: Mapped[datetime | None]
    en_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=utc_now)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    trashed_at: Mapped[datetime | None]
    removed_at: Mapped[datetime | None]

    @classmethod
    def is_there(cls) -> ColumnElement[bool]:
        """Return the condition that an item is neither in the trash nor removed for good."""
        return and_(cls.removed_at.is_(None), cls.trashed_at.is_(None))

    def live(self, part: str) -> int | None:
        """Return the revision that is live for *part* (facts, id or en)."""
        mark: int | None = getattr(self, f"live_{part}")
        return mark

    @property
    def stands(self) -> bool:
        """Tell whether the item is neither in the trash nor removed for good."""
        return self.trashed_at is None and self.removed_at is None

    @property
    def is_public(self) -> bool:
        return self.live_facts is not None and (self.live_id is not None or self.live_en is not None)


class Revision(Model):
    """An immutable snapshot of a whole item: its facts and its words in both languages.

    *base* is the revision the writer began from. Triggers refuse UPDATE and DELETE.
    """

    __tablename__ = "revision"
    __table_args__ = (UniqueConstraint("item_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    number: Mapped[int]
    base: Mapped[int]
    snapshot: Mapped[dict[str, Any]]
    origin: Mapped[str] = mapped_column(String(20))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    command: Mapped[str] = mapped_column(String(80), default="")
    note: Mapped[str] = mapped_column(String(500), default="")
    created_at: Mapped[datetime] = mapped_column(default=utc_now)


class Slug(Model):
    """Every slug that an item has or had, unique within its kind across both languages.

    It points at the item, never at the next slug, so an old address leads on in one hop.
    """

    __tablename__ = "slug"

    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    slug: Mapped[str] = mapped_column(String(120), primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), index=True)
