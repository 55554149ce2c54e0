"""The files of photos under `PESONA_HOME/media`: written whole or not at all, named by what they hold."""

import hashlib
import os
from contextlib import AbstractContextManager
from pathlib import Path
from tempfile import NamedTemporaryFile

from pesona import background
from pesona.pictures import FILE


class Store:
    """The media folder of one home: originals, never served, and the files made from them."""

    def __init__(self, home: Path) -> None:
        self.folder = home / "media"
        self.originals = self.folder / "originals"
        self.files = self.folder / "files"

    def original(self, name: str, suffix: str) -> Path:
        """Return where the original lies whose bytes have the SHA-256 *name*."""
        return self.originals / name[:2] / f"{name}.{suffix}"

    def file(self, name: str) -> Path:
        return self.files / name[:2] / name

    def keep_original(self, content: bytes, suffix: str) -> str:
        """Store an original; return its name, the hash of its bytes."""
        name = hashlib.sha256(content).hexdigest()
        write(self.original(name, suffix), content)
        return name

    def read(self, name: str) -> bytes | None:
        """Return the served file *name*, such as `<key>-640.avif`, or None where there is none."""
        if not FILE.fullmatch(name):
            return None
        try:
            return self.file(name).read_bytes()
        except OSError:
            return None

    def hash_of(self, path: Path) -> str:
        return hashlib.sha256(path.read_bytes()).hexdigest()

    def names(self) -> set[str]:
        """Return the names of all served files that lie here."""
        return {path.name for path in self.files.glob("??/*") if FILE.fullmatch(path.name)}

    def locked(self, wait: bool = True) -> AbstractContextManager[bool]:
        """Hold the one making lock of all processes; without *wait*, tell whether it was free."""
        return background.locked(self.folder / "making.lock", wait)


def write(path: Path, content: bytes) -> None:
    """Put *content* at *path*, so that no reader and no sudden end ever sees half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as fresh:
        try:
            fresh.write(content)
            fresh.flush()
            os.fsync(fresh.fileno())
            os.chmod(fresh.name, 0o640)
            os.replace(fresh.name, path)
        except BaseException:
            os.unlink(fresh.name)
            raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
