"""A durable dispensing against the same two rows written by bare sqlite3, turn by turn."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from itertools import count, cycle
from pathlib import Path
from statistics import median

from sqlalchemy import select

from inventory.domain.expiry import Expiry
from inventory.domain.stamp import Stamp
from inventory.services.clinics import NewClinic, add_clinic
from inventory.services.dispensing import DispenseLine, DispenseOrder, dispense
from inventory.services.receiving import Receipt, ReceiptLine, receive
from inventory.storage import tables
from inventory.storage.key_place import key_path
from tests.benchmarks import catalogue, locked
from tests.benchmarks.decade import TODAY, Size
from tests.benchmarks.timing import Result, took

MEASURED_ITEMS = 20


class Desk:
    """Somebody dispensing two tablets at a time from one database."""

    def __init__(self, path: Path) -> None:
        self.database = locked.opened(path)
        with self.database.read() as connection:
            self.clinic_id: int = connection.execute(select(tables.clinic.c.id)).scalar_one()
            ids = connection.execute(select(tables.item.c.id).limit(MEASURED_ITEMS)).scalars().all()
        self.items: Iterator[int] = cycle(ids)
        self.requests = count()
        expiry = Expiry.of_day(TODAY + timedelta(days=300))
        lines = tuple(ReceiptLine(item, 10**6, "BENCH", expiry, reason="bench") for item in ids)
        self.database.act(receive, self._stamp(), Receipt(lines, TODAY))

    def dispense(self) -> None:
        order = DispenseOrder((DispenseLine(next(self.items), 2),), TODAY)
        self.database.act(dispense, self._stamp(), order)

    def _stamp(self) -> Stamp:
        number = next(self.requests)
        return Stamp(self.clinic_id, locked.NAME, TODAY, 10**13 + number, f"bench {number}")


class Bare:
    """The two rows of a dispensing written by sqlite3 alone, as durably."""

    def __init__(self, path: Path) -> None:
        self.connection = sqlite3.connect(path, isolation_level=None)
        self.connection.execute("PRAGMA journal_mode=WAL")
        self.connection.execute("PRAGMA synchronous=FULL")
        self.connection.execute("CREATE TABLE stock (lot INTEGER PRIMARY KEY, quantity INTEGER)")
        self.connection.execute(
            "CREATE TABLE movement (seq INTEGER PRIMARY KEY, uid TEXT, lot INTEGER, kind TEXT,"
            " quantity INTEGER, balance INTEGER, day TEXT, at INTEGER, person TEXT,"
            " previous BLOB, hash BLOB)"
        )
        self.connection.execute("INSERT INTO stock VALUES (1, 1000000000)")
        self.seq = count(1)

    def write(self) -> None:
        run, hashed = self.connection.execute, bytes(32)
        run("BEGIN IMMEDIATE")
        run("UPDATE stock SET quantity = quantity - 2 WHERE lot = 1")
        run(
            "INSERT INTO movement VALUES (?, ?, 1, 'dispense', -2, 0, '2026-11-22', 0, 'x', ?, ?)",
            (next(self.seq), "0" * 32, hashed, hashed),
        )
        run("COMMIT")


def measure(million: Path, size: Size, folder: Path, times: int) -> list[Result]:
    """`million` is copied first, so that it stays as it was built."""
    full, with_key = folder / "full.db", key_path(million).exists()
    locked.copy(million, full)
    desks = Desk(_empty(folder / "empty.db", size, with_key)), Desk(full)
    bare = Bare(folder / "bare.db")
    actions = (bare.write, *(desk.dispense for desk in desks))
    for action in actions:
        action()
    turns = [[took(action) for action in actions] for _ in range(times)]
    for desk in desks:
        desk.database.close()
    bare.connection.close()
    written, at_zero, at_million = (median(column) for column in zip(*turns, strict=True))
    return [
        Result("bare_write_ms", "two rows by bare sqlite3, durable", written, "ms"),
        Result("dispense_0_ms", "dispense at 0 movements", at_zero, "ms"),
        Result("dispense_full_ms", f"dispense at {size.movements:,} movements", at_million, "ms"),
        Result("dispense_ratio", "dispense ÷ bare write", at_million / written, "×", 5),
        Result("dispense_flat", "full ÷ empty", at_million / at_zero, "×", 1.2),
    ]


def _empty(path: Path, size: Size, with_key: bool) -> Path:
    """The same catalogue without any history."""
    database, master = locked.make(path, locked=with_key)
    with database.write() as connection:
        clinic_id = add_clinic(connection, NewClinic("No history"), TODAY, 0)
        locked.let_in(connection, path, clinic_id, master)
        catalogue.fill(connection, size.items)
    database.close()
    return path
