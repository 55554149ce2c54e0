"""What all commands share: one writing transaction, failure in one line, progress."""

import sys
from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any, NoReturn

import click

from pesona.db import begin_writing, db
from pesona.editing import (
    schema,
)

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


def report(lines: list[str], all_well: str) -> None:
    for line in lines:
        click.echo(line)
    if lines:
        fail(f"{len(lines)} differences")
    click.echo(all_well)
