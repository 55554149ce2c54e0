"""The `pesona` console script."""

import os
import sys

from flask.cli import FlaskGroup

from pesona.app import create_app
from pesona.settings import WrongSetting, read_settings

main_group = FlaskGroup(create_app=create_app, add_default_commands=False, help="Pesona Siak, from the shell.")


def main() -> None:
    """Run a command; a wrong setting ends it with one clear line."""
    try:
        read_settings(os.environ)
    except WrongSetting as wrong:
        sys.exit(f"pesona: {wrong}")
    main_group(prog_name="pesona")


if __name__ == "__main__":
    main()
