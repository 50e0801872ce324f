"""order: the proposal, and the reorder form."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from inventory.command_line.context import Context
from inventory.command_line.output import show, two_decimals
from inventory.domain.reorder import propose
from inventory.language import language as language_of
from inventory.queries.clinics import ledger_day, setting
from inventory.queries.orders import OrderLineRow, order_lines
from inventory.queries.proposal import OrderLine, proposals
from inventory.storage.database import Database


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
    for code in (language, second_language):
        if code is not None:
            language_of(code)
    with options.opened() as database:
        clinic = options.clinic_row(database)
        with database.read() as connection:
            today = ledger_day(connection, clinic.id, options.today)
            lines = proposals(connection, clinic.id, today)
        if pdf is not None:
            order_id = _print(options, database, clinic.id, pdf, language, second_language)
            with database.read() as connection:
                printed = {row.item.id: row for row in order_lines(connection, order_id)}
            lines = [_as_printed(line, printed.get(line.item.id)) for line in lines]
    show([_record(options, line) for line in lines], options.as_json)


def _print(
    options: Context,
    database: Database,
    clinic_id: int,
    pdf: Path,
    language: str | None,
    second_language: str | None,
) -> int:
    """In the language asked for, else the clinic's. Returns the order's id."""
    # Drawing is loaded only when something is drawn.
    from inventory.services.paperwork import print_form

    if language is None:
        with database.read() as connection:
            language = str(setting(connection, clinic_id, "language", "en"))
    second = None if second_language is None else language_of(second_language)
    return options.act(database, clinic_id, print_form, pdf, language_of(language), second)


def _as_printed(line: OrderLine, printed: OrderLineRow | None) -> OrderLine:
    """What the form asks for, also when it was printed before and is on order by now."""
    if printed is None:
        return line
    was = line.proposal
    proposal = propose(was.amc, was.on_hand, was.at_risk, printed.on_order, was.rule)
    return replace(line, proposal=replace(proposal, packs=printed.packs))


def _record(options: Context, line: OrderLine) -> dict[str, Any]:
    proposal = line.proposal
    return {
        "code": line.item.code, "amc": two_decimals(line.amc.value),
        "on_hand": proposal.on_hand, "usable": proposal.usable, "at_risk": proposal.at_risk,
        "on_order": proposal.on_order, "maximum": proposal.maximum,
        "proposed": proposal.proposed, "packs": proposal.packs,
        "pack_size": proposal.pack_size, "because": options.tell(proposal.because),
    }  # fmt: skip
