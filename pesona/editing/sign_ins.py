"""Sign-ins: begun, looked at, renewed, ended. They live on the server, by hashed token."""

import hashlib
import re
import secrets
from datetime import timedelta

from sqlalchemy import ColumnElement, Connection, delete, select, update
from sqlalchemy.exc import OperationalError

from pesona import clock
from pesona.db import db
from pesona.editing import log, passwords
from pesona.editing.log import Actor
from pesona.models.account import Account, SignIn

IDLE = timedelta(hours=12)
LONGEST = timedelta(days=7)
SEEN_EVERY = timedelta(minutes=1)

# In this order: most browsers also name the ones they descend from.
_BROWSERS = ("Edg", "OPR", "SamsungBrowser", "Firefox", "Chrome", "Safari")
_SYSTEMS = ("Android", "iPhone", "iPad", "Windows", "Mac OS", "Linux")
_NAMES = {"Edg": "Edge", "OPR": "Opera", "SamsungBrowser": "Samsung Internet", "Mac OS": "macOS"}


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def with_password(email: str, password: str) -> Account | None:
    """Return the active account of *email* if this is its password; any wrong pair costs the same."""
    account = db.session.scalar(select(Account).where(Account.email == email.strip().casefold()))
    right = passwords.matches(account.password_hash if account else None, password)
    return account if account is not None and right and account.active else None


def begin(account: Account, actor: Actor, browser: str = "", instead_of: str = "") -> str:
    """Sign *account* in and return a new token; the sign-in of the token *instead_of* ends."""
    if instead_of:
        db.session.execute(delete(SignIn).where(SignIn.token_hash == token_hash(instead_of)))
    log.forget_addresses()
    token = secrets.token_urlsafe(32)
    db.session.add(SignIn(token_hash=token_hash(token), account_id=account.id, browser=_plain_name(browser)))
    log.note(actor, "sign_in")
    return token


def _plain_name(user_agent: str) -> str:
    """Return such words as `Firefox, Windows`, enough to know one's own devices by."""
    found = [next((n for n in names if re.search(rf"\b{n}", user_agent)), "") for names in (_BROWSERS, _SYSTEMS)]
    return ", ".join(_NAMES.get(name, name) for name in found if name)


def find(token: str) -> tuple[Account, SignIn] | None:
    """Return the account that *token* stands for and the sign-in, while it lasts."""
    row = db.session.execute(
        select(Account, SignIn)
        .join(SignIn, SignIn.account_id == Account.id)
        .where(SignIn.token_hash == token_hash(token), *_lasting(), Account.active)
    ).first()
    return (row[0], row[1]) if row else None


def _lasting() -> tuple[ColumnElement[bool], ...]:
    now = clock.utc_now()
    return SignIn.seen_at > now - IDLE, SignIn.created_at > now - LONGEST


def seconds_left(token: str) -> int:
    """Return in how many seconds the sign-in of *token* ends if nothing more is sent."""
    row = db.session.get(SignIn, token_hash(token))
    ends = min(row.seen_at + IDLE, row.created_at + LONGEST) if row else clock.utc_now()
    return max(0, int((ends - clock.utc_now()).total_seconds()))


def is_due(row: SignIn) -> bool:
    """Tell whether it is time to note that this sign-in is in use: at most once a minute."""
    return clock.utc_now() - row.seen_at > SEEN_EVERY


def touch(row: SignIn) -> None:
    """Note in the running transaction that a sign-in was used."""
    row.seen_at = clock.utc_now()


def renew(row: SignIn) -> None:
    """Note in a transaction of its own that a sign-in was used to look; looking never waits for a writer."""
    now = clock.utc_now()
    with db.engine.connect() as connection:
        try:
            _wait_for_nobody(connection)
            used = update(SignIn).where(SignIn.token_hash == row.token_hash, SignIn.seen_at < now)
            connection.execute(used.values(seen_at=now))
            connection.commit()
        except OperationalError:
            # Somebody is writing, or the disk is full: the next look tries again.
            connection.rollback()
        finally:
            if connection.dialect.name == "sqlite":
                connection.exec_driver_sql("PRAGMA busy_timeout=5000")
                connection.rollback()


def _wait_for_nobody(connection: Connection) -> None:
    wait = {"sqlite": "PRAGMA busy_timeout=0", "postgresql": "SET LOCAL lock_timeout = '100ms'"}
    connection.exec_driver_sql(wait[connection.dialect.name])


def of(account: Account) -> list[SignIn]:
    """Return the sign-ins of *account* that last, the one used latest first."""
    own = select(SignIn).where(SignIn.account_id == account.id, *_lasting())
    return list(db.session.scalars(own.order_by(SignIn.seen_at.desc(), SignIn.token_hash)))


def end(token: str) -> None:
    """End the sign-in of *token*, and forget those that have lasted too long."""
    db.session.execute(delete(SignIn).where(SignIn.token_hash == token_hash(token)))
    db.session.execute(delete(SignIn).where(SignIn.created_at < clock.utc_now() - LONGEST))


def end_one(account: Account, mark: str, actor: Actor) -> bool:
    """End the sign-in of *account* that *mark* names; tell whether there was one."""
    found = [row for row in of(account) if row.mark == mark]
    for row in found:
        db.session.delete(row)
        log.note(actor, "sign_in_end", row.browser)
    return bool(found)


def end_all(account: Account, keep: str | None = None) -> None:
    """End every sign-in of *account*, all but that of the token *keep*."""
    ended = delete(SignIn).where(SignIn.account_id == account.id)
    db.session.execute(ended.where(SignIn.token_hash != token_hash(keep)) if keep else ended)
