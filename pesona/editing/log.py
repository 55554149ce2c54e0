"""Who does a deed, and the append-only log of all deeds."""

from dataclasses import dataclass
from typing import Any

from pesona.db import db
from pesona.models.account import Account, LogEntry
from pesona.models.item import Item


@dataclass(frozen=True, slots=True)
class Actor:
    """The one who acts: an account at the desk, or a command of the shell."""

    account: Account | None = None
    command: str = ""

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
    """Write one log entry in the running transaction."""
    db.session.add(
        LogEntry(
            account_id=actor.account_id,
            role=actor.account.role if actor.account else actor.command,
            deed=deed,
            item_id=item.id if item else None,
            revision=revision,
            sentence=sentence,
            details=details,
        )
    )
