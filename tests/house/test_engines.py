"""Both engines answer, each test with a database of its own."""

from __future__ import annotations

from pathlib import Path

import psycopg


def test_an_address_is_a_fresh_database(engine_address: str) -> None:
    if "://" not in engine_address:
        assert not Path(engine_address).exists()
        return
    with psycopg.connect(engine_address.replace("+psycopg", "")) as connection:
        tables = connection.execute("SELECT 1 FROM pg_tables WHERE schemaname = 'public'")
        assert tables.fetchall() == []
