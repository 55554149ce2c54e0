"""The list of outside links that may be broken: each mended in its form, or left alone for 90 days."""

from flask import redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from pesona import i18n
from pesona.admin.blueprint import account, actor, desk, fields, page, posted, refuse
from pesona.admin.home import PAGE_SIZE, known_items, line_of
from pesona.admin.items import BOTH
from pesona.admin.sign_in import signed_owner
from pesona.editing import broken_links, care
from pesona.editing.permissions import can
from pesona.paging import cut, page_number
from pesona.text.names import N_

PROBLEMS = {
    "no_host": N_("There is no server of this name."),
    "no_connection": N_("The server cannot be reached."),
    "timeout": N_("The server takes too long to answer."),
    "certificate": N_("Its certificate is not valid, so browsers warn of it."),
    "redirects": N_("It leads from one address to the next without end."),
    "private": N_("It leads into a private network, where no reader gets."),
    "address": N_("No browser understands this address."),
    "404": N_("The page is not there any more (404)."),
    "410": N_("The page is gone for good (410)."),
}
STATUS = N_("The server answers with an error (%(status)s).")


@desk("/care/links", "edit", BOTH)
def links_care() -> BaseResponse:
    """List the links that may be broken, what fails the longest first; leave one alone."""
    if posted():
        return _ignore(fields().get("url", ""))
    row = care.rows(account())["links"]
    found = care.listed(row, account())
    shown, paging = cut(found, page_number(), PAGE_SIZE, _address)
    known, why = known_items(shown), broken_links.problems([need.said for need in shown])
    return page(
        "care_links",
        row=row,
        lines=[(line_of(need, known), _said(why[need.said])) for need in shown],
        total=len(found),
        may_ignore=can(account(), "ignore_link"),
        owner=signed_owner(),
        done=request.args.get("done", ""),
        **paging.context(),
    )


def _ignore(url: str) -> BaseResponse:
    if not can(account(), "ignore_link"):
        refuse("ignore_link")
    return redirect(_address(done="link_ignored" if broken_links.ignore(url, actor()) else "same"), 303)


def _address(number: int = 1, done: str | None = None) -> str:
    return url_for("admin.links_care", page=number if number > 1 else None, done=done)


def _said(problem: str) -> str:
    speaker = i18n.speaker()
    return speaker.gettext(PROBLEMS[problem]) if problem in PROBLEMS else speaker.gettext(STATUS, status=problem)
