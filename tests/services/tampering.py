"""What somebody with the file and a database tool can do, guards or not."""

from __future__ import annotations

from typing import Any

from sqlalchemy import text

from inventory.storage.database import Database


def tamper(database: Database, *statements: str, **values: Any) -> None:
    """Run the statements with triggers and references switched off."""
    if not database.is_file:
        with database.write() as connection:
            connection.execute(text("SET LOCAL session_replication_role = replica"))
            for statement in statements:
                connection.execute(text(statement), values)
        return
    with database.driver() as raw:
        guards = raw.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        kept = guards.fetchall()
        raw.execute("PRAGMA foreign_keys=OFF")
        raw.execute("PRAGMA ignore_check_constraints=ON")
        for name, _ in kept:
            raw.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            raw.execute(statement, values)
        for _, sql in kept:
            raw.execute(sql)
        raw.execute("PRAGMA ignore_check_constraints=OFF")
        raw.execute("PRAGMA foreign_keys=ON")
