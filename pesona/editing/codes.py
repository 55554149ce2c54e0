"""Codes at sign-in: a new one every 30 seconds (RFC 6238), and ten recovery codes for a lost telephone."""

import hashlib
import hmac
import re
import secrets

import pyotp
from sqlalchemy import delete, func, select

from pesona import clock
from pesona.db import db
from pesona.editing import log, sign_ins
from pesona.editing.log import Actor
from pesona.models.account import Account
from pesona.models.credential import RecoveryCode

ISSUER = "Pesona Siak"
SECONDS = 30
RECOVERY_CODES = 10

# Without letters and digits that look alike.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_PIECES, _PIECE = 3, 4


def new_secret() -> str:
    return pyotp.random_base32()


def new_recovery_codes() -> list[str]:
    """Return ten such as `k7mp-x2wd-9hfa`: about 59 bits each."""

    def piece() -> str:
        return "".join(secrets.choice(_LETTERS) for _ in range(_PIECE))

    return ["-".join(piece() for _ in range(_PIECES)) for _ in range(RECOVERY_CODES)]


def address(account: Account, secret: str) -> str:
    """Return what the QR code holds for an authenticator app."""
    return pyotp.TOTP(secret).provisioning_uri(name=account.email, issuer_name=ISSUER)


def step_of(secret: str, code: str, after: int | None = None) -> int | None:
    """Return the 30 seconds that *code* belongs to, one to either side allowed, later than *after*; None is wrong."""
    typed = re.sub(r"\s", "", code)
    now = int(clock.now().timestamp()) // SECONDS
    totp = pyotp.TOTP(secret)
    right = [step for step in (now - 1, now, now + 1) if hmac.compare_digest(_at(totp, step), typed.encode())]
    return next((step for step in right if after is None or step > after), None)


def _at(totp: pyotp.TOTP, step: int) -> bytes:
    return totp.generate_otp(step).encode()


def turn_on(account: Account, secret: str, step: int, recovery: list[str], actor: Actor) -> None:
    """Ask *account* for codes made from *secret* from now on; *step* has been used already."""
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))
    db.session.add_all(RecoveryCode(code_hash=_hash(account, one), account_id=account.id) for one in recovery)
    renewed = account.has_codes
    account.totp_secret, account.totp_step = secret, step
    log.note(actor, "codes_renewed" if renewed else "codes_on", account.email)


def reset(account: Account, actor: Actor) -> None:
    """Ask *account* for no code any more and end its sign-ins."""
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))
    account.totp_secret = account.totp_step = None
    sign_ins.end_all(account)
    log.note(actor, "codes_reset", account.email)


def accept(account: Account, typed: str, actor: Actor) -> bool:
    """Tell whether *typed* is a right code of *account* or one of its recovery codes, and use it up.

    The account must have been locked: a code works once.
    """
    if account.totp_secret is None:
        return False
    step = step_of(account.totp_secret, typed, account.totp_step)
    if step is not None:
        account.totp_step = step
        return True
    spare = db.session.get(RecoveryCode, _hash(account, typed), with_for_update=True)
    if spare is None or spare.account_id != account.id or spare.used_at is not None:
        return False
    spare.used_at = clock.utc_now()
    log.note(actor, "recovery_code", account.email, left=left(account))
    return True


def left(account: Account) -> int:
    """Return how many recovery codes of *account* still work."""
    unused = RecoveryCode.account_id == account.id, RecoveryCode.used_at.is_(None)
    return db.session.scalar(select(func.count()).select_from(RecoveryCode).where(*unused)) or 0


def plain(code: str) -> str:
    """Return a recovery code as it is compared: without capitals, spaces and hyphens."""
    return re.sub(r"[\s-]", "", code.casefold())


def _hash(account: Account, code: str) -> str:
    return hashlib.sha256(f"{account.id}\0{plain(code)}".encode()).hexdigest()
