"""A draft as its public page would look: at the desk, and by a signed link for those without an account."""

from dataclasses import dataclass, replace

from flask import Blueprint, Response, abort, current_app, make_response, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from pesona import addresses, clock, details, i18n
from pesona.admin.blueprint import actor, desk, number_up_to, page, posted
from pesona.admin.items import BOTH, WITH_A_PAGE, base_of, display_name, guarded_item, item_address
from pesona.admin.sign_in import signed_owner
from pesona.editing import log
from pesona.editing import preview as previews
from pesona.head import absolute
from pesona.locales import other_locale
from pesona.models.item import Item
from pesona.text import dates

LOCALE = "<any(id,en):locale>"

# Outside the desk: whoever has the link may look, without an account.
shared = Blueprint("shared", __name__)


@dataclass(frozen=True, slots=True)
class Ribbon:
    """What the ribbon above a preview says, and where it leads back to."""

    sentence: str
    back: str = ""


@desk(f"/{WITH_A_PAGE}/<code>/preview/{LOCALE}", "read")
def preview(plural: str, code: str, locale: str) -> Response:
    """Show a revision of an item as its public page would look."""
    item = guarded_item(plural, code)
    number = _revision(item)
    speaker = i18n.speaker(locale)
    said = speaker.gettext("Preview of revision %(number)s: readers do not see this page.", number=number)
    switch = item_address(item, "preview", locale=other_locale(locale), revision=number)
    return _drawn(item, number, locale, Ribbon(said, item_address(item)), switch)


@desk(f"/{WITH_A_PAGE}/<code>/preview-link/{LOCALE}", "preview_link", BOTH)
def preview_link(plural: str, code: str, locale: str) -> BaseResponse:
    """Make a link by which anybody may look at the newest revision for seven days."""
    item = guarded_item(plural, code, "preview_link")
    address, until = "", None
    if posted():
        number = base_of(item, request.form)
        token, until = previews.make_link(item, number, locale, current_app.config["SECRET_KEY"])
        address = absolute(url_for("shared.preview_by_link", token=token))
        log.note(actor(), "preview_link", locale, item=item, revision=number, until=f"{until}Z")
    return page(
        "preview_link",
        item=item,
        name=display_name(item),
        owner=signed_owner(),
        action=item_address(item, "preview_link", locale=locale),
        look=item_address(item, "preview", locale=locale),
        back=item_address(item),
        in_locale=locale,
        address=address,
        until=until,
    )


@shared.get("/preview/<token>")
def preview_by_link(token: str) -> Response:
    """Show the one revision in one language that a signed link names, until it ends."""
    link = previews.read_link(token, current_app.config["SECRET_KEY"])
    if link is None:
        abort(404)
    if link.until <= clock.utc_now():
        abort(410)
    ends = dates.moment(link.until, link.locale)
    said = i18n.speaker(link.locale).gettext("Preview of a draft. This link ends on %(when)s.", when=ends)
    home = addresses.home(other_locale(link.locale))
    answer = _drawn(link.item, link.revision, link.locale, Ribbon(said), home)
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    return answer


def _revision(item: Item) -> int:
    given = request.args.get("revision", "")
    return number_up_to(item.head, given, 404) if given else item.head


def _drawn(item: Item, number: int, locale: str, ribbon: Ribbon, switch: str) -> Response:
    shown = previews.as_public(item, number)
    if shown is None:
        abort(404)
    detail = details.of(shown, locale)
    # A draft has no address of its own yet, and nothing that machines may keep.
    head = replace(
        detail.head,
        switch=switch,
        canonical=absolute(addresses.home(locale)),
        alternates=(),
        jsonld=(),
        robots="noindex, nofollow",
    )
    context = {"preview": ribbon, **i18n.menus(locale), **detail.context}
    return make_response(i18n.render(detail.template, locale, head=head, **context))
