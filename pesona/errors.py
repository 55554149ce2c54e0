"""One handler for every HTTP error: the reader's language, a way on, no internals."""

import logging
import secrets
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, current_app, g, jsonify, redirect, request
from werkzeug.exceptions import HTTPException, InternalServerError, NotFound
from werkzeug.wrappers import Response as BaseResponse

from pesona import addresses, i18n
from pesona.db import db
from pesona.head import error_head
from pesona.queries.notices import for_site
from pesona.text.names import N_

log = logging.getLogger(__name__)

SENTENCES = {
    400: (N_("That request was not understood"), N_("Something in the address or the form is not as it should be.")),
    403: (N_("That is not allowed"), N_("You may not do this here, or the request came from another site.")),
    404: (N_("This page is not here"), N_("The address is wrong, or the page was never published or is not any more.")),
    405: (N_("That is not possible here"), N_("This address does not take that kind of request.")),
    409: (N_("Somebody was faster"), N_("The item has changed since you opened it.")),
    410: (N_("This page has been removed"), N_("What stood here was removed for good.")),
    413: (N_("That is too large"), N_("What you sent is larger than this form takes. Shorten it and send it again.")),
    429: (N_("Too many tries"), N_("Please wait a little and try again.")),
    500: (N_("Something went wrong"), N_("The mistake is ours and has been noted. Please try again in a moment.")),
}

# Shown where even the error page cannot be drawn.
PLAINEST = """<!doctype html>
<html lang="id">
<head><meta charset="utf-8"><title>Ada yang tidak beres · Pesona Siak</title></head>
<body><main>
<h1>Ada yang tidak beres</h1>
<p>Kesalahan ada pada kami dan sudah dicatat. Silakan coba lagi sebentar lagi.</p>
<p lang="en">Something went wrong. The mistake is ours and has been noted. Please try again in a moment.</p>
<p>{number}</p>
</main></body>
</html>
"""


def init_app(app: Flask) -> None:
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _last_resort)


def _http_error(error: HTTPException) -> Any:
    if error.response is not None:
        return error.response
    if isinstance(error, NotFound) and (better := _tidy_address()):
        return redirect(better, 301)
    return _page(error.code or 500, error)


def _last_resort(error: Exception) -> BaseResponse:
    db.session.rollback()
    g.request_number = request.environ.get("pesona.number") or secrets.token_hex(4)
    log.error("request %s failed: %s %r", g.request_number, request.method, request.path, exc_info=error)
    try:
        return _page(500, InternalServerError())
    except Exception:
        log.exception("the error page itself failed")
        return Response(PLAINEST.format(number=g.request_number), 500, content_type="text/html; charset=utf-8")


def _tidy_address() -> str | None:
    """Return the address without trailing slashes and capitals, if a page answers there."""
    tidy = request.path.rstrip("/").lower()
    if addresses.locale_of(tidy) == tidy[1:]:
        tidy += "/"
    if tidy == request.path or request.method not in ("GET", "HEAD") or not addresses.locale_of(tidy):
        return None
    try:
        endpoint, values = current_app.create_url_adapter(request).match(tidy, "GET")  # type: ignore[union-attr]
        current_app.view_functions[endpoint](**values)
    except HTTPException:
        return None
    query = request.query_string.decode("ascii", "ignore")
    return f"{tidy}?{query}" if query else tidy


def _page(code: int, error: HTTPException) -> Response:
    heading, message = SENTENCES.get(code, SENTENCES[400 if code < 500 else 500])
    locale = i18n.locale()
    speaker = i18n.speaker(locale)
    if request.path.startswith("/api/"):
        answer = _problem(code, message, error)
    else:
        head = error_head(locale, speaker.gettext(heading))
        answer = Response(
            i18n.render(
                "errors/error.html",
                locale,
                head=head,
                code=code,
                heading=speaker.gettext(heading),
                message=speaker.gettext(message),
                number=g.get("request_number"),
                notices=for_site(),
                **i18n.menus(locale),
            ),
            content_type="text/html; charset=utf-8",
        )
    answer.status_code = code
    of_desk = request.path.startswith(("/admin", "/preview/"))
    answer.headers["Cache-Control"] = "no-store" if of_desk else "no-cache"
    answer.headers["X-Robots-Tag"] = "noindex, nofollow" if of_desk else "noindex"
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After"):
            answer.headers[name] = value
    return answer


def _problem(code: int, message: str, error: HTTPException) -> Response:
    """Return an error as RFC 9457 tells it, whole in English; the API's own 400 says what is wrong with which parameter."""
    own = code == 400 and error.description != type(error).description
    detail = error.description if own else message
    answer = jsonify(type="about:blank", title=HTTPStatus(code).phrase, status=code, detail=detail)
    answer.content_type = "application/problem+json"
    return answer
