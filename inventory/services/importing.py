"""Files become items, opening stock and history: first a plan that changes nothing, then one act.

A plan may be as old as the person takes to read it, so the act compares again with what is there
by then; the same file or the same plan twice changes nothing the second time.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from sqlalchemy import Connection, text

from inventory.domain.documents import DocumentKind
from inventory.domain.movements import MovementKind
from inventory.domain.roles import Permission
from inventory.domain.sentence import Refused
from inventory.domain.stamp import Stamp
from inventory.domain.status import Status
from inventory.exchange import history_plan, items_plan, opening_plan
from inventory.exchange.columns import ColumnMapping, guess, recall, signature
from inventory.exchange.fields import TABLES
from inventory.exchange.history_plan import Figures, HistoryPlan
from inventory.exchange.items_plan import ItemPlan
from inventory.exchange.opening_plan import (
    KnownItem,
    Opened,
    OpeningLine,
    OpeningPlan,
    OpeningState,
    Shelf,
)
from inventory.exchange.progress import SILENT, Progress
from inventory.exchange.table_file import TableFile, read_table
from inventory.queries import clinics, items
from inventory.queries.item_drafts import codes_with_stock_history, item_drafts
from inventory.queries.openings import (
    CORRECTS_OPENING,
    OpenedRow,
    first_months,
    opened_rows,
    reported_rows,
)
from inventory.services import ledger, second_person
from inventory.services.bulk_items import save_items
from inventory.services.clinics import add_place, save_setting
from inventory.services.ledger import Entry, Heading
from inventory.services.lots import LotFacts, find_or_add
from inventory.services.permits import permitted

Source = TableFile | str | Path
"""A table that was read already, or a file to read."""

_REPORT = text("""
INSERT INTO reported_month (clinic_id, item_id, month, opening, received, consumed, adjusted,
  closing, days_out)
VALUES (:clinic, :item, :month, :opening, :received, :consumed, :adjustments, :closing, :days_out)
ON CONFLICT (clinic_id, item_id, month) DO UPDATE SET opening = excluded.opening,
  received = excluded.received, consumed = excluded.consumed, adjusted = excluded.adjusted,
  closing = excluded.closing, days_out = excluded.days_out
""")
_KEPT_MAPPINGS = 50


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import wrote; `documents` are the numbers of what it posted."""

    added: int
    updated: int
    documents: tuple[str, ...] = ()
    again: bool = False


# Columns


def mapping_for(connection: Connection, table_of: str, table: TableFile) -> ColumnMapping:
    """The columns a person chose for such a file before, else those found by their headings.

    `table_of` is items, opening or history.
    """
    kept = clinics.setting(connection, 0, f"columns.{table_of}", {})
    remembered = kept.get(signature(table.headings))
    fields = TABLES[table_of]
    mapping = recall(table.headings, fields, remembered) if remembered else None
    return mapping or guess(table.headings, fields)


@permitted(Permission.KEEP_ITEMS, Permission.OPEN_STOCK)
def remember_mapping(
    connection: Connection,
    stamp: Stamp,
    table_of: str,
    table: TableFile,
    mapping: ColumnMapping,
) -> None:
    """Keep a person's choice for the next file with these headings."""
    key = f"columns.{table_of}"
    kept = dict(clinics.setting(connection, 0, key, {}))
    kept.pop(signature(table.headings), None)
    kept[signature(table.headings)] = mapping.remember(table.headings)
    save_setting(connection, 0, key, dict(list(kept.items())[-_KEPT_MAPPINGS:]))


def _prepared(
    connection: Connection,
    table_of: str,
    source: Source,
    mapping: ColumnMapping | None,
    progress: Progress,
) -> tuple[TableFile, ColumnMapping]:
    table = source if isinstance(source, TableFile) else read_table(source, progress=progress)
    return table, mapping or mapping_for(connection, table_of, table)


# Items


def plan_items(
    connection: Connection,
    clinic_id: int,
    source: Source,
    today: date,
    *,
    mapping: ColumnMapping | None = None,
    progress: Progress = SILENT,
) -> ItemPlan:
    """What a file of items would add and change. Raises Refused when it is no such file.

    The list of items belongs to all clinics and to no day; both are taken so that the three
    plans are asked for in one way.
    """
    table, columns = _prepared(connection, "items", source, mapping, progress)
    return items_plan.plan_items(
        table,
        columns,
        item_drafts(connection),
        in_use=codes_with_stock_history(connection),
        progress=progress,
    )


@permitted(Permission.KEEP_ITEMS)
def import_items(
    connection: Connection, stamp: Stamp, plan: ItemPlan, progress: Progress = SILENT
) -> Imported:
    """Add and change what the plan says, all of it or nothing."""
    drafts = [planned.value for planned in plan.planned]
    second_person.for_items(connection, stamp, {d.code: d.controlled for d in drafts})
    save_items(connection, drafts, stamp.now, progress)
    return Imported(len(plan.added), len(plan.updated))


# Opening stock


def plan_opening(
    connection: Connection,
    clinic_id: int,
    source: Source,
    today: date,
    *,
    mapping: ColumnMapping | None = None,
    progress: Progress = SILENT,
) -> OpeningPlan:
    """What a file of counted batches would put on the shelves. Raises Refused when it is none."""
    table, columns = _prepared(connection, "opening", source, mapping, progress)
    known = {row.code: KnownItem(row.code, row.names, row.kind) for row in _items(connection)}
    opened = {
        _shelf(row): Opened(row.quantity, row.on_hand, Status(row.status))
        for row in opened_rows(connection, clinic_id)
    }
    places = [place.name for place in clinics.places(connection, clinic_id)]
    state = OpeningState(known, opened, places)
    return opening_plan.plan_opening(table, columns, state, today, progress)


@permitted(Permission.OPEN_STOCK)
def import_opening(
    connection: Connection, stamp: Stamp, plan: OpeningPlan, progress: Progress = SILENT
) -> Imported:
    """Post the opening stock, and the differences to what was opened before as adjustments."""
    ledger.begin(connection, stamp.clinic_id)
    before = ledger.already(connection, stamp)
    if before is not None:
        return Imported(len(plan.added), len(plan.updated), (before.number,), again=True)
    opening, corrections = _opening_entries(connection, stamp, plan, progress)
    consent = second_person.for_changes(
        connection, stamp, second_person.net(corrections), "DATA_ENTRY_CORRECTION"
    )
    numbers: list[str] = []
    for heading, entries in (
        (Heading(DocumentKind.OPENING, stamp.today), opening),
        (_correction(stamp), corrections),
    ):
        if entries:
            own = replace(stamp, request=f"{stamp.request}-{len(numbers)}") if numbers else stamp
            numbers.append(ledger.post(connection, own, heading, entries).number)
    if numbers:
        consent.record(connection, stamp, numbers[-1])
    progress.end(len(plan.planned))
    return Imported(len(plan.added), len(plan.updated), tuple(numbers))


def _correction(stamp: Stamp) -> Heading:
    return Heading(DocumentKind.ADJUSTMENT, stamp.today, reference=CORRECTS_OPENING,
                   reason="DATA_ENTRY_CORRECTION")  # fmt: skip


def _opening_entries(
    connection: Connection, stamp: Stamp, plan: OpeningPlan, progress: Progress
) -> tuple[list[Entry], list[Entry]]:
    """Entries for new shelves, and for the differences of shelves that were opened before."""
    ids = {row.code: row.id for row in _items(connection)}
    places = _Places(connection, stamp.clinic_id)
    opened = {_shelf(row): row for row in opened_rows(connection, stamp.clinic_id)}
    opening: list[Entry] = []
    corrections: list[Entry] = []
    for done, planned in enumerate(plan.planned, start=1):
        progress.step(done, len(plan.planned))
        line = planned.value
        if line.shelf.code not in ids:
            raise Refused("{code} is not in the list of items any more. Check the file again.",
                          code=line.shelf.code)  # fmt: skip
        known = opened.get(line.shelf)
        if known is None or known.quantity == 0:
            lot = LotFacts(line.shelf.lot, line.shelf.expiry)
            lot_id = find_or_add(connection, stamp.clinic_id, ids[line.shelf.code], lot)
            opening.append(
                Entry(MovementKind.OPENING, ids[line.shelf.code], lot_id,
                      places.id_of(line.shelf.place), line.quantity, line.status,
                      len(opening) + 1)
            )  # fmt: skip
        elif known.quantity != line.quantity:
            corrections.append(_difference(known, line, len(corrections) + 1))
    return opening, corrections


def _difference(known: OpenedRow, line: OpeningLine, number: int) -> Entry:
    change = line.quantity - known.quantity
    kind = MovementKind.ADJUST_UP if change > 0 else MovementKind.ADJUST_DOWN
    return Entry(kind, known.item_id, known.lot_id, known.place_id, change, Status(known.status),
                 number, "DATA_ENTRY_CORRECTION")  # fmt: skip


class _Places:
    """Places of the clinic by name; a new name becomes a place."""

    def __init__(self, connection: Connection, clinic_id: int) -> None:
        self._connection, self._clinic_id = connection, clinic_id
        self._ids = {place.name: place.id for place in clinics.places(connection, clinic_id)}

    def id_of(self, name: str) -> int:
        if name not in self._ids:
            rank = len(self._ids)
            self._ids[name] = add_place(self._connection, self._clinic_id, name, rank)
        return self._ids[name]


def _items(connection: Connection) -> list[items.ItemRow]:
    return items.all_items(connection)


def _shelf(row: OpenedRow) -> Shelf:
    return Shelf(row.code, row.lot, row.expiry, row.place)


# History


def plan_history(
    connection: Connection,
    clinic_id: int,
    source: Source,
    today: date,
    *,
    mapping: ColumnMapping | None = None,
    progress: Progress = SILENT,
) -> HistoryPlan:
    """What a file of monthly reports would tell. Raises Refused when it is no such file."""
    table, columns = _prepared(connection, "history", source, mapping, progress)
    state = history_plan.HistoryState(
        codes=[row.code for row in _items(connection)],
        reported={
            (row.code, row.month): Figures(row.opening, row.received, row.consumed,
                                           row.adjustments, row.closing, row.days_out)
            for row in reported_rows(connection, clinic_id)
        },
        began=first_months(connection, clinic_id),
    )  # fmt: skip
    return history_plan.plan_history(table, columns, state, today, progress)


@permitted(Permission.OPEN_STOCK)
def import_history(
    connection: Connection, stamp: Stamp, plan: HistoryPlan, progress: Progress = SILENT
) -> Imported:
    """Keep the reported months, over what was reported of them before."""
    ids = {row.code: row.id for row in _items(connection)}
    rows = []
    for planned in plan.planned:
        value = planned.value
        if value.code not in ids:
            raise Refused("{code} is not in the list of items any more. Check the file again.",
                          code=value.code)  # fmt: skip
        figures = {name: getattr(value.figures, name) for name in Figures.__slots__}
        rows.append({"clinic": stamp.clinic_id, "item": ids[value.code],
                     "month": value.month.iso, **figures})  # fmt: skip
    for start in range(0, len(rows), 500):
        progress.step(start, len(rows))
        connection.execute(_REPORT, rows[start : start + 500])
    progress.end(len(rows))
    return Imported(len(plan.added), len(plan.updated))
