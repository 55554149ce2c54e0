"""Without a connection: the worker that keeps visited pages, the page for those it has not, the manifest."""

import json
from hashlib import sha256

from flask import Response, current_app, request

from pesona import addresses, assets, i18n
from pesona.cache import CACHEABLE
from pesona.head import SITE_NAME, head
from pesona.locales import LOCALES
from pesona.public.blueprint import bp, localized, page

# The seconds that a page which is kept waits for the network: docs/decisions/0018-offline.md tells why so many.
PATIENCE = 10
MOST_PAGES, MOST_PLANS, MOST_FILES = 60, 10, 120
# The tokens of static/css/tokens.css that a manifest has to write again: --river-800 and --paper-50.
THEME, PAPER = "#123d46", "#fffaf0"
ICONS = (("icon-192.png", 192, "any"), ("icon-512.png", 512, "any"), ("icon-maskable.png", 512, "maskable"))


@localized("offline")
def offline(locale: str) -> Response:
    """Show which pages this device has kept; the worker answers with it where a page is not among them."""
    speaker = i18n.speaker(locale)
    title = speaker.gettext("Without a connection")
    return page(
        "public/offline.html",
        locale,
        head(
            locale,
            title,
            speaker.gettext("The pages of Pesona Siak that this device has kept, to be read without a connection."),
            {one: addresses.section("offline", one) for one in LOCALES},
            index=False,
            trail=[(SITE_NAME, addresses.home(locale)), (title, None)],
        ),
        # A notice of the day on which this page was kept may be over on the day on which it is read.
        notices=(),
    )


@bp.get("/sw.js")
def worker() -> Response:
    """Answer the worker of this release, or the one that takes everything away where PESONA_OFFLINE is 0."""
    script = assets.text("js/worker.js" if current_app.config["OFFLINE"] else "js/worker_off.js")
    body = f"const SITE = {json.dumps(_site(), ensure_ascii=False)};\n{script}"
    answer = Response(body, content_type="text/javascript; charset=utf-8")
    answer.headers["Cache-Control"] = "no-cache"
    answer.set_etag(sha256(body.encode()).hexdigest()[:16], weak=True)
    answer.make_conditional(request)
    return answer


def _site() -> dict[str, object]:
    """Return what the worker knows of the site; it is another worker as soon as any of it changes."""
    return {
        "release": current_app.config["RELEASE"],
        "hash": assets.tree(),
        "frame": assets.frame(),
        "patience": PATIENCE * 1000,
        "pages": MOST_PAGES,
        "plans": MOST_PLANS,
        "files": MOST_FILES,
        "offline": {one: addresses.section("offline", one) for one in LOCALES},
        "plan": {one: addresses.plan(one) for one in LOCALES},
        "private": [addresses.section("report", one) for one in LOCALES],
        "bar": {one: i18n.render("public/saved.html", one).strip() for one in LOCALES},
    }


def _manifest(locale: str) -> Response:
    """Say how the site stands among the applications of a phone."""
    speaker = i18n.speaker(locale)
    told = {
        "id": addresses.home(locale),
        "name": speaker.gettext("Pesona Siak: the guide to Siak Regency"),
        "short_name": SITE_NAME,
        "description": speaker.gettext(
            "Places, events, a map and a trip plan of Siak Regency, also without a connection."
        ),
        "lang": locale,
        "dir": "ltr",
        "start_url": addresses.home(locale),
        "scope": "/",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": THEME,
        "categories": ["travel"],
        "icons": [
            {"src": assets.address(f"img/{name}"), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
            for name, size, purpose in ICONS
        ],
    }
    answer = Response(json.dumps(told, ensure_ascii=False), content_type="application/manifest+json")
    answer.headers["Cache-Control"] = CACHEABLE
    return answer


for _locale in LOCALES:
    bp.add_url_rule(addresses.manifest(_locale), "manifest", _manifest, defaults={"locale": _locale})
