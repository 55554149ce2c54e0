"""What every answer carries and every request must pass: headers, same origin, clean bytes."""

from flask import Flask, Response, abort, current_app, request
from werkzeug.middleware.proxy_fix import ProxyFix

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
ALLOWED_FEATURES = ("geolocation=(self)", "web-share=(self)")
REFUSED_FEATURES = (
    "accelerometer", "autoplay", "browsing-topics", "camera",
    "clipboard-read", "clipboard-write", "cross-origin-isolated", "display-capture", "encrypted-media",
    "fullscreen", "gamepad", "gyroscope", "hid", "identity-credentials-get", "idle-detection",
    "local-fonts", "magnetometer", "microphone", "midi", "otp-credentials", "payment",
    "picture-in-picture", "publickey-credentials-get", "screen-wake-lock", "serial", "storage-access",
    "usb", "window-management", "xr-spatial-tracking",
)  # fmt: skip
HEADERS = {
    "Content-Security-Policy": CSP,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join((*ALLOWED_FEATURES, *(f"{name}=()" for name in REFUSED_FEATURES))),
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
}
HSTS = "max-age=63072000; includeSubDomains"
SAFE = ("GET", "HEAD", "OPTIONS")
SHARED = ("/api/", "/media/")
LARGEST_BODY = 2 * 1024 * 1024


def init_app(app: Flask, proxies: int) -> None:
    """Guard every request to *app*, seen through *proxies* trusted ones in front."""
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    app.config["MAX_FORM_MEMORY_SIZE"] = LARGEST_BODY
    app.config["MAX_FORM_PARTS"] = 2000
    if proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies)  # type: ignore[method-assign]
    app.before_request(_refuse_unclean_bytes)
    app.before_request(_refuse_foreign_origins)
    app.after_request(_add_headers)


def _refuse_unclean_bytes() -> None:
    # No address of ours holds NUL, and the replacement sign means broken UTF-8.
    if "\0" in request.path or "\ufffd" in request.path:
        abort(404)


def _refuse_foreign_origins() -> None:
    if request.method not in SAFE and not is_same_origin():
        abort(403)


def is_same_origin() -> bool:
    """Tell whether the browser says that the request comes from a page of this site."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin", "").lower()
    return origin != "" and origin in (current_app.config["SITE_URL"], request.host_url.rstrip("/").lower())


def is_safe_next(target: str) -> bool:
    """Tell whether *target* is an address on this site, such as `/admin`: never `//evil` or a control."""
    controls = any(ord(letter) < 33 or ord(letter) == 127 for letter in target)
    return target.startswith("/") and not target.startswith("//") and not controls and "\\" not in target


def _add_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.path.startswith(SHARED) or response.mimetype in ("application/atom+xml", "text/calendar"):
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    if request.path.startswith("/api/") and request.method in ("GET", "HEAD"):
        response.headers["Access-Control-Allow-Origin"] = "*"
    if response.mimetype == "text/html":
        response.headers["Cross-Origin-Embedder-Policy"] = "require-corp"
    if current_app.config["SITE_URL"].startswith("https:"):
        response.headers["Strict-Transport-Security"] = HSTS
    return response
