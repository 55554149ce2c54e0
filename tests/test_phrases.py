"""Every phrase of the interface is in the catalogue and said in Indonesian."""

import io
import re
import subprocess
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

ROOT = Path(__file__).parent.parent
PLACES = re.compile(r"%\(\w+\)s")


def catalogue(name: str) -> Catalog:
    with (ROOT / "translations" / name).open("rb") as file:
        return read_po(file)


def ids(messages: Catalog) -> set[tuple[str, ...]]:
    return {m.id if isinstance(m.id, tuple) else (m.id,) for m in messages if m.id}


def test_no_phrase_is_missing_in_the_template_catalogue(tmp_path: Path) -> None:
    fresh = tmp_path / "messages.pot"
    keywords = ["-k", "N_", "-k", "gettext", "-k", "ngettext:1,2"]
    command = [sys.executable, "-m", "babel.messages.frontend", "-q", "extract", "-F", "babel.cfg", *keywords]
    subprocess.run([*command, "-o", str(fresh), "."], cwd=ROOT, check=True)
    with io.BytesIO(fresh.read_bytes()) as file:
        assert ids(read_po(file)) == ids(catalogue("messages.pot")), "run `make phrases`"


def test_every_phrase_is_said_in_indonesian() -> None:
    indonesian = catalogue("id/LC_MESSAGES/messages.po")
    assert ids(indonesian) == ids(catalogue("messages.pot")), "run `make phrases`"
    for message in indonesian:
        if not message.id:
            continue
        said = message.string if isinstance(message.string, tuple) else (message.string,)
        asked = message.id if isinstance(message.id, tuple) else (message.id,)
        assert all(said), f"not translated: {asked}"
        assert not message.fuzzy, f"fuzzy: {asked}"
        wanted = set(PLACES.findall(asked[-1]))
        assert all(set(PLACES.findall(one)) == wanted for one in said), f"places differ: {asked}"
