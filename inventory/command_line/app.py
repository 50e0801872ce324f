"""The commands, and what becomes of a refusal."""

from __future__ import annotations

from typing import Annotated

import typer
from sqlalchemy.exc import SQLAlchemyError
from typer.exceptions import Abort, TyperException
from typer.main import get_command

from inventory.command_line import begin, lists, orders, work
from inventory.command_line.context import make_context
from inventory.command_line.output import complain
from inventory.domain.sentence import Refused
from inventory.language import language

app = typer.Typer(
    name="amana",
    help="Pharmacy and store of a clinic, without a window.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for part in (begin, lists, work, orders):
    part.register(app)


@app.callback()
def options(
    context: typer.Context,
    database: Annotated[
        str | None, typer.Option(help="A file, or postgresql+psycopg://…")
    ] = None,
    clinic: Annotated[
        str | None, typer.Option(help="May be left out while there is only one.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False,
    today: Annotated[str | None, typer.Option(help="Work as if it were this day.")] = None,
) -> None:
    """Pharmacy and store of a clinic, without a window."""
    context.obj = make_context(database, clinic, json, today)


def run(arguments: list[str]) -> int:
    """Run one command; 0 done, 1 refused, 2 usage."""
    try:
        result = get_command(app).main(arguments, prog_name="amana", standalone_mode=False)
    except Refused as refusal:
        complain(language("en").tell(refusal.sentence))
        return 1
    except SQLAlchemyError as fault:
        complain(f"The database refused, and nothing was changed: {_first_line(fault)}")
        return 1
    except TyperException as misuse:
        complain(misuse.format_message())
        return misuse.exit_code
    except Abort:
        return 1
    return result if isinstance(result, int) else 0


def _first_line(fault: Exception) -> str:
    return str(fault).splitlines()[0]
