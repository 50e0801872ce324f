"""Statements that go to the driver as they are."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import DBAPIError, IntegrityError

from inventory.storage.database import Database
from inventory.storage.statement import Statement

ADD = Statement("""
INSERT INTO setting (scope, key, value)
VALUES (:scope, :key, :value) RETURNING scope, value
""")
ALL = Statement("SELECT scope, key, value FROM setting WHERE scope = :scope ORDER BY key")


def test_it_returns_rows_on_both_engines(database: Database) -> None:
    with database.write() as connection:
        assert ADD.rows(connection, {"scope": 1, "key": "a", "value": "٣ %s :x"}) == [
            (1, "٣ %s :x")
        ]
        assert ADD.row(connection, {"scope": 1, "key": "b", "value": ""}) == (1, "")
        assert ALL.rows(connection, {"scope": 1}) == [(1, "a", "٣ %s :x"), (1, "b", "")]
        assert ALL.row(connection, {"scope": 2}) is None


def test_a_percent_sign_stays_one(database: Database) -> None:
    like = Statement("SELECT :word || '%' WHERE CAST(:word AS TEXT) LIKE 'a%'")
    with database.read() as connection:
        assert like.row(connection, {"word": "abc"}) == ("abc%",)
        assert like.row(connection, {"word": "bc"}) is None


def test_faults_are_those_of_sqlalchemy(database: Database) -> None:
    given = {"scope": 1, "key": "a", "value": ""}
    with database.write() as connection:
        ADD.run(connection, given)
    with pytest.raises(IntegrityError), database.write() as connection:
        ADD.run(connection, given)
    with pytest.raises(DBAPIError), database.read() as connection:
        Statement("SELECT * FROM nowhere").rows(connection, {})
    with database.read() as connection:
        assert ALL.rows(connection, {"scope": 1}) == [(1, "a", "")]
