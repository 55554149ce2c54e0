"""Accounts: made, found, changed; one active administrator always remains."""

import re
from collections.abc import Collection, Mapping

from sqlalchemy import select, update

from pesona import clock
from pesona.db import db
from pesona.editing import log, passwords, sign_ins, territory
from pesona.editing.log import Actor
from pesona.models.account import ROLES, Account
from pesona.models.credential import PasswordLink

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


class WrongAccount(ValueError):
    """An account cannot be made or changed as asked; the message says why, *reason* is its code."""

    def __init__(self, message: str, reason: str) -> None:
        super().__init__(message)
        self.reason = reason


class LastAdministrator(Exception):
    """No active administrator would be left; nothing was changed."""


def find(email: str) -> Account | None:
    return db.session.scalar(select(Account).where(Account.email == email.strip().casefold()))


def create(email: str, role: str, password: str, actor: Actor, name: str = "", locale: str = "id") -> Account:
    """Make an account; raises `WrongAccount` or `WeakPassword`."""
    account = new(email, role, name, locale)
    passwords.check(password, account.email)
    account.password_hash = passwords.make_hash(password)
    db.session.add(account)
    db.session.flush()
    log.note(actor, "account_create", account.email, new={"role": role})
    return account


def new(email: str, role: str, name: str, locale: str) -> Account:
    """Return an account that nobody can sign in to yet, not added; raises `WrongAccount`."""
    email = email.strip().casefold()
    if not _EMAIL.fullmatch(email) or len(email) > 254:
        raise WrongAccount(f"{email!r} is not an e-mail address", "email")
    if role not in ROLES:
        raise WrongAccount(f"{role!r} is not a role; roles are {', '.join(ROLES)}", "role")
    if find(email):
        raise WrongAccount(f"{email} has an account already", "taken")
    return Account(email=email, name=(name or email.split("@")[0])[:120], role=role, locale=locale, password_hash="")


def set_password(
    account: Account, password: str, actor: Actor, keep: str | None = None, deed: str = "password"
) -> None:
    """Give *account* a new password; its links, and its sign-ins but that of the token *keep*, end."""
    passwords.check(password, account.email)
    account.password_hash = passwords.make_hash(password)
    sign_ins.end_all(account, keep)
    supersede_links(account)
    log.note(actor, deed, account.email)


def supersede_links(account: Account) -> None:
    """End the links of *account* that nobody has used."""
    unused = PasswordLink.used_at.is_(None), PasswordLink.superseded_at.is_(None)
    ended = update(PasswordLink).where(PasswordLink.account_id == account.id, *unused)
    db.session.execute(ended.values(superseded_at=clock.utc_now()))


def change(account: Account, name: str, role: str, areas: Collection[str], actor: Actor) -> bool:
    """Give *account* a name, a role and, as a contributor, a territory; tell whether anything changed."""
    if role not in ROLES:
        raise WrongAccount(f"{role!r} is not a role", "role")
    if role != "administrator":
        _keep_one_administrator(account)
    old: dict[str, object] = {"name": account.name, "role": account.role}
    account.name, account.role = name[:120], role
    old["areas"], areas = territory.set_areas(account, areas if role == "contributor" else ())
    now = {"name": account.name, "role": role, "areas": areas}
    changed = {key for key, value in now.items() if old[key] != value}
    if changed:
        log.note(actor, "account_change", account.email, old=_only(old, changed), new=_only(now, changed))
    return bool(changed)


def _only(values: Mapping[str, object], keys: Collection[str]) -> dict[str, object]:
    return {key: value for key, value in values.items() if key in keys}


def deactivate(account: Account, actor: Actor) -> None:
    """Let *account* in no more; what it did stays. Raises `LastAdministrator`."""
    _keep_one_administrator(account)
    account.active = False
    sign_ins.end_all(account)
    supersede_links(account)
    log.note(actor, "account_deactivate", account.email)


def reactivate(account: Account, actor: Actor) -> None:
    account.active = True
    log.note(actor, "account_reactivate", account.email)


def _keep_one_administrator(without: Account) -> None:
    """Raise `LastAdministrator` if nobody but *without* could keep the accounts."""
    able = select(Account).where(Account.role == "administrator", Account.active, Account.password_hash != "")
    # Locked, so that two of them cannot send each other away at the same moment.
    remaining = {row.id for row in db.session.scalars(able.order_by(Account.id).with_for_update())}
    if remaining == {without.id}:
        raise LastAdministrator


def any_exists() -> bool:
    return db.session.scalar(select(Account.id).limit(1)) is not None
