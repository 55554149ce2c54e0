"""Uploads to the production server: one that is too large is answered with a whole page, and files are made meanwhile."""

import http.client
from collections.abc import Iterable, Iterator
from pathlib import Path

import html5lib

from pesona.admin.uploads import LARGEST_UPLOAD
from tests.pictures import jpeg
from tests.test_server import Site, desk_home, port, serving, until  # noqa: F401 - fixtures

PHOTOS = "/admin/photos"
BOUNDARY = "tepian-sungai"
MB = 1024 * 1024


def part(name: str, content: bytes) -> bytes:
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n\r\n'
    return head.encode() + content + b"\r\n"


def send(site: Site, body: bytes | Iterable[bytes], length: int, path: str = PHOTOS) -> tuple[int, str, dict[str, str]]:
    """Send *body* as browsers do: whole, before looking for an answer."""
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=60)
    headers = {
        "Cookie": site.cookie,
        "Origin": f"http://127.0.0.1:{site.port}",
        "Content-Type": f"multipart/form-data; boundary={BOUNDARY}",
        "Content-Length": str(length),
    }
    try:
        connection.request("POST", path, body, headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode(), dict(answer.getheaders())
    finally:
        connection.close()


def zeros(length: int) -> Iterator[bytes]:
    for at in range(0, length, MB):
        yield bytes(min(MB, length - at))


def expect_whole_page(html: str, reason: str) -> None:
    parser = html5lib.HTMLParser(namespaceHTMLElements=False, strict=True)
    tree = parser.parse(html)
    assert tree.get("lang") == "id", "the language of the account"
    assert reason in [e.get("data-check") for e in tree.iter("li")]
    assert any(e.get("name") == "files" for e in tree.iter("input")), "the page says what to do and lets one do it"
    assert "Traceback" not in html


def test_a_file_of_21_mb_is_answered_with_a_whole_page_e50(desk_home: Path, port: int) -> None:  # noqa: F811
    lines: list[str] = []
    with serving(desk_home, port, lines):
        site = Site(port)
        site.sign_in()
        body = part("large.jpg", bytes(21 * MB)) + part("good.jpg", jpeg()) + f"--{BOUNDARY}--\r\n".encode()
        status, html, _ = send(site, body, len(body))
        assert status == 413
        expect_whole_page(html, "large")
        assert "/admin/photos/1" in html, "the other photo is kept"
        assert site.get("/healthz") == (200, "ok")
    assert "Traceback" not in "".join(lines)


def test_more_than_one_upload_takes_is_read_to_its_end_and_answered_e50(desk_home: Path, port: int) -> None:  # noqa: F811
    with serving(desk_home, port):
        site = Site(port)
        site.sign_in()
        length = LARGEST_UPLOAD + MB
        status, html, _ = send(site, zeros(length), length, f"{PHOTOS}?for=pages/contact")
        assert status == 413
        expect_whole_page(html, "request")
        assert 'value="pages/contact"' in html, "the item that the photos were for is not forgotten"
        assert site.get("/healthz")[0] == 200


def test_a_stranger_s_large_upload_is_asked_to_sign_in(desk_home: Path, port: int) -> None:  # noqa: F811
    with serving(desk_home, port):
        status, html, headers = send(Site(port), zeros(21 * MB), 21 * MB)
        assert status == 401
        assert 'name="password"' in html
        assert "set-cookie" not in {name.lower() for name in headers}


def test_the_server_makes_the_files_of_a_photo_by_itself(desk_home: Path, port: int) -> None:  # noqa: F811
    with serving(desk_home, port):
        site = Site(port)
        site.sign_in()
        body = part("good.jpg", jpeg()) + f"--{BOUNDARY}--\r\n".encode()
        assert send(site, body, len(body))[0] == 303
        files = desk_home / "media/files"
        assert until(lambda: site.get(PHOTOS)[0] == 200 and len(list(files.glob("*/*.avif"))) == 8, 4000)
