"""Where the templates, static files and translations lie: checkout, editable install or wheel."""

import sys
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def resource_folder(name: str) -> Path:
    """Return the folder *name* beside the modules if it is there, else the one in the parent folder."""
    beside = PACKAGE / name
    return beside if beside.is_dir() else PACKAGE.parent / name


def is_checkout() -> bool:
    return (PACKAGE.parent / "setup.cfg").is_file()


def default_home() -> Path:
    """Return `instance/` of the checkout, or a folder of the environment where there is none."""
    root = PACKAGE.parent if is_checkout() else Path(sys.prefix) / "var" / "pesona"
    return root / "instance"
