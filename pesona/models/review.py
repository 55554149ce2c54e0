"""What is asked of editors and what waits for its time: reviews and schedules of items."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from pesona.clock import utc_now
from pesona.db import Model

REVIEW_STATES = ("open", "wanted")
SCHEDULE_STATES = ("waiting", "done", "failed", "skipped", "cancelled")


class Review(Model):
    """The review of an item that somebody asked for: open, or answered with the changes wanted.

    *revision* is the newest one when it was asked; later saves leave the row as it is.
    """

    __tablename__ = "review"

    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), primary_key=True)
    state: Mapped[str] = mapped_column(String(10), default="open")
    revision: Mapped[int]
    asked_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    asked_at: Mapped[datetime] = mapped_column(default=utc_now)
    note: Mapped[str] = mapped_column(Text, default="")
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    answered_at: Mapped[datetime | None]
    answer: Mapped[str] = mapped_column(Text, default="")


class Schedule(Model):
    """A publication of *parts* of one pinned *revision*, or a withdrawal of languages, at a set time (UTC).

    *reasons* holds what the checks found where it failed.
    """

    __tablename__ = "schedule"
    __table_args__ = (Index("ix_schedule_state_at", "state", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), index=True)
    deed: Mapped[str] = mapped_column(String(10))
    parts: Mapped[list[Any]]
    revision: Mapped[int]
    at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(String(500), default="")
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    reasons: Mapped[list[Any]] = mapped_column(default=list)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    made_at: Mapped[datetime] = mapped_column(default=utc_now)
    ended_at: Mapped[datetime | None]
