"""check and accept-clock: is everything written here still true, and the date?"""

from __future__ import annotations

from typing import Annotated

import typer

from inventory.command_line.context import Context
from inventory.command_line.output import complain, show
from inventory.domain.sentence import counted
from inventory.services import checking
from inventory.services.clock import accept_clock


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command()(check)
    app.command("accept-clock")(accept)


def check(
    context: typer.Context,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Make the caches anew.")] = False,
) -> int:
    """Verify the ledger, its caches, its numbers and the file."""
    options: Context = context.obj
    with options.opened() as database:
        if rebuild:
            with database.write() as connection:
                checking.rebuild(connection)
        with database.read() as connection:
            problems = checking.check(connection)
    show({"ok": not problems, "problems": [options.tell(x) for x in problems]}, options.as_json)
    if not problems:
        return 0
    complain(counted("{n} thing is wrong.", "{n} things are wrong.", len(problems)))
    return 1


def accept(context: typer.Context) -> None:
    """Go on from today's date after the clock of a computer was ahead."""
    options: Context = context.obj
    with options.opened() as database:
        clinic = options.clinic_row(database)
        done = options.act(database, clinic.id, accept_clock)
    show(
        {"was": done.was.isoformat(), "day": done.day.isoformat(), "later": done.later},
        options.as_json,
    )
