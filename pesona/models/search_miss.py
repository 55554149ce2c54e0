"""Searches without a hit, counted; who searched is nowhere."""

from datetime import date

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from pesona.db import Model

LONGEST_QUERY = 60


class SearchMiss(Model):
    """How often a query in one language found nothing.

    *key* is an HMAC of language and query; the words themselves stay empty until the fifth time.
    """

    __tablename__ = "search_miss"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    locale: Mapped[str] = mapped_column(String(2))
    query: Mapped[str] = mapped_column(String(LONGEST_QUERY), default="")
    count: Mapped[int]
    first_day: Mapped[date]
    last_day: Mapped[date] = mapped_column(index=True)
