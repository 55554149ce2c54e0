"""Accounts and sign-ins: made, found, ended. Sign-ins live on the server, by hashed token."""

import hashlib
import re
import secrets
from datetime import timedelta

from sqlalchemy import delete, select

from pesona import clock
from pesona.db import db
from pesona.editing import log, passwords
from pesona.editing.log import Actor
from pesona.models.account import ROLES, Account, SignIn

IDLE = timedelta(hours=12)
LONGEST = timedelta(days=7)
SEEN_EVERY = timedelta(minutes=1)

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


class WrongAccount(ValueError):
    """An account cannot be made or changed as asked; the message says why."""


def find(email: str) -> Account | None:
    return db.session.scalar(select(Account).where(Account.email == email.strip().casefold()))


def create(email: str, role: str, password: str, actor: Actor, name: str = "", locale: str = "id") -> Account:
    """Make an account; raises `WrongAccount` or `WeakPassword`."""
    email = email.strip().casefold()
    if not _EMAIL.fullmatch(email) or len(email) > 254:
        raise WrongAccount(f"{email!r} is not an e-mail address")
    if role not in ROLES:
        raise WrongAccount(f"{role!r} is not a role; roles are {', '.join(ROLES)}")
    if find(email):
        raise WrongAccount(f"{email} has an account already")
    passwords.check(password, email)
    account = Account(email=email, name=name or email.split("@")[0], role=role, locale=locale)
    account.password_hash = passwords.make_hash(password)
    db.session.add(account)
    db.session.flush()
    log.note(actor, "account_create", f"{email}: {role}")
    return account


def set_password(account: Account, password: str, actor: Actor, keep: str | None = None) -> None:
    """Give *account* a new password and end its sign-ins, all but that of the token *keep*."""
    passwords.check(password, account.email)
    account.password_hash = passwords.make_hash(password)
    ended = delete(SignIn).where(SignIn.account_id == account.id)
    db.session.execute(ended.where(SignIn.token_hash != token_hash(keep)) if keep else ended)
    log.note(actor, "password", account.email)


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def sign_in(email: str, password: str) -> tuple[Account, str] | None:
    """Return the account and a new token, or None; a wrong name and a wrong password cost the same."""
    account = find(email)
    if not passwords.matches(account.password_hash if account else None, password):
        return None
    if account is None or not account.active:
        return None
    token = secrets.token_urlsafe(32)
    db.session.add(SignIn(token_hash=token_hash(token), account_id=account.id))
    log.note(Actor(account), "sign_in")
    return account, token


def signed_in(token: str) -> Account | None:
    """Return the account that *token* stands for, while its sign-in lasts."""
    now = clock.utc_now()
    row = db.session.execute(
        select(Account, SignIn)
        .join(SignIn, SignIn.account_id == Account.id)
        .where(
            SignIn.token_hash == token_hash(token),
            SignIn.seen_at > now - IDLE,
            SignIn.created_at > now - LONGEST,
            Account.active,
        )
    ).first()
    return row[0] if row else None


def seen(token: str) -> None:
    """Note that *token* was used, at most once a minute."""
    sign_in_row = db.session.get(SignIn, token_hash(token))
    if sign_in_row is not None and clock.utc_now() - sign_in_row.seen_at > SEEN_EVERY:
        sign_in_row.seen_at = clock.utc_now()


def seconds_left(token: str) -> int:
    """Return in how many seconds the sign-in of *token* ends if nothing more is sent."""
    row = db.session.get(SignIn, token_hash(token))
    ends = min(row.seen_at + IDLE, row.created_at + LONGEST) if row else clock.utc_now()
    return max(0, int((ends - clock.utc_now()).total_seconds()))


def sign_out(token: str) -> None:
    db.session.execute(delete(SignIn).where(SignIn.token_hash == token_hash(token)))
    db.session.execute(delete(SignIn).where(SignIn.created_at < clock.utc_now() - LONGEST))


def any_exists() -> bool:
    return db.session.scalar(select(Account.id).limit(1)) is not None
