"""The packages from npm, installed once into .cache/gates as the lock file beside this module says."""

import shutil
import subprocess
from pathlib import Path

from tests.gates.outcome import program

HERE = Path(__file__).parent
CACHE = HERE.parent.parent / ".cache" / "gates"
FILES = ("package.json", "package-lock.json")


def packages() -> Path:
    """Return the folder of the installed packages."""
    npm = program("npm")
    if not _is_current():
        CACHE.mkdir(parents=True, exist_ok=True)
        for name in FILES:
            shutil.copyfile(HERE / name, CACHE / name)
        quiet = ("--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
        subprocess.run([npm, "ci", *quiet], cwd=CACHE, check=True, stdout=subprocess.DEVNULL)
        (CACHE / "installed").write_bytes((HERE / FILES[1]).read_bytes())
    return CACHE / "node_modules"


def _is_current() -> bool:
    mark = CACHE / "installed"
    return mark.is_file() and mark.read_bytes() == (HERE / FILES[1]).read_bytes()
