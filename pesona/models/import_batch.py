"""Imports: the file as it was checked, what became of each row, and what a run made."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from pesona.clock import utc_now
from pesona.db import Model

STATES = ("checked", "done", "undone")


class ImportBatch(Model):
    """One file on its way in: *content* and *outcomes* are kept for a day, *made* for its undoing.

    *form* tells how the file was read, *counts* how many rows came out how. What a run *made* is a
    list of items with their newest revision and marks before and after it.
    """

    __tablename__ = "import_batch"
    __table_args__ = {"sqlite_autoincrement": True}

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    file_name: Mapped[str] = mapped_column(String(200))
    state: Mapped[str] = mapped_column(String(10), default="checked")
    content: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    form: Mapped[dict[str, Any]]
    counts: Mapped[dict[str, Any]]
    outcomes: Mapped[list[Any]] = mapped_column(default=list, deferred=True)
    made: Mapped[list[Any]] = mapped_column(default=list, deferred=True)
    left_alone: Mapped[list[Any]] = mapped_column(default=list)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    command: Mapped[str] = mapped_column(String(80), default="")
    created_at: Mapped[datetime] = mapped_column(default=utc_now, index=True)
    ended_at: Mapped[datetime | None]
    published: Mapped[bool] = mapped_column(default=False)
