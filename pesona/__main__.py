"""The `pesona` console script."""

import os
import sys

from flask.cli import FlaskGroup
from sqlalchemy.exc import OperationalError

from pesona.app import create_app
from pesona.settings import WrongSetting, read_settings, secret_key

main_group = FlaskGroup(create_app=create_app, add_default_commands=False, help="Pesona Siak, from the shell.")


def main() -> None:
    """Run a command; a wrong setting or a database that does not answer ends it with one clear line."""
    try:
        secret_key(read_settings(os.environ))
        main_group(prog_name="pesona")
    except WrongSetting as wrong:
        sys.exit(f"pesona: {wrong}")
    except OperationalError as problem:
        sys.exit(f"pesona: the database of PESONA_DATABASE_URL cannot be used: {str(problem.orig).strip()}")


if __name__ == "__main__":
    main()
