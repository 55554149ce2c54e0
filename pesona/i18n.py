"""The language of a request: its phrases, names and formats, and the templates that speak it.

Each language has a Jinja environment of its own whose globals are plain functions, so that no page
asks for its language more than once.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import timedelta
from functools import lru_cache, partial
from typing import Any
from weakref import WeakKeyDictionary

from babel.support import NullTranslations, Translations
from flask import Flask, current_app, g, has_request_context, request
from flask_babel import Babel
from jinja2 import Environment
from jinja2.runtime import Macro
from markupsafe import Markup

from pesona import addresses, assets, clock, lunar
from pesona.hours import reported
from pesona.locales import DEFAULT_LOCALE, LOCALES, other_locale
from pesona.paths import resource_folder
from pesona.published import Card, Price
from pesona.queries.catalogue import Catalogue, catalogue
from pesona.queries.notices import on_card
from pesona.text import dates, moments, names
from pesona.text.markdown import link_items
from pesona.text.names import N_


class Paths:
    """The addresses of the sections in one language, for templates."""

    def __init__(self, locale: str) -> None:
        self.locale = locale
        self.home = addresses.home(locale)
        self.destinations = addresses.section("destinations", locale)
        self.events = addresses.section("events", locale)
        self.search = addresses.section("search", locale)
        self.map = addresses.section("map", locale)
        self.plan = addresses.plan(locale)

    def section(self, name: str, part: str = "", /, **query: str | int | tuple[str, ...]) -> str:
        return addresses.section(name, self.locale, part, **query)


class Speaker:
    """Everything said in one language: `_`, `ngettext`, names and formats."""

    def __init__(self, locale: str) -> None:
        self.locale = locale
        folder = str(resource_folder("translations"))
        self._catalogue: NullTranslations = Translations.load(folder, [locale])

    def gettext(self, text: str, /, **values: Any) -> str:
        """Return *text* in this language; *values* fill its named places."""
        said = self._catalogue.gettext(text)
        return said % values if values else said

    def ngettext(self, one: str, many: str, count: int, /, **values: Any) -> str:
        """Return the phrase for *count* things in this language."""
        return self._catalogue.ngettext(one, many, count) % {"num": count, **values}

    def name(self, table: Any, code: Any) -> str:
        """Return the name of *code* in *table*, or the code where it has none."""
        return self.gettext(table[code]) if code in table else str(code)

    def visitor_name(self, price: Price) -> str:
        """Return whom *price* is for, and on which days where it is not for all."""
        who = self.name(names.VISITORS, (price.visitor, price.residence))
        day = names.DAYS.get(price.day, "")
        return f"{who}, {self.gettext(day)}" if day else who

    def facility_names(self, codes: Iterable[str]) -> str:
        """Return the names of *codes* as they stand within a sentence."""
        return ", ".join(self.name(names.FACILITIES, code).lower() for code in codes)

    def line_name(self, price: Price) -> str:
        """Return whom *price* is for wherever they are from, and on which days where it is not for all."""
        return self.visitor_name(replace(price, residence="any"))

    def paid(self, price: Price) -> str:
        """Return what is paid: an amount, nothing, or a donation; a donation of 0 names no amount."""
        said = dates.money(price.amount_idr, self.locale) if isinstance(price.amount_idr, int) else "–"
        if price.kind != "donation":
            return said
        if not price.amount_idr:
            return self.gettext(N_("donation, as you choose"))
        return self.gettext(N_("donation, suggested %(amount)s"), amount=said)

    def template_globals(self) -> dict[str, Any]:
        """Return what every template of this language may use."""
        here: dict[str, Callable[..., str]] = {
            name: partial(_last_argument, getattr(dates, name), self.locale) for name in FORMATS
        }
        # Babel takes 30 µs for a number, and every list says its dozens of counts again.
        here["number"] = lru_cache(4096)(here["number"])
        return {
            **here,
            "_": self.gettext,
            "gettext": self.gettext,
            "ngettext": self.ngettext,
            "as_wib": clock.as_wib,
            "category_name": partial(self.name, names.CATEGORIES),
            "kind_name": partial(self.name, names.KINDS),
            "status_name": partial(self.name, names.STATUSES),
            "notice_kind_name": partial(self.name, names.NOTICE_KINDS),
            "severity_name": partial(self.name, names.SEVERITIES),
            "notices_on": on_card,
            "drawn_once": _drawn_once,
            "wib": partial(_last_argument, moments.said, self.locale),
            "wib_iso": moments.iso,
            "licence_name": partial(self.name, names.LICENCES),
            "visitor_name": self.visitor_name,
            "facility_name": partial(self.name, names.FACILITIES),
            "facility_names": self.facility_names,
            "answer_name": partial(self.name, names.ANSWERS),
            "line_name": self.line_name,
            "paid": self.paid,
            "hours_sentence": partial(_last_argument, reported.sentence, self.locale),
            "moon": partial(_last_argument, lunar.said, self.locale),
            "moon_next": lambda text: lunar.next_expected(text, clock.today() - timedelta(days=1)),
            "link_items": partial(_link_items, self.locale),
            "locale": self.locale,
            "other": other_locale(self.locale),
            "paths": Paths(self.locale),
            "manifest": addresses.manifest(self.locale),
            "static": assets.address,
        }


FORMATS = (
    "day", "day_range", "month", "month_name", "month_short", "edtf", "number", "money", "moment", "time_of_day",
    "time_range", "weekday_name", "weekday_short",
)  # fmt: skip


def _last_argument(function: Callable[..., str], locale: str, *values: Any) -> str:
    return function(*values, locale)


def _link_items(locale: str, html: str) -> Markup:
    known = catalogue()
    return Markup(link_items(html, lambda kind, code: known.path(kind, code, locale)))  # noqa: S704 - cleaned at publication


_drawn: WeakKeyDictionary[Catalogue, dict[tuple[object, ...], str]] = WeakKeyDictionary()


def _drawn_once(draw: Macro, item: Card, *how: object) -> str:
    """Return what the macro *draw* makes of *item*, kept until something is published.

    A notice comes and goes between publications, so what it concerns is drawn each time.
    """
    if on_card(item):
        return draw(item, *how)
    kept = _drawn.setdefault(catalogue(), {})
    key = (draw.name, item.item_kind, item.code, item.locale, *how)
    drawn = kept.get(key)
    if drawn is None:
        drawn = kept[key] = draw(item, *how)
    return drawn


def init_app(app: Flask) -> None:
    """Give *app* its languages; Flask-Babel serves the forms of the desk from the same catalogues."""
    Babel(
        app,
        default_locale=DEFAULT_LOCALE,
        default_timezone="Asia/Jakarta",
        default_translation_directories=str(resource_folder("translations")),
        locale_selector=locale,
        timezone_selector=lambda: "Asia/Jakarta",
    )
    speakers = {one: Speaker(one) for one in LOCALES}
    app.extensions["pesona.speakers"] = speakers
    app.extensions["pesona.templates"] = {one: _environment(app, speaker) for one, speaker in speakers.items()}


def _environment(app: Flask, speaker: Speaker) -> Environment:
    made = app.jinja_env.overlay()
    made.globals = known = {
        **app.jinja_env.globals,
        **speaker.template_globals(),
        "keeps_offline": app.config["OFFLINE"],
    }
    # Jinja would chain two mappings and compare them key by key in Python at each import of a component.
    made.make_globals = lambda d: {**known, **(d or {})}  # type: ignore[method-assign]
    return made


def locale() -> str:
    """Return the language of the request: of its address, of who is signed in, or the default."""
    if not has_request_context():
        return DEFAULT_LOCALE
    chosen: str = g.get("locale", "") or addresses.locale_of(request.path) or DEFAULT_LOCALE
    return chosen


def speaker(chosen: str | None = None) -> Speaker:
    """Return what speaks *chosen*, or the language of the request."""
    found: Speaker = current_app.extensions["pesona.speakers"][chosen or locale()]
    return found


def render(template: str, chosen: str | None = None, /, **context: Any) -> str:
    """Return *template* rendered in the language *chosen*, or that of the request."""
    environment: Environment = current_app.extensions["pesona.templates"][chosen or locale()]
    return environment.get_template(template).render(context)


def menus(chosen: str) -> dict[str, list[tuple[str, str]]]:
    """Return the (name, path) of the pages in the main menu and in the footer."""
    pages = sorted(catalogue().entries["page"].values(), key=lambda e: (e.position, e.code))
    listed = {
        menu: [(e.cards[chosen].name, e.cards[chosen].path) for e in pages if e.menu == menu]
        for menu in ("main", "footer")
    }
    return {"menu_pages": listed["main"], "footer_pages": listed["footer"]}
