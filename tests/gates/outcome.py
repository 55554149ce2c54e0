"""What a gate says in the end."""

import shutil
from dataclasses import dataclass, field


@dataclass
class Outcome:
    """One line of the table, and under it what is wrong; *missing* is why a gate could not run."""

    said: str = ""
    wrong: list[str] = field(default_factory=list)
    missing: str = ""

    @property
    def word(self) -> str:
        return "not run" if self.missing else "FAILED" if self.wrong else "passed"


class Missing(Exception):
    """A program that a gate needs is not on this machine."""


def program(name: str) -> str:
    """Return where *name* is, or raise `Missing`."""
    found = shutil.which(name)
    if found is None:
        raise Missing(f"{name} is not installed")
    return found
