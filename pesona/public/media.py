"""The files of photos, for ever the same under their address."""

from flask import Response, abort, current_app, request

from pesona.assets import YEAR
from pesona.media.store import Store
from pesona.pictures import TYPES
from pesona.public.blueprint import bp

# A picture opened by itself may do nothing at all, whatever its bytes pretend to be.
CSP = "default-src 'none'; sandbox"


@bp.get("/media/<name>")
def media(name: str) -> Response:
    """Answer one file of a photo: its name says what it holds, so it never changes."""
    store: Store = current_app.extensions["pesona.media"]
    content = store.read(name)
    if content is None:
        abort(404)
    answer = Response(content, content_type=TYPES[name.rpartition(".")[2]])
    answer.headers["Cache-Control"] = YEAR
    answer.headers["Content-Security-Policy"] = CSP
    answer.set_etag(name)
    answer.make_conditional(request)
    return answer
