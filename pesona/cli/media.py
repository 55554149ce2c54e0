"""Commands for the photos and the files made from them."""

import click
from flask import current_app
from flask.cli import AppGroup

from pesona.cli.running import need_database, progress, report
from pesona.media import queue

media = AppGroup("media", help="The photos and the files made from them.")


@media.command("check")
def media_check() -> None:
    """Report every original and every rendition that is missing, broken or not made yet."""
    need_database()
    report(list(queue.differences(current_app.extensions["pesona.media"])), "Every photo has all of its files.")


@media.command("rebuild")
def media_rebuild() -> None:
    """Make again whatever renditions are missing."""
    need_database()
    made = list(progress(queue.rebuild(current_app.extensions["pesona.media"]), "Making"))
    click.echo(f"{len(made)} photos looked at, {sum(files for _, files in made)} files made again.")
