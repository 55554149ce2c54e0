"""The public tables of notices: haze, flood, works, ceremonies, closures."""

from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from pesona.db import Model
from pesona.models.public import PublicRow, PublicText

KINDS = ("haze", "flood", "works", "ceremony", "closure", "other")
SEVERITIES = ("info", "warning", "danger")
SCOPES = ("site", "places")


class Notice(PublicRow, Model):
    """What visitors must know for a while: on the whole site, or in districts and at destinations.

    *start* and *end* are as `text/moments.py` writes them, in WIB: a day, or a day and a time; an empty
    *end* is open.
    """

    __tablename__ = "notice"

    kind: Mapped[str] = mapped_column(String(20))
    severity: Mapped[str] = mapped_column(String(20))
    start: Mapped[str] = mapped_column(String(16))
    end: Mapped[str] = mapped_column(String(16))
    scope: Mapped[str] = mapped_column(String(20))
    districts: Mapped[list[Any]]
    destinations: Mapped[list[Any]]


class NoticeTranslation(PublicText, Model):
    """The words of a notice in one language; it has no page, so no slug."""

    __tablename__ = "notice_translation"
