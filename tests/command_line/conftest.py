"""A terminal, with and without a clinic behind it."""

from __future__ import annotations

import pytest

from inventory.storage.database import Database
from tests.command_line.terminal import Terminal
from tests.ready_clinic import furnish
from tests.storage.test_opening import address_of


@pytest.fixture
def terminal(capsys: pytest.CaptureFixture[str], sqlite_address: str) -> Terminal:
    """With no database yet."""
    return Terminal(capsys, sqlite_address)


@pytest.fixture
def desk(capsys: pytest.CaptureFixture[str], database: Database) -> Terminal:
    """With a clinic that has items and no stock, on each engine in turn."""
    furnish(database)
    return Terminal(capsys, address_of(database))
