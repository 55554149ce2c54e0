"""Tries that are counted in the database, where every worker sees them, without any address."""

import hashlib
import hmac
import math
from datetime import timedelta

from sqlalchemy import delete, select

from pesona import clock
from pesona.db import db
from pesona.models.account import Attempt

LIMIT = 10
WINDOW = timedelta(minutes=15)


def key(secret: str, *parts: str) -> str:
    """Return the key of *parts*: an HMAC with a key of the day, so that no address is kept."""
    daily = hmac.digest(secret.encode(), f"throttle {clock.today()}".encode(), "sha256")
    return hmac.new(daily, "\0".join(parts).encode(), hashlib.sha256).hexdigest()


def seconds_to_wait(keys: list[str], limit: int = LIMIT) -> int:
    """Return how many seconds until a further try is allowed by all *keys*; 0 is now."""
    now = clock.utc_now()
    wait = 0
    for one in keys:
        recent = select(Attempt.at).where(Attempt.key == one, Attempt.at > now - WINDOW)
        times = db.session.scalars(recent.order_by(Attempt.at.desc()).limit(limit)).all()
        if len(times) == limit:
            wait = max(wait, math.ceil((times[-1] + WINDOW - now).total_seconds()))
    return wait


def count(keys: list[str]) -> None:
    """Count one failed try for each of *keys* and forget those older than the window."""
    db.session.execute(delete(Attempt).where(Attempt.at <= clock.utc_now() - WINDOW))
    db.session.add_all(Attempt(key=one) for one in keys)


def forget(keys: list[str]) -> None:
    db.session.execute(delete(Attempt).where(Attempt.key.in_(keys)))
