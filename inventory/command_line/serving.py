"""serve-setup, connect, move: several desks on one server."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from inventory.command_line.context import Context
from inventory.command_line.logins import secret_from
from inventory.command_line.output import complain, show
from inventory.domain.sentence import Refused, sentence
from inventory.queries.clinics import clinics
from inventory.services import serving
from inventory.services.connecting import connect_desk
from inventory.services.entered import Entered
from inventory.services.moving import Target
from inventory.services.moving import move as move_all
from inventory.services.serving import Served, ServePlan
from inventory.storage.key_file import database_key, key_path
from inventory.storage.key_place import set_aside
from inventory.storage.locations import data_folder

_HERE = "postgresql+psycopg://postgres@/postgres"

Server = Annotated[
    str, typer.Option(help="The address of PostgreSQL as its administrator, without a password.")
]
Password = Annotated[
    Path | None, typer.Option("--server-password-file", help="The administrator's password.")
]
Name = Annotated[str, typer.Option("--name", help="What the database is called on the server.")]


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command("serve-setup")(serve_setup)
    app.command("connect")(connect)
    app.command("move")(move)


def serve_setup(
    context: typer.Context,
    host: Annotated[
        list[str] | None, typer.Option(help="What desks call this computer: a name or an address.")
    ] = None,
    lan: Annotated[str, typer.Option(help="The network of the desks: 192.168.1.0/24.")] = "",
    desk: Annotated[
        list[str] | None, typer.Option(help="A desk to make a connection file for: counter.")
    ] = None,
    server: Server = _HERE,
    password_file: Password = None,
    name: Name = "amana",
    folder: Annotated[
        str | None, typer.Option(help="Where keys and connection files are written.")
    ] = None,
    new_files: Annotated[
        bool, typer.Option("--new-files", help="Make new files for these desks; old ones end.")
    ] = False,
    shut_out: Annotated[
        str | None, typer.Option(help="A desk whose connection file opens nothing any more.")
    ] = None,
) -> None:
    """Prepare PostgreSQL on this computer for several desks. Run again, it changes nothing."""
    options: Context = context.obj
    password = None if password_file is None else secret_from(password_file, "")
    where = serving.folder_for(folder)
    plan = ServePlan(server, tuple(host or ()), lan, where, tuple(desk or ()), name, new_files,
                     password)  # fmt: skip
    if shut_out is not None:
        show({"desk": shut_out, "shut_out": serving.shut_out(plan, shut_out)}, options.as_json)
        return
    done = serving.serve_setup(plan)
    if options.as_json:
        show(_record(options, done), as_json=True)
    else:
        _print(options, done)


def _print(options: Context, done: Served) -> None:
    """What was done, what is left with lines to copy, and the words: nobody can show them again."""
    for change in done.changed or (sentence("Everything was as it should be."),):
        print(options.tell(change))
    for left in done.to_do:
        print(f"\n{options.tell(left.words)}")
        for line in left.lines:
            print(f"    {line}")
    for file in done.files:
        print(f"\n{file.path}\n    {' '.join(file.words.words)}")
    if done.files:
        complain(sentence("Write the twelve words down now: they are shown only once."))


def _record(options: Context, done: Served) -> dict[str, Any]:
    return {
        "changed": [{"done": options.tell(change)} for change in done.changed],
        "to_do": [{"what": options.tell(left.words), "lines": list(left.lines)}
                  for left in done.to_do],
        "files": [{"desk": file.desk, "file": str(file.path),
                   "words": " ".join(file.words.words)} for file in done.files],
    }  # fmt: skip


def connect(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="The connection file of this desk.")],
    words_file: Annotated[
        Path | None, typer.Option(help="The twelve words; else they are asked for.")
    ] = None,
) -> None:
    """Connect this desk to its server; somebody who works there signs in."""
    options: Context = context.obj
    words = secret_from(words_file, "The twelve words: ")
    login = options.logins.user() if options.logins.given else None
    path = connect_desk(file, words, data_folder(), login)
    show({"database": str(path)}, options.as_json)


def move(
    context: typer.Context,
    to: Annotated[
        Path | None, typer.Argument(help="A new file; left out to move to a server.")
    ] = None,
    server: Server = "",
    password_file: Password = None,
    name: Name = "amana",
) -> None:
    """Move all data to a new file, or to a server that serve-setup prepared."""
    options: Context = context.obj
    if (to is None) == (not server):
        raise Refused("Name a new file, or a server with --server.")
    with options.entered() as entered:
        if to is None:
            password = None if password_file is None else secret_from(password_file, "")
            target = Target(
                serving.owner_address(server, name, password), serving.place_of(server, name)
            )
        else:
            target = file_target(to, entered)
        with entered.database.read() as connection:
            first = clinics(connection)[0]
        done = options.confirmed(first.id, lambda stamp: move_all(entered.database, target, stamp))
    show({"place": done.place, "rows": done.rows, "clinics": done.clinics}, options.as_json)


def file_target(path: Path, entered: Entered) -> Target:
    """A new file; locked with the same keys when the old database is opened with keys."""
    path = path.expanduser()
    if entered.master is None:
        return Target(str(path), path.name)
    keys = entered.keys()

    def lay_keys() -> None:
        set_aside(path)
        keys.write(key_path(path))

    return Target(str(path), path.name, database_key(entered.master), lay_keys)
