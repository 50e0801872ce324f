"""init, practice, clinics."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from inventory.command_line.context import Context
from inventory.command_line.output import show
from inventory.domain.names import LANGUAGE_CODES
from inventory.domain.sentence import Refused
from inventory.queries import clinics as clinic_queries
from inventory.services import clinics as clinic_services


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command("init")(init)
    app.command("practice")(practice)
    group = typer.Typer(help="The clinics of this database.", invoke_without_command=True)
    group.callback()(clinics)
    group.command("add")(add)
    app.add_typer(group, name="clinics")


def init(
    context: typer.Context,
    clinic: Annotated[str, typer.Option(help="The clinic's name.")],
    language: Annotated[str, typer.Option(help="en, ar, ckb or fr.")] = "en",
    catalogue: Annotated[
        str | None, typer.Option(help="'starter', or a CSV or XLSX file of items.")
    ] = None,
    unprotected: Annotated[
        bool, typer.Option("--unprotected", help="A file that anybody can read; nobody signs in.")
    ] = False,
) -> None:
    """Make a new database with its first clinic.

    It is locked with a key, and the name and password of --login-file, --login-descriptor or the
    terminal open it.
    """
    from inventory.services.setting_up import SetUp, set_up

    options: Context = context.obj
    if language not in LANGUAGE_CODES:
        raise Refused("{code} is not a language of Amana: en, ar, ckb or fr.", code=language)
    wanted = SetUp(clinic, language, catalogue)
    if not (unprotected or options.logins.given):
        raise Refused(
            "A new database is locked with a password. Give a name and password with "
            "--login-file, or make a file that anybody can read with --unprotected."
        )
    login = None if unprotected else options.logins.new_user()
    made = set_up(options.database, wanted, options.today, options.now, login=login)
    show(made, options.as_json)


def practice(context: typer.Context) -> None:
    """Make the practice clinic, with a year of history, in a database of its own."""
    from inventory.services.practice import make_practice
    from inventory.storage.locations import practice_database

    options: Context = context.obj
    if options.address is not None and "://" in options.address:
        raise Refused("The practice clinic is a file of its own, never a database on a server.")
    path = practice_database() if options.address is None else Path(options.address)
    show(make_practice(path, options.today, options.now), options.as_json)


def clinics(context: typer.Context) -> None:
    """List the clinics."""
    if context.invoked_subcommand is not None:
        return
    options: Context = context.obj
    with options.opened() as database, database.read() as connection:
        rows = [_record(row) for row in clinic_queries.clinics(connection)]
    show(rows, options.as_json)


def add(
    context: typer.Context, name: Annotated[str, typer.Argument(help="The clinic's name.")]
) -> None:
    """Add a clinic to this database."""
    options: Context = context.obj
    with options.opened() as database:
        with database.read() as connection:
            first = clinic_queries.clinics(connection)[0]
        options.act(database, first.id, clinic_services.add_empty_clinic, name)
        with database.read() as connection:
            row = clinic_queries.clinic_named(connection, clinic_services.checked_name(name))
    show(_record(row), options.as_json)


def _record(row: clinic_queries.ClinicRow) -> dict[str, Any]:
    return {"name": row.name, "code": row.code, "id": row.uid}
