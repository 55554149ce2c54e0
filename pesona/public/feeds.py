"""The Atom feed of each language: notices, and what is new or changed."""

from flask import Response, current_app

from pesona import addresses, clock, i18n
from pesona.cache import CACHEABLE
from pesona.head import SITE_NAME, absolute
from pesona.locales import LOCALES
from pesona.public.blueprint import bp
from pesona.queries.catalogue import catalogue
from pesona.queries.notices import not_over
from pesona.shapes import atom


def feed(locale: str) -> Response:
    """Answer the notices that are on or coming, and what changed last."""
    known, notices = catalogue(), not_over()
    xml = i18n.render(
        "feeds/atom.xml",
        locale,
        title=SITE_NAME,
        id=atom.tag(locale),
        address=absolute(addresses.feed(locale)),
        home=absolute(addresses.home(locale)),
        updated=atom.written(atom.last_change(known, known.notices, locale)),
        scheme=atom.STATUS_SCHEME,
        entries=atom.entries(known, notices, locale, clock.today(), current_app.config["SITE_URL"]),
    )
    answer = Response(xml, content_type="application/atom+xml; charset=utf-8")
    answer.headers["Cache-Control"] = CACHEABLE
    answer.headers["Content-Language"] = locale
    return answer


for _locale in LOCALES:
    bp.add_url_rule(addresses.feed(_locale), "feed", feed, defaults={"locale": _locale})
