"""people: who works here, what each may do, when a second person is asked."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from inventory.command_line.context import Context
from inventory.command_line.keys import password
from inventory.command_line.logins import new_password, secret_from
from inventory.command_line.output import show
from inventory.domain.roles import ROLES, Role
from inventory.domain.sentence import Refused, sentence
from inventory.queries import people as asking
from inventory.queries.clinics import clinics
from inventory.queries.second_person import SecondRules, second_rules
from inventory.services import door
from inventory.services.entered import Entered
from inventory.services.people import change_roles, set_pin
from inventory.services.second_person import keep_second_rules

Name = Annotated[str, typer.Argument(help="The person's name.")]
Roles = Annotated[list[Role], typer.Option("--role", help="One or more times.")]
PasswordFile = Annotated[
    Path | None, typer.Option("--password-file", help="Its first line is the password.")
]


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    group = typer.Typer(help="The people who work here.", invoke_without_command=True)
    group.callback()(people)
    group.command("add")(add)
    group.command("role")(role)
    group.command("retire")(retire)
    group.command("back")(back)
    group.command("password")(password)
    group.command("pin")(pin)
    group.command("second")(second)
    app.add_typer(group, name="people")


def people(context: typer.Context) -> None:
    """List the people."""
    if context.invoked_subcommand is not None:
        return
    options: Context = context.obj
    with options.opened() as database, database.read() as connection:
        rows = [_record(options, row) for row in asking.people(connection)]
    show(rows, options.as_json)


def add(
    context: typer.Context, name: Name, role: Roles, password_file: PasswordFile = None
) -> None:
    """Add a person. The first one can do everything that a clinic needs to begin."""
    options: Context = context.obj
    with options.entered() as entered:
        secret = new_password(password_file)
        person_id = options.confirmed(
            _clinic(entered), lambda stamp: door.add_person(entered, stamp, name, role, secret)
        )
        _tell(options, entered, person_id)


def role(
    context: typer.Context,
    name: Name,
    roles: Annotated[list[Role], typer.Argument(help="All that the person is from now on.")],
) -> None:
    """Change what a person may do. A second person confirms it."""
    options: Context = context.obj
    with options.entered() as entered:
        person = _named(entered, name)
        options.act(entered.database, _clinic(entered), change_roles, person.id, roles)
        _tell(options, entered, person.id)


def retire(context: typer.Context, name: Name) -> None:
    """Somebody has left and may no longer sign in."""
    options: Context = context.obj
    with options.entered() as entered:
        person = _named(entered, name)
        options.confirmed(
            _clinic(entered), lambda stamp: door.retire_person(entered, stamp, person.id)
        )
        _tell(options, entered, person.id)


def back(
    context: typer.Context, name: Name, role: Roles, password_file: PasswordFile = None
) -> None:
    """Somebody who had left works here again, with a new password."""
    options: Context = context.obj
    with options.entered() as entered:
        person, secret = _named(entered, name), new_password(password_file)
        options.confirmed(
            _clinic(entered),
            lambda stamp: door.bring_back(entered, stamp, person.id, role, secret),
        )
        _tell(options, entered, person.id)


def pin(
    context: typer.Context,
    pin_file: Annotated[
        Path | None, typer.Option(help="The PIN stands in it; empty for none.")
    ] = None,
) -> None:
    """Set the own PIN, for changing quickly between people who have signed in."""
    options: Context = context.obj
    with options.entered() as entered:
        if entered.person is None:
            raise Refused("Nobody signs in to this database, so there is no PIN.")
        chosen = secret_from(pin_file, "The new PIN: ")
        options.act(entered.database, _clinic(entered), set_pin, entered.person.id, chosen)
        _tell(options, entered, entered.person.id)


def second(
    context: typer.Context,
    percent: Annotated[int | None, typer.Option(help="Of an item's stock.")] = None,
    packs: Annotated[int | None, typer.Option(help="And more than so many packs.")] = None,
    dispensing: Annotated[
        bool | None, typer.Option(help="Also for dispensing a controlled item.")
    ] = None,
) -> None:
    """Tell or change above what a loss or correction needs a second person."""
    options: Context = context.obj
    with options.opened() as database:
        clinic = options.clinic_row(database).id
        with database.read() as connection:
            now = second_rules(connection, clinic)
        wanted = SecondRules(
            now.percent if percent is None else percent,
            now.packs if packs is None else packs,
            now.dispensing if dispensing is None else dispensing,
        )
        if wanted != now:
            options.act(database, clinic, keep_second_rules, wanted)
    answer = {"percent": wanted.percent, "packs": wanted.packs, "dispensing": wanted.dispensing}
    show(answer, options.as_json)


def _named(entered: Entered, name: str) -> asking.PersonRow:
    with entered.database.read() as connection:
        found = asking.person_named(connection, name)
    if found is None:
        raise Refused("There is nobody called {name} here.", name=name)
    return found


def _clinic(entered: Entered) -> int:
    """Whose ledger keeps what was done to people: they belong to all clinics."""
    with entered.database.read() as connection:
        there = clinics(connection)
    if not there:
        raise Refused("There is no clinic here yet.")
    return there[0].id


def _tell(options: Context, entered: Entered, person_id: int) -> None:
    with entered.database.read() as connection:
        show(_record(options, asking.person_by_id(connection, person_id)), options.as_json)


def _record(options: Context, row: asking.PersonRow) -> dict[str, Any]:
    roles = [role for role in ROLES if role in row.roles]
    said = [role.value if options.as_json else options.tell(sentence(ROLES[role].name))
            for role in roles]  # fmt: skip
    state = "active" if row.active else "left"
    return {"name": row.name, "roles": said, "state": state, "pin": row.has_pin, "id": row.uid}
