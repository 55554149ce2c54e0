"""Who may do what: the one table that views, templates and deeds ask."""

from collections.abc import Mapping

from sqlalchemy import exists, select

from pesona.db import db
from pesona.editing import territory
from pesona.models.account import Account
from pesona.models.item import Item, Slug

_EVERYONE = frozenset(("contributor", "editor", "administrator"))
_EDITORS = frozenset(("editor", "administrator"))
_ADMINISTRATORS = frozenset(("administrator",))

DEEDS: Mapping[str, frozenset[str]] = {
    "read": _EVERYONE,
    "create": _EVERYONE,
    "edit": _EVERYONE,
    "ask_review": _EVERYONE,
    "preview_link": _EVERYONE,
    "trash": _EVERYONE,
    "upload_photo": _EVERYONE,
    "photo_words": _EVERYONE,
    "import_check": _EVERYONE,
    "export": _EVERYONE,
    "log": _EVERYONE,
    "own_account": _EVERYONE,
    "read_reports": _EVERYONE,
    "publish": _EDITORS,
    "date_status": _EDITORS,
    "withdraw": _EDITORS,
    "restore_trashed": _EDITORS,
    "import_run": _EDITORS,
    "lists": _EDITORS,
    "ignore_link": _EDITORS,
    "answer_report": _EDITORS,
    "accounts": _ADMINISTRATORS,
    "remove": _ADMINISTRATORS,
}

# What a contributor may do only to what is their own.
OWN = frozenset(("ask_review", "preview_link", "trash", "photo_words", "read_reports"))
# What a contributor who is limited to a territory may do only inside it.
IN_TERRITORY = frozenset(("edit", "trash"))

# What cannot be done to an item in the trash; a draft that somebody has open can still be saved.
NOT_IN_TRASH = frozenset(("publish", "date_status", "withdraw", "ask_review", "preview_link", "trash"))


def can(account: Account, deed: str, item: Item | None = None) -> bool:
    """Tell whether *account* may do *deed*, to *item* where it is about one."""
    if not account.active or standing(account) not in DEEDS[deed]:
        return False
    if item is None:
        return True
    if item.removed_at is not None:
        return False
    if item.trashed_at is not None and deed in NOT_IN_TRASH:
        return False
    return account.role != "contributor" or _contributes(account, deed, item)


def _contributes(account: Account, deed: str, item: Item) -> bool:
    """Tell whether a contributor may do *deed* to *item*: what is their own, inside their territory."""
    if deed in OWN and not is_own(account, item):
        return False
    if deed == "trash" and was_public(item):
        return False
    return deed not in IN_TERRITORY or territory.allows(account, item)


def standing(account: Account) -> str:
    """Return the role that counts: an administrator without codes may do what an editor may."""
    return "editor" if account.role == "administrator" and not account.has_codes else account.role


def only_lacks_codes(account: Account, deed: str) -> bool:
    """Tell whether *account* could do *deed* if it turned on codes at sign-in."""
    return account.active and account.role in DEEDS[deed] and standing(account) not in DEEDS[deed]


def is_own(account: Account, item: Item) -> bool:
    """Tell whether *item* was made by *account*."""
    return item.created_by == account.id


def was_public(item: Item) -> bool:
    """Tell whether *item* is or was on the site in some language: then it has an address that is kept."""
    return bool(db.session.scalar(select(exists().where(Slug.item_id == item.id))))
