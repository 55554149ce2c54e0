"""Passwords: what is accepted, how they are kept, and the cost of a wrong one."""

import re
import secrets

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

MINIMUM = 12
MAXIMUM = 1024

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
# Verified for unknown accounts, so that they take as long as known ones.
_DUMMY = _hasher.hash(secrets.token_urlsafe())

_COMMON = frozenset(
    """
    password passwordku passw0rd qwerty qwertyuiop asdfghjkl zxcvbnm admin administrator rahasia
    sayang bismillah indonesia pesonasiak siak siaksriindrapura riau pariwisata dinaspariwisata
    iloveyou letmein welcome selamatdatang katasandi sandi kunci pesona
    """.split()
)


class WeakPassword(ValueError):
    """The password is refused; *reason* is `short`, `long` or `common`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def check(password: str, email: str) -> None:
    """Raise `WeakPassword` unless *password* may be used by the account of *email*."""
    if len(password) < MINIMUM:
        raise WeakPassword("short")
    if len(password) > MAXIMUM:
        raise WeakPassword("long")
    letters = re.sub(r"[\d\W_]+", "", password.casefold())
    if letters in _COMMON | {"", *re.split(r"\W+", email.casefold())} or len(set(password)) < 4:
        raise WeakPassword("common")


def make_hash(password: str) -> str:
    return _hasher.hash(password)


def matches(stored: str | None, password: str) -> bool:
    """Tell whether *password* is the one behind *stored*; none stored costs the same and says no."""
    try:
        return _hasher.verify(stored or _DUMMY, password[:MAXIMUM]) and bool(stored)
    except (Argon2Error, InvalidHashError):
        return False
