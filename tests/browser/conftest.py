"""A real Chromium and a real server for the few things that need one."""

import shutil
import threading
from collections.abc import Iterator
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from flask import Flask
from playwright.sync_api import Browser, sync_playwright

CHROMIUM = shutil.which("chromium")
ARGUMENTS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    skip = pytest.mark.skip(reason="no chromium here: install the package chromium")
    for item in items:
        if "browser" in item.path.parts and CHROMIUM is None:
            item.add_marker(skip)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


class QuietHandler(WSGIRequestHandler):
    """A handler that keeps the test output clean."""

    def log_message(self, *_: object) -> None:
        pass


class ThreadingServer(ThreadingMixIn, WSGIServer):
    """A browser opens several connections at once."""

    daemon_threads = True


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    """The address of this test's own site, served over HTTP by threads of this process."""
    server = make_server("127.0.0.1", 0, app, ThreadingServer, QuietHandler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()
