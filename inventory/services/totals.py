"""Totals without people: stock by batch and use by month, locked like a backup.

What an office needs to go on supplying a clinic whose visit data had to be removed.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final
from uuid import uuid4

from sqlalchemy import Connection

from inventory.domain.sentence import Refused
from inventory.queries.backup_mark import mark_of
from inventory.services.backing_up import in_words, read_backup
from inventory.storage.backup_file import Wrapping, proof_key, write_body
from inventory.storage.backup_format import Header, Part, Value, lines
from inventory.storage.opening import KNOWN, sync_folder
from inventory.storage.statement import Statement

_ITEM: Final = """
coalesce(nullif(i.name_en, ''), nullif(i.name_fr, ''), nullif(i.name_ar, ''), i.name_ckb)
"""
_STOCK = Statement(f"""
SELECT c.name, i.code, {_ITEM}, l.number, l.expiry, s.status, p.name, s.quantity
FROM stock s JOIN clinic c ON c.id = s.clinic_id JOIN item i ON i.id = s.item_id
JOIN lot l ON l.id = s.lot_id JOIN place p ON p.id = s.place_id
WHERE s.quantity <> 0 ORDER BY s.clinic_id, i.code, l.id, p.id, s.status
""")
_MONTHS = Statement(f"""
SELECT c.name, m.month, i.code, {_ITEM}, m.received, m.consumed, m.adjusted
FROM month_use m JOIN clinic c ON c.id = m.clinic_id JOIN item i ON i.id = m.item_id
ORDER BY m.clinic_id, m.month, i.code
""")
_COLUMNS: Final = {
    "stock_totals": ("clinic", "code", "item", "batch", "expiry", "status", "place", "quantity"),
    "month_totals": ("clinic", "month", "code", "item", "received", "consumed", "adjusted"),
}
_ASKED: Final = {"stock_totals": _STOCK, "month_totals": _MONTHS}

Table = tuple[tuple[str, ...], list[tuple[Value, ...]]]


def write_totals(
    connection: Connection, master: bytes | None, key_file: bytes, folder: Path, now: int,
    today: date,
) -> Path:  # fmt: skip
    """A file of totals in the folder, read again before it counts. Raises Refused."""
    found = {name: ask.rows(connection, {}) for name, ask in _ASKED.items()}
    wrapping = Wrapping(master is not None, key_file)
    parts = tuple(Part(name, _COLUMNS[name], frozenset(), len(rows))
                  for name, rows in found.items())  # fmt: skip
    header = Header(KNOWN[-1], now, today.isoformat(), wrapping.digest(), parts, ())
    moment = datetime.fromtimestamp(now // 1000, UTC).strftime("%Y%m%dT%H%M%SZ")
    path = folder / f"{mark_of(connection)}-{moment}.totals"
    with in_words():
        _write(path, wrapping, lines(header, lambda part: found[part.table], proof_key(master)),
               master)  # fmt: skip
    if read_totals(path, master) != {name: (_COLUMNS[name], list(map(tuple, rows)))
                                     for name, rows in found.items()}:  # fmt: skip
        raise Refused("What was written to the stick came back different, so the backup was "
                      "removed. Use another stick.")  # fmt: skip
    return path


def read_totals(path: Path, master: bytes | None) -> dict[str, Table]:
    """The tables of such a file, with their columns. Raises Refused."""
    found: dict[str, Table] = {}

    def begin(header: Header) -> None:
        if not is_totals(header):
            raise Refused("This file is a backup, not totals of the stock.")
        found.update({part.table: (part.columns, []) for part in header.parts})

    read_backup(path, master, begin, lambda part, rows: found[part.table][1].extend(rows))
    return found


def is_totals(header: Header) -> bool:
    """Whether a file holds totals, and not a whole database."""
    return {part.table for part in header.parts} == set(_COLUMNS)


def _write(path: Path, wrapping: Wrapping, text: Iterator[bytes], master: bytes | None) -> None:
    beside = path.with_name(f".{path.name}.{uuid4().hex[:8]}.part")
    try:
        with beside.open("xb") as file:
            write_body(file, wrapping, text, master)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)
