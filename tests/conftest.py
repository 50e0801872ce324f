"""What every test may ask for: a day, databases on both engines, a screenless Qt.

Nothing here reads the clock or touches the folders of the person who runs the tests.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.postgres import Postgres, start_postgres

TODAY = date(2026, 11, 22)

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
_own_folders = tempfile.mkdtemp(prefix="amana-tests-")
for name in ("CACHE", "CONFIG", "DATA", "STATE", "RUNTIME"):
    folder = Path(_own_folders, name.lower())
    folder.mkdir(mode=0o700)
    os.environ[f"XDG_{name}_{'DIR' if name == 'RUNTIME' else 'HOME'}"] = str(folder)

# The suite says the same every time; AMANA_HYPOTHESIS=search looks for new counterexamples.
_calm = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
settings.register_profile(
    "ci", derandomize=True, deadline=None, database=None, suppress_health_check=_calm
)
settings.register_profile(
    "search", max_examples=5_000, deadline=None, print_blob=True, suppress_health_check=_calm
)
settings.load_profile(os.environ.get("AMANA_HYPOTHESIS", "ci"))


def pytest_unconfigure() -> None:
    shutil.rmtree(_own_folders, ignore_errors=True)


@pytest.fixture
def today() -> date:
    """The day the tests live on, a Sunday."""
    return TODAY


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A real PostgreSQL of this test process's own, started when first asked for."""
    server = start_postgres()
    yield server
    server.stop()


@pytest.fixture
def postgres_address(postgres: Postgres) -> Iterator[str]:
    """A fresh, empty PostgreSQL database; dropped afterwards."""
    with postgres.database() as address:
        yield address


@pytest.fixture
def sqlite_address(tmp_path: Path) -> str:
    """The path of a database file that does not exist yet."""
    return str(tmp_path / "amana.db")


@pytest.fixture(params=["sqlite", "postgresql"])
def engine_address(request: pytest.FixtureRequest) -> str:
    """A place for a new database, on each engine in turn."""
    fixture = "sqlite_address" if request.param == "sqlite" else "postgres_address"
    return str(request.getfixturevalue(fixture))
