"""The `pesona` commands."""

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from functools import wraps
from pathlib import Path
from typing import Any, NoReturn

import click
from flask import Flask, current_app
from flask.cli import AppGroup, with_appcontext
from granian import Granian
from granian.constants import Interfaces

from pesona.db import begin_writing, db
from pesona.editing import (
    accounts,
    archive,
    backup,
    content_check,
    demo,
    items,
    log,
    passwords,
    restore,
    schedule,
    schema,
)
from pesona.editing.imports import batches, columns, export, run, tables
from pesona.editing.imports.findings import Unreadable
from pesona.editing.imports.plan import Outcome
from pesona.editing.imports.run import Choices
from pesona.editing.log import Actor
from pesona.models.account import ROLES
from pesona.search import follow

Command = Callable[..., Any]

# The server's own words go where all logs go.
LOGGING = {
    "handlers": {
        "console": {"formatter": "generic", "class": "logging.StreamHandler", "stream": "ext://sys.stderr"},
        "access": {"formatter": "access", "class": "logging.StreamHandler", "stream": "ext://sys.stderr"},
    },
}


def register(app: Flask) -> None:
    """Add every command to *app*."""
    for command in (
        init,
        demo_command,
        serve,
        account,
        index,
        content,
        backup_command,
        restore_command,
        import_command,
        export_command,
    ):
        app.cli.add_command(command)


def writing(command: Command) -> Command:
    """Run *command* in one writing transaction, committed at its end."""

    @wraps(command)
    def run(*args: Any, **values: Any) -> Any:
        _need_database()
        begin_writing()
        done = command(*args, **values)
        db.session.commit()
        return done

    return run


def fail(message: str) -> NoReturn:
    raise click.ClickException(message)


def _need_database() -> None:
    if not schema.is_current():
        fail("the database is missing or older than this release: run `pesona init` first")


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
    new = sum(made for _, _, made in _progress(demo.load(), "Loading"))
    click.echo(f"{new} items loaded and published.")


def _progress(
    steps: Iterator[Any], label: str, name: Callable[[Any], str] = lambda step: str(step[1])
) -> Iterator[Any]:
    if not sys.stderr.isatty():
        yield from steps
        return
    with click.progressbar(steps, label=label, file=sys.stderr, item_show_func=lambda s: s and name(s)) as bar:
        yield from bar


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64))
@with_appcontext
def serve(host: str, port: int, workers: int) -> None:
    """Run the production server in the foreground until it is told to stop."""
    _need_database()
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


# The only way to hand over a password: never an argument, which others could see or a shell keep.
from_stdin = click.option(
    "--password-stdin", is_flag=True, required=True, expose_value=False, help="Read the password from standard input."
)

account = AppGroup("account", help="Accounts of the desk.")


def _password() -> str:
    try:
        return sys.stdin.buffer.readline().decode("utf-8").rstrip("\r\n")
    except UnicodeDecodeError:
        fail("the password is not UTF-8 text")


def _refuse_password(weak: passwords.WeakPassword) -> NoReturn:
    said = {
        "short": f"the password needs at least {passwords.MINIMUM} characters",
        "long": "the password is too long",
        "common": "the password is too easy to guess",
    }
    fail(said[weak.reason])


@account.command("create")
@click.argument("email")
@click.option("--role", required=True, type=click.Choice(ROLES))
@click.option("--name", default="", help="The name that colleagues see.")
@from_stdin
@writing
def account_create(email: str, role: str, name: str) -> None:
    """Make an account for EMAIL."""
    try:
        accounts.create(email, role, _password(), Actor(command="account create"), name)
    except passwords.WeakPassword as weak:
        _refuse_password(weak)
    except accounts.WrongAccount as wrong:
        fail(str(wrong))
    click.echo(f"{email} can sign in as {role}.")


@account.command("password")
@click.argument("email")
@from_stdin
@writing
def account_password(email: str) -> None:
    """Give EMAIL a new password and end its sign-ins."""
    found = accounts.find(email)
    if found is None:
        fail(f"there is no account {email}")
    try:
        accounts.set_password(found, _password(), Actor(command="account password"))
    except passwords.WeakPassword as weak:
        _refuse_password(weak)
    click.echo(f"{email} has a new password; its sign-ins have ended.")


index = AppGroup("index", help="The search index.")


@index.command("rebuild")
def index_rebuild() -> None:
    """Make the index again from what is published."""
    _need_database()
    click.echo(f"The index holds {follow.rebuild()} documents.")


@index.command("check")
def index_check() -> None:
    """Report every difference between the index and what is published."""
    _need_database()
    _report(list(follow.differences()), "The index agrees with what is published.")


content = AppGroup("content", help="What is published.")


@content.command("check")
def content_check_command() -> None:
    """Report every difference between the public tables and the published revisions."""
    _need_database()
    _report(list(content_check.differences()), "The public tables agree with the published revisions.")


@content.command("due")
def content_due() -> None:
    """Publish and withdraw what is due; the site does the same by itself when somebody looks at it."""
    _need_database()
    done = schedule.do_due()
    ended = Counter(row.state for _, row in done.ended)
    for item, row in done.ended:
        if row.state != "done":
            reasons = ", ".join(problem.rule for problem in schedule.problems(row)) or "something newer is live"
            click.echo(f"{item.kind} {item.code}: {row.state}: {reasons}")
    if done.errors:
        fail(f"{done.errors} could not be done; the reasons are in the log")
    told = f"{ended['done']} done, {ended['failed']} failed, {ended['skipped']} skipped."
    click.echo(f"Of what was due: {told}" if done.ended else "Nothing was due.")
    if ended["failed"]:
        fail(f"{ended['failed']} failed")


def _report(lines: list[str], all_well: str) -> None:
    for line in lines:
        click.echo(line)
    if lines:
        fail(f"{len(lines)} differences")
    click.echo(all_well)


FILE = click.Path(dir_okay=False, path_type=Path)
file_argument = click.argument("file", type=FILE)


@click.command("backup")
@file_argument
@with_appcontext
def backup_command(file: Path) -> None:
    """Write database, media and secret key to FILE, while the site runs; keep it as safe as a password."""
    _need_database()
    try:
        count = backup.backup(file.absolute(), current_app.config["HOME"], Actor(command="backup"))
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
        done = restore.restore(file.absolute(), current_app.config["HOME"], overwrite)
    except archive.Refused as refused:
        fail(str(refused))
    documents = follow.rebuild()
    click.echo(
        f"The site of {done.made_at} is back: {done.items} items, {done.media} media files, {documents} documents in "
        "the index. Everybody signs in anew; start a running server again, so that it takes the secret key."
    )


KINDS = click.Choice([*columns.COLUMNS, *columns.LATER])


@click.command("import")
@click.argument("kind", type=KINDS)
@click.argument("file", type=FILE)
@click.option("--dry-run", is_flag=True, help="Say what would become of each row and write nothing.")
@click.option("--publish", is_flag=True, help="Publish what is imported; what is not true enough stays a draft.")
@click.option("--only-good", is_flag=True, help="Leave wrong rows out instead of writing nothing.")
@click.option("--repair", type=FILE, help="Write the wrong rows, each with what is wrong, to this file.")
@with_appcontext
@writing
def import_command(kind: str, file: Path, dry_run: bool, publish: bool, only_good: bool, repair: Path | None) -> None:
    """Bring the rows of FILE (CSV or XLSX) into the content: all of them, or nothing."""
    table = _table(kind, file)
    click.echo(f"{file.name}: {_form(table)}")
    planned = [_told(one, dry_run) for one in _progress(run.check(table, file.name), "Checking", _code)]
    counts = batches.counted(planned)
    if repair and counts["wrong"]:
        _write(repair, export.repair(table, planned, _format(repair)))
    wrong = f"{counts['wrong']} of {table.count} rows are wrong"
    if dry_run:
        click.echo(f"{_counts(counts)}. Nothing was written.")
        return fail(wrong) if counts["wrong"] else None
    if counts["wrong"] and not only_good:
        fail(f"{wrong}; nothing was written")
    actor = Actor(command=f"import {kind}")
    steps = batches.record(table, file.name, actor, run.run(table, file.name, Choices(actor, publish)), publish)
    live = sum(_blocked(one, publish).published for one in _progress(steps, "Importing", _code))
    click.echo(f"{_counts(counts)}; {live} published." if publish else f"{_counts(counts)}. Drafts are not public yet.")
    return None


def _table(kind: str, file: Path) -> tables.Table:
    _refuse_later(kind)
    try:
        return tables.read(kind, file.read_bytes())
    except Unreadable as unreadable:
        fail(str(unreadable))
    except OSError as error:
        fail(f"{file}: {error.strerror}")


def _refuse_later(kind: str) -> None:
    if kind in columns.LATER:
        fail(f"{kind} cannot be imported or exported yet; this release knows {' and '.join(columns.COLUMNS)}")


def _form(table: tables.Table) -> str:
    if not table.encoding:
        return f"XLSX, {table.count} rows"
    dates = {"ymd": "ISO 8601", "dmy": "day first", "mdy": "month first"}[table.dates]
    guessed = " (guessed)" if table.dates_guessed else ""
    separator = {"\t": "tab"}.get(table.separator, table.separator)
    return (
        f"CSV, {table.count} rows, {table.encoding}, separator {separator}, "
        f"decimal sign {table.decimal}, dates {dates}{guessed}"
    )


def _told(one: Outcome, everything: bool) -> Outcome:
    """Print what is to be said of a row; its values are not kept."""
    if everything or one.findings:
        click.echo(f"line {one.line}: {one.outcome}" + (f" {one.code}" if one.code else ""))
    if everything:
        for column, old, new in one.changes:
            click.echo(f"  {column}: {_short(old)} -> {_short(new)}")
    for finding in one.findings:
        click.echo(f"  {'wrong' if finding.wrong else 'look'}: {finding.english()}")
    one.changes = []
    return one


def _short(text: str) -> str:
    line = " ".join(text.split())
    return repr(line if len(line) <= 60 else line[:59] + "…")


def _code(one: Outcome) -> str:
    return one.code


def _blocked(one: Outcome, publish: bool) -> Outcome:
    """Print what speaks against a row that was to go live."""
    if publish and one.problems:
        reasons = ", ".join(f"{p.part}.{p.field}: {p.rule}" for p in one.problems)
        click.echo(f"line {one.line}: {one.code} is {'live, not complete' if one.published else 'a draft'}: {reasons}")
    return one


def _counts(counts: dict[str, int]) -> str:
    return ", ".join(f"{number} {name}" for name, number in counts.items())


@click.command("export")
@click.argument("kind", type=KINDS)
@click.argument("file", type=FILE)
@with_appcontext
@writing
def export_command(kind: str, file: Path) -> None:
    """Write every item of KIND to FILE (.csv or .xlsx), newest drafts, sorted by code."""
    _refuse_later(kind)
    found = list(_progress(export.rows(kind), "Exporting", lambda row: row[0]))
    try:
        _write(file, export.content(kind, _format(file), found))
    except export.TooLong as long:
        fail(f"a text of {long} is too long for a cell of an XLSX file; export it as CSV")
    log.note(Actor(command=f"export {kind}"), "export", f"{kind}: {len(found)}")
    click.echo(f"{len(found)} {kind} written to {file}.")


def _format(file: Path) -> str:
    form = file.suffix.lower().removeprefix(".")
    return form if form in export.FORMATS else fail(f"{file}: the name must end in .csv or .xlsx")


def _write(file: Path, content: bytes) -> None:
    try:
        file.write_bytes(content)
    except OSError as error:
        fail(f"{file}: {error.strerror}")
