"""What a visitor reports, and the answer to it. Thin over `editing`; the item screen shows the reports of an item."""

from flask import abort, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from pesona import addresses, i18n
from pesona.admin.blueprint import actor, desk, fields, number_up_to, page, posted
from pesona.admin.items import BOTH, display_name, guarded_item, item_address, people
from pesona.admin.sign_in import signed_owner
from pesona.editing import reports
from pesona.editing.reports import LONGEST_ANSWER
from pesona.models.item import Item
from pesona.models.report import NO_FAULT, VERDICTS, Report
from pesona.text.names import N_

UNSAID = N_("Say why there is no mistake: the sender reads it.")
UNPUBLISHED = N_(
    "Readers have seen no change of this item since the report came. Publish the correction first, or tick that the mistake was elsewhere."
)
LONG = N_("This is longer than %(limit)s characters.")

Errors = list[tuple[str, str]]


@desk("/reports/<int(max=2147483647):number>", "answer_report", BOTH)
def report(number: int) -> BaseResponse:
    """Show one report; answer it unless somebody else was faster."""
    row = reports.get(number, lock=request.method == "POST")
    if row is None:
        abort(404)
    item = _item_of(row)
    if reports.is_over(row):
        abort(410)
    return _answer(row, item) if posted() else _page(row, item)


def _item_of(row: Report) -> Item | None:
    found = reports.item_of(row)
    return guarded_item(addresses.PLURALS[found.kind], found.code, "answer_report") if found else None


def _answer(row: Report, item: Item | None) -> BaseResponse:
    verdict, words = fields().get("action", ""), _words()
    if verdict not in VERDICTS:
        abort(400)
    if _base(row) != row.answers:
        return _page(row, item, 409)
    if errors := _wrong(row, verdict, words):
        return _page(row, item, 422, errors)
    try:
        reports.answer(row, verdict, words, item is None or "elsewhere" in fields(), actor())
    except reports.NothingPublished:
        return _page(row, item, 422, [(f"elsewhere-{row.id}", UNPUBLISHED)])
    return redirect(_after(item), 303)


def _words() -> str:
    return " ".join(fields().get("answer", "").split())


def _base(row: Report) -> int:
    """Return the number of answers when the form was opened; one that never was is a broken request."""
    given = fields().get("base", "")
    return 0 if given == "0" else number_up_to(row.answers, given)


def _wrong(row: Report, verdict: str, words: str) -> Errors:
    if len(words) > LONGEST_ANSWER:
        return [(f"answer-{row.id}", i18n.speaker().gettext(LONG, limit=LONGEST_ANSWER))]
    return [(f"answer-{row.id}", UNSAID)] if verdict == NO_FAULT and not words else []


def _after(item: Item | None) -> str:
    done = "report_answered"
    return item_address(item, done=done) if item else url_for("admin.desk_home", done=done)


def _page(row: Report, item: Item | None, status: int = 200, errors: Errors | None = None) -> BaseResponse:
    typed = request.method == "POST"
    return page(
        "report",
        status,
        report=row,
        item=item,
        name=display_name(item) if item else "",
        people=people(),
        errors=errors or [],
        moved_on=status == 409,
        words=_words() if typed else row.answer,
        elsewhere="elsewhere" in fields() if typed else False,
        owner=signed_owner(),
        item_address=item_address,
    )
