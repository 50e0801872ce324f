"""receive, dispense, stock, card, reverse, amc, scan, check."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any

import typer

from inventory.command_line.context import Context, parse_day
from inventory.command_line.output import complain, show
from inventory.domain.consumption import average
from inventory.domain.expiry import Expiry
from inventory.domain.quantity import parse_quantity
from inventory.domain.scan import Scan, read_scan
from inventory.queries import documents, items, stock, usage
from inventory.queries.card import stock_card
from inventory.queries.proposal import levels
from inventory.queries.scanning import item_of_scan
from inventory.services import checking, dispensing, receiving, reversing

On = Annotated[str | None, typer.Option(help="The day it happened, YYYY-MM-DD.")]
Item = Annotated[str, typer.Option(help="The item's code.")]
Quantity = Annotated[str, typer.Option(help="Whole smallest units.")]


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    for command in (receive, dispense, reverse, scan, check, amc, card):
        app.command()(command)
    app.command("stock")(stock_command)


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
    with options.opened() as database:
        clinic = options.clinic_row(database)
        with database.read() as connection:
            row = items.item_by_code(connection, item)
        line = receiving.ReceiptLine(
            row.id, units(quantity), lot, Expiry.from_iso(expiry) if expiry else None,
            reason="AGREED",
        )  # fmt: skip
        receipt = receiving.Receipt((line,), _day(options, on), source, source)
        done = database.act(receiving.receive, options.stamp(clinic.id), receipt)
    for warning in done.warnings:
        complain(options.tell(warning))
    lines = [_line(r.code, r.lot, r.expiry, r.quantity) for r in done.lines]
    show({"document": done.number, "lines": lines}, options.as_json)


def dispense(context: typer.Context, item: Item, quantity: Quantity, on: On = None) -> None:
    """Dispense, earliest expiry first. Refused when there is not enough."""
    options: Context = context.obj
    with options.opened() as database:
        clinic = options.clinic_row(database)
        with database.read() as connection:
            row = items.item_by_code(connection, item)
        order = dispensing.DispenseOrder(
            (dispensing.DispenseLine(row.id, units(quantity)),), _day(options, on)
        )
        done = database.act(dispensing.dispense, options.stamp(clinic.id), order)
    lines = [_line(t.code, t.lot, t.expiry, t.quantity) for t in done.taken]
    show({"document": done.number, "lines": lines}, options.as_json)


def reverse(
    context: typer.Context,
    document: str,
    reason: Annotated[str, typer.Option(help="Why it is taken back.")],
) -> None:
    """Take a document back."""
    options: Context = context.obj
    with options.opened() as database:
        clinic = options.clinic_row(database)
        done = database.act(reversing.reverse, options.stamp(clinic.id), document, reason)
        with database.read() as connection:
            rows = documents.lines_of(connection, done.document_id)
    lines = [_line(r.code, r.lot, r.expiry, r.quantity) for r in rows]
    show({"document": done.number, "reverses": document, "lines": lines}, options.as_json)


def stock_command(
    context: typer.Context, item: Annotated[str | None, typer.Option(help="Only this code.")] = None
) -> None:
    """Stock on hand, batch by batch."""
    options: Context = context.obj
    with options.opened() as database:
        clinic = options.clinic_row(database)
        with database.read() as connection:
            wanted = [items.item_by_code(connection, item)] if item else None
            wanted = wanted or items.all_items(connection)
            rows = [
                _stock(r, stock.lots_of(connection, clinic.id, r.id, options.today)) for r in wanted
            ]
    show(rows, options.as_json)


def card(context: typer.Context, code: str) -> None:
    """The stock card of an item."""
    options: Context = context.obj
    with options.opened() as database:
        clinic = options.clinic_row(database)
        with database.read() as connection:
            row = items.item_by_code(connection, code)
            _, lines = stock_card(connection, clinic.id, row.id)
    show(
        [
            {"date": x.day.isoformat(), "document": x.document, "kind": x.kind.value,
             "party": x.party, "lot": x.lot, "expiry": _iso(x.expiry), "in": x.received,
             "out": x.issued, "adjustment": x.adjusted, "balance": x.balance,
             "status": x.status.value, "reason": x.reason, "user": x.user}
            for x in lines
        ],
        options.as_json,
    )  # fmt: skip


def amc(context: typer.Context, code: str) -> None:
    """The average monthly consumption of an item, and the months behind it."""
    options: Context = context.obj
    with options.opened() as database:
        clinic = options.clinic_row(database)
        with database.read() as connection:
            row = items.item_by_code(connection, code)
            window = levels(connection, clinic.id).window
            uses = usage.use_of_items(connection, clinic.id, options.today, window, row.id)
    months = uses[row.id].months if row.id in uses else ()
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
    read = read_scan(text, options.today)
    code = read.item_code
    if read.gtin or code:
        with options.opened() as database, database.read() as connection:
            found = item_of_scan(connection, read)
            code = found.item.code if found else None
    show(_scan(options, read, code), options.as_json)


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
            problems = [options.tell(problem) for problem in checking.check(connection)]
    show({"ok": not problems, "problems": problems}, options.as_json)
    return 1 if problems else 0


def units(text: str) -> int:
    """A whole number of smallest units. Raises Refused."""
    return parse_quantity(text)


def two_decimals(value: Any) -> float:
    """For JSON only; nothing is computed with it."""
    return round(float(value), 2)


def _day(options: Context, on: str | None) -> date:
    return options.today if on is None else parse_day(on)


def _iso(expiry: Expiry | None) -> str | None:
    return None if expiry is None else expiry.iso


def _line(code: str, lot: str, expiry: Expiry | None, quantity: int) -> dict[str, Any]:
    return {"item": code, "lot": lot, "expiry": _iso(expiry), "quantity": quantity}


def _stock(item: items.ItemRow, lots: Iterable[stock.LotRow]) -> dict[str, Any]:
    lots = list(lots)
    return {
        "code": item.code,
        "on_hand": stock.on_hand_of(lots),
        "lots": [
            {"lot": lot.lot, "expiry": _iso(lot.expiry), "place": lot.place,
             "status": lot.status.value, "quantity": lot.quantity}
            for lot in lots
        ],
    }  # fmt: skip


def _scan(options: Context, read: Scan, code: str | None) -> dict[str, Any]:
    answer: dict[str, Any] = {
        "kind": read.kind.value,
        "gtin": read.gtin,
        "lot": read.lot,
        "expiry": _iso(read.expiry),
        "production": read.production.isoformat() if read.production else None,
        "serial": read.serial,
        "count": read.count,
        "item": code,
        "warnings": [options.tell(warning) for warning in read.warnings],
    }
    if read.document:
        answer["document"] = read.document
    if read.symbol is not None:
        symbol = read.symbol
        answer["order"] = {
            "number": symbol.number, "clinic": symbol.clinic, "date": symbol.day.isoformat(),
            "part": symbol.part, "parts": symbol.parts,
            "lines": [{"code": x.code, "quantity": x.quantity} for x in symbol.lines],
        }  # fmt: skip
    return answer

