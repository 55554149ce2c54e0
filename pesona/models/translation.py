"""How far the English words of an item follow the Indonesian ones, field by field."""

from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from pesona.db import Model


class TranslatedField(Model):
    """One field of the words in *locale*, where it or its source holds text.

    *sources* are hashes of the source texts that the translation says: of the one it was made from and
    of those it was checked against since. *state* (missing, changed, fresh) is worked out anew by every
    deed that changes a text or a publication mark.
    """

    __tablename__ = "translated_field"

    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), primary_key=True)
    locale: Mapped[str] = mapped_column(String(2), primary_key=True)
    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    sources: Mapped[list[Any]] = mapped_column(default=list)
    state: Mapped[str] = mapped_column(String(10), index=True)
