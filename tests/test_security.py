"""Who may send forms, where a sign-in may lead, and what every answer carries."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from pesona.security import HEADERS, is_safe_next, is_same_origin
from tests.client import ORIGIN, SelfCheckingClient
from tests.conftest import PASSWORD, close_site, make_site


@pytest.mark.parametrize("target", ["/admin", "/admin/destinations?page=2", "/admin/pages/contact/words/en#body", "/"])
def test_an_address_of_this_site_may_follow_a_sign_in(target: str) -> None:
    assert is_safe_next(target)


ELSEWHERE = [
    "", "admin", "//evil", "///evil", "//[", "//[evil", "//evil\u2100.example", "/\t/evil", "/\n/evil", "/\r/evil",
    "/\x00/evil", "/ /evil", "\t//evil", " /admin", "/\\evil", "\\\\evil", "/admin\\..\\evil", "/admin\x7f",
    "http://evil", "https:evil", "https:/evil", "javascript:alert(1)", "data:text/html,x", "@evil", "?next=/admin",
]  # fmt: skip


@pytest.mark.parametrize("target", ELSEWHERE, ids=ascii)
def test_an_address_elsewhere_may_not(target: str) -> None:
    assert not is_safe_next(target)


@pytest.mark.parametrize("target", ELSEWHERE, ids=ascii)
def test_a_sign_in_never_leads_off_the_site(app: Flask, make_account: Callable[..., str], target: str) -> None:
    client = SelfCheckingClient(app)
    page = client.get("/admin/login", query_string={"next": target})
    assert page.status_code == 200
    data = {"email": make_account("Siti"), "password": PASSWORD, "next": target}
    answer = client.post("/admin/login", data)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/admin")


SAME_ORIGIN = [
    ({"Sec-Fetch-Site": "same-origin"}, True),
    ({"Sec-Fetch-Site": "none"}, True),
    ({"Sec-Fetch-Site": "same-site"}, False),
    ({"Sec-Fetch-Site": "cross-site"}, False),
    ({"Sec-Fetch-Site": ""}, False),
    ({"Sec-Fetch-Site": "Same-Origin, cross-site"}, False),
    ({"Sec-Fetch-Site": "cross-site", "Origin": ORIGIN}, False),
    ({"Sec-Fetch-Site": "same-origin", "Origin": "https://evil.example"}, True),
    ({"Origin": ORIGIN}, True),
    ({"Origin": ORIGIN.upper()}, True),
    ({"Origin": "http://localhost"}, True),
    ({"Origin": "https://localhost"}, False),
    ({"Origin": "http://localhost:8000"}, False),
    ({"Origin": "https://evil.example"}, False),
    ({"Origin": ORIGIN + ".evil.example"}, False),
    ({"Origin": ORIGIN + "/"}, False),
    ({"Origin": "null"}, False),
    ({"Origin": ""}, False),
    ({"Referer": ORIGIN + "/admin"}, False),
    ({}, False),
]


@pytest.mark.parametrize(("headers", "same"), SAME_ORIGIN, ids=lambda value: str(value))
def test_only_a_page_of_this_site_may_send_a_form(reading_app: Flask, headers: dict[str, str], same: bool) -> None:
    with reading_app.test_request_context("/admin/login", method="POST", headers=headers):
        assert is_same_origin() is same
    answer = reading_app.test_client().post("/admin/logout", headers=headers)
    assert (answer.status_code == 403) is not same


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_a_foreign_page_is_refused_with_every_unsafe_method(reading_app: Flask, method: str) -> None:
    for path in ("/admin/login", "/admin/logout", "/admin/destinations/new", "/en/destinations", "/nothing"):
        answer = reading_app.test_client().open(path, method=method, headers={"Origin": "https://evil.example"})
        assert answer.status_code == 403, path


def test_a_foreign_page_may_read(reading_app: Flask) -> None:
    headers = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
    assert reading_app.test_client().get("/en/destinations", headers=headers).status_code == 200


ANSWERS = [
    ("/en/", 200), ("/", 302), ("/en/nothing", 404), ("/robots.txt", 200), ("/sitemap.xml", 200), ("/en/search?q=a", 200),
    ("/api/v1/destinations", 200), ("/admin", 401), ("/admin/login", 200), ("/healthz", 200), ("/%00", 404), ("/%ff", 404),
]  # fmt: skip


@pytest.mark.parametrize(("path", "status"), ANSWERS)
def test_every_answer_carries_the_header_set(reading_app: Flask, path: str, status: int) -> None:
    answer = reading_app.test_client().get(path)
    expected = dict(HEADERS)
    if path.startswith("/api/"):
        expected["Cross-Origin-Resource-Policy"] = "cross-origin"
    assert answer.status_code == status
    assert {name: answer.headers.get(name) for name in expected} == expected
    assert ("Cross-Origin-Embedder-Policy" in answer.headers) == (answer.mimetype == "text/html")
    assert "Strict-Transport-Security" not in answer.headers


def test_the_policy_makes_no_exceptions() -> None:
    policy = HEADERS["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; ")
    assert not [word for word in ("unsafe", "*", "http:", "https:", "data:", "blob:") if word in policy]


def test_https_is_asked_for_again_where_the_site_speaks_it(home: Path) -> None:
    app = make_site(home, PESONA_SITE_URL="https://wisata.example.id")
    for path in ("/en/", "/nothing", "/admin/login"):
        assert "max-age=63072000" in app.test_client().get(path).headers["Strict-Transport-Security"]
    close_site(app)


@pytest.mark.parametrize(("proxies", "answers"), [("0", 403), ("1", 401)])
def test_the_host_a_proxy_names_is_believed_only_where_one_stands(home: Path, proxies: str, answers: int) -> None:
    app = make_site(home, PESONA_PROXIES=proxies)
    headers = {"X-Forwarded-Host": "wisata.example.id", "X-Forwarded-Proto": "https", "X-Forwarded-For": "10.0.0.1"}
    answer = app.test_client().post("/admin/logout", headers={**headers, "Origin": "https://wisata.example.id"})
    assert answer.status_code == answers
    close_site(app)
