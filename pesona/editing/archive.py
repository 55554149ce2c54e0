"""The file of a backup: a zip with the database, the media, the secret key, and a list of all with their hashes."""

import hashlib
import json
import os
import zipfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

FORMAT = 1
LIST = "pesona-backup.json"
DATABASE, KEY, MEDIA = "pesona.sqlite", "secret_key", "media"
CHUNK = 1024 * 1024

# Called after each file: how many are done, of how many, and its name.
Tell = Callable[[int, int, str], None]


class Refused(Exception):
    """A file is no backup that this release can use, or the site is not to be touched; the message says why."""


def silent(_done: int, _of: int, _name: str) -> None:
    """Tell nobody."""


def write(target: Path, files: Mapping[str, Path], about: Mapping[str, Any], tell: Tell = silent) -> None:
    """Write *files* by their name in the backup to *target*, whole or not at all, readable by the owner alone."""
    fresh = target.with_name(f".{target.name}.{os.getpid()}.new")
    try:
        with open(os.open(fresh, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as handle:
            with zipfile.ZipFile(handle, "w") as pack:
                listed = {}
                for done, (name, path) in enumerate(sorted(files.items()), 1):
                    listed[name] = _add(pack, name, path)
                    tell(done, len(files), name)
                whole = {"format": FORMAT, **about, "files": listed}
                pack.writestr(LIST, json.dumps(whole, indent=1), zipfile.ZIP_DEFLATED)
            handle.flush()
            os.fsync(handle.fileno())
        # A link, unlike a rename, never takes the place of a backup that is there.
        os.link(fresh, target)
    finally:
        fresh.unlink(missing_ok=True)


def _add(pack: zipfile.ZipFile, name: str, path: Path) -> dict[str, Any]:
    digest, size = hashlib.sha256(), 0
    # Photographs are packed already.
    kind = zipfile.ZIP_STORED if name.startswith(f"{MEDIA}/") else zipfile.ZIP_DEFLATED
    entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.compress_type = kind
    with path.open("rb") as source, pack.open(entry, "w", force_zip64=True) as copy:
        while chunk := source.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
            copy.write(chunk)
    return {"sha256": digest.hexdigest(), "size": size}


def unpack(source: Path, folder: Path, tell: Tell = silent) -> dict[str, Any]:
    """Unpack the backup *source* into *folder*, each file checked; return its list. Raises `Refused`."""
    try:
        with zipfile.ZipFile(source) as pack:
            about = _list(pack)
            for done, (name, told) in enumerate(about["files"].items(), 1):
                _extract(pack, name, told, folder)
                tell(done, len(about["files"]), name)
    except (OSError, zipfile.BadZipFile, EOFError, KeyError, TypeError, ValueError, NotImplementedError) as problem:
        raise Refused(f"{source} is damaged, or no backup of this site ({problem})") from problem
    return about


def _list(pack: zipfile.ZipFile) -> dict[str, Any]:
    about: dict[str, Any] = json.loads(pack.read(LIST))
    if not isinstance(about["format"], int) or about["format"] > FORMAT:
        raise Refused("this backup was made by a newer release: install that first")
    names = set(about["files"])
    if DATABASE not in names or names | {LIST} != set(pack.namelist()) or not all(map(_is_ours, names)):
        raise ValueError("its files are not those of its list")
    return about


def _is_ours(name: str) -> bool:
    path = PurePosixPath(name)
    return name in (DATABASE, KEY) or (path.parts[0] == MEDIA and ".." not in path.parts and "\\" not in name)


def _extract(pack: zipfile.ZipFile, name: str, told: Mapping[str, Any], folder: Path) -> None:
    target = folder / name
    target.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with pack.open(name) as packed, target.open("wb") as copy:
        while chunk := packed.read(CHUNK):
            digest.update(chunk)
            copy.write(chunk)
    if digest.hexdigest() != told["sha256"]:
        raise ValueError(f"{name} has another content than its list says")


def files_below(folder: Path) -> Iterable[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink())
