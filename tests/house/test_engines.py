"""Both engines answer, each test with a database of its own."""

from __future__ import annotations

from pathlib import Path

import psycopg
from sqlalchemy import func, select

from inventory.storage import tables
from inventory.storage.database import Database


def test_an_address_is_a_fresh_database(engine_address: str) -> None:
    if "://" not in engine_address:
        assert not Path(engine_address).exists()
        return
    with psycopg.connect(engine_address.replace("+psycopg", "")) as connection:
        tables = connection.execute("SELECT 1 FROM pg_tables WHERE schemaname = 'public'")
        assert tables.fetchall() == []


def test_a_database_has_its_tables_and_nothing_in_them(database: Database) -> None:
    with database.read() as connection:
        for table in tables.metadata.tables.values():
            assert connection.scalar(select(func.count()).select_from(table)) == 0
