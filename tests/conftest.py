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

from inventory.storage import passwords, stretching
from inventory.storage.database import Database
from inventory.storage.opening import create_database, open_database
from tests.postgres import Postgres, start_postgres
from tests.ready_clinic import ReadyClinic, furnish

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


@pytest.fixture(autouse=True, scope="session")
def cheap_passwords() -> Iterator[None]:
    """Passwords cost next to nothing in tests; `tests/storage/test_passwords.py` and
    `test_key_file.py` prove that the program itself never goes below its floor.
    """
    cheap = stretching.Cost(8, 1, 1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_cost", passwords.Cost(8, 1, 1))
        patch.setattr(stretching, "FLOOR", cheap)
        patch.setattr(stretching, "calibrated", lambda: cheap)
        yield


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


@pytest.fixture(scope="session")
def _sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "empty.db"
    create_database(path).close()
    return path


@pytest.fixture(scope="session")
def _postgres_template(postgres: Postgres) -> str:
    create_database(postgres.create("amana_template")).close()
    return "amana_template"


@pytest.fixture
def file_database(_sqlite_template: Path, sqlite_address: str) -> Iterator[Database]:
    """An open SQLite database with all tables and nothing in them."""
    shutil.copyfile(_sqlite_template, sqlite_address)
    yield from _opened(sqlite_address)


@pytest.fixture
def server_database(postgres: Postgres, _postgres_template: str) -> Iterator[Database]:
    """The same on PostgreSQL."""
    with postgres.database(_postgres_template) as address:
        yield from _opened(address)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Database:
    """An open database with all tables and nothing in them, on each engine in turn."""
    fixture = "file_database" if request.param == "sqlite" else "server_database"
    opened: Database = request.getfixturevalue(fixture)
    return opened


def _opened(address: str) -> Iterator[Database]:
    database = open_database(address)
    yield database
    database.close()


@pytest.fixture
def clinic(database: Database) -> ReadyClinic:
    """A clinic with items and no stock, on each engine in turn."""
    return furnish(database)


@pytest.fixture
def file_clinic(file_database: Database) -> ReadyClinic:
    """The same on SQLite only."""
    return furnish(file_database)
