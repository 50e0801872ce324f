"""receive, dispense, reverse."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from inventory.command_line.context import Context, parse_day
from inventory.command_line.output import complain, moved, show
from inventory.command_line.quantities import whole_units
from inventory.domain.expiry import Expiry, judge_shelf_life
from inventory.queries.clinics import ledger_day
from inventory.queries.documents import lines_of
from inventory.queries.items import ItemRow, item_by_code
from inventory.services.dispensing import DispenseLine, DispenseOrder
from inventory.services.dispensing import dispense as dispense_order
from inventory.services.receiving import Receipt, ReceiptLine
from inventory.services.receiving import receive as receive_delivery
from inventory.services.reversing import reverse as reverse_document

On = Annotated[str | None, typer.Option(help="The day it happened, YYYY-MM-DD.")]
Item = Annotated[str, typer.Option(help="The item's code.")]
Quantity = Annotated[str, typer.Option(help="Whole smallest units.")]


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    for command in (receive, dispense, reverse):
        app.command()(command)


def receive(
    context: typer.Context,
    item: Item,
    quantity: Quantity,
    lot: Annotated[str, typer.Option(help="The batch number.")] = "",
    expiry: Annotated[str | None, typer.Option(help="YYYY-MM or YYYY-MM-DD.")] = None,
    source: Annotated[str, typer.Option(help="Supplier, donor or grant.")] = "",
    on: On = None,
) -> None:
    """Receive stock. What has expired goes to quarantine; short-dated stock is accepted."""
    options: Context = context.obj
    units, until = whole_units(quantity), Expiry.from_iso(expiry) if expiry else None
    day = _day(options, on)
    with options.opened() as database:
        clinic = options.clinic_row(database)
        with database.read() as connection:
            row = item_by_code(connection, item)
            today = ledger_day(connection, clinic.id, options.today)
        reason = _accepted(row, until, today if day == options.today else day)
        line = ReceiptLine(row.id, units, lot, until, reason=reason)
        receipt = Receipt((line,), day, source, source)
        done = options.act(database, clinic.id, receive_delivery, receipt)
    for warning in done.warnings:
        complain(warning)
    lines = [moved(r.code, r.lot, r.expiry, r.quantity) for r in done.lines]
    show({"document": done.number, "lines": lines}, options.as_json)


def dispense(context: typer.Context, item: Item, quantity: Quantity, on: On = None) -> None:
    """Dispense, earliest expiry first. Refused when there is not enough."""
    options: Context = context.obj
    units, day = whole_units(quantity), _day(options, on)
    with options.opened() as database:
        clinic = options.clinic_row(database)
        with database.read() as connection:
            row = item_by_code(connection, item)
        order = DispenseOrder((DispenseLine(row.id, units),), day)
        done = options.act(database, clinic.id, dispense_order, order)
    lines = [moved(t.code, t.lot, t.expiry, t.quantity) for t in done.taken]
    show({"document": done.number, "lines": lines}, options.as_json)


def reverse(
    context: typer.Context,
    document: Annotated[str, typer.Argument(help="The document's number.")],
    reason: Annotated[str, typer.Option(help="Why it is taken back.")],
) -> None:
    """Take a document back; an order of which nothing came is cancelled."""
    options: Context = context.obj
    with options.opened() as database:
        clinic = options.clinic_row(database)
        done = options.act(database, clinic.id, reverse_document, document, reason)
        with database.read() as connection:
            rows = lines_of(connection, done.document_id)
    lines = [moved(r.code, r.lot, r.expiry, r.quantity) for r in rows]
    answer = {"document": done.number, "reverses": document.strip(), "lines": lines}
    show(answer, options.as_json)


def _accepted(item: ItemRow, expiry: Expiry | None, day: date) -> str:
    """The reason to take short-dated stock as usable: nobody is asked here. Empty otherwise."""
    if expiry is None:
        return ""
    life = judge_shelf_life(expiry, None, day, item.traits.shelf_life)
    return "" if life.expired or life.passes else "ACCEPTED_AT_RECEIPT"


def _day(options: Context, on: str | None) -> date:
    return options.today if on is None else parse_day(on)
