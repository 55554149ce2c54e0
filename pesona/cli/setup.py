"""Give the application its commands."""

from flask import Flask

from pesona.cli.accounts import account
from pesona.cli.archive import backup_command, restore_command
from pesona.cli.checks import content, index
from pesona.cli.media import media
from pesona.cli.site import demo_command, init, serve
from pesona.cli.tables import export_command, import_command


def register(app: Flask) -> None:
    """Add every command to *app*."""
    for command in (
        init,
        demo_command,
        serve,
        account,
        index,
        content,
        media,
        backup_command,
        restore_command,
        import_command,
        export_command,
    ):
        app.cli.add_command(command)
