"""The screens of import: a file checked, looked at row by row, run or taken back. Thin over `editing`."""

from typing import Any

from flask import Response, abort, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from pesona import i18n
from pesona.admin.blueprint import account, actor, desk, fields, page, posted, refuse
from pesona.admin.items import BOTH, people
from pesona.admin.sign_in import signed_owner
from pesona.editing import log
from pesona.editing.imports import batches, export
from pesona.editing.imports.cells import tidy
from pesona.editing.imports.columns import COLUMNS
from pesona.editing.imports.findings import SENTENCES, Finding, Unreadable
from pesona.editing.imports.plan import OUTCOMES, Outcome
from pesona.editing.permissions import can
from pesona.models.import_batch import ImportBatch
from pesona.paging import cut, page_number
from pesona.text.names import N_

NUMBER = "<int(max=2147483647):number>"
PAGE_SIZE = 200
FORM_BYTES = 64 * 1024  # of the fields beside the file

TOO_LARGE = N_("The file is larger than 5 MB. Split it, or let the operator import it with the command.")
NO_FILE = N_("Choose a file.")
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
NOT_NOW = {
    "wrong": N_("Some rows are wrong, so nothing was written. Mend the file, or import only the good rows."),
    "expired": N_("The file was kept for a day and is not there any more. Upload it again."),
    "ran": N_("This file was imported already."),
    "not_ran": N_("This file was not imported yet."),
    "undone": N_("This import was taken back already."),
    "long": N_("A text is too long for a cell of an XLSX file. Take CSV."),
}


def _too_large() -> BaseResponse:
    return _file_page(413, TOO_LARGE)


@desk("/import", "import_check", BOTH, batches.MOST_BYTES + FORM_BYTES, _too_large)
def import_file() -> BaseResponse:
    """Offer templates and current data, list the last imports; check a file and keep it."""
    if not posted():
        return _file_page()
    kind, file = request.form.get("kind", ""), request.files.get("file")
    content = file.read() if file else b""
    if kind not in COLUMNS:
        abort(400)
    if file is None or not content:
        return _file_page(422, NO_FILE)
    if len(content) > batches.MOST_BYTES:
        return _too_large()
    return _checked(kind, _name(file.filename), content)


def _checked(kind: str, name: str, content: bytes) -> BaseResponse:
    try:
        batch = batches.check(kind, name, content, actor())
    except Unreadable as wrong:
        return _file_page(422, i18n.speaker().gettext(SENTENCES[wrong.rule], **wrong.values))
    return redirect(url_for("admin.import_batch", number=batch.id), 303)


def _name(given: str | None) -> str:
    return tidy((given or "").replace("\\", "/").rpartition("/")[2])[:200] or "file"


def _file_page(status: int = 200, error: str = "") -> BaseResponse:
    typed = fields() if request.method == "POST" and status != 413 else {}
    return page(
        "import_file",
        status,
        kinds=list(COLUMNS),
        chosen=typed.get("kind", "destinations"),
        columns=COLUMNS,
        recent=batches.newest(),
        people=people(),
        owner=signed_owner(),
        errors=[("file", error)] if error else [],
        limit=batches.MOST_ROWS,
    )


@desk(f"/import/{NUMBER}", "import_check", BOTH)
def import_batch(number: int) -> BaseResponse:
    """Show what became of each row of a file, or would become; run it, take it back, give the wrong rows back."""
    batch = batches.find(number, lock=request.method == "POST")
    if batch is None:
        abort(404)
    action = request.form.get("action", "") if posted() else ""
    if action in ("run", "undo") and not can(account(), "import_run"):
        refuse("import_run")
    try:
        return _act(batch, action)
    except batches.NotNow as not_now:
        status = 422 if not_now.reason == "wrong" else 409
        return _batch_page(batch, status, NOT_NOW[not_now.reason], not_now.outcomes)


def _act(batch: ImportBatch, action: str) -> BaseResponse:
    if action in ("csv", "xlsx"):
        return _repair(batch, action)
    if action == "run":
        batches.run_checked(batch, actor(), request.form.get("rows") == "good", "publish" in request.form)
        return redirect(url_for("admin.import_batch", number=batch.id, done="imported"), 303)
    if action == "undo":
        batches.take_back(batch, actor())
        return redirect(url_for("admin.import_batch", number=batch.id, done="import_undone"), 303)
    return _batch_page(batch)


def _repair(batch: ImportBatch, form: str) -> Response:
    found = export.repair(batches.table_of(batch), batches.outcomes_of(batch), form)
    stem = batch.file_name.rpartition(".")[0] or batch.file_name
    return _attachment(found, f"{stem}-repair", form)


def _attachment(content: bytes, stem: str, form: str) -> Response:
    answer = Response(content, content_type=TYPES[form])
    answer.headers.set("Content-Disposition", "attachment", filename=f"{stem}.{form}")
    return answer


def _batch_page(
    batch: ImportBatch, status: int = 200, error: str = "", outcomes: list[Outcome] | None = None
) -> BaseResponse:
    speaker, show = i18n.speaker(), request.args.get("show", "")
    listed = [one for one in outcomes or batches.outcomes_of(batch) if show not in OUTCOMES or one.outcome == show]
    shown, paging = cut(listed, page_number(), PAGE_SIZE, lambda n: _path(batch, show, n))
    return page(
        "import_batch",
        status,
        batch=batch,
        kept=batches.is_kept(batch),
        counts=batch.counts,
        names=OUTCOMES,
        rows=shown,
        show=show,
        chosen=fields() if request.method == "POST" else {},
        owner=signed_owner(),
        people=people(),
        sentence=lambda finding: _sentence(speaker, finding),
        errors=[("rows" if status == 422 else "state", error)] if error else [],
        done=request.args.get("done", ""),
        **paging.context(),
    )


def _path(batch: ImportBatch, show: str, number: int) -> str:
    return url_for("admin.import_batch", number=batch.id, show=show or None, page=number if number > 1 else None)


def _sentence(speaker: i18n.Speaker, finding: Finding) -> str:
    return speaker.gettext(SENTENCES[finding.rule], **finding.values)


@desk("/import/download", "export", ("POST",))
def download() -> BaseResponse:
    """Give the template of a kind, or its current data, as CSV or XLSX."""
    kind, what, form = (request.form.get(name, "") for name in ("kind", "what", "action"))
    if kind not in COLUMNS or what not in ("template", "current") or form not in export.FORMATS:
        abort(400)
    found: list[Any] = list(export.rows(kind)) if what == "current" else []
    try:
        content = export.content(kind, form, found)
    except export.TooLong:
        return _file_page(422, NOT_NOW["long"])
    if what == "current":
        log.note(actor(), "export", f"{kind}: {len(found)}")
    return _attachment(content, kind if found else f"{kind}-template", form)
