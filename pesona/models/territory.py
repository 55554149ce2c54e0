"""Where a contributor may edit."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from pesona.db import Model


class Territory(Model):
    """One district or village, by its Kemendagri code, to which a contributor is limited."""

    __tablename__ = "territory"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    area_code: Mapped[str] = mapped_column(String(20), primary_key=True)
