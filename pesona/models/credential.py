"""What lets a person in beside the password: links to set one, and recovery codes. Only hashes are stored."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from pesona.clock import utc_now
from pesona.db import Model


class PasswordLink(Model):
    """A link that sets a password once: an invitation or a reset."""

    __tablename__ = "password_link"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    purpose: Mapped[str] = mapped_column(String(20))
    created_at: Mapped[datetime] = mapped_column(default=utc_now)
    ends_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    superseded_at: Mapped[datetime | None]


class RecoveryCode(Model):
    """One of ten codes for the day the telephone is lost; it works once."""

    __tablename__ = "recovery_code"

    code_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    used_at: Mapped[datetime | None]
