"""Who may do what: the one table that views, templates and deeds ask."""

from pesona.models.account import Account
from pesona.models.item import Item

_EVERYONE = frozenset(("contributor", "editor", "administrator"))
_EDITORS = frozenset(("editor", "administrator"))

DEEDS = {
    "read": _EVERYONE,
    "create": _EVERYONE,
    "edit": _EVERYONE,
    "publish": _EDITORS,
    "withdraw": _EDITORS,
    "lists": _EDITORS,
    "own_account": _EVERYONE,
}


def can(account: Account, deed: str, item: Item | None = None) -> bool:
    """Tell whether *account* may do *deed*, to *item* where it is about one."""
    if not account.active or (item is not None and item.removed_at is not None):
        return False
    return account.role in DEEDS[deed]
