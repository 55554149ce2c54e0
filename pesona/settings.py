"""The settings of the site: PESONA_* environment variables, checked at start."""

import os
import re
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from urllib.parse import urlsplit

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from pesona.paths import default_home

PREFIX = "PESONA_"
NAMES = ("HOME", "DATABASE_URL", "SITE_URL", "SECRET_KEY", "PROXIES", "OFFLINE")
KEY_FILE = "secret_key"
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
    offline: bool


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
        offline=_offline(environ.get("PESONA_OFFLINE", "")),
    )


def secret_key(settings: Settings) -> str:
    """Return the signing key: the one set, or the one made once and kept in the home folder."""
    if settings.secret_key:
        return settings.secret_key
    keyfile = settings.home / KEY_FILE
    if not keyfile.exists():
        _make_key(keyfile)
    key = keyfile.read_text("ascii").strip()
    if not key:
        raise WrongSetting(f"PESONA_SECRET_KEY: {keyfile} is empty; delete it or set the key")
    return key


def _make_key(keyfile: Path) -> None:
    # Written whole beside its place and then linked, so that no other process ever reads half a key.
    with NamedTemporaryFile("w", dir=keyfile.parent) as fresh:
        fresh.write(secrets.token_hex(32))
        fresh.flush()
        with suppress(FileExistsError):
            os.link(fresh.name, keyfile)


def _known() -> str:
    return ", ".join(PREFIX + name for name in NAMES)


def _home(text: str) -> Path:
    try:
        home = Path(text).expanduser().resolve() if text else default_home()
        home.mkdir(mode=0o750, parents=True, exist_ok=True)
    except (OSError, RuntimeError) as problem:  # a home of nobody is a RuntimeError
        raise WrongSetting(f"PESONA_HOME: {text or 'instance'} cannot be made or used ({problem})") from problem
    if not os.access(home, os.W_OK | os.X_OK):
        raise WrongSetting(f"PESONA_HOME: {home} cannot be written to")
    return home


def _database_url(text: str, home: Path) -> str:
    if not text:
        return f"sqlite:///{home / 'pesona.sqlite'}"
    if not text.startswith(DATABASES):
        raise WrongSetting(f"PESONA_DATABASE_URL: must begin with {' or '.join(DATABASES)}")
    try:
        make_url(text)
    except (ArgumentError, ValueError) as problem:
        raise WrongSetting(
            "PESONA_DATABASE_URL: cannot be read; the form is scheme://user:password@host:port/name"
        ) from problem
    return text


_HOST = re.compile(r"(?:[\w.-]+|\[[0-9a-fA-F:.]+\])(?::\d+)?")


def _site_url(text: str) -> str:
    text = text or DEFAULT_SITE_URL
    try:
        parts = urlsplit(text)
        wrong = parts.scheme not in ("http", "https") or not _HOST.fullmatch(parts.netloc) or parts.port == 0
    except ValueError:
        wrong = True
    if wrong or parts.path not in ("", "/") or parts.query or parts.fragment:
        raise WrongSetting("PESONA_SITE_URL: must be a scheme and a host, such as https://pesona.example.id")
    return f"{parts.scheme}://{parts.netloc.lower()}"


def _proxies(text: str) -> int:
    if text and text not in map(str, range(11)):
        raise WrongSetting("PESONA_PROXIES: must be a whole number from 0 to 10")
    return int(text or 0)


def _offline(text: str) -> bool:
    if text not in ("", "0", "1"):
        raise WrongSetting("PESONA_OFFLINE: must be 1 (pages are kept for times without a connection) or 0")
    return text != "0"
