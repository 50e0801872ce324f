"""What the database itself refuses: changing a fact, dispensing what has expired."""

from __future__ import annotations

from collections.abc import Iterator

_SQLITE_FACT = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, 'facts are never changed: {table}'); END
"""

_SQLITE_EXPIRED = """
CREATE TRIGGER movement_no_expired BEFORE INSERT ON movement
WHEN NEW.kind IN ('dispense', 'use') AND NEW.quantity < 0 AND (
  NEW.status <> 'usable'
  OR (SELECT expiry FROM lot WHERE id = NEW.lot_id) < NEW.happened_on)
BEGIN SELECT RAISE(ABORT, 'expired or held stock is never dispensed'); END
"""

_POSTGRESQL = """
CREATE FUNCTION amana_fact() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'facts are never changed: %', TG_TABLE_NAME; END $$;
CREATE FUNCTION amana_not_expired() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.kind IN ('dispense', 'use') AND NEW.quantity < 0 AND (NEW.status <> 'usable'
     OR (SELECT expiry FROM lot WHERE id = NEW.lot_id) < NEW.happened_on) THEN
    RAISE EXCEPTION 'expired or held stock is never dispensed';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER movement_no_expired BEFORE INSERT ON movement
FOR EACH ROW EXECUTE FUNCTION amana_not_expired();
"""

_POSTGRESQL_FACT = """
CREATE TRIGGER {table}_fact BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION amana_fact();
CREATE TRIGGER {table}_whole BEFORE TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION amana_fact();
"""


def statements(dialect: str, facts: tuple[str, ...]) -> Iterator[str]:
    """The statements that guard the facts, for one engine."""
    if dialect == "sqlite":
        yield _SQLITE_EXPIRED
        for table in facts:
            for verb in ("UPDATE", "DELETE"):
                yield _SQLITE_FACT.format(table=table, verb=verb)
        return
    yield _POSTGRESQL
    for table in facts:
        yield _POSTGRESQL_FACT.format(table=table)
