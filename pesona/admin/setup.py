"""Give the application its desk."""

from flask import Flask

from pesona.admin import (  # noqa: F401 - they register views
    accounts,
    closure,
    date_status,
    edit,
    guide,
    history,
    holidays,
    home,
    immediate,
    imports,
    item_photos,
    items,
    link_care,
    listing,
    log,
    names,
    own_account,
    password_link,
    photos,
    planning,
    point,
    point_map,
    preview,
    publication,
    readable,
    reports,
    reviews,
    rule_words,
    scratch,
    sentences,
    several,
    sign_in,
    synonyms,
    trash,
    uploads,
)
from pesona.admin.blueprint import bp
from pesona.locales import LOCALES


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
    app.register_blueprint(preview.shared)
    for locale in LOCALES:
        speaker = app.extensions["pesona.speakers"][locale]
        app.extensions["pesona.templates"][locale].globals.update(
            {
                **names.template_globals(speaker),
                **readable.template_globals(speaker),
                **rule_words.template_globals(speaker),
                **sentences.template_globals(speaker),
            }
        )
