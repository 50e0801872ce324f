"""stock, card, amc, scan: they change nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Annotated, Any

import typer

from inventory.command_line.context import Context
from inventory.command_line.output import iso, show, two_decimals
from inventory.domain.consumption import average
from inventory.domain.scan import Scan, read_scan
from inventory.queries.card import CardLine, stock_card
from inventory.queries.clinics import ledger_day
from inventory.queries.items import all_items, item_by_code
from inventory.queries.lots import LotRow, all_lots, lots_of, on_hand_of
from inventory.queries.proposal import levels
from inventory.queries.scanning import as_known_here, item_of_scan
from inventory.queries.usage import use_of_items


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    for command in (stock, card, amc, scan):
        app.command()(command)


def stock(
    context: typer.Context, item: Annotated[str | None, typer.Option(help="Only this code.")] = None
) -> None:
    """Stock on hand, batch by batch."""
    options: Context = context.obj
    with options.opened() as database:
        clinic = options.clinic_row(database)
        with database.read() as connection:
            today = ledger_day(connection, clinic.id, options.today)
            if item is not None:
                row = item_by_code(connection, item)
                lots = lots_of(connection, clinic.id, row.id, today)
                show([_stock(row.code, lots)], options.as_json)
                return
            standing: dict[int, list[LotRow]] = defaultdict(list)
            for lot in all_lots(connection, clinic.id, today):
                standing[lot.item_id].append(lot)
            rows = [
                _stock(row.code, standing[row.id])
                for row in all_items(connection, inactive=True)
                if row.active or standing[row.id]
            ]
    show(rows, options.as_json)


def card(context: typer.Context, code: str) -> None:
    """The stock card of an item."""
    options: Context = context.obj
    with options.opened() as database:
        clinic = options.clinic_row(database)
        with database.read() as connection:
            row = item_by_code(connection, code)
            _, lines = stock_card(connection, clinic.id, row.id)
    show([_card_line(line) for line in lines], options.as_json)


def amc(context: typer.Context, code: str) -> None:
    """The average monthly consumption of an item, and the months behind it."""
    options: Context = context.obj
    with options.opened() as database:
        clinic = options.clinic_row(database)
        with database.read() as connection:
            row = item_by_code(connection, code)
            window = levels(connection, clinic.id).window
            today = ledger_day(connection, clinic.id, options.today)
            uses = use_of_items(connection, clinic.id, today, window, row.id)
    months = uses[row.id].months if row.id in uses else (None,) * window
    figure = average(months)
    show(
        {"amc": two_decimals(figure.value), "method": figure.method,
         "months": [{"month": m.month.iso, "consumed": m.consumed, "days_out": m.days_out}
                    for m in months if m is not None],
         "days_with_stock": figure.days_with_stock},
        options.as_json,
    )  # fmt: skip


def scan(context: typer.Context, text: str) -> None:
    """Say what a scanned text means."""
    options: Context = context.obj
    read, code = read_scan(text, options.today), None
    if options.is_there:
        with options.opened() as database, database.read() as connection:
            read = as_known_here(connection, read)
            found = item_of_scan(connection, read)
            code = found.item.code if found else None
    show(_scan(options, read, code), options.as_json)


def _stock(code: str, lots: Sequence[LotRow]) -> dict[str, Any]:
    return {
        "code": code,
        "on_hand": on_hand_of(lots),
        "lots": [
            {"lot": lot.lot, "expiry": iso(lot.expiry), "place": lot.place,
             "status": lot.status.value, "quantity": lot.quantity}
            for lot in lots
        ],
    }  # fmt: skip


def _card_line(line: CardLine) -> dict[str, Any]:
    return {
        "date": iso(line.day), "document": line.document, "kind": line.kind.value,
        "party": line.party, "lot": line.lot, "expiry": iso(line.expiry), "in": line.received,
        "out": line.issued, "adjustment": line.adjusted, "balance": line.balance,
        "status": line.status.value, "reason": line.reason, "user": line.user,
    }  # fmt: skip


def _scan(options: Context, read: Scan, code: str | None) -> dict[str, Any]:
    answer: dict[str, Any] = {
        "kind": read.kind.value, "gtin": read.gtin, "lot": read.lot, "expiry": iso(read.expiry),
        "production": iso(read.production), "serial": read.serial, "count": read.count,
        "item": code, "warnings": [options.tell(warning) for warning in read.warnings],
    }  # fmt: skip
    if read.document:
        answer["document"] = read.document
    if read.symbol is not None:
        symbol = read.symbol
        answer["order"] = {
            "number": symbol.number, "clinic": symbol.clinic, "date": iso(symbol.day),
            "part": symbol.part, "parts": symbol.parts,
            "lines": [{"code": x.code, "quantity": x.quantity} for x in symbol.lines],
        }  # fmt: skip
    return answer
