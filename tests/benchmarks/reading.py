"""What the pages ask, at a clinic's ten years."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

from sqlalchemy import Connection, select

from inventory.domain.fefo import pick
from inventory.domain.scan import read_scan
from inventory.queries.proposal import proposals
from inventory.queries.scanning import item_of_scan
from inventory.queries.search import SearchIndex
from inventory.queries.shelves import shelves
from inventory.queries.stock import stock_list
from inventory.storage import tables
from tests.benchmarks import catalogue, locked
from tests.benchmarks.decade import TODAY, Size
from tests.benchmarks.timing import Result, typical


def measure(million: Path, size: Size, times: int) -> list[Result]:
    database = locked.opened(million)
    try:
        with database.read() as connection:
            clinic_id: int = connection.execute(select(tables.clinic.c.id)).scalar_one()
            return [
                *_stock(connection, clinic_id, times),
                *_search(connection, times),
                _scan(connection, clinic_id, size, times),
                _proposal(connection, clinic_id, size, times),
            ]
    finally:
        database.close()


def _stock(connection: Connection, clinic_id: int, times: int) -> Iterator[Result]:
    rows = stock_list(connection, clinic_id, TODAY)
    shown = len(rows) + sum(len(row.lots) for row in rows)
    whole = typical(lambda: stock_list(connection, clinic_id, TODAY), times)
    each = whole / shown * 10_000
    yield Result("stock_list_ms", f"stock list, {len(rows):,} items, {shown:,} rows", whole, "ms")
    yield Result("stock_list_10k_ms", "stock list per 10,000 rows", each, "ms", 50)


def _search(connection: Connection, times: int) -> Iterator[Result]:
    """A medicine typed letter by letter, in two scripts, and one misspelled."""
    index = SearchIndex.build(connection)
    typed = cycle(
        word[:letters]
        for word in ("amoxicillin 500", "سيبرو 250", "bm-00412")
        for letters in range(1, len(word) + 1)
    )
    wrong = cycle(("amoxycilin", "ciproxicilen", "metroxcillin"))
    keys = typical(lambda: index.search(next(typed)), times * 40)
    guess = typical(lambda: index.search(next(wrong)), times)
    yield Result("search_ms", "search, each key", keys, "ms", 10)
    yield Result("search_guess_ms", "search, misspelled", guess, "ms")


def _scan(connection: Connection, clinic_id: int, size: Size, times: int) -> Result:
    """A GS1 DataMatrix read, its item found and the batches to take picked: all but the paint."""
    codes = cycle(
        f"]d201{catalogue.gtin(n).zfill(14)}17280531{'10'}AB{n}" for n in range(0, size.items, 37)
    )

    def line() -> None:
        found = item_of_scan(connection, read_scan(next(codes), TODAY))
        assert found is not None
        assert pick(shelves(connection, clinic_id, found.item.id), 1, TODAY).takes

    return Result("scan_ms", "scan to line", typical(line, times * 20), "ms", 16)


def _proposal(connection: Connection, clinic_id: int, size: Size, times: int) -> Result:
    whole = typical(lambda: proposals(connection, clinic_id, TODAY), times)
    return Result("proposal_ms", f"order proposal for {size.items:,} items", whole, "ms", 1000)
