"""Links that set a password once: invitations and resets. Only their hashes are stored."""

import secrets
from collections.abc import Collection
from datetime import timedelta

from sqlalchemy import select

from pesona import clock
from pesona.db import db
from pesona.editing import accounts, log, sign_ins, territory
from pesona.editing.log import Actor
from pesona.models.account import Account
from pesona.models.credential import PasswordLink

LASTS = {"invitation": timedelta(hours=72), "reset": timedelta(hours=1)}


class Dead(Exception):
    """A link sets no password any more; *reason* is `unknown`, `used`, `superseded` or `expired`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def invite(email: str, role: str, name: str, areas: Collection[str], locale: str, actor: Actor) -> tuple[Account, str]:
    """Make an account without a password and return it with the token of its link; raises `WrongAccount`."""
    account = accounts.new(email, role, name, locale)
    db.session.add(account)
    db.session.flush()
    _, chosen = territory.set_areas(account, areas if role == "contributor" else ())
    log.note(actor, "invite", account.email, new={"name": account.name, "role": role, "areas": chosen})
    return account, _make(account, "invitation")


def renew(account: Account, actor: Actor) -> str:
    """Return the token of a new link for *account*: an invitation again, or a reset, which ends its sign-ins."""
    accounts.supersede_links(account)
    if account.is_invited:
        log.note(actor, "invite_again", account.email)
        return _make(account, "invitation")
    sign_ins.end_all(account)
    log.note(actor, "reset_link", account.email)
    return _make(account, "reset")


def _make(account: Account, purpose: str) -> str:
    token = secrets.token_urlsafe(32)
    ends_at = clock.utc_now() + LASTS[purpose]
    hashed = sign_ins.token_hash(token)
    db.session.add(PasswordLink(token_hash=hashed, account_id=account.id, purpose=purpose, ends_at=ends_at))
    db.session.flush()
    return token


def find(token: str, lock: bool = False) -> tuple[PasswordLink, Account]:
    """Return the living link of *token* and its account; raises `Dead`."""
    statement = select(PasswordLink).where(PasswordLink.token_hash == sign_ins.token_hash(token))
    link = db.session.scalar(statement.with_for_update() if lock else statement)
    account = db.session.get(Account, link.account_id) if link else None
    if link is None or account is None:
        raise Dead("unknown")
    if link.used_at:
        raise Dead("used")
    if link.superseded_at or not account.active:
        raise Dead("superseded")
    if link.ends_at <= clock.utc_now():
        raise Dead("expired")
    return link, account


def use(token: str, password: str, request: str = "") -> Account:
    """Set the password of the account behind *token*; raises `Dead` or `WeakPassword`."""
    link, account = find(token, lock=True)
    deed = {"invitation": "invitation_used", "reset": "reset_used"}[link.purpose]
    accounts.set_password(account, password, Actor(account, request=request), deed=deed)
    link.used_at = clock.utc_now()
    link.superseded_at = None
    return account
