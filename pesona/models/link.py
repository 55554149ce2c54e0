"""The outside addresses that published text leads to, and how they answered when they were asked."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from pesona.db import Model

# In bytes too: an index of PostgreSQL takes no longer text.
LONGEST_URL = 2000


class LinkUse(Model):
    """One place of the published text that leads to *url*: `facts` (a source) or a language. Never public itself."""

    __tablename__ = "link_use"

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), index=True)
    place: Mapped[str] = mapped_column(String(10))
    url: Mapped[str] = mapped_column(String(LONGEST_URL), index=True)


class LinkCheck(Model):
    """What came of asking *url*: on how many days in a row it failed, the first and the last of them, and why.

    *reached_on* is the last day on which any server answered there, whatever it said; *ignored_until* the
    day from which the address is asked again.
    """

    __tablename__ = "link_check"

    url: Mapped[str] = mapped_column(String(LONGEST_URL), primary_key=True)
    checked_at: Mapped[datetime]
    reached_on: Mapped[date | None]
    failed_days: Mapped[int] = mapped_column(default=0)
    failed_since: Mapped[date | None]
    failed_on: Mapped[date | None]
    problem: Mapped[str] = mapped_column(String(20), default="")
    ignored_until: Mapped[date | None]
