"""Files on their way in: checked and kept for a day, run, taken back."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import select, update

from pesona.clock import utc_now
from pesona.db import db
from pesona.editing import log
from pesona.editing.imports import run, tables, undo
from pesona.editing.imports.plan import KINDS, OUTCOMES, Outcome, outcome_of
from pesona.editing.imports.run import Choices, Made
from pesona.editing.imports.tables import Table
from pesona.editing.log import Actor
from pesona.models.import_batch import ImportBatch

KEPT = timedelta(hours=24)
MOST_BYTES = 5 * 1024 * 1024
MOST_ROWS = 2_000


class NotNow(ValueError):
    """The file cannot be run or taken back now; *reason* says why."""

    def __init__(self, reason: str, outcomes: Sequence[Outcome] = ()) -> None:
        super().__init__(reason)
        self.reason = reason
        self.outcomes = list(outcomes)


def find(number: int, lock: bool = False) -> ImportBatch | None:
    """Return the batch, its row locked until the transaction ends where *lock* is wanted."""
    statement = select(ImportBatch).where(ImportBatch.id == number)
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    return db.session.scalar(statement)


def newest(limit: int = 20) -> list[ImportBatch]:
    return list(db.session.scalars(select(ImportBatch).order_by(ImportBatch.id.desc()).limit(limit)))


def is_kept(batch: ImportBatch) -> bool:
    """Tell whether the file itself is still there."""
    return batch.created_at > utc_now() - KEPT


def check(kind: str, file_name: str, content: bytes, actor: Actor) -> ImportBatch:
    """Check *content* and keep it with what would become of each row; raises `Unreadable`."""
    forget_old()
    table = tables.read(kind, content, MOST_ROWS)
    outcomes = list(run.check(table, file_name))
    return _keep(table, file_name, actor, outcomes, content=content)


def forget_old() -> None:
    """Drop files that were kept for a day; what was made of them stays known."""
    old = update(ImportBatch).where(ImportBatch.created_at <= utc_now() - KEPT, ImportBatch.content.is_not(None))
    db.session.execute(old.values(content=None, outcomes=[]))


def _keep(table: Table, file_name: str, actor: Actor, outcomes: Iterable[Outcome], **more: Any) -> ImportBatch:
    listed = list(outcomes)
    form = {"encoding": table.encoding, "separator": table.separator, "decimal": table.decimal,
            "dates": table.dates, "dates_guessed": table.dates_guessed, "columns": table.header}  # fmt: skip
    batch = ImportBatch(
        kind=table.kind,
        file_name=file_name[:200],
        form=form,
        counts=counted(listed),
        account_id=actor.account_id,
        command=actor.command,
        outcomes=[one.as_json() for one in listed] if "content" in more else [],
        **more,
    )
    db.session.add(batch)
    db.session.flush()
    return batch


def counted(outcomes: Iterable[Outcome]) -> dict[str, int]:
    """Return how many rows came out how; together they are the rows read."""
    counts = Counter(one.outcome for one in outcomes)
    return {name: counts[name] for name in OUTCOMES}


def outcomes_of(batch: ImportBatch) -> list[Outcome]:
    return [outcome_of(one) for one in batch.outcomes]


def table_of(batch: ImportBatch) -> Table:
    """Return the file of *batch* as a table; raises `NotNow` where it is not kept any more."""
    if batch.content is None or not is_kept(batch):
        raise NotNow("expired")
    return tables.read(batch.kind, batch.content, MOST_ROWS)


def run_checked(batch: ImportBatch, actor: Actor, only_good: bool, publish: bool) -> None:
    """Store the rows of *batch*: all, or *only_good*. Raises `NotNow`; then nothing is written."""
    table = table_of(batch)
    if batch.state != "checked":
        raise NotNow("ran")
    # Of a code that comes twice the first row counts; the second is wrong.
    bases = {one["code"]: one["base"] for one in reversed(batch.outcomes)}
    planned = list(run.check(table, batch.file_name, bases))
    if not only_good and any(one.outcome == "wrong" for one in planned):
        raise NotNow("wrong", planned)
    done = list(run.run(table, batch.file_name, Choices(actor, publish, bases)))
    batch.outcomes = [outcome.as_json() for outcome, _ in done]
    _ended(batch, [outcome for outcome, _ in done], [made for _, made in done if made], publish, actor)


def record(
    table: Table, file_name: str, actor: Actor, done: Iterable[tuple[Outcome, Made | None]], publish: bool
) -> Iterator[Outcome]:
    """Yield the outcomes of a command's run while they come; keep what it made, so that it can be taken back."""
    made, counts = [], []
    for outcome, one in done:
        yield outcome
        counts.append(Outcome(outcome.line, outcome.code, outcome.outcome, published=outcome.published))
        if one:
            made.append(one)
    _ended(_keep(table, file_name, actor, counts), counts, made, publish, actor)


def _ended(batch: ImportBatch, outcomes: Sequence[Outcome], made: list[Made], publish: bool, actor: Actor) -> None:
    batch.counts = {**counted(outcomes), "published": sum(one.published for one in outcomes)}
    batch.state, batch.ended_at = "done", utc_now()
    batch.made, batch.published = made, publish
    log.note(actor, "import", f"{batch.kind}: {batch.file_name}", number=batch.id, counts=batch.counts)


def take_back(batch: ImportBatch, actor: Actor) -> None:
    """Restore what *batch* changed, except what somebody touched since; raises `NotNow`."""
    if batch.state != "done":
        raise NotNow("not_ran" if batch.state == "checked" else "undone")
    batch.left_alone = undo.take_back(KINDS[batch.kind].KIND, batch.made, actor, f"import {batch.id}")
    batch.state = "undone"
    restored = len(batch.made) - len(batch.left_alone)
    log.note(
        actor,
        "import_undo",
        f"{batch.kind}: {batch.file_name}",
        number=batch.id,
        restored=restored,
        left_alone=batch.left_alone,
    )
