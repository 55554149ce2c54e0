"""Mistakes that visitors report, and the corrections that pages name because of them."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from pesona.clock import utc_now
from pesona.db import Model

OPEN = "open"
FIXED = "fixed"
NO_FAULT = "no_fault"
VERDICTS = (FIXED, NO_FAULT)


class Report(Model):
    """What a visitor says is wrong with an item, or with the site where *item_id* is nothing. Never public.

    The sender holds a token of which only the hash is here, and nothing here says who that is. *place*,
    *text* and *answer* are emptied after 90 days. *answers* grows with each answer, so that a form can
    tell whether somebody else was faster; *revision* is the one with which readers saw the mistake mended.
    """

    __tablename__ = "report"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    item_id: Mapped[int | None] = mapped_column(ForeignKey("item.id"), index=True)
    locale: Mapped[str] = mapped_column(String(2))
    place: Mapped[str] = mapped_column(String(200), default="")
    text: Mapped[str] = mapped_column(Text)
    sent_at: Mapped[datetime] = mapped_column(default=utc_now, index=True)
    state: Mapped[str] = mapped_column(String(20), default=OPEN)
    answer: Mapped[str] = mapped_column(String(500), default="")
    answers: Mapped[int] = mapped_column(default=0)
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    revision: Mapped[int | None]


class Correction(Model):
    """That a mistake in an item was mended on a day because a reader told: public at once, and it stays."""

    __tablename__ = "correction"

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"), unique=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), index=True)
    revision: Mapped[int]
    day: Mapped[date] = mapped_column(Date)
