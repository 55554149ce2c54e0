"""Groups of search words that editors keep beside those that come with the site."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from pesona.clock import utc_now
from pesona.db import Model

SEPARATOR = "|"


class Synonym(Model):
    """Words and phrases of one meaning: public at once, without drafts.

    *words* are parted by `|`. *row_version* grows with each change, so that a form can tell whether
    the group is still as it was opened.
    """

    __tablename__ = "synonym"
    # The number of a removed group never comes back: an old form must not save into another group.
    __table_args__ = {"sqlite_autoincrement": True}

    id: Mapped[int] = mapped_column(primary_key=True)
    words: Mapped[str] = mapped_column(Text)
    note: Mapped[str] = mapped_column(String(200), default="")
    row_version: Mapped[int] = mapped_column(default=1)
    updated_at: Mapped[datetime] = mapped_column(default=utc_now)
    updated_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    @property
    def group(self) -> tuple[str, ...]:
        return tuple(self.words.split(SEPARATOR))
