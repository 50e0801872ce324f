"""The server is gone: noticed within seconds, however it went, and noticed when it is back."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest

from inventory.domain.sentence import Refused
from inventory.domain.troubles import Trouble
from inventory.storage.database import Database
from inventory.storage.heartbeat import Heartbeat, Pace
from inventory.storage.opening import create_database, open_database
from tests.cable import Cable, cable
from tests.postgres import Postgres

QUICK = Pace(every=0.05, answer=0.3, connect=2)
LONG_S = 20
"""Far more than needed: nobody waits that long unless it is broken."""


class Told:
    """What the heartbeat told, and a way to wait for it."""

    def __init__(self) -> None:
        self.all: list[bool] = []
        self._changed = threading.Condition()

    def __call__(self, away: bool) -> None:
        with self._changed:
            self.all.append(away)
            self._changed.notify_all()

    def wait_for(self, away: bool) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: self.all[-1:] == [away], LONG_S), self.all


@pytest.fixture
def line(postgres: Postgres) -> Iterator[Cable]:
    with cable(postgres.socket) as laid:
        yield laid


@pytest.fixture
def far(postgres: Postgres, postgres_address: str, line: Cable) -> Iterator[Database]:
    create_database(postgres_address).close()
    database = open_database(postgres.through(postgres_address, line.port))
    yield database
    database.close()


@pytest.fixture
def told(far: Database) -> Iterator[Told]:
    heard = Told()
    heart = Heartbeat(far, heard, QUICK)
    heart.start()
    yield heard
    heart.stop()
    heart.wait()


def _look(database: Database) -> int:
    with database.read() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM clinic").scalar_one())


def test_a_cut_cable_is_told_and_told_when_it_is_mended(
    far: Database, line: Cable, told: Told
) -> None:
    assert _look(far) == 0
    line.cut()
    told.wait_for(True)
    with pytest.raises(Refused) as refusal:
        _look(far)
    assert refusal.value.trouble is Trouble.SERVER_AWAY
    line.mend()
    told.wait_for(False)
    assert _look(far) == 0
    assert told.all == [True, False]


def test_who_waits_at_a_dead_cable_is_told_too(far: Database, line: Cable, told: Told) -> None:
    """A dead cable breaks nothing: without the heartbeat this question would never end."""
    assert _look(far) == 0
    line.swallow()
    began = time.monotonic()
    with pytest.raises(Refused) as refusal:
        _look(far)
    assert refusal.value.trouble is Trouble.SERVER_AWAY
    assert time.monotonic() - began < LONG_S
    told.wait_for(True)
    # Nobody begins to wait again.
    began = time.monotonic()
    with pytest.raises(Refused):
        _look(far)
    assert time.monotonic() - began < 1
    line.mend()
    told.wait_for(False)
    assert _look(far) == 0


def test_a_long_question_is_not_taken_for_a_dead_cable(far: Database, told: Told) -> None:
    with far.read() as connection:
        connection.exec_driver_sql("SELECT pg_sleep(1)")
    assert told.all == []


def test_a_server_that_says_no_is_there(
    postgres: Postgres, far: Database, told: Told, line: Cable
) -> None:
    with postgres.doors(f"local {far.name} all reject"):
        line.mend()  # breaks what is open: everything has to be connected anew
        time.sleep(0.5)
        assert told.all == []
    assert _look(far) == 0
