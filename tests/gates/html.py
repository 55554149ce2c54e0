"""Every page is valid for the Nu HTML checker, without errors and without warnings."""

import json
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.gates.crawl import crawl
from tests.gates.npm import packages
from tests.gates.outcome import Outcome, program
from tests.gates.site import Site


def run(site: Site) -> Outcome:
    """Check the public pages in both languages, an error page, and the desk as an editor sees it."""
    java, jar = program("java"), packages() / "vnu-jar" / "build" / "dist" / "vnu.jar"
    reader, editor = site.browser(), site.browser()
    editor.sign_in()
    pages = list(crawl(reader, "/id/", "/en/", "/en/nothing-here", under=("/id/", "/en/")))
    pages += crawl(editor, "/admin", "/admin/login", under=("/admin",))
    outcome = Outcome()
    with TemporaryDirectory() as folder:
        named = {}
        for number, (address, answer) in enumerate(pages):
            expected = 404 if address == "/en/nothing-here" else 200
            if answer.status != expected:
                outcome.wrong.append(f"{address} answers {answer.status}")
            elif answer.headers["content-type"].startswith("text/html"):
                named[f"{number}.html"] = address
                (Path(folder) / f"{number}.html").write_bytes(answer.body)
        messages = _check(java, jar, Path(folder))
    for message in messages:
        kind = "warning" if message.get("subType") == "warning" else message["type"]
        if kind != "info":
            where = named[Path(message["url"]).name]
            outcome.wrong.append(f"{where}:{message.get('lastLine')}: {kind}: {message['message']}")
    outcome.said = f"{len(named)} pages, {len(outcome.wrong)} errors and warnings"
    return outcome


def _check(java: str, jar: Path, folder: Path) -> list[dict[str, Any]]:
    command = [java, "-Xss2m", "-jar", str(jar), "--format", "json", "--skip-non-html", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    messages: list[dict[str, Any]] = json.loads(done.stderr)["messages"]
    return messages
