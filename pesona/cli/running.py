"""What all commands share: one writing transaction, failure in one line, progress."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, NoReturn

import click

from pesona.db import begin_writing, db
from pesona.editing import schema
from pesona.editing.archive import Tell

Command = Callable[..., Any]


def writing(command: Command) -> Command:
    """Run *command* in one writing transaction, committed at its end."""

    @wraps(command)
    def run(*args: Any, **values: Any) -> Any:
        need_database()
        begin_writing()
        done = command(*args, **values)
        db.session.commit()
        return done

    return run


def fail(message: str) -> NoReturn:
    raise click.ClickException(message)


def need_database() -> None:
    if not schema.is_current():
        fail("the database is missing or older than this release: run `pesona init` first")


def progress(steps: Iterator[Any], label: str, name: Callable[[Any], str] = lambda step: str(step[1])) -> Iterator[Any]:
    if not sys.stderr.isatty():
        yield from steps
        return
    with click.progressbar(steps, label=label, file=sys.stderr, item_show_func=lambda s: s and name(s)) as bar:
        yield from bar


@contextmanager
def told(label: str, now: Callable[[], float] = time.monotonic) -> Iterator[Tell]:
    """Give what tells how far a deed is: by a bar on a terminal, elsewhere by a line each second after the first."""
    if not sys.stderr.isatty():
        yield _by_lines(label, now)
        return
    with click.progressbar(length=1, label=label, file=sys.stderr, item_show_func=lambda name: name) as bar:

        def tell(done: int, of: int, name: str) -> None:
            bar.length = of
            bar.update(done - bar.pos, name)

        yield tell


def _by_lines(label: str, now: Callable[[], float]) -> Tell:
    last = now()

    def tell(done: int, of: int, _name: str) -> None:
        nonlocal last
        if now() - last >= 1:
            last = now()
            click.echo(f"{label}: {done} of {of} files", err=True)

    return tell


def report(lines: list[str], all_well: str) -> None:
    for line in lines:
        click.echo(line)
    if lines:
        fail(f"{len(lines)} differences")
    click.echo(all_well)
