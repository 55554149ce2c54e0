"""The days on which offices and places may keep other hours, and the first day of Ramadan, by year."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from pesona.clock import utc_now
from pesona.db import Model

NATIONAL = "national"
JOINT_LEAVE = "joint_leave"
RAMADAN = "ramadan"  # its first day of fasting: a mark in the year, no holiday
KINDS = (NATIONAL, JOINT_LEAVE, RAMADAN)
EXPECTED = "expected"
DECREED = "decreed"
STATUSES = (EXPECTED, DECREED)


class Holiday(Model):
    """One day of the calendar of holidays: public at once, without drafts.

    Two may fall on one day. *row_version* grows with each change, so that a form can tell whether
    the row is still as it was opened.
    """

    __tablename__ = "holiday"
    # The number of a removed row never comes back: an old form must not save into another one.
    __table_args__ = (UniqueConstraint("date", "name_id"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    date: Mapped[date] = mapped_column(Date)
    name_id: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str] = mapped_column(String(120), default="")
    kind: Mapped[str] = mapped_column(String(20))
    status: Mapped[str] = mapped_column(String(20))
    source: Mapped[str] = mapped_column(String(300), default="")
    row_version: Mapped[int] = mapped_column(default=1)
    updated_at: Mapped[datetime] = mapped_column(default=utc_now)
    updated_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
