"""The files of photos and the cards beside shared links, for ever the same under their address."""

from flask import Response, abort, current_app, request

from pesona.assets import YEAR
from pesona.locales import LOCALES
from pesona.media.store import Store
from pesona.pictures import TYPES
from pesona.public.blueprint import bp
from pesona.sharing import card_of
from pesona.social.kept import Cards

# A picture opened by itself may do nothing at all, whatever its bytes pretend to be.
CSP = "default-src 'none'; sandbox"


@bp.get("/media/<name>")
def media(name: str) -> Response:
    """Answer one file of a photo: its name says what it holds, so it never changes."""
    store: Store = current_app.extensions["pesona.media"]
    content = store.read(name)
    if content is None:
        abort(404)
    return _picture(content, name)


@bp.get("/media/cards/<any({}):locale>/<kind>/<name>".format(",".join(LOCALES)))
def social_card(locale: str, kind: str, name: str) -> Response:
    """Answer the card of what is live, under no address but that of its present words."""
    card = card_of(kind, name.rpartition("-")[0], locale)
    if card is None or card.address != request.path:
        abort(404)
    cards: Cards = current_app.extensions["pesona.cards"]
    try:
        content = cards.content(card)
    except OSError:
        abort(404)
    return _picture(content, name)


def _picture(content: bytes, name: str) -> Response:
    answer = Response(content, content_type=TYPES[name.rpartition(".")[2]])
    answer.headers["Cache-Control"] = YEAR
    answer.headers["Content-Security-Policy"] = CSP
    answer.set_etag(name)
    answer.make_conditional(request)
    return answer
