"""A backup restores: on another computer, with a password or the paper key, and says what is not
there.
"""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from inventory.domain.login import Login
from inventory.domain.roles import Role
from inventory.domain.sentence import Refused
from inventory.domain.troubles import Trouble
from inventory.services import door, restoring
from inventory.services.backing_up import back_up
from inventory.services.checking import check
from inventory.services.door import Entered
from inventory.services.permits import NeedsSecond
from inventory.services.restoring import Restored, WayIn, look_at, restore
from inventory.services.setting_up import SetUp, set_up
from inventory.services.whereabouts import Finding, guard, look
from inventory.storage import rows
from inventory.storage.database import Database
from inventory.storage.opening import open_database
from tests.ready_clinic import TODAY, ReadyClinic, furnish

NOW = 1_800_000_000_000
AMAL, SAMI, DANA = (Login(name, f"{name} knows it") for name in ("Amal", "Sami", "Dana"))


class Laptop:
    """A clinic that is locked with a key, where Amal (manager) and Dana (dispenser) work."""

    def __init__(self, folder: Path) -> None:
        self.file, self.stick = folder / "amana.db", folder / "stick"
        self.stick.mkdir()
        set_up(self.file, SetUp("Al-Zuhoor"), TODAY, NOW, login=AMAL)
        with self.entered() as entered:
            clinic = ReadyClinic(entered.database, 1, {}, now=NOW, user="Amal")
            stamp = clinic.stamp()
            door.add_person(entered, stamp, "Dana", [Role.DISPENSER], DANA.password)
            self.paper = door.make_paper_key(entered, replace(stamp, second="Dana")).words

    @contextmanager
    def entered(self, login: Login = AMAL) -> Iterator[Entered]:
        entered = door.enter(self.file, login.name, login.password)
        try:
            yield entered
        finally:
            entered.lock()

    def back_up(self) -> Path:
        with self.entered() as entered:
            assert entered.master is not None
            keys = entered.keys().to_bytes()
            return back_up(entered.database, entered.master, keys, self.stick, NOW, TODAY).path


@pytest.fixture(scope="module")
def _made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Laptop, Path]:
    laptop = Laptop(tmp_path_factory.mktemp("laptop"))
    return laptop, laptop.back_up()


@pytest.fixture
def laptop(_made: tuple[Laptop, Path]) -> Laptop:
    return _made[0]


@pytest.fixture
def backup(_made: tuple[Laptop, Path]) -> Path:
    return _made[1]


def again(path: Path, way: WayIn, target: Path, second: Login | None = None) -> Restored:
    return restore(look_at(path, way), target, today=TODAY, now=NOW, second=second)


@pytest.fixture
def other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Another computer, where nothing is yet."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "other state"))
    folder = tmp_path / "there"
    folder.mkdir()
    return folder / "amana.db"


def test_with_stick_and_paper_key_on_another_laptop(
    laptop: Laptop, backup: Path, other: Path
) -> None:
    done = again(backup, WayIn(paper=" ".join(laptop.paper)), other)
    assert "Everything until" in str(done.what_is_here)
    assert done.problems == ()
    assert done.kept_old is None
    entered = door.enter_with_paper(other, " ".join(laptop.paper))
    assert guard(entered.database).fine
    clinic = ReadyClinic(entered.database, 1, {}, user="Amal")
    door.set_new_password(entered, clinic.stamp(), "Amal", "something new 7")
    assert clinic.check() == []
    entered.lock()
    door.enter(other, "Amal", "something new 7").lock()


def test_with_stick_and_passwords(laptop: Laptop, backup: Path, other: Path) -> None:
    with pytest.raises(NeedsSecond):
        again(backup, WayIn(AMAL), other)
    assert list(other.parent.iterdir()) == []
    done = again(backup, WayIn(AMAL), other, DANA)
    assert done.person == "Amal"
    entered = door.enter(other, DANA.name, DANA.password)
    with entered.database.read() as connection:
        kinds = list(rows.rows_of(connection, "security_event"))
        assert check(connection) == []
    entered.lock()
    assert [row[4:7] for row in kinds if row[4] == "restored"] == [("restored", "Amal", "Dana")]


def test_who_may_not_restore_does_not(laptop: Laptop, backup: Path, other: Path) -> None:
    with pytest.raises(Refused, match="You may not"):
        again(backup, WayIn(DANA), other, AMAL)
    with pytest.raises(Refused, match="wrong"):
        look_at(backup, WayIn(replace(AMAL, password="guessed it 1")))
    with pytest.raises(Refused, match="paper key"):
        look_at(backup, WayIn(paper="abandon " * 11 + "about"))
    with pytest.raises(Refused, match="locked"):
        look_at(backup, WayIn())
    assert list(other.parent.iterdir()) == []


def test_the_file_that_was_there_steps_aside(laptop: Laptop, backup: Path, other: Path) -> None:
    for path in (laptop.file, Path(f"{laptop.file}.key")):
        shutil.copyfile(path, other.with_name(path.name))
    done = again(backup, WayIn(AMAL), other, DANA)
    assert done.kept_old is not None
    kept = door.enter(done.kept_old, AMAL.name, AMAL.password)
    assert look(kept.database).finding is Finding.OLDER_COPY
    kept.lock()
    door.enter(other, AMAL.name, AMAL.password).lock()


def test_a_file_in_use_is_left_alone(laptop: Laptop, backup: Path, other: Path) -> None:
    for path in (laptop.file, Path(f"{laptop.file}.key")):
        shutil.copyfile(path, other.with_name(path.name))
    entered = door.enter(other, AMAL.name, AMAL.password)
    with entered.database.read():
        before = sorted(path.name for path in other.parent.iterdir() if "amana.db" in path.name)
        with pytest.raises(Refused, match="another window"):
            again(backup, WayIn(AMAL), other, DANA)
        after = sorted(path.name for path in other.parent.iterdir() if "amana.db" in path.name)
    assert before == after
    entered.lock()


def test_a_fault_at_the_very_end_puts_everything_back(
    laptop: Laptop, backup: Path, other: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in (laptop.file, Path(f"{laptop.file}.key")):
        shutil.copyfile(path, other.with_name(path.name))
    before = {path.name: path.stat().st_size for path in other.parent.iterdir()}

    def fail(*args: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(restoring.KeyFile, "write", fail)
    with pytest.raises(Refused, match="Input"):
        again(backup, WayIn(AMAL), other, DANA)
    monkeypatch.undo()
    assert {path.name: path.stat().st_size for path in other.parent.iterdir()} == before
    door.enter(other, AMAL.name, AMAL.password).lock()


def test_a_damaged_file_steps_aside_too(laptop: Laptop, backup: Path, other: Path) -> None:
    other.write_bytes(b"nothing anybody can read" * 100)
    done = again(backup, WayIn(AMAL), other, DANA)
    assert done.kept_old is not None
    assert done.kept_old.read_bytes().startswith(b"nothing")


@pytest.fixture
def plain(clinic: ReadyClinic, tmp_path: Path) -> tuple[ReadyClinic, Path]:
    clinic.receive("AMOX", 500)
    clinic.dispense("AMOX", 20)
    stick = tmp_path / "stick"
    stick.mkdir()
    made = back_up(clinic.database, None, b"", stick, clinic.now, clinic.today,
                   state=tmp_path / "state")  # fmt: skip
    return clinic, made.path


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_from_either_engine_to_either(
    plain: tuple[ReadyClinic, Path], other: Path, engine: str, request: pytest.FixtureRequest
) -> None:
    clinic, path = plain
    address = str(other.with_name("new.db"))
    if engine == "postgresql":
        address = request.getfixturevalue("postgres_address")
    lost = clinic.dispense("AMOX", 5).number
    state = other.parent.parent / "elsewhere"
    done = restore(look_at(path, WayIn()), address, today=TODAY, now=clinic.now, state=state)
    database = open_database(done.address)
    assert guard(database, state).fine
    there = replace(clinic, database=database)
    assert there.on_hand("AMOX") == 480
    assert lost not in there.documents()
    assert there.dispense("AMOX", 10).number == "DSP-2026-01000"
    assert there.check() == []
    database.close()


def test_a_server_that_holds_a_clinic_is_not_written_over(
    plain: tuple[ReadyClinic, Path], server_database: Database
) -> None:
    if plain[0].database.is_file:
        furnish(server_database)
    with pytest.raises(Refused, match="there already"):
        restore(look_at(plain[1], WayIn()), server_database.address, today=TODAY, now=NOW)


def test_a_backup_of_an_older_version_is_brought_up_to_date(
    tmp_path: Path, other: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = tmp_path / "old.db"
    packed = Path(__file__).parents[1] / "old_databases" / "0001.db.gz"
    old.write_bytes(gzip.decompress(packed.read_bytes()))
    path = _old_backup(old, tmp_path, monkeypatch)
    opened = look_at(path, WayIn())
    assert opened.facts.header.schema == "0001"
    done = restore(opened, other, today=TODAY, now=NOW, state=tmp_path / "state")
    assert done.problems == ()
    database = open_database(other)
    with database.read() as connection:
        assert check(connection) == []
        assert rows.count_of(connection, "movement")
    database.close()


def _old_backup(old: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """As the version before people would have made it."""
    from inventory.services import backing_up
    from inventory.storage.database import connect

    tables = [table for table in rows.tables_in_order() if table not in _NEW]
    monkeypatch.setattr(rows, "tables_in_order", lambda: tuple(tables))
    monkeypatch.setattr(backing_up, "KNOWN", ("0001",))
    database = connect(old)
    made = back_up(database, None, b"", folder, NOW, TODAY, state=folder / "state")
    database.close()
    monkeypatch.undo()
    return made.path


_NEW = ("person", "security_event")


def test_a_backup_of_a_newer_version_is_refused_in_words(
    plain: tuple[ReadyClinic, Path], other: Path
) -> None:
    opened = look_at(plain[1], WayIn())
    header = replace(opened.facts.header, schema="0999")
    newer = replace(opened, facts=replace(opened.facts, header=header))
    with pytest.raises(Refused, match="newer Amana") as refusal:
        restore(newer, other, today=TODAY, now=NOW)
    assert refusal.value.trouble is Trouble.BACKUP_FOREIGN
    assert not other.exists()


def test_a_backup_that_changes_after_it_was_looked_at(
    plain: tuple[ReadyClinic, Path], other: Path
) -> None:
    opened = look_at(plain[1], WayIn())
    content = bytearray(plain[1].read_bytes())
    content[len(content) // 2] ^= 4
    plain[1].write_bytes(content)
    with pytest.raises(Refused, match="damaged"):
        restore(opened, other, today=TODAY, now=NOW)
    assert not other.exists()
    assert not list(other.parent.glob("*.restored*"))
