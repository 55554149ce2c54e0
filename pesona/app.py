"""The factory: settings in, application out, one line a part."""

import gc
import hashlib
import logging
import os
from collections.abc import Mapping
from functools import partial

from flask import Flask
from jinja2 import StrictUndefined

from pesona import assets, clock, counts, db, errors, i18n, security
from pesona.access import AccessLog
from pesona.admin import setup as admin
from pesona.cache import PageCache
from pesona.cli.setup import register as register_commands
from pesona.db import db as database
from pesona.editing import broken_links, reports, schedule, schema
from pesona.media import queue
from pesona.media.store import Store
from pesona.models import changes
from pesona.paths import PACKAGE, resource_folder
from pesona.public import setup as public
from pesona.search import setup as search
from pesona.settings import Settings, read_settings, secret_key
from pesona.social.kept import Cards


def create_app(environ: Mapping[str, str] | None = None, clock_of_site: clock.Clock | None = None) -> Flask:
    """Return the application for the PESONA_* settings in *environ* (the process's own by default).

    Raises `WrongSetting` where one cannot be used. *clock_of_site* tells the time in tests.
    """
    settings = read_settings(os.environ if environ is None else environ)
    app = Flask("pesona", static_folder=None, template_folder=str(resource_folder("templates")))
    app.config.from_mapping(_configuration(settings))
    app.jinja_options = {**app.jinja_options, "undefined": StrictUndefined, "autoescape": True, "trim_blocks": True}
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.url_map.redirect_defaults = False
    app.url_map.strict_slashes = True
    app.url_map.merge_slashes = False
    clock.set_clock(clock_of_site)
    db.init_app(app)
    changes.listen()
    schema.migrate.init_app(app)
    search.init_app(app, settings.home)
    app.extensions["pesona.media"] = store = Store(settings.home)
    app.extensions["pesona.cards"] = Cards(settings.home, store)
    assets.init_app(app)
    i18n.init_app(app)
    errors.init_app(app)
    public.init_app(app)
    admin.init_app(app)
    register_commands(app)
    app.config["RELEASE"] = _release(app)
    with app.app_context():
        counts.begin(database.engine, app.config["SECRET_KEY"])
        pages = PageCache(app.wsgi_app, database.engine, app.config["RELEASE"], partial(_publish_due, app))
    app.extensions["pesona.pages"] = app.wsgi_app = pages  # type: ignore[method-assign]
    security.init_app(app, settings.proxies)
    return app


def serving() -> AccessLog:
    """Return the application as the production server runs it, with a log line for each request."""
    app = create_app()
    # What stands now stands until the end: the collector need not walk through it again and again.
    gc.collect()
    gc.freeze()
    with app.app_context():
        counts.keep_flushing(database.engine)
    queue.keep_working(app.extensions["pesona.media"], app.app_context)
    reports.keep_forgetting(app.app_context)
    broken_links.keep_checking(app.config["HOME"], app.config["SITE_URL"], app.app_context)
    return AccessLog(app.wsgi_app, app.extensions["pesona.pages"].ready)


def _configuration(settings: Settings) -> dict[str, object]:
    return {
        "HOME": settings.home,
        "SITE_URL": settings.site_url,
        "SECRET_KEY": secret_key(settings),
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "OFFLINE": settings.offline,
    }


def _publish_due(app: Flask) -> bool:
    with app.app_context():
        return schedule.heal()


def _release(app: Flask) -> str:
    """Return the hash of everything that draws a page: code, templates, phrases, styles, and the setting it tells of."""
    digest = hashlib.sha256(f"{app.extensions['pesona.assets'].hash}{app.config['OFFLINE']}".encode())
    for folder, pattern in (
        (PACKAGE, "**/*.py"),
        (resource_folder("templates"), "**/*"),
        (resource_folder("translations"), "**/*.mo"),
    ):
        for file in sorted(folder.glob(pattern)):
            if file.is_file():
                digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


logging.getLogger("pesona").setLevel(logging.INFO)
