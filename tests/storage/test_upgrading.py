"""An older database is copied aside, the copy is verified, and only then is it changed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from inventory.domain.sentence import Refused
from inventory.services.checking import check
from inventory.storage import opening, upgrading
from inventory.storage.database import Database
from inventory.storage.opening import open_database
from tests.house.tree import ROOT
from tests.ready_clinic import ReadyClinic
from tests.storage.test_opening import address_of

NOW = opening.KNOWN[-1]
NEXT = '''
"""A later version, which makes the table of places anew."""
import sqlalchemy as sa
from alembic import op

revision = "9000"
down_revision = "{before}"


def upgrade() -> None:
    with op.batch_alter_table("place", recreate="auto") as place:
        place.add_column(sa.Column("shelf", sa.Text, nullable=False, server_default=""))
        place.alter_column("name", new_column_name="called")
    {then}
'''


@pytest.fixture
def later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a version that comes after ours; the program already knows it."""
    folder = tmp_path / "later"
    folder.mkdir()
    monkeypatch.setattr(upgrading, "VERSIONS", [*upgrading.VERSIONS, folder])
    monkeypatch.setattr(opening, "KNOWN", (*opening.KNOWN, "9000"))
    return folder


def write(folder: Path, then: str = "") -> None:
    (folder / "9000_later.py").write_text(
        NEXT.replace("{then}", then).replace("{before}", NOW)
    )


def worked(clinic: ReadyClinic) -> str:
    """Some work, then the address of the closed database."""
    clinic.receive(quantity=100)
    clinic.dispense(quantity=10)
    address = address_of(clinic.database)
    clinic.database.close()
    return address


def copies(clinic: ReadyClinic) -> list[Path]:
    return sorted(Path(clinic.database.address).parent.glob(f"amana-version-{NOW}-*.db"))


def test_an_older_database_is_brought_up_to_date(clinic: ReadyClinic, later: Path) -> None:
    write(later)
    database = open_database(worked(clinic))
    assert opening.version_of(database) == "9000"
    with database.read() as connection:
        assert "called" in {c["name"] for c in inspect(connection).get_columns("place")}
        assert connection.scalar(text("SELECT sum(quantity) FROM stock")) == 90
        assert check(connection) == []
    database.close()


def test_a_checked_copy_is_left_beside_it(file_clinic: ReadyClinic, later: Path) -> None:
    address = worked(file_clinic)
    write(later)
    open_database(address).close()
    (copy,) = copies(file_clinic)
    old = upgrading.connect(copy)
    assert opening.version_of(old) == NOW
    with old.read() as connection:
        assert connection.scalar(text("SELECT count(*) FROM movement")) == 2
        assert check(connection) == []
    old.close()


def test_facts_stay_guarded_after_an_upgrade(clinic: ReadyClinic, later: Path) -> None:
    write(later)
    database = open_database(worked(clinic))
    with pytest.raises(Refused, match="never changed"), database.write() as connection:
        connection.execute(text("DELETE FROM movement"))
    database.close()


@pytest.mark.parametrize(
    "mishap",
    [
        "raise ValueError('cut off')",
        "op.execute('DROP TABLE movement')",
        "op.execute('UPDATE stream SET last_seq = last_seq + 1')",
    ],
)
def test_an_upgrade_that_goes_wrong_changes_nothing(
    clinic: ReadyClinic, later: Path, monkeypatch: pytest.MonkeyPatch, mishap: str
) -> None:
    address = worked(clinic)
    write(later, mishap)
    with pytest.raises(Exception, match=r"cut off|brought up to date|no such table|does not exist"):
        open_database(address)
    monkeypatch.undo()
    database = open_database(address)
    with database.read() as connection:
        assert check(connection) == []
    database.close()


_KILLED = """
import sys
from pathlib import Path
from inventory.storage import opening, upgrading
upgrading.VERSIONS.append(Path(sys.argv[2]))
opening.KNOWN = (*opening.KNOWN, "9000")
opening.open_database(sys.argv[1])
"""


def test_a_kill_in_the_middle_leaves_the_old_file_usable(
    file_clinic: ReadyClinic, tmp_path: Path
) -> None:
    address, folder = worked(file_clinic), tmp_path / "later"
    folder.mkdir()
    write(folder, "import os; os.kill(os.getpid(), 9)")
    command = [sys.executable, "-c", _KILLED, address, str(folder)]
    assert subprocess.run(command, cwd=ROOT, check=False).returncode == -9
    database = open_database(address)
    assert opening.version_of(database) == NOW
    with database.read() as connection:
        assert connection.scalar(text("SELECT sum(quantity) FROM stock")) == 90
        assert check(connection) == []
    database.close()


def test_a_copy_that_is_not_sound_stops_the_upgrade(
    file_clinic: ReadyClinic, later: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = worked(file_clinic)
    write(later)
    monkeypatch.setattr(upgrading, "_same", lambda *_: False)
    with pytest.raises(Refused, match="is not sound"):
        open_database(address)
    assert copies(file_clinic) == []
    monkeypatch.undo()
    open_database(address).close()


def test_a_full_disk_stops_the_upgrade_before_it_begins(
    file_clinic: ReadyClinic, later: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = worked(file_clinic)
    write(later)

    def full(*_: object) -> None:
        import sqlcipher3

        raise sqlcipher3.OperationalError("database or disk is full")

    monkeypatch.setattr(Database, "driver", _driver_that(full))
    with pytest.raises(Refused, match="The disk is full"):
        open_database(address)
    assert copies(file_clinic) == []
    monkeypatch.undo()
    open_database(address).close()


def _driver_that(fails: object) -> object:
    from contextlib import contextmanager
    from types import SimpleNamespace

    @contextmanager
    def driver(self: Database):  # type: ignore[no-untyped-def]
        with self.guarded():
            yield SimpleNamespace(execute=fails)

    return driver
