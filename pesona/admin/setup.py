"""Give the application its desk."""

from flask import Flask

from pesona.admin import (  # noqa: F401 - they register views
    edit,
    immediate,
    items,
    listing,
    names,
    publication,
    sign_in,
    synonyms,
)
from pesona.admin.blueprint import bp
from pesona.locales import LOCALES


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
    for locale in LOCALES:
        speaker = app.extensions["pesona.speakers"][locale]
        app.extensions["pesona.templates"][locale].globals.update(names.template_globals(speaker))
