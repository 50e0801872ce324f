"""In danger: totals are taken out, and of visits nothing is left, not even in free space."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import sqlcipher3

from inventory.domain.roles import FIRST, Role
from inventory.domain.sentence import Refused
from inventory.domain.visit import Visit
from inventory.services import baskets
from inventory.services.backing_up import back_up, verify_backup
from inventory.services.drafts import save_draft
from inventory.services.evacuating import (
    Evacuated,
    backups_with_visits,
    evacuate,
    remove_backups,
    tell_backups,
)
from inventory.services.people import add_person
from inventory.services.permits import NeedsSecond
from inventory.services.restoring import WayIn, look_at, restore
from inventory.services.totals import read_totals
from inventory.storage.key_file import new_keys
from tests.ready_clinic import ReadyClinic

KEYS, MASTER = new_keys()
SECRETS = ("VISIT-0042", "DR-KARIM7", "RX-99887", "BASKET-77")


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def worked(clinic: ReadyClinic) -> ReadyClinic:
    return work(clinic)


def work(clinic: ReadyClinic) -> ReadyClinic:
    clinic.receive("AMOX", 5000)
    for number in range(30):
        visit = Visit(number=f"{SECRETS[0]}-{number}", prescriber=SECRETS[1],
                      prescription=SECRETS[2], sex="female", age_band="5-17")  # fmt: skip
        clinic.dispense("AMOX", 21, visit=visit)
    with clinic.database.write() as connection:
        save_draft(connection, clinic.id, baskets.KIND, "now", {"visit": SECRETS[3]}, 1)
        save_draft(connection, clinic.id, "delivery", "kept", {}, 1)
    return clinic


def leave(
    clinic: ReadyClinic, stick: Path, master: bytes | None = MASTER, **more: bool
) -> Evacuated:
    return evacuate(clinic.database, clinic.stamp(), master, KEYS.to_bytes(), stick, **more)


def test_visits_go_and_the_ledger_stays(worked: ReadyClinic, stick: Path) -> None:
    before = worked.stock(), worked.documents()
    done = leave(worked, stick)
    assert (done.visits, done.drafts, done.swept) == (30, 1, True)
    assert worked.value("SELECT count(*) FROM visit") == 0
    assert worked.value("SELECT kind FROM draft") == "delivery"
    assert (worked.stock(), worked.documents()) == before
    assert worked.check() == []
    assert worked.value("SELECT kind FROM security_event ORDER BY seq DESC LIMIT 1") == "evacuated"
    worked.dispense("AMOX", 3, visit=Visit(number="NEW-1"))
    assert worked.check() == []


def test_the_guard_is_back(worked: ReadyClinic, stick: Path) -> None:
    leave(worked, stick)
    worked.dispense("AMOX", 3, visit=Visit(number="NEW-1"))
    with pytest.raises(Refused, match="never changed"), worked.database.write() as connection:
        connection.exec_driver_sql("DELETE FROM visit")


def test_nothing_stays_in_the_file_or_beside_it(file_clinic: ReadyClinic, stick: Path) -> None:
    worked = work(file_clinic)
    path = Path(worked.database.address)
    there = b"".join(one.read_bytes() for one in path.parent.glob(f"{path.name}*"))
    assert all(secret.encode() in there for secret in SECRETS)
    leave(worked, stick)
    left = b"".join(one.read_bytes() for one in path.parent.glob(f"{path.name}*"))
    assert not [secret for secret in SECRETS if secret.encode() in left]


def test_what_is_open_elsewhere_cannot_be_swept_and_that_is_said(
    file_clinic: ReadyClinic, stick: Path
) -> None:
    file_clinic.receive("AMOX", 100)
    file_clinic.dispense("AMOX", 1, visit=Visit(number=SECRETS[0]))
    other = sqlcipher3.connect(file_clinic.database.address, isolation_level=None)
    other.execute("BEGIN")
    other.execute("SELECT count(*) FROM visit").fetchall()
    with file_clinic.database.driver() as raw:
        raw.execute("PRAGMA busy_timeout=50")
    done = leave(file_clinic, stick)
    other.close()
    assert not done.swept
    assert "Close it and do this again" in str(done.told[1])
    again = leave(replace(file_clinic, now=file_clinic.now + 5000), stick)
    assert (again.visits, again.swept) == (0, True)


def test_the_totals_can_be_read_and_name_nobody(worked: ReadyClinic, stick: Path) -> None:
    done = leave(worked, stick)
    tables = read_totals(done.totals, MASTER)
    columns, stock = tables["stock_totals"]
    assert dict(zip(columns, stock[0], strict=True))["quantity"] == 5000 - 30 * 21
    assert tables["month_totals"][0] == (
        "clinic",
        "month",
        "code",
        "item",
        "received",
        "consumed",
        "adjusted",
    )
    text = str(tables)
    assert not [secret for secret in SECRETS if secret in text]
    assert b"AMOX" not in done.totals.read_bytes()
    with pytest.raises(Refused, match="locked"):
        read_totals(done.totals, None)


def test_totals_are_not_restored(worked: ReadyClinic, stick: Path) -> None:
    done = leave(worked, stick, None)
    with pytest.raises(Refused, match="not a backup"):
        restore(look_at(done.totals, WayIn()), stick / "new.db", today=worked.today, now=1)


def test_a_second_person_confirms_unless_it_burns(file_clinic: ReadyClinic, stick: Path) -> None:
    file_clinic.act(add_person, "Amal", FIRST, "a long password 1")
    file_clinic.user = "Amal"
    file_clinic.act(add_person, "Dana", [Role.DISPENSER], "a long password 2")
    with pytest.raises(NeedsSecond):
        leave(file_clinic, stick)
    assert list(stick.iterdir()) == []
    evacuate(file_clinic.database, replace(file_clinic.stamp(), second="Dana"), MASTER, b"", stick)
    leave(file_clinic, stick, emergency=True)
    file_clinic.user = "Dana"
    with pytest.raises(Refused, match="may not"):
        leave(file_clinic, stick, emergency=True)
    file_clinic.user = "Amal"
    assert file_clinic.check() == []


def test_without_a_stick_nothing_is_removed(worked: ReadyClinic, stick: Path) -> None:
    with pytest.raises(Refused, match="Put the stick in"):
        leave(worked, stick / "gone")
    assert worked.value("SELECT count(*) FROM visit") == 30


def test_older_backups_are_told_and_can_be_removed(worked: ReadyClinic, stick: Path) -> None:
    made = back_up(worked.database, MASTER, KEYS.to_bytes(), stick, worked.now, worked.today,
                   state=stick / "state")  # fmt: skip
    leave(worked, stick)
    old = backups_with_visits(worked.database, stick)
    assert old == [made.path]
    assert "still hold" in str(tell_backups(old))
    remove_backups(old)
    assert tell_backups(backups_with_visits(worked.database, stick)) is None
    new = back_up(worked.database, MASTER, KEYS.to_bytes(), stick, worked.now, worked.today,
                  state=stick / "state")  # fmt: skip
    parts = verify_backup(new.path, MASTER).header.parts
    assert next(part.rows for part in parts if part.table == "visit") == 0


def test_older_files_beside_the_database_are_named(file_clinic: ReadyClinic, stick: Path) -> None:
    path = Path(file_clinic.database.address)
    old = path.with_name(f"{path.stem}-before-restore-20261101-101010.db")
    old.write_bytes(b"x")
    done = leave(file_clinic, stick)
    assert done.elsewhere == (old,)
    assert old.name in str(done.told[-1])
