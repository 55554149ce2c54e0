"""Who does a deed, and the append-only log of all deeds."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import delete

from pesona import clock
from pesona.db import db
from pesona.models.account import Account, LogAddress, LogEntry
from pesona.models.item import Item

ADDRESSES_KEPT = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Actor:
    """The one who acts: an account at the desk, by a request from an address, or a command of the shell."""

    account: Account | None = None
    command: str = ""
    request: str = ""
    address: str = ""

    @property
    def account_id(self) -> int | None:
        return self.account.id if self.account else None


def note(
    actor: Actor,
    deed: str,
    sentence: str = "",
    *,
    item: Item | None = None,
    revision: int | None = None,
    **details: Any,
) -> None:
    """Write one log entry in the running transaction; the address is kept only of who is signed in."""
    entry = LogEntry(
        account_id=actor.account_id,
        role=actor.account.role if actor.account else actor.command,
        deed=deed,
        item_id=item.id if item else None,
        revision=revision,
        sentence=sentence,
        details=details,
        request=actor.request[:40],
    )
    db.session.add(entry)
    if actor.account and actor.address:
        db.session.flush()
        db.session.add(LogAddress(entry_id=entry.id, address=actor.address[:45]))


def forget_addresses() -> None:
    """Delete the addresses that have been kept long enough; the log itself stays."""
    db.session.execute(delete(LogAddress).where(LogAddress.at <= clock.utc_now() - ADDRESSES_KEPT))
