"""People of the desk: accounts, their sign-ins, tries, and the log of every deed."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from pesona.clock import utc_now
from pesona.db import Model

ROLES = ("contributor", "editor", "administrator")


class Account(Model):
    """Someone who may sign in at the desk; without a password hash, somebody invited.

    *totp_secret* is there once codes are on; *totp_step* is the last 30 seconds of which a code was used.
    """

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    role: Mapped[str] = mapped_column(String(20))
    locale: Mapped[str] = mapped_column(String(2), default="id")
    password_hash: Mapped[str] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    totp_secret: Mapped[str | None] = mapped_column(String(64))
    totp_step: Mapped[int | None]
    created_at: Mapped[datetime] = mapped_column(default=utc_now)

    @property
    def has_codes(self) -> bool:
        return self.totp_secret is not None

    @property
    def is_invited(self) -> bool:
        return self.password_hash == ""


class SignIn(Model):
    """A sign-in kept on the server; the browser holds a token of which only the hash is here."""

    __tablename__ = "sign_in"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(default=utc_now)
    seen_at: Mapped[datetime] = mapped_column(default=utc_now)
    browser: Mapped[str] = mapped_column(String(60), default="")

    @property
    def mark(self) -> str:
        """What names this sign-in in a form: a piece of the hash, of no use to anybody else."""
        return self.token_hash[:16]


class Attempt(Model):
    """A failed try at something throttled; *key* is an HMAC, so no address is stored."""

    __tablename__ = "attempt"
    __table_args__ = (Index("ix_attempt_key_at", "key", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(default=utc_now)


class LogEntry(Model):
    """One deed, for good: triggers refuse UPDATE and DELETE."""

    __tablename__ = "log_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(default=utc_now)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    role: Mapped[str] = mapped_column(String(20), default="")
    deed: Mapped[str] = mapped_column(String(40))
    item_id: Mapped[int | None] = mapped_column(ForeignKey("item.id"), index=True)
    revision: Mapped[int | None]
    sentence: Mapped[str] = mapped_column(Text, default="")
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)
    request: Mapped[str] = mapped_column(String(40), default="")


class LogAddress(Model):
    """From where a signed-in person did a deed: kept apart from the log, so that it can be forgotten."""

    __tablename__ = "log_address"

    entry_id: Mapped[int] = mapped_column(ForeignKey("log_entry.id"), primary_key=True)
    at: Mapped[datetime] = mapped_column(default=utc_now, index=True)
    address: Mapped[str] = mapped_column(String(45))
