"""The self-checking client: it fetches pages, audits each of them, and posts forms as parsed.

It is also the leg "JavaScript off": it knows only what the HTML says.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element

import html5lib
from flask import Flask
from werkzeug.test import TestResponse

from pesona.security import HEADERS

ORIGIN = "http://127.0.0.1:8000"
LEFTOVERS = re.compile(
    r"\{\{|\}\}|%\(\w+\)s|(?:^|[:(=] ?)None(?:$|[,.)])|\bundefined\b|\bNaN\b|\bTODO\b|[Ll]orem ipsum"
)
FORM_FIELDS = ("input", "textarea", "select")

# Internal links are resolved once per application and state of the site.
_resolved: dict[int, dict[str, int]] = {}


@dataclass
class Page:
    """An audited page: its tree, and finders that expect exactly one or any number."""

    path: str
    answer: TestResponse
    tree: Element

    @property
    def text(self) -> str:
        return words_of(self.one("main"))

    def all(self, tag: str, **attributes: str) -> list[Element]:
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [e for e in self.tree.iter(tag) if all(e.get(n) == v for n, v in wanted.items())]

    def one(self, tag: str, **attributes: str) -> Element:
        found = self.all(tag, **attributes)
        assert len(found) == 1, f"{self.path}: {len(found)} <{tag} {attributes}>, expected one"
        return found[0]

    def links(self) -> list[str]:
        return [a.get("href", "") for a in self.all("a")]

    def jsonld(self) -> list[dict[str, Any]]:
        return [json.loads(s.text or "") for s in self.all("script", type="application/ld+json")]

    def form(self, action: str | None = None) -> Element:
        """Return the one form with *action*, or the only form inside main."""
        forms = self.all("form", action=action) if action else list(self.one("main").iter("form"))
        assert len(forms) == 1, f"{self.path}: {len(forms)} forms for {action}"
        return forms[0]


def words_of(element: Element) -> str:
    """Return the visible text of *element* on one line."""
    return " ".join("".join(element.itertext()).split())


class SelfCheckingClient:
    """A browser without JavaScript that audits every page it is given."""

    def __init__(self, app: Flask, origin: str = ORIGIN) -> None:
        self.app = app
        self.http = app.test_client()
        self.origin = origin
        self.signed_in = False

    def get(self, path: str, **values: Any) -> TestResponse:
        """Fetch *path* without any audit."""
        return self.http.get(path, **values)

    def visit(self, path: str, status: int = 200, **values: Any) -> Page:
        """Fetch *path*, expect *status*, audit the page and return it."""
        return self.audit(path, self.http.get(path, **values), status)

    def submit(self, page: Page, action: str | None = None, status: int = 303, press: str = "", **fields: Any) -> Any:
        """Fill and post the form of *page*; follow a 303 and return the page it leads to.

        *fields* replace what the form holds; a name it does not have is an error. *press* is the
        value of the button named `action`.
        """
        form = page.form(action)
        data = form_data(form, press)
        names = {e.get("name") for e in form.iter() if e.tag in FORM_FIELDS}
        for name, value in fields.items():
            name = name.replace("__", "-")
            assert name in names, f"{page.path}: the form has no field {name}"
            data = [pair for pair in data if pair[0] != name]
            data += [(name, one) for one in (value if isinstance(value, list) else [value])]
        target = urljoin(page.path, form.get("action") or page.path)
        answer = self.post(target, data)
        assert answer.status_code == status, f"{target}: {answer.status_code}, expected {status}\n{answer.text[:2000]}"
        if status == 303:
            return self.visit(answer.headers["Location"])
        return self.audit(target, answer, status)

    def post(self, path: str, data: Any, **headers: str) -> TestResponse:
        """Post *data* from a page of the site itself."""
        given = {"Origin": self.origin, **{k.replace("_", "-"): v for k, v in headers.items()}}
        body: Any = data
        if isinstance(data, list):
            body = {}
            for name, value in data:
                body.setdefault(name, []).append(value)
        return self.http.post(path, data=body, headers=given)

    def sign_in(self, email: str, password: str) -> None:
        answer = self.post("/admin/login", {"email": email, "password": password})
        assert answer.status_code == 303, answer.text
        self.signed_in = True

    def audit(self, path: str, answer: TestResponse, status: int) -> Page:
        """Check everything that holds for every page; return it parsed."""
        assert answer.status_code == status, f"{path}: {answer.status_code}, expected {status}"
        assert answer.headers["Content-Type"] == "text/html; charset=utf-8", path
        parser = html5lib.HTMLParser(namespaceHTMLElements=False, strict=False)
        tree = parser.parse(answer.data)
        errors = [(e[1], answer.text.splitlines()[e[0][0] - 1][:120]) for e in parser.errors]
        assert not errors, f"{path}: not well-formed HTML: {errors[:3]}"
        page = Page(path, answer, tree)
        check_structure(page)
        check_language(page)
        check_no_inline(page)
        check_forms(page)
        check_headers(page, self.signed_in)
        if not path.startswith("/admin"):
            check_head(page)
            self.check_links(page)
        return page

    def check_links(self, page: Page) -> None:
        """Every internal link of a public page answers 200 and leads to no redirect; anchors exist."""
        known = _resolved.setdefault(id(self.app), {})
        ids = {e.get("id") for e in page.tree.iter() if e.get("id")}
        for href in page.links():
            assert href, f"{page.path}: an empty link"
            assert not href.lower().startswith("javascript:"), page.path
            if href.startswith("#"):
                assert href[1:] in ids, f"{page.path}: no anchor {href}"
            elif href.startswith("/"):
                bare = href.split("#")[0]
                if bare not in known:
                    known[bare] = self.app.test_client().get(bare).status_code
                assert known[bare] == 200, f"{page.path}: the link {href} answers {known[bare]}"


def form_data(form: Element, press: str = "") -> list[tuple[str, str]]:
    """Return what a browser would send for *form*, with the button `action`=*press*."""
    data: list[tuple[str, str]] = []
    for field in form.iter():
        name = field.get("name")
        if not name or field.tag not in FORM_FIELDS:
            continue
        if field.tag == "textarea":
            # The parser has dropped the newline that begins a textarea, as browsers do.
            data.append((name, (field.text or "").replace("\n", "\r\n")))
        elif field.tag == "select":
            options = list(field.iter("option"))
            chosen = [o for o in options if o.get("selected") is not None] or options[:1]
            data += [(name, o.get("value") or "") for o in chosen]
        elif field.get("type") == "image":
            continue
        elif field.get("type") not in ("checkbox", "radio") or field.get("checked") is not None:
            data.append((name, field.get("value") or ""))
    buttons = [b for b in form.iter("button") if b.get("name") == "action"]
    if press or buttons:
        value = press or buttons[0].get("value") or ""
        assert value in [b.get("value") for b in buttons], f"no button {value}"
        data.append(("action", value))
    return data


def check_structure(page: Page) -> None:
    """One h1, one main, a title, headings without a jump, ids once, alt on every picture."""
    assert words_of(page.one("h1")), page.path
    page.one("main")
    title = words_of(page.one("title"))
    assert 10 <= len(title) <= (65 if page.answer.status_code == 200 and not page.path.startswith("/admin") else 200), (
        f"{page.path}: title {title!r}"
    )
    levels = [int(e.tag[1]) for e in page.one("body").iter() if re.fullmatch(r"h[1-6]", str(e.tag))]
    jumps = [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1]
    assert not jumps, f"{page.path}: heading levels jump {jumps}"
    ids = Counter(e.get("id") for e in page.tree.iter() if e.get("id"))
    assert not [i for i, n in ids.items() if n > 1], f"{page.path}: ids twice {ids.most_common(3)}"
    for img in page.all("img"):
        assert img.get("alt") is not None, f"{page.path}: a picture without alt"
        assert len(img.get("alt", "")) <= 150, page.path
        assert img.get("width"), f"{page.path}: a picture without width"
        assert img.get("height"), f"{page.path}: a picture without height"
    for nav in page.all("nav"):
        assert nav.get("aria-label") or nav.get("aria-labelledby"), f"{page.path}: an unnamed nav"
    for piece in page.one("body").itertext():
        leftover = LEFTOVERS.search(piece.strip())
        assert not leftover, f"{page.path}: leftover {leftover}"


def check_language(page: Page) -> None:
    """`lang` equals the first part of the address; the switch leads to the other language."""
    language = page.one("html").get("lang")
    first = page.path.split("?")[0][1:].split("/", 1)[0]
    if first not in ("id", "en"):
        assert language in ("id", "en"), page.path
        return
    assert language == first, f"{page.path}: lang={language}"
    other = {"id": "en", "en": "id"}[first]
    switches = [a for a in page.all("a", hreflang=other) if a.get("lang") == other]
    assert len(switches) == 1, f"{page.path}: {len(switches)} language links"
    assert switches[0].get("href", "").startswith(f"/{other}/"), page.path


def check_no_inline(page: Page) -> None:
    for element in page.tree.iter():
        assert "style" not in element.attrib, f"{page.path}: an inline style on <{element.tag}>"
        handlers = [name for name in element.attrib if str(name).startswith("on")]
        assert not handlers, f"{page.path}: inline handlers {handlers}"
    assert not page.all("style"), page.path
    for script in page.all("script"):
        assert script.get("src") or script.get("type") == "application/ld+json", f"{page.path}: an inline script"


def check_forms(page: Page) -> None:
    """Every field has a label, every form a method and a way to send it."""
    labelled = {label.get("for") for label in page.all("label")}
    inside = {id(e) for label in page.all("label") for e in label.iter()}
    for form in page.all("form"):
        assert list(form.iter("button")), f"{page.path}: a form without a button"
        for field in form.iter():
            if field.tag in FORM_FIELDS and field.get("type") not in ("hidden", "submit"):
                named = field.get("id") in labelled or id(field) in inside or field.get("aria-label")
                assert named, f"{page.path}: no label for {field.get('name')}"


def check_headers(page: Page, signed_in: bool) -> None:
    headers = page.answer.headers
    for name, value in HEADERS.items():
        assert headers.get(name) == value, f"{page.path}: {name} is {headers.get(name)}"
    assert headers["Cross-Origin-Embedder-Policy"] == "require-corp"
    if page.path.startswith("/admin"):
        assert headers["Cache-Control"] == "no-store", page.path
        assert "noindex" in headers["X-Robots-Tag"]
    elif not signed_in:
        assert "Set-Cookie" not in headers, f"{page.path}: a cookie for an anonymous reader"


def check_head(page: Page) -> None:
    """Description, canonical and alternates of a public page agree with one another."""
    description = page.one("meta", name="description").get("content", "")
    robots = [m.get("content", "") for m in page.all("meta", name="robots")]
    canonical = [c.get("href", "") for c in page.all("link", rel="canonical")]
    alternates = {a.get("hreflang"): a.get("href", "") for a in page.all("link", rel="alternate") if a.get("hreflang")}
    if page.answer.status_code != 200:
        assert not canonical, f"{page.path}: an error page with a canonical"
        return
    assert 50 <= len(description) <= 165, f"{page.path}: description of {len(description)}"
    assert len(canonical) == 1, page.path
    assert canonical[0].startswith(ORIGIN), page.path
    if any("noindex" in one for one in robots):
        assert not alternates, f"{page.path}: alternates on a page that is not indexed"
        return
    assert urlsplit(canonical[0]).path == urlsplit(page.path).path, f"{page.path}: canonical {canonical[0]}"
    assert canonical[0] in alternates.values(), page.path
    assert "x-default" in alternates, page.path
    assert_trail(page)


def assert_trail(page: Page) -> None:
    """The breadcrumbs that readers see are those that machines read."""
    lists = [b for b in page.jsonld() if b.get("@type") == "BreadcrumbList"]
    if not lists:
        assert page.path.rstrip("/") in ("/id", "/en"), f"{page.path}: no breadcrumbs"
        return
    seen = [words_of(li) for nav in page.all("nav", class_="breadcrumbs") for li in nav.iter("li")]
    assert seen == [step["name"] for step in lists[0]["itemListElement"]], page.path


def addresses_of(pages: Iterable[Page]) -> set[str]:
    """Return the addresses of the pages that *pages* lead to; a calendar or a track is no page."""
    found = {href.split("#")[0] for page in pages for href in page.links() if href.startswith("/")}
    return {address for address in found if not address.split("?")[0].endswith((".ics", ".gpx"))}
