"""Commands that make and serve the site."""

import os

import click
from flask import current_app
from flask.cli import with_appcontext
from granian import Granian
from granian.constants import Interfaces

from pesona.cli.running import need_database, progress, writing
from pesona.db import db
from pesona.editing import accounts, demo, items, schema
from pesona.search import follow

# The server's own words go where all logs go.
LOGGING = {
    "handlers": {
        "console": {"formatter": "generic", "class": "logging.StreamHandler", "stream": "ext://sys.stderr"},
        "access": {"formatter": "access", "class": "logging.StreamHandler", "stream": "ext://sys.stderr"},
    },
}


@click.command("init")
@with_appcontext
def init() -> None:
    """Create or upgrade the database and the search index; safe to repeat."""
    schema.init()
    follow.ensure()
    click.echo(f"The database and the index in {current_app.config['HOME']} are ready.")


@click.command("demo")
@click.option("--if-empty", is_flag=True, help="Do nothing where there is any content.")
@with_appcontext
@writing
def demo_command(if_empty: bool) -> None:
    """Load the Siak content; what is there already is left as it is. Safe to repeat."""
    if if_empty and items.any_exists():
        return
    new = sum(made for _, _, made in progress(demo.load(), "Loading"))
    days = demo.load_holidays()
    click.echo(f"{new} items loaded and published, {days} days of the calendar of holidays.")


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64))
@with_appcontext
def serve(host: str, port: int, workers: int) -> None:
    """Run the production server in the foreground until it is told to stop."""
    need_database()
    follow.ensure()
    address = os.environ.setdefault("PESONA_SITE_URL", f"http://{host}:{port}")
    db.engine.dispose()
    click.echo(f"Pesona Siak answers at {address}/id/ and {address}/en/", err=True)
    if not accounts.any_exists():
        click.echo(
            "Make the first account with: pesona account create you@example.go.id --role administrator "
            "--password-stdin",
            err=True,
        )
    Granian(
        "pesona.app:serving",
        factory=True,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=4,
        backlog=1024,
        respawn_failed_workers=True,
        log_dictconfig=LOGGING,
    ).serve()
