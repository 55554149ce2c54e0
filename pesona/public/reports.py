"""A mistake reported by a visitor, without an account; and the sender's private page, which says what became of it."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from flask import Response, abort, current_app, redirect, request
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response as BaseResponse

from pesona import addresses, clock, i18n
from pesona.db import begin_writing, db
from pesona.editing import reports, throttle
from pesona.editing.log import Actor
from pesona.editing.reports import LONGEST, LONGEST_PLACE, Stamp
from pesona.head import SITE_NAME, Head, Trail, absolute, head
from pesona.locales import LOCALES
from pesona.models.report import Report
from pesona.public import arguments
from pesona.public.blueprint import localized, page
from pesona.published import Card
from pesona.queries.catalogue import catalogue
from pesona.text.names import N_

KINDS = ("destination", "event", "page")
# Nobody writes faster than that; nobody's form stands open for longer.
FASTEST, SLOWEST = timedelta(seconds=2), timedelta(hours=24)
# In 15 minutes, from everywhere; from one address as many as tries to sign in.
REPORTS_OF_ALL = 100

EMPTY = N_("Say what is wrong.")
LONG = N_("This is longer than %(limit)s characters. Shorten it a little.")
TRAPPED = N_("A field that nobody sees had been filled in. It is empty again: press Send once more.")
TOO_FAST = N_("That came faster than anybody types. Nothing is lost: press Send once more.")
TOO_OLD = N_("This form had stood open for too long. Nothing is lost: press Send once more.")

Errors = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Typed:
    """What the form holds: the item it is about, by kind and code, and the words of the visitor."""

    kind: str
    code: str
    place: str = ""
    text: str = ""

    def about(self, locale: str) -> Card | None:
        """Return the card of the item, or None where it is not live."""
        entry = catalogue().entry(self.kind, self.code) if self.kind in KINDS else None
        return entry.cards[locale] if entry else None


@localized("report", methods=("GET", "POST"))
def report(locale: str) -> BaseResponse:
    """Show the form for a mistake in the item that `kind` and `code` name, or in the site; take it."""
    if request.method == "POST":
        return _receive(locale)
    typed = Typed(arguments.choice("kind", KINDS), arguments.text("code"))
    if (typed.kind or typed.code) and typed.about(locale) is None:
        abort(404)
    return _form_page(locale, typed)


@localized("report", "<token>")
def own_report(locale: str, token: str) -> Response:
    """Show the sender what has become of a report, until its 90 days are over."""
    row = reports.find(token)
    if row is None:
        abort(404)
    over = reports.is_over(row)
    speaker = i18n.speaker(locale)
    top = _head(locale, speaker.gettext("Your report"), {one: _own_path(one, token) for one in LOCALES})
    answer = page(
        "public/own_report.html",
        locale,
        replace(top, robots="noindex, nofollow", canonical="" if over else top.canonical),
        cached=False,
        report=row,
        about=_card_of(row, locale),
        over=over,
        ends_at=reports.ends_at(row),
        address=absolute(_own_path(locale, token)),
    )
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    return _unkept(answer, 410 if over else 200)


def _receive(locale: str) -> BaseResponse:
    form = request.form
    kind, code, place = (_line(form.get(name, "")) for name in ("kind", "code", "place"))
    typed = Typed(kind if kind in KINDS else "", code, place, _clean(form.get("text", "")))
    secret = current_app.config["SECRET_KEY"]
    stamp = reports.read_stamp(form.get("stamp", ""), secret)
    keys = [throttle.key(secret, "report", request.remote_addr or "")]
    errors = _wrong(locale, typed, stamp)
    if errors or stamp is None:
        if form.get("reference"):
            begin_writing()
            throttle.count(keys)
            db.session.commit()
        return _form_page(locale, typed, errors)
    return _keep(locale, typed, reports.token_of(stamp, secret), keys, [throttle.key(secret, "reports")])


def _keep(locale: str, typed: Typed, token: str, keys: list[str], all_keys: list[str]) -> BaseResponse:
    """Keep a report that is as it should be, once however often its form is sent, and lead to its page."""
    begin_writing()
    try:
        if reports.find(token) is None:
            wait = max(throttle.seconds_to_wait(keys), throttle.seconds_to_wait(all_keys, REPORTS_OF_ALL))
            if wait:
                db.session.rollback()
                return _form_page(locale, typed, wait=wait)
            actor = Actor(request=str(request.environ.get("pesona.number", "")))
            reports.receive(token, locale, (typed.kind, typed.code), typed.place, typed.text, actor)
            throttle.count(keys + all_keys)
        db.session.commit()
    except IntegrityError:
        # The same form twice at the same moment, on PostgreSQL: the other one was kept.
        db.session.rollback()
    answer = redirect(_own_path(locale, token), 303)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _wrong(locale: str, typed: Typed, stamp: Stamp | None) -> Errors:
    """Return what is wrong with a form that was sent, as (id of the field, message)."""
    speaker = i18n.speaker(locale)
    found = []
    if not typed.text:
        found.append(("text", EMPTY))
    for field, words, limit in (("place", typed.place, LONGEST_PLACE), ("text", typed.text, LONGEST)):
        if len(words) > limit:
            found.append((field, speaker.gettext(LONG, limit=limit)))
    if request.form.get("reference"):
        found.append(("send", TRAPPED))
    age = clock.utc_now() - stamp.at if stamp else None
    if age is None or age > SLOWEST:
        found.append(("send", TOO_OLD))
    elif age < FASTEST:
        found.append(("send", TOO_FAST))
    return found


def _form_page(locale: str, typed: Typed, errors: Errors | None = None, wait: int = 0) -> Response:
    speaker, about = i18n.speaker(locale), typed.about(locale)
    query = {"kind": typed.kind, "code": typed.code} if about else {}
    way: list[tuple[str, str | None]] = [(about.name, about.path)] if about else []
    paths = {one: addresses.section("report", one, **query) for one in LOCALES}
    top = _head(locale, speaker.gettext("Report a mistake"), paths, way)
    if errors or wait:
        top = replace(top, canonical="", title=f"{speaker.gettext('Error:')} {top.title}")
    fresh = reports.new_stamp(current_app.config["SECRET_KEY"])
    old = request.form.get("stamp", "") if ("send", TOO_OLD) not in (errors or []) else ""
    privacy = catalogue().path("page", "privacy", locale) or ""
    shown: dict[str, Any] = {"typed": typed, "about": about, "errors": errors or [], "wait": wait, "privacy": privacy}
    answer = page(
        "public/report.html", locale, top, cached=False, stamp=old or fresh, longest=(LONGEST_PLACE, LONGEST), **shown
    )
    if wait:
        answer.headers["Retry-After"] = str(wait)
    return _unkept(answer, 429 if wait else 422 if errors else 200)


def _head(locale: str, title: str, paths: dict[str, str], way: Trail = ()) -> Head:
    speaker = i18n.speaker(locale)
    return head(
        locale,
        title,
        speaker.gettext(
            "Tell the editors of Pesona Siak what is wrong on a page: without an account, without an e-mail."
        ),
        paths,
        index=False,
        canonical=addresses.section("report", locale),
        trail=[(SITE_NAME, addresses.home(locale)), *way, (title, None)],
    )


def _unkept(answer: Response, status: int) -> Response:
    """Return *answer* as one that neither our page cache nor a browser or proxy keeps."""
    answer.status_code = status
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _own_path(locale: str, token: str) -> str:
    return addresses.section("report", locale, token)


def _card_of(row: Report, locale: str) -> Card | None:
    item = reports.item_of(row)
    return Typed(item.kind, item.code).about(locale) if item else None


def _clean(text: str) -> str:
    """Return *text* without what no keyboard types, its lines as they are."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return "".join(letter for letter in lines if letter == "\n" or (letter >= " " and letter != "\x7f")).strip()


def _line(text: str) -> str:
    return " ".join(_clean(text).split())
