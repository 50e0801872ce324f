"""check: is everything written here still true?"""

from __future__ import annotations

from typing import Annotated

import typer

from inventory.command_line.context import Context
from inventory.command_line.output import complain, show
from inventory.domain.sentence import counted
from inventory.services import checking


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command()(check)


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
