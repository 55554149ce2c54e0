"""Commands for the accounts of the desk."""

import sys
from typing import NoReturn

import click
from flask.cli import AppGroup

from pesona.cli.running import fail, writing
from pesona.editing import accounts, codes, passwords
from pesona.editing.log import Actor
from pesona.models.account import ROLES

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


@account.command("reset-totp")
@click.argument("email")
@writing
def account_reset_totp(email: str) -> None:
    """Ask EMAIL for no code at sign-in any more, for a lost telephone, and end its sign-ins."""
    found = accounts.find(email)
    if found is None:
        fail(f"there is no account {email}")
    if not found.has_codes:
        fail(f"{email} signs in without a code already")
    codes.reset(found, Actor(command="account reset-totp"))
    click.echo(f"{email} signs in with the password alone; its sign-ins have ended.")
