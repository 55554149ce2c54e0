"""The settings of the site: PESONA_* environment variables, checked at start."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from pesona.paths import default_home

PREFIX = "PESONA_"
NAMES = ("HOME", "DATABASE_URL", "SITE_URL", "SECRET_KEY", "PROXIES")
DEFAULT_SITE_URL = "http://127.0.0.1:8000"
DATABASES = ("sqlite:///", "postgresql+psycopg://")


class WrongSetting(ValueError):
    """A setting has a value that the site cannot run with; the message names it."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting, checked; *home* is the one folder with all state."""

    home: Path
    database_url: str
    site_url: str
    secret_key: str
    proxies: int


def read_settings(environ: Mapping[str, str]) -> Settings:
    """Return the settings that *environ* gives, or raise `WrongSetting` naming the first bad one."""
    for name in environ:
        if name.startswith(PREFIX) and name.removeprefix(PREFIX) not in NAMES:
            raise WrongSetting(f"{name}: there is no such setting; known are {_known()}")
    home = _home(environ.get("PESONA_HOME", ""))
    return Settings(
        home=home,
        database_url=_database_url(environ.get("PESONA_DATABASE_URL", ""), home),
        site_url=_site_url(environ.get("PESONA_SITE_URL", "")),
        secret_key=environ.get("PESONA_SECRET_KEY", ""),
        proxies=_proxies(environ.get("PESONA_PROXIES", "")),
    )


def secret_key(settings: Settings) -> str:
    """Return the signing key: the one set, or the one made once and kept in the home folder."""
    if settings.secret_key:
        return settings.secret_key
    keyfile = settings.home / "secret_key"
    try:
        handle = os.open(keyfile, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return keyfile.read_text("ascii").strip()
    with os.fdopen(handle, "w") as target:
        target.write(secrets.token_hex(32))
    return keyfile.read_text("ascii")


def _known() -> str:
    return ", ".join(PREFIX + name for name in NAMES)


def _home(text: str) -> Path:
    home = Path(text).expanduser().resolve() if text else default_home()
    try:
        home.mkdir(mode=0o750, parents=True, exist_ok=True)
    except OSError as problem:
        raise WrongSetting(f"PESONA_HOME: {home} cannot be made or used ({problem.strerror})") from problem
    if not os.access(home, os.W_OK | os.X_OK):
        raise WrongSetting(f"PESONA_HOME: {home} cannot be written to")
    return home


def _database_url(text: str, home: Path) -> str:
    if not text:
        return f"sqlite:///{home / 'pesona.sqlite'}"
    if not text.startswith(DATABASES):
        raise WrongSetting(f"PESONA_DATABASE_URL: must begin with {' or '.join(DATABASES)}")
    return text


def _site_url(text: str) -> str:
    text = text or DEFAULT_SITE_URL
    try:
        parts = urlsplit(text)
        wrong = parts.scheme not in ("http", "https") or not parts.hostname or parts.port == 0
    except ValueError:
        wrong = True
    if wrong or parts.path not in ("", "/") or parts.query or parts.fragment or "@" in parts.netloc:
        raise WrongSetting("PESONA_SITE_URL: must be a scheme and a host, such as https://pesona.example.id")
    return f"{parts.scheme}://{parts.netloc.lower()}"


def _proxies(text: str) -> int:
    if text and not (text.isascii() and text.isdigit() and int(text) <= 10):
        raise WrongSetting("PESONA_PROXIES: must be a whole number from 0 to 10")
    return int(text or 0)
