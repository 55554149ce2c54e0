"""The log: one numbered line a request, nobody's address in it, nothing that breaks a line."""

import json
from io import StringIO
from typing import Any

import pytest
from werkzeug.test import EnvironBuilder, run_wsgi_app

from pesona.access import AccessLog
from pesona.wsgi import Answer, Environ, Headers, StartResponse


class Screen(StringIO):
    """A terminal."""

    def isatty(self) -> bool:
        return True


def application(environ: Environ, start_response: StartResponse) -> list[bytes]:
    if environ["PATH_INFO"] == "/broken":
        raise RuntimeError("on purpose")
    start_response("404 Not Found", [])
    return [environ["pesona.number"].encode()]


def ready(environ: Environ) -> Answer | None:
    headers: Headers = []
    return ("200 OK", headers, [b"kept"]) if environ["PATH_INFO"] == "/en/" else None


def ask(log: AccessLog, path: str, method: str = "GET") -> bytes:
    builder = EnvironBuilder(path=path, method=method, headers={"X-Forwarded-For": "203.0.113.9"})
    body, _, _ = run_wsgi_app(log, builder.get_environ())
    return b"".join(body)


def written(log: AccessLog, stream: StringIO) -> list[dict[str, Any]]:
    log.write()
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_each_request_has_one_line_with_a_number_of_its_own() -> None:
    stream = StringIO()
    log = AccessLog(application, ready, stream)
    number = ask(log, "/en/nothing").decode()
    assert [ask(log, "/en/") for _ in range(3)] == [b"kept"] * 3
    lines = written(log, stream)
    assert [(line["path"], line["status"]) for line in lines] == [("/en/nothing", 404)] + [("/en/", 200)] * 3
    assert lines[0]["request"] == number
    assert len({line["request"] for line in lines}) == 4
    assert [line.get("cached", False) for line in lines] == [False, True, True, True]
    assert "203.0.113.9" not in stream.getvalue()


@pytest.mark.parametrize("before", ["/id/lapor/", "/en/report/", "/preview/", "/admin/password/"])
def test_an_address_that_opens_something_is_not_written_out(before: str) -> None:
    stream = StringIO()
    log = AccessLog(application, ready, stream)
    ask(log, f"{before}0123abcd")
    ask(log, "/id/lapor")
    assert [line["path"] for line in written(log, stream)] == [f"{before}...", "/id/lapor"]


def test_a_request_that_breaks_is_a_500() -> None:
    stream = StringIO()
    log = AccessLog(application, ready, stream)
    with pytest.raises(RuntimeError):
        ask(log, "/broken", "POST")
    (line,) = written(log, stream)
    assert (line["method"], line["status"]) == ("POST", 500)


@pytest.mark.parametrize("stream", [StringIO(), Screen()], ids=["file", "terminal"])
def test_a_path_cannot_break_the_line(stream: StringIO) -> None:
    log = AccessLog(application, ready, stream)
    ask(log, "/a%0ab%0d%1b[2J%22")
    log.write()
    (line,) = stream.getvalue().splitlines()
    assert line.isprintable()
    assert "404" in line


def test_a_terminal_gets_plain_words() -> None:
    stream = Screen()
    log = AccessLog(application, ready, stream)
    ask(log, "/en/")
    ask(log, "/en/nothing", "HEAD")
    log.write()
    followed, kept = stream.getvalue().splitlines()
    assert followed.endswith("HEAD /en/nothing")
    assert "404" in followed
    assert " ms " in followed
    assert kept.endswith("200    cached GET /en/")
