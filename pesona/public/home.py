"""The home page, and the chooser of languages before it."""

from datetime import date

from flask import Response, current_app, redirect, request
from werkzeug.datastructures import LanguageAccept
from werkzeug.wrappers import Response as BaseResponse

from pesona import addresses, assets, clock, i18n
from pesona.drawings import drawing_of
from pesona.head import absolute, head
from pesona.locales import DEFAULT_LOCALE, LOCALES
from pesona.public.blueprint import bp, page
from pesona.public.choices import category_choices, district_choices
from pesona.published import Card
from pesona.queries import lists
from pesona.queries.agenda import agenda
from pesona.queries.catalogue import Catalogue, catalogue
from pesona.shapes import jsonld
from pesona.sharing import HERO
from pesona.sheets.locator import overview

# What opens the home page, and where a first visit to Siak begins; what is not live is passed over.
HIGHLIGHTS = (
    "masjid-sultan-syahabuddin",
    "taman-nasional-zamrud",
    "pusat-konservasi-gajah-minas",
    "jembatan-tengku-agung-sultanah-latifah",
    "tenun-siak",
    "bolu-kemojo",
)
MOST_COMING = 5
MOST_RUNNING = 3
MOST_OFF = 3

# Neighbours of Indonesian, and its old code, read Indonesian better than English.
NEAR_INDONESIAN = frozenset(("id", "in", "ms", "jv", "su", "min"))


@bp.get("/")
def chooser() -> BaseResponse:
    """Lead to the home page in the language that the browser wants most."""
    answer = redirect(addresses.home(_wanted(request.accept_languages)), 302)
    answer.headers["Cache-Control"] = "no-cache"
    answer.headers["Vary"] = "Accept-Language"
    return answer


def _wanted(accepted: LanguageAccept) -> str:
    for tag, quality in accepted:
        language = tag.split("-")[0].lower()
        if quality > 0 and language in NEAR_INDONESIAN:
            return "id"
        if quality > 0 and language in LOCALES:
            return language
    return DEFAULT_LOCALE


def home(locale: str) -> Response:
    """Show what Siak is, what is on, and where to begin."""
    known = catalogue()
    events, today = known.in_order["event", locale], clock.today()
    ahead = agenda().days(today, date.max)
    about = known.entry("page", "about-siak")
    speaker = i18n.speaker(locale)
    description = speaker.gettext(
        "The palace and towns of the Siak sultanate, the river, Zamrud National Park and the festivals of Siak Regency."
    )
    return page(
        "public/home.html",
        locale,
        head(
            locale,
            "Pesona Siak",
            description,
            {one: addresses.home(one) for one in LOCALES},
            jsonld=jsonld.home(
                locale,
                current_app.config["SITE_URL"],
                speaker.gettext("Siak Regency"),
                description,
                absolute(assets.address("img/icon-512.png")),
            ),
            section="home",
        ),
        drawing=drawing_of(HERO),
        hero=next(iter(known.cards("destination", [HERO], locale)), None),
        highlights=_highlights(known, locale),
        coming=[one.card(locale) for one in ahead.on[:MOST_COMING]],
        running=[one.card(locale) for one in ahead.long[:MOST_RUNNING] if one.start <= today],
        off=[one.card(locale) for one in ahead.off[:MOST_OFF]],
        usual=lists.usual_events(events, locale),
        today=today,
        overview=overview(locale),
        about=about and about.cards[locale],
        about_path=about and about.cards[locale].path,
        getting_there_path=known.path("page", "getting-to-siak", locale),
        n_destinations=len(known.entries["destination"]),
        n_events=len(events),
        n_districts=len(known.districts),
        categories=category_choices(known.counts["destination"], locale),
        districts=district_choices(known.counts["destination"], locale),
    )


def _home_without_slash(locale: str) -> BaseResponse:
    return redirect(addresses.home(locale), 301)


for _locale in LOCALES:
    bp.add_url_rule(f"/{_locale}/", "home", home, defaults={"locale": _locale})
    bp.add_url_rule(f"/{_locale}", "home_without_slash", _home_without_slash, defaults={"locale": _locale})


def _highlights(known: Catalogue, locale: str) -> list[Card]:
    chosen = known.cards("destination", HIGHLIGHTS, locale)
    others = (e.cards[locale] for e in known.in_order["destination", locale] if e.code not in (HERO, *HIGHLIGHTS))
    return (chosen + list(others))[: len(HIGHLIGHTS)]
