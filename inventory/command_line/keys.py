"""protect, forget-plain, password, paper-key, office-key, recover, put-back-keys: who has keys."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from inventory.command_line.context import Context
from inventory.command_line.logins import new_password, secret_from
from inventory.command_line.output import show
from inventory.domain.sentence import Refused
from inventory.language import language as language_of
from inventory.queries.clinics import ClinicRow, clinics
from inventory.queries.people import person_named
from inventory.services import door
from inventory.services.entered import Entered
from inventory.services.permits import NeedsSecond

NewPassword = Annotated[
    Path | None, typer.Option("--new-password-file", help="Its first line is the new password.")
]


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command("protect")(protect)
    app.command("forget-plain")(forget_plain)
    app.command("password")(password)
    app.command("paper-key")(paper_key)
    app.command("office-key")(office_key)
    app.command("recover")(recover)
    app.command("put-back-keys")(put_back)


def protect(context: typer.Context) -> None:
    """Lock a plain database with a key; the login is its first person. The plain file is kept."""
    options: Context = context.obj
    address = _file(options)
    login, now = options.logins.new_user(), options.now
    try:
        done = door.protect(address, login.name, login.password, options.today, now)
    except NeedsSecond as asked:
        second = options.logins.second(asked.sentence)
        if second is None:
            raise
        confirming = door.enter(address, second.name, second.password)
        name = confirming.user
        confirming.lock()
        done = door.protect(address, login.name, login.password, options.today, now, name)
    show({"database": done.database, "old_file_kept": str(done.old_file_kept)}, options.as_json)


def forget_plain(context: typer.Context) -> None:
    """Write over and delete the older files beside a locked database that anybody can read."""
    options: Context = context.obj
    address = _file(options)
    with options.entered() as entered:
        entered.key()
        copies = door.plain_copies(address)
        for copy in copies:
            door.forget_old(copy)
    show({"deleted": [str(copy) for copy in copies]}, options.as_json)


def password(
    context: typer.Context,
    new_password_file: NewPassword = None,
    person: Annotated[str | None, typer.Option(help="Somebody else than who signs in.")] = None,
) -> None:
    """Change the own password, or another person's."""
    options: Context = context.obj
    with options.entered() as entered:
        if entered.person is None:
            raise Refused("Nobody signs in to this database, so there is no password.")
        whose = entered.person
        if person is not None:
            with entered.database.read() as connection:
                found = person_named(connection, person)
            if found is None:
                raise Refused("There is nobody called {name} who works here.", name=person)
            whose = found
        new = new_password(new_password_file)
        options.confirmed(
            _first(entered).id,
            lambda stamp: door.change_password(entered, stamp, whose.id, new),
        )
    show({"person": whose.name, "password": "changed"}, options.as_json)


def paper_key(
    context: typer.Context,
    pdf: Annotated[Path, typer.Argument(help="The page to print; delete it afterwards.")],
    language: Annotated[str, typer.Option(help="en, ar, ckb or fr.")] = "en",
    second_language: Annotated[str | None, typer.Option(help="A second one beside it.")] = None,
) -> None:
    """Make a paper key: a page with twelve words that open the database when all else is lost.

    A paper key that was made before opens nothing any more.
    """
    # Drawing is loaded only when something is drawn.
    from inventory.documents.recovery_sheet import recovery_sheet_pdf
    from inventory.services.paper_sheet import recovery_sheet

    options: Context = context.obj
    chosen = language_of(language)
    second = None if second_language is None else language_of(second_language)
    with options.entered() as entered:
        clinic = _first(entered)
        paper = options.confirmed(clinic.id, lambda stamp: door.make_paper_key(entered, stamp))
        with entered.database.read() as connection:
            sheet = recovery_sheet(connection, clinic, paper, options.today)
        _write_private(pdf, recovery_sheet_pdf(sheet, chosen, second))
        door.paper_key_printed(entered)
    show({"pdf": str(pdf), "words": len(paper.words)}, options.as_json)


def office_key(
    context: typer.Context,
    recipient: Annotated[
        str | None, typer.Argument(help="The key of the office, age1…; none: no office any more.")
    ] = None,
) -> None:
    """Let an office open this database and its backups too, with the secret key it keeps."""
    options: Context = context.obj
    with options.entered() as entered:
        options.confirmed(
            _first(entered).id, lambda stamp: door.set_office_key(entered, stamp, recipient)
        )
    show({"office": recipient}, options.as_json)


def recover(
    context: typer.Context,
    name: Annotated[str, typer.Option(help="Who gets a new password and signs in.")],
    paper_key_file: Annotated[
        Path | None, typer.Option(help="The words or numbers of the paper key.")
    ] = None,
    office_key_file: Annotated[
        Path | None, typer.Option(help="The secret key of the office.")
    ] = None,
    new_password_file: NewPassword = None,
) -> None:
    """Open a database whose passwords are lost, and set a new one."""
    options: Context = context.obj
    if office_key_file is not None:
        identity = secret_from(office_key_file, "")
        entered = door.enter_with_office(options.database, identity)
    else:
        words = secret_from(paper_key_file, "The words of the paper key: ")
        entered = door.enter_with_paper(options.database, words)
    try:
        stamp = replace(options.stamp(_first(entered).id), user=name)
        who = door.set_new_password(entered, stamp, name, new_password(new_password_file))
    finally:
        entered.lock()
    show({"person": who.name, "password": "changed"}, options.as_json)


def put_back(
    context: typer.Context,
    backup: Annotated[Path, typer.Argument(help="Any backup of this database.")],
    paper_key_file: Annotated[
        Path | None, typer.Option(help="The words or numbers of the paper key, not a login.")
    ] = None,
) -> None:
    """Take a lost key file out of a backup. Passwords are those of the backup's day."""
    from inventory.services.key_copies import put_back_keys
    from inventory.services.restoring import WayIn

    options: Context = context.obj
    way = (
        WayIn(login=options.logins.user())
        if paper_key_file is None
        else WayIn(paper=secret_from(paper_key_file, ""))
    )
    put_back_keys(_file(options), backup, way)
    show({"database": options.database, "keys": "put back"}, options.as_json)


def _file(options: Context) -> str:
    if "://" in options.database:
        raise Refused("A database on a server is not locked with a key file.")
    return options.database


def _first(entered: Entered) -> ClinicRow:
    """Whose ledger says what was done to keys and people."""
    with entered.database.read() as connection:
        there = clinics(connection)
    if not there:
        raise Refused("There is no clinic here yet.")
    return there[0]


def _write_private(path: Path, content: bytes) -> None:
    from inventory.storage.whole_file import write_whole

    try:
        write_whole(path, content)
    except OSError as fault:
        raise Refused("{path} was not written: {reason}.", path=str(path),
                      reason=fault.strerror or str(fault)) from fault  # fmt: skip
