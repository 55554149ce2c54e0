"""Commands that back up and restore the site."""

from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from pesona.cli.running import fail, need_database, told
from pesona.editing import archive, backup, restore
from pesona.editing.log import Actor
from pesona.search import follow

FILE = click.Path(dir_okay=False, path_type=Path)
file_argument = click.argument("file", type=FILE)


@click.command("backup")
@file_argument
@with_appcontext
def backup_command(file: Path) -> None:
    """Write database, media and secret key to FILE, while the site runs; keep it as safe as a password."""
    need_database()
    try:
        with told("Writing") as tell:
            count = backup.backup(file.absolute(), current_app.config["HOME"], Actor(command="backup"), tell)
    except archive.Refused as refused:
        fail(str(refused))
    click.echo(f"{file} holds the site: {count} files, {file.stat().st_size:,} bytes. It contains the secret key.")


@click.command("restore")
@file_argument
@click.option("--overwrite", is_flag=True, help="Also where there is a site already, which is lost.")
@with_appcontext
def restore_command(file: Path, overwrite: bool) -> None:
    """Put the backup FILE in the place of this site; nothing is touched before all of it was checked."""
    try:
        with told("Unpacking") as tell:
            done = restore.restore(file.absolute(), current_app.config["HOME"], overwrite, tell)
    except archive.Refused as refused:
        fail(str(refused))
    documents = follow.rebuild()
    click.echo(
        f"The site of {done.made_at} is back: {done.items} items, {done.media} media files, {documents} documents in "
        "the index. Everybody signs in anew; start a running server again, so that it takes the secret key."
    )
