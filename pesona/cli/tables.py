"""Commands that bring content in and out as tables."""

from pathlib import Path

import click
from flask.cli import with_appcontext

from pesona.cli.running import fail, progress, writing
from pesona.editing import log
from pesona.editing.imports import batches, columns, export, run, tables
from pesona.editing.imports.findings import Unreadable
from pesona.editing.imports.plan import Outcome
from pesona.editing.imports.run import Choices
from pesona.editing.log import Actor

FILE = click.Path(dir_okay=False, path_type=Path)
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
    planned = [_told(one, dry_run) for one in progress(run.check(table, file.name), "Checking", _code)]
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
    live = sum(_blocked(one, publish).published for one in progress(steps, "Importing", _code))
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
    found = list(progress(export.rows(kind), "Exporting", lambda row: row[0]))
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
