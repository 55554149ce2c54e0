"""Commands for the search index and for what is published."""

from collections import Counter

import click
from flask import current_app
from flask.cli import AppGroup

from pesona.cli.running import fail, need_database, progress, report
from pesona.editing import broken_links, content_check, schedule
from pesona.search import follow

index = AppGroup("index", help="The search index.")


@index.command("rebuild")
def index_rebuild() -> None:
    """Make the index again from what is published."""
    need_database()
    click.echo(f"The index holds {follow.rebuild()} documents.")


@index.command("check")
def index_check() -> None:
    """Report every difference between the index and what is published."""
    need_database()
    report(list(follow.differences()), "The index agrees with what is published.")


content = AppGroup("content", help="What is published.")


@content.command("check")
def content_check_command() -> None:
    """Report every difference between the public tables and the published revisions."""
    need_database()
    report(list(content_check.differences()), "The public tables agree with the published revisions.")


@content.command("due")
def content_due() -> None:
    """Publish and withdraw what is due; the site does the same by itself when somebody looks at it."""
    need_database()
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


@content.command("links")
def content_links() -> None:
    """Ask every outside address of the published text whether it still answers; the site does so a few a minute."""
    need_database()
    config = current_app.config
    with broken_links.locked(config["HOME"], wait=True):
        broken_links.collect()
        asked = broken_links.check(broken_links.all_urls(), broken_links.asking(config["SITE_URL"]))
        found = list(progress(asked, "Asking", name=lambda step: str(step[0])))
    failed = sum(problem != "" for _, problem in found)
    click.echo(
        f"Of {len(found)} outside addresses {failed} failed today; {broken_links.broken()} failed on "
        f"{broken_links.FAILED_DAYS} days or more and stand on Home of the desk."
    )
