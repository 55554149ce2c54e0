"""The people of the desk: invited, given a role and a territory, let go. Thin over `editing`."""

from collections.abc import Callable
from dataclasses import dataclass, field

from flask import abort, g, redirect, request, url_for
from sqlalchemy import select
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as BaseResponse

from pesona.admin.blueprint import account, actor, desk, fields, page, posted, refuse
from pesona.admin.own_account import Errors, status_of, wrong_password
from pesona.admin.sign_in import signed_owner
from pesona.db import db
from pesona.editing import accounts, codes, links, territory
from pesona.head import absolute
from pesona.models.account import ROLES, Account
from pesona.models.area import District, Village
from pesona.text.names import N_

BOTH = ("GET", "POST")

WRONG = {
    "email": N_("This is not an e-mail address."),
    "role": N_("Choose one of the roles."),
    "taken": N_("This e-mail address has an account already."),
}
NAME_NEEDED = N_("Write the name that colleagues know.")
LAST = N_("This is the last active administrator. Make somebody else one first.")


@dataclass(slots=True)
class Area:
    """A district with its villages, to choose a territory from."""

    code: str
    name: str
    villages: list[tuple[str, str]] = field(default_factory=list)


@desk("/accounts", "accounts", BOTH)
def account_list() -> BaseResponse:
    """List everybody; invite somebody, whose link is shown this once."""
    errors: Errors = {}
    invited = _invite(errors) if posted() else None
    return invited or page(
        "accounts",
        422 if errors else 200,
        people=list(db.session.scalars(select(Account).order_by(Account.active.desc(), Account.name, Account.id))),
        roles=ROLES,
        areas=areas(),
        typed=fields(),
        chosen=set(fields().getlist("areas")),
        errors=errors,
        owner=signed_owner(),
    )


def _invite(errors: Errors) -> BaseResponse | None:
    typed = request.form
    given = typed.get("email", ""), typed.get("role", ""), " ".join(typed.get("name", "").split())
    if not given[2]:
        errors["name"] = NAME_NEEDED
    try:
        accounts.new(*given, g.locale)
        return None if errors else _link_page(*links.invite(*given, typed.getlist("areas"), g.locale, actor()))
    except accounts.WrongAccount as wrong:
        errors["role" if wrong.reason == "role" else "email"] = WRONG[wrong.reason]
        return None


def _link_page(of: Account, token: str) -> BaseResponse:
    """Show the link of *of* once; nobody can look it up again."""
    link = absolute(url_for("admin.password_link", token=token))
    return page("link", of=of, link=link, hours=72 if of.is_invited else 1)


@desk("/accounts/<int(max=2147483647):number>", "accounts", BOTH)
def account_of(number: int) -> BaseResponse:
    """Show one account; change it, let it go or back, make a link, or take its codes away."""
    found = db.session.get(Account, number, with_for_update=request.method == "POST")
    if found is None:
        abort(404)
    errors: Errors = {}
    if posted():
        answer = _do(found, errors)
        if answer is not None and not errors:
            return answer
    return _account_page(found, errors)


def _do(found: Account, errors: Errors) -> BaseResponse | None:
    action = request.form.get("action", "")
    if action not in _DEEDS:
        abort(400)
    try:
        done = _DEEDS[action](found, errors)
    except accounts.LastAdministrator:
        errors["role" if action == "save" else "active"] = LAST
        return None
    except accounts.WrongAccount as wrong:
        errors[wrong.reason] = WRONG[wrong.reason]
        return None
    if isinstance(done, str):
        return redirect(url_for("admin.account_of", number=found.id, done=done), 303)
    return done


def _save(found: Account, errors: Errors) -> str:
    name = " ".join(request.form.get("name", "").split())
    if not name:
        errors["name"] = NAME_NEEDED
        return ""
    given = request.form.get("role", ""), request.form.getlist("areas")
    return "account_saved" if accounts.change(found, name, *given, actor()) else "same"


def _deactivate(found: Account, _: Errors) -> str:
    accounts.deactivate(found, actor())
    return "deactivated"


def _reactivate(found: Account, _: Errors) -> str:
    accounts.reactivate(found, actor())
    return "reactivated"


def _link(found: Account, _: Errors) -> BaseResponse:
    # One's own password is changed with the old one, at one's own account.
    if found.id == account().id or not found.active:
        refuse("accounts")
    return _link_page(found, links.renew(found, actor()))


def _reset_codes(found: Account, errors: Errors) -> str:
    if found.id == account().id:
        refuse("accounts")
    if wrong := wrong_password(request.form.get("password", "")):
        errors["password"] = wrong
        return ""
    codes.reset(found, actor())
    return "codes_reset"


_DEEDS: dict[str, Callable[[Account, Errors], BaseResponse | str]] = {
    "save": _save,
    "deactivate": _deactivate,
    "reactivate": _reactivate,
    "link": _link,
    "reset_totp": _reset_codes,
}


def _account_page(found: Account, errors: Errors) -> BaseResponse:
    saved = MultiDict([("name", found.name), ("role", found.role)])
    typed = fields() if "role" in fields() else saved
    chosen = typed.getlist("areas") if "role" in fields() else territory.areas(found)
    return page(
        "account_of",
        status_of(errors),
        of=found,
        is_self=found.id == account().id,
        typed=typed,
        roles=ROLES,
        areas=areas(),
        chosen=set(chosen),
        errors=errors,
        owner=signed_owner(),
        unsaved="typed" in g,
        done=request.args.get("done", ""),
    )


def areas() -> list[Area]:
    """Return the districts by name, each with its villages."""
    found = {row.code: Area(row.code, row.name) for row in db.session.scalars(select(District).order_by(District.name))}
    for village in db.session.scalars(select(Village).order_by(Village.name, Village.code)):
        found[village.district_code].villages.append((village.code, village.name))
    return list(found.values())
