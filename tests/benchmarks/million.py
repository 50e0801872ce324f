"""A database with a million movements, built once and kept in build/benchmarks.

Rows are written in bulk with the ledger's own chain; the caches are then made by `rebuild`, and
`check` has to find nothing.
"""

from __future__ import annotations

import hashlib
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert, select, update
from uuid6 import uuid7

from inventory.domain.documents import DocumentKind
from inventory.domain.movements import MovementKind
from inventory.services import chain
from inventory.services.checking import check, rebuild
from inventory.services.clinics import NewClinic, add_clinic
from inventory.storage import tables
from inventory.storage.database import Database
from tests.benchmarks import catalogue
from tests.benchmarks.decade import TODAY, Arrival, Event, Size, arrivals, documents
from tests.benchmarks.locked import let_in, make, remove, rename
from tests.house.tree import ROOT

_CHUNK = 20_000
_MADE_FROM = (
    "inventory/storage/tables/ledger.py", "inventory/storage/tables/caches.py",
    "inventory/storage/migrations/versions/0001_begin.py", "inventory/services/chain.py",
    "inventory/services/caches.py", "inventory/services/items.py", "tests/benchmarks/million.py",
    "tests/benchmarks/decade.py", "tests/benchmarks/catalogue.py", "tests/benchmarks/locked.py",
    "inventory/storage/tables/people.py", "inventory/storage/key_*.py",
)  # fmt: skip


def prepared(size: Size, *, locked: bool = True) -> Path:
    """The database of that size, made now or earlier from the same source."""
    source = hashlib.sha256(repr(size).encode())
    kind = "locked" if locked else "plain"
    for pattern in _MADE_FROM:
        for file in sorted(ROOT.glob(pattern)):
            source.update(file.read_bytes())
    path = ROOT / "build" / "benchmarks" / f"{size.movements}-{kind}-{source.hexdigest()[:12]}.db"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        for old in path.parent.glob(f"{size.movements}-{kind}-*"):
            old.unlink()
        draft = path.with_suffix(".part")
        remove(draft)
        build(draft, size, locked=locked)
        rename(draft, path)
    return path


def build(path: Path, size: Size, *, locked: bool = True) -> None:
    """Make the database. Raises AssertionError when `check` finds anything."""
    _say(f"Building {size.movements:,} movements once")
    database, master = make(path, locked=locked)
    _facts(database, path, size, master)
    _say("  caches")
    with database.write() as connection:
        rebuild(connection)
    _say("  check")
    with database.read() as connection:
        assert [str(problem) for problem in check(connection)] == []
    database.close()


def _facts(database: Database, path: Path, size: Size, master: bytes) -> None:
    with database.write() as connection:
        clinic_id = add_clinic(connection, NewClinic("Ten years"), TODAY, 0)
        let_in(connection, path, clinic_id, master)
        items = catalogue.fill(connection, size.items)
        writer = _Writer(connection, clinic_id, items)
        events: list[Event] = []
        for arrival, moved in arrivals(size):
            writer.lot(arrival)
            events += moved
        _say("  movements")
        connection.execute(insert(tables.lot), list(writer.lots.values()))
        for number, lines in enumerate(documents(events)):
            writer.document(lines)
            if number % _CHUNK == 0:
                writer.flush()
        writer.close()


class _Writer:
    """Collects rows and writes them in bulk."""

    def __init__(self, connection: Connection, clinic_id: int, items: list[int]) -> None:
        s, c, p, i = tables.stream.c, tables.clinic.c, tables.place.c, tables.item.c
        self.connection, self.clinic_id, self.items = connection, clinic_id, items
        stream = connection.execute(select(s.id, s.uid, s.head, s.last_seq)).one()
        self.stream_id, self.stream_uid, self.head = stream.id, stream.uid, bytes(stream.head)
        self.clinic_uid = connection.execute(select(c.uid)).scalar_one()
        self.place_id, self.place_uid = connection.execute(select(p.id, p.uid)).one()
        self.item_uids = {row.id: row.uid for row in connection.execute(select(i.id, i.uid))}
        self._stream = {"clinic_uid": self.clinic_uid, "stream_uid": self.stream_uid}
        self.lots: dict[tuple[int, int], dict[str, Any]] = {}
        self.balances: Counter[int] = Counter()
        self.numbers: Counter[tuple[str, int]] = Counter()
        self.seq, self.recorded_at = stream.last_seq, 0
        self.document_rows: list[dict[str, Any]] = []
        self.movement_rows: list[dict[str, Any]] = []
        self.documents = 0

    def lot(self, arrival: Arrival) -> None:
        item_id = self.items[arrival.item]
        lot = {
            "id": len(self.lots) + 1, "uid": uuid7().hex, "clinic_id": self.clinic_id,
            "item_id": item_id, "number": f"L{arrival.item:05d}-{arrival.batch}",
            "expiry": arrival.expiry, "expiry_precision": "day", "made_on": None, "maker": "",
            "source": "",
        }  # fmt: skip
        said = lot | {
            "clinic_uid": self.clinic_uid, "item_uid": self.item_uids[item_id],
            "expiry": arrival.expiry.isoformat(),
        }  # fmt: skip
        lot["seal"] = chain.seal_lot([said[name] for name in chain.LOT_FIELDS])
        self.lots[arrival.item, arrival.batch] = lot

    def document(self, lines: list[Event]) -> None:
        kind = DocumentKind.RECEIPT if lines[0].quantity > 0 else DocumentKind.DISPENSE
        day = lines[0].day
        self.documents += 1
        self.numbers[kind.prefix, day.year] += 1
        morning = datetime(day.year, day.month, day.day, 8, tzinfo=UTC)
        self.recorded_at = max(self.recorded_at + 1, int(morning.timestamp() * 1000))
        document = {
            "id": self.documents, "uid": uuid7().hex, "clinic_id": self.clinic_id,
            "kind": kind.value, "number": self._number(kind.prefix, day.year),
            "request": f"document {self.documents}", "happened_on": day,
            "recorded_at": self.recorded_at, "user": "pharmacist", "party": "", "reference": "",
            "reason": "", "note": "", "stream_id": self.stream_id, "after_seq": self.seq,
        }  # fmt: skip
        said = document | self._stream | {
            "happened_on": day.isoformat(), "reverses_uid": None, "says": (),
        }  # fmt: skip
        fields = [said[name] for name in chain.DOCUMENT_FIELDS]
        document["seal"] = chain.seal_document(self.head, fields)
        self.document_rows.append(document)
        for line, event in enumerate(lines, start=1):
            self._movement(document, line, event)

    def _number(self, prefix: str, year: int) -> str:
        return f"{prefix}-{year}-{self.numbers[prefix, year]:05d}"

    def _movement(self, document: dict[str, Any], line: int, event: Event) -> None:
        lot = self.lots[event.item, event.batch]
        self.balances[lot["id"]] += event.quantity
        kind = MovementKind.RECEIPT if event.quantity > 0 else MovementKind.DISPENSE
        self.seq += 1
        movement = {
            "clinic_id": self.clinic_id, "stream_id": self.stream_id, "seq": self.seq,
            "uid": uuid7().hex, "document_id": document["id"], "line": line, "kind": kind.value,
            "item_id": lot["item_id"], "lot_id": lot["id"], "place_id": self.place_id,
            "status": "usable", "quantity": event.quantity,
            "balance_after": self.balances[lot["id"]], "happened_on": event.day,
            "recorded_at": document["recorded_at"], "clock_back": 0, "user": "pharmacist",
            "reason": "", "note": "", "reverses_uid": "", "previous_hash": self.head,
        }  # fmt: skip
        said = movement | self._stream | {
            "document_seal": document["seal"].hex(), "lot_seal": lot["seal"].hex(),
            "item_uid": self.item_uids[lot["item_id"]], "place_uid": self.place_uid,
            "happened_on": event.day.isoformat(),
        }  # fmt: skip
        self.head = chain.link(self.head, [said[name] for name in chain.MOVEMENT_FIELDS])
        movement["hash"] = self.head
        self.movement_rows.append(movement)

    def flush(self) -> None:
        self.connection.execute(insert(tables.document), self.document_rows)
        self.connection.execute(insert(tables.movement), self.movement_rows)
        self.document_rows.clear()
        self.movement_rows.clear()

    def close(self) -> None:
        self.flush()
        self.connection.execute(insert(tables.number_counter), list(self._counters()))
        self.connection.execute(
            update(tables.stream).values(
                last_seq=self.seq, head=self.head, last_day=TODAY,
                last_recorded_at=self.recorded_at)
        )  # fmt: skip

    def _counters(self) -> Iterator[dict[str, Any]]:
        for (prefix, year), last in self.numbers.items():
            yield {"clinic_id": self.clinic_id, "prefix": prefix, "year": year, "last": last}


def _say(text: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr)


if __name__ == "__main__":
    print(prepared(Size()))
