"""What somebody typed into a form of the desk and has not saved."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from pesona.clock import utc_now
from pesona.db import Model


class Scratch(Model):
    """One row for an account and a form, from its opening until an explicit save.

    *form* is `kind/code/part`, or `kind/new`. *fields* holds name and text of each field as it was
    typed on revision *base* in the *opening* of the form that sent it last; *earlier* is a row of the
    same shape, that of the opening before, so that a second tab wipes out nothing. Never public.
    """

    __tablename__ = "scratch"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    form: Mapped[str] = mapped_column(String(160), primary_key=True, index=True)
    opened_at: Mapped[datetime] = mapped_column(default=utc_now)
    opening: Mapped[str] = mapped_column(String(20), default="")
    base: Mapped[int] = mapped_column(default=0)
    fields: Mapped[list[Any]] = mapped_column(default=list)
    kept_at: Mapped[datetime] = mapped_column(default=utc_now)
    earlier: Mapped[dict[str, Any]] = mapped_column(default=dict)
