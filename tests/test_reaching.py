"""Asking an outside address: what counts as an answer, what is never spoken to, how far one is led."""

import socket
from collections.abc import Iterator

import pytest

from pesona.editing.reaching import is_public, problem_of
from tests.outside import Outside, outside

AGENT = "PesonaSiak-LinkCheck/1.0 (+https://siak.example/)"
PRIVATE = (
    "127.0.0.1",
    "127.1.2.3",
    "0.0.0.0",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "fe80::1%eth0",
    "fc00::1",
    "ff02::1",
    "::ffff:10.0.0.1",
    "::ffff:8.8.8.8",
    "64:ff9b::a00:1",
    "2002:a00:1::1",
)


@pytest.fixture
def web() -> Iterator[Outside]:
    with outside() as server:
        yield server


def anywhere(_address: str) -> bool:
    return True


def ask(url: str) -> str:
    return problem_of(url, AGENT, may_reach=anywhere)


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        ("200", ""),
        ("204", ""),
        ("401", ""),
        ("403", ""),
        ("429", ""),
        ("get", ""),
        ("drop", ""),
        ("400", "400"),
        ("404", "404"),
        ("410", "410"),
        ("500", "500"),
        ("503", "503"),
    ],
)
def test_a_status_is_an_answer_or_a_problem(web: Outside, path: str, problem: str) -> None:
    assert ask(web.url(path)) == problem
    assert {agent for _, _, agent in web.asked} == {AGENT}
    assert web.asked[0][0] == "HEAD"
    assert len(web.asked) <= 2


def test_a_page_that_answers_is_asked_once_and_never_read(web: Outside) -> None:
    assert ask(web.url("200")) == ""
    assert [method for method, _, _ in web.asked] == ["HEAD"]


def test_three_redirects_are_followed_and_no_fourth(web: Outside) -> None:
    three = "/302?to=/301?to=/307?to=/200"
    assert ask(web.url(three.lstrip("/"))) == ""
    assert len(web.asked) == 4
    assert ask(web.url("302?to=/302?to=/302?to=/302?to=/200")) == "redirects"
    assert ask(web.url("302?to=/404")) == "404"
    assert ask(web.url("302?to=ftp://127.0.0.1/")) == "address"
    assert ask(web.url("308")) == "redirects", "a redirect to nowhere"


def test_a_server_that_says_nothing_is_left(web: Outside) -> None:
    assert problem_of(web.url("silent"), AGENT, anywhere, patience=0.2) == "timeout"


def test_a_port_where_nobody_listens(web: Outside) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    assert ask(f"http://127.0.0.1:{port}/") == "no_connection"


def test_a_server_that_speaks_no_tls(web: Outside) -> None:
    assert ask(web.url("200").replace("http:", "https:")) == "no_connection"


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses_are_none_of_the_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "103.10.64.1", "2606:4700:4700::1111"])
def test_public_addresses(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "127.1", "0x7f.1", "2130706433", "[::1]", "[::ffff:127.0.0.1]"]
)
def test_a_private_network_is_never_spoken_to(web: Outside, host: str) -> None:
    port = web.server_address[1]
    assert problem_of(f"http://{host}:{port}/200", AGENT) == "private"
    assert web.asked == []


def test_a_redirect_into_a_private_network_is_not_followed(web: Outside) -> None:
    """The first server may be reached, the second not: each step is looked at anew."""
    looked: list[str] = []

    def once(address: str) -> bool:
        looked.append(address)
        return len(looked) == 1

    assert problem_of(web.url("302?to=/200"), AGENT, once) == "private"
    assert [path for _, path, _ in web.asked] == ["/302?to=/200"]
    assert looked == ["127.0.0.1", "127.0.0.1"]


@pytest.mark.parametrize(
    "url", ["ftp://siak.example/", "http:///x", "http://u:p@127.0.0.1/", "http://127.0.0.1:99999/", "http://a..b/", "x"]
)
def test_what_is_no_address_is_not_asked(url: str) -> None:
    assert ask(url) == "address"


def test_letters_beyond_ascii_and_line_breaks_are_sent_as_codes(web: Outside) -> None:
    assert ask(web.url("siak sri/\u00e9?q=a b\r\nX-Evil: 1")) == ""
    assert web.asked[0][1] == "/siak%20sri/%C3%A9?q=a%20bX-Evil:%201"
