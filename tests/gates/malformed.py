"""Two thousand odd requests on every address, parameter and form: no 5xx, no broken connection, no echo.

The cases come from a seed, so a failure can be looked at again.
"""

import http.client
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from urllib.parse import quote, urlencode

import html5lib
from werkzeug.routing import Map

from pesona.app import create_app
from tests.client import form_data
from tests.gates.outcome import Outcome
from tests.gates.site import HOST, Answer, Browser, Site

CASES = 2000
ITEMS = 3000
SLOW_SECONDS = 0.5
MARK = "pz7"
# What must never come back unescaped; each can break out of text, an attribute, a script, a header.
ECHOES = [
    f'"><{MARK}>',
    f"'><{MARK}>",
    f"</script><{MARK}>",
    f"</title><{MARK}>",
    f"<{MARK} onload=x>",
    f"%3C{MARK}%3E",
]
BYTES = [
    b"", b"\0", b"\xff\xfe", b"\xc3\x28", b"\xed\xa0\x80", b"\xf0\x9f\x8c\xb4", b"\r\nX-Injected: 1", b"..", b"../../etc/passwd",
    b"-1", b"0", b"1e9", b"99999999999999999999", b"NaN", "١٢".encode(), "²".encode(), b"true", b"null", b"[]", b"*", b"**", b"a" * 9000,
    b"(" * 900, b"NOT " * 90, b"[0 TO zzzz]", b"siak~9", b"status:draft", b'"', b"'; DROP TABLE item; --", b"{{7*7}}", b"%(x)s", b"%s%n",
    b"siak", b"pantai  siak", "\u202e\u200b\ufeff".encode(), "İıſß".encode(), b"2026-13-45", b"history", b"14.08.01", b"/admin", b"//evil.example",
    b"\\evil", b"javascript:alert(1)", b"1;1", b"=", b"&&&", b"%", b"%zz", *(echo.encode() for echo in ECHOES),
]  # fmt: skip
PARAMETERS = (
    "q type category district sort page when limit locale next state done on free kind code updated_after".split()
)
HEADERS = ("Accept-Language", "Accept-Encoding", "If-None-Match", "If-Modified-Since", "Range", "Cookie", "Referer", "Origin",
           "Sec-Fetch-Site", "Accept", "X-Forwarded-For", "X-Forwarded-Host", "X-HTTP-Method-Override", "Authorization")  # fmt: skip
METHODS = ("GET", "GET", "GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND")
KINDS = ("form-urlencoded", "multipart", "json", "text", "broken")


@dataclass
class Case:
    """One odd request."""

    method: str
    path: str
    body: bytes | None = None
    headers: dict[str, str] = field(default_factory=dict)
    signed_in: bool = False

    def __str__(self) -> str:
        return f"{self.method} {self.path[:160]} {(self.body or b'')[:120]!r} {self.headers}"[:400]


def run(site: Site) -> Outcome:
    """Send all cases to a site with many items, one after another, each over a connection of its own."""
    outcome = Outcome()
    reader, editor = site.browser(), site.browser()
    editor.sign_in()
    sent, slowest = 0, 0.0
    for case in _cases(Random(20261124), _addresses(site), _forms(editor)):
        sent += 1
        browser = editor if case.signed_in else reader
        try:
            answer = _send(browser, case)
            taken = answer.seconds
            if taken > SLOW_SECONDS:
                taken = min(_send(browser, case).seconds for _ in range(2))
        except (OSError, http.client.HTTPException) as problem:
            outcome.wrong.append(f"{problem!r}: {case}")
            continue
        slowest = max(slowest, taken)
        outcome.wrong += [f"{what}: {case}" for what in _faults(answer, taken)]
    outcome.said = f"{sent} requests, slowest alone {slowest * 1000:.0f} ms"
    return outcome


def _send(browser: Browser, case: Case) -> Answer:
    # The server may close a kept connection after a body that nobody read; that is no broken answer.
    browser.close()
    return browser.ask(case.method, case.path, case.body, case.headers)


def _faults(answer: Answer, taken: float) -> Iterator[str]:
    if answer.status >= 500:
        yield f"answers {answer.status}"
    if taken > SLOW_SECONDS:
        yield f"takes {taken * 1000:.0f} ms"
    if "x-injected" in answer.headers:
        yield "a header was injected"
    if answer.headers.get("content-type", "").startswith(("text/html", "application/xml", "image/svg")):
        echoed = re.search(rb"<" + MARK.encode() + rb"|\"><" + MARK.encode(), answer.body)
        if echoed:
            yield f"echoes {answer.body[max(0, echoed.start() - 20) : echoed.end() + 20]!r}"
    if answer.headers.get("location", "").startswith(("//", "\\", "javascript:", "http://evil", "https://evil")):
        yield f"leads away to {answer.headers['location']}"


def _addresses(site: Site) -> list[str]:
    """Return one address for each rule of the site and each of its examples, public and desk."""
    rules: Map = create_app({"PESONA_HOME": str(site.home)}).url_map
    browser = site.browser()
    slugs = {}
    for locale, plural in (("id", "destinasi"), ("en", "destinations")):
        found = re.search(rf'href="/{locale}/{plural}/([a-z0-9-]+)"', browser.get(f"/{locale}/{plural}").text)
        assert found
        slugs[locale] = found[1]
    examples = {"<slug>": slugs["en"], "<tree>": "0" * 8, "<path:path>": "site.css", "<token>": "token"}
    addresses = set()
    for rule in rules.iter_rules():
        for plural in ("destinations", "events", "pages"):
            path = re.sub(r"<any\([^)]*\):plural>", plural, rule.rule)
            for code in ("uji-7", "contact", "istana-siak-sri-indrapura"):
                concrete = path.replace("<code>", code).replace("<any(id,en):locale>", "en")
                concrete = re.sub(r"<int[^:]*:number>", "1", concrete)
                for pattern, value in examples.items():
                    concrete = concrete.replace(pattern, value)
                addresses.add(concrete)
    # Signing out would end the session that the desk's cases need.
    return sorted(addresses - {"/admin/logout"})


SCREENS = ("publish", "withdraw/en", "review", "photos", "point", "preview-link/en", "history", "trash", "")


def _forms(editor: Browser) -> dict[str, list[tuple[str, str]]]:
    """Return what each form of the desk sends, and that for a mistake, by its action."""
    screens = ["/admin/login", "/admin/account", "/admin/import", "/admin/photos", "/admin/notices/new", "/en/report"]
    for plural, code in (("destinations", "uji-7"), ("events", _event(editor)), ("pages", "contact")):
        item = f"/admin/{plural}/{code}"
        screens += [f"/admin/{plural}/new", f"/admin/{plural}", f"{item}/facts", f"{item}/words/en", f"{item}/words/id"]
        screens += [f"{item}/{screen}".rstrip("/") for screen in SCREENS]
    forms = {}
    for screen in screens:
        tree = html5lib.parse(editor.get(screen).body, namespaceHTMLElements=False)
        for form in tree.iter("form"):
            if form.get("action") != "/admin/logout":
                forms[form.get("action") or screen] = form_data(form)
    return forms


def _event(editor: Browser) -> str:
    found = re.search(r'href="/admin/events/([a-z0-9-]+)"', editor.get("/admin/events").text.split("<main", 1)[1])
    assert found
    return found[1] if found[1] != "new" else ""


def _cases(random: Random, addresses: list[str], forms: dict[str, list[tuple[str, str]]]) -> Iterator[Case]:
    """Yield the cases: every address, parameter and form at least once, then what chance brings."""
    for address in addresses:
        yield Case(
            "GET", address + "?" + urlencode([(name, random.choice(ECHOES)) for name in PARAMETERS]), signed_in=True
        )
    for action in forms:
        for number in range(3):
            yield _form_case(random, action, forms[action], everywhere=number == 0)
    count = len(addresses) + 3 * len(forms)
    while count < CASES:
        count += 1
        yield (
            random.choice((_query_case, _query_case, _path_case, _header_case, _method_case))(random, addresses)
            if (random.random() < 0.65)
            else _form_case(random, *random.choice(sorted(forms.items())))
        )


def _query_case(random: Random, addresses: list[str]) -> Case:
    address = random.choice(addresses)
    pairs = [(random.choice(PARAMETERS), random.choice(BYTES)) for _ in range(random.choice((1, 1, 2, 3, 40)))]
    query = urlencode(pairs) if random.random() < 0.8 else quote(random.choice(BYTES), safe="%&=;+/?")
    return Case("GET", f"{address}?{query}", signed_in=random.random() < 0.5)


def _path_case(random: Random, addresses: list[str]) -> Case:
    parts = random.choice(addresses).split("/")
    where = random.randrange(1, len(parts)) if len(parts) > 1 else 0
    odd = quote(random.choice(BYTES), safe=random.choice(("", "/%", "%")))
    parts[where] = random.choice(
        (odd, parts[where] + odd, parts[where].upper(), parts[where] + "/", odd + "/" + parts[where])
    )
    return Case(random.choice(("GET", "GET", "HEAD")), "/".join(parts) or "/", signed_in=random.random() < 0.5)


def _header_case(random: Random, addresses: list[str]) -> Case:
    named = {}
    for name in random.sample(HEADERS, random.randint(1, 4)):
        odd = random.choice(BYTES).decode("latin-1")
        named[name] = re.sub(r"[\0\r\n]", "", odd)[:4000]
    return Case(random.choice(("GET", "HEAD")), random.choice(addresses), headers=named)


def _method_case(random: Random, addresses: list[str]) -> Case:
    method = random.choice(METHODS)
    body = None if method in ("GET", "HEAD") else random.choice(BYTES)
    return Case(method, random.choice(addresses), body, _origin(random), signed_in=random.random() < 0.7)


def _form_case(random: Random, action: str, fields: list[tuple[str, str]], everywhere: bool = False) -> Case:
    chosen = {n for n, _ in fields} if everywhere else {random.choice(fields)[0] for _ in range(2)} if fields else set()
    chosen -= {"base", "action"} if random.random() < 0.8 else set()
    pairs = [(n, random.choice(ECHOES if everywhere else BYTES) if n in chosen else v) for n, v in fields]
    if random.random() < 0.1:
        pairs = random.sample(pairs, len(pairs) // 2) + pairs[: len(pairs) // 3]
    kind, body = _encoded(random.choice(KINDS) if random.random() < 0.2 else KINDS[0], pairs)
    return Case(
        "POST",
        action,
        body,
        {"Content-Type": kind, "Sec-Fetch-Site": "same-origin"},
        signed_in=action != "/admin/login",
    )


def _encoded(kind: str, pairs: list[tuple[str, str | bytes]]) -> tuple[str, bytes]:
    if kind == "form-urlencoded":
        return "application/x-www-form-urlencoded", urlencode(pairs).encode()
    if kind == "multipart":
        parts = [
            b'--pz\r\nContent-Disposition: form-data; name="%b"\r\n\r\n%b\r\n'
            % (name.encode(), value if isinstance(value, bytes) else value.encode())
            for name, value in pairs
        ]
        return "multipart/form-data; boundary=pz", b"".join(parts) + b"--pz--\r\n"
    if kind == "broken":
        return "multipart/form-data; boundary=", b'--\r\nContent-Disposition: form-data; name="\xff'
    return {"json": "application/json", "text": "text/plain; charset=utf-16"}[kind], urlencode(pairs).encode()


def _origin(random: Random) -> dict[str, str]:
    return {"Sec-Fetch-Site": "same-origin"} if random.random() < 0.7 else {"Origin": f"http://{HOST}"}
