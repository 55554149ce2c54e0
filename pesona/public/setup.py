"""Give the application its public pages."""

from flask import Flask

from pesona.public import (  # noqa: F401 - they register views
    api,
    api_areas,
    api_dates,
    api_description,
    api_files,
    areas,
    calendars,
    destinations,
    events,
    feeds,
    home,
    machines,
    map,
    media,
    offline,
    pages,
    plan,
    plan_files,
    reports,
    search,
    suggest,
)
from pesona.public.blueprint import bp


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
