"""Markdown becomes clean HTML whatever editors paste, and links to items lead only to what is live."""

import re
from urllib.parse import urlsplit

import html5lib
import pytest

from pesona.text.markdown import link_items, to_html, to_plain

ALLOWED = set("p h2 h3 ul ol li strong em a blockquote br hr table thead tbody tr th td".split())
ITEMS = {("destination", "istana"): "/id/destinasi/istana", ("page", "a&b"): "/id/a&b"}


def drawn(text: str) -> str:
    """Return *text* as a page draws it, where only the items above are live."""
    return link_items(to_html(text), lambda kind, code: ITEMS.get((kind, code)))


HOSTILE = [
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.example></sCrIpT>",
    '<img src=x onerror="alert(1)">',
    '<a href="javascript:alert(1)" onclick="x()">a</a>',
    "<svg/onload=alert(1)>",
    "<iframe src='//evil.example'></iframe>",
    "<style>body{display:none}</style>",
    "<!-- --><math><mi//xlink:href=x>",
    "[a](javascript:alert(1))",
    "[a](JaVaScRiPt:alert(1))",
    "[a](&#106;avascript:alert(1))",
    "[a](java&Tab;script:alert(1))",
    "[a](java\tscript:alert(1))",
    "[a](\x01javascript:alert(1))",
    "[a](vbscript:alert(1))",
    "[a](data:text/html;base64,PHNjcmlwdD4=)",
    "[a](file:///etc/passwd)",
    "[a][b]\n\n[b]: javascript:alert(1)",
    "<javascript:alert(1)>",
    "![a](javascript:alert(1))",
    "![a](https://evil.example/pixel.png)",
    '[a](https://evil.example/"onmouseover="alert(1))',
    '[a](page:istana "onmouseover=alert(1)")',
    'a `" onmouseover=alert(1) x="`',
    "[<img src=x onerror=alert(1)>](destination:istana)",
    '[a](destination:"><script>alert(1)</script>)',
    "```html\n<script>alert(1)</script>\n```",
    "    <script>alert(1)</script>",
    "| <script> | onclick=1 |\n|:-:|---|\n| <b onclick=x> | y |",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_hostile_gets_through(text: str) -> None:
    tree = html5lib.parseFragment(drawn(text), namespaceHTMLElements=False)
    for element in list(tree.iter())[1:]:
        assert element.tag in ALLOWED
        assert set(element.attrib) <= {"href"}
        assert urlsplit(element.get("href", "")).scheme in ("", "https")


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("", ""),
        (" \n ", ""),
        ("Satu *dua* **tiga**", "<p>Satu <em>dua</em> <strong>tiga</strong></p>"),
        ("# Satu", "<h2>Satu</h2>"),
        ("## Dua\n\n### Tiga", "<h2>Dua</h2>\n<h3>Tiga</h3>"),
        ("#### Empat", "<h3>Empat</h3>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("5 < 6 & 7", "<p>5 &lt; 6 &amp; 7</p>"),
        ("[a](https://siakkab.go.id/?a=1&b=2)", '<p><a href="https://siakkab.go.id/?a=1&amp;b=2">a</a></p>'),
        ("[a](mailto:a@example.go.id)", '<p><a href="mailto:a@example.go.id">a</a></p>'),
    ],
)
def test_plain_markdown_is_drawn_as_meant(text: str, html: str) -> None:
    assert to_html(text) == html


@pytest.mark.parametrize("text", ["    dua kata", "```\ndua kata\n```", "#### dua kata", "# dua kata"])
def test_no_words_stand_outside_a_block(text: str) -> None:
    assert re.fullmatch(r"<(p|h2|h3)>dua kata</\1>", to_html(text))


@pytest.mark.parametrize("text", ["[dua kata]()", "[dua kata](ftp://example.id)", "[dua kata](destination:nowhere)"])
def test_a_link_that_leads_nowhere_keeps_its_words_alone(text: str) -> None:
    assert drawn(text) == "<p>dua kata</p>"


@pytest.mark.parametrize(
    "text",
    ["[Istana](destination:istana)", '[Istana](destination:istana "judul")', "[Istana](<destination:istana>)",
     "[Istana](DESTINATION:istana)"],
)  # fmt: skip
def test_a_link_to_a_live_item_leads_to_its_address(text: str) -> None:
    assert drawn(text) == '<p><a href="/id/destinasi/istana">Istana</a></p>'


def test_the_same_words_lead_nowhere_when_the_item_is_withdrawn() -> None:
    html = to_html("Ke [**Istana** Siak](destination:istana), lalu [pasar](destination:pasar).")
    assert link_items(html, lambda *_: None) == "<p>Ke <strong>Istana</strong> Siak, lalu pasar.</p>"


@pytest.mark.parametrize("code", ["Istana", "istana?x", "istana#y", "istana/../..", "istana%22", ""])
@pytest.mark.parametrize("kind", ["destination", "event", "page"])
def test_a_mistyped_code_never_leaves_an_address_that_browsers_cannot_read(kind: str, code: str) -> None:
    assert drawn(f"[a]({kind}:{code})") == "<p>a</p>"


def test_the_address_of_an_item_is_escaped() -> None:
    assert link_items('<a href="page:a&b">x</a>', lambda *pair: ITEMS.get(pair)) == '<a href="/id/a&amp;b">x</a>'


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("## Istana\n\nDi **tepi** [sungai](destination:sungai-siak).\n\n- satu\n- dua",
         "Istana Di tepi sungai. - satu - dua"),
        ("> kata `orang`", "kata orang"),
        ("", ""),
    ],
)  # fmt: skip
def test_plain_text_holds_the_words_without_their_marks(text: str, plain: str) -> None:
    assert to_plain(text) == plain
