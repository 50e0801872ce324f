"""order: the proposal, and the reorder form."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from inventory.command_line.context import Context, paper_language
from inventory.command_line.output import show
from inventory.command_line.work import two_decimals
from inventory.language import language as language_of
from inventory.queries.proposal import OrderLine, proposals
from inventory.services.paperwork import print_form


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command("order")(order)


def order(
    context: typer.Context,
    pdf: Annotated[
        Path | None, typer.Option(help="Save the order and print its form to this file.")
    ] = None,
    language: Annotated[str | None, typer.Option(help="en, ar, ckb or fr.")] = None,
    second_language: Annotated[str | None, typer.Option(help="A second one beside it.")] = None,
) -> None:
    """Propose what to order; with --pdf, print the reorder form.

    As long as nothing has moved since the last form of the day, --pdf prints that one again.
    """
    options: Context = context.obj
    with options.opened() as database:
        clinic = options.clinic_row(database)
        with database.read() as connection:
            lines = [_record(x) for x in proposals(connection, clinic.id, options.today)]
        if pdf is not None:
            first = language_of(paper_language(database, clinic.id, language))
            second = language_of(second_language) if second_language else None
            database.act(print_form, options.stamp(clinic.id), pdf, first, second)
    show(lines, options.as_json)


def _record(line: OrderLine) -> dict[str, Any]:
    proposal = line.proposal
    return {
        "code": line.item.code, "amc": two_decimals(line.amc.value),
        "on_hand": proposal.on_hand, "usable": proposal.usable, "at_risk": proposal.at_risk,
        "on_order": proposal.on_order, "maximum": proposal.maximum,
        "proposed": proposal.proposed, "packs": proposal.packs,
        "pack_size": proposal.pack_size, "because": str(language_of("en").tell(proposal.because)),
    }  # fmt: skip
