"""`pesona serve` with a no-op in the place of our application: the most that the server itself can do.

NOOP_ANSWER=<answer.json> python -m tests.benchmarks.noop serve --port 8001 --workers 1
"""

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from granian import Granian

from pesona.__main__ import main
from pesona.cli import site
from pesona.wsgi import App, Environ, StartResponse


def serving() -> App:
    """Return an application that gives every request the headers and the body size of one answer."""
    answer = json.loads(Path(os.environ["NOOP_ANSWER"]).read_text())
    headers = [(name, value) for name, value in answer["headers"]]
    body = b"x" * answer["size"]

    def app(_environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        start_response("200 OK", headers)
        return [body]

    return app


def _noop_server(_target: str, **settings: Any) -> Granian:
    return Granian("tests.benchmarks.noop:serving", **settings)


if __name__ == "__main__":
    # Only the target differs, so that the settings are those of `pesona serve` whatever they become.
    site.Granian = _noop_server  # type: ignore[assignment,misc]
    main()
