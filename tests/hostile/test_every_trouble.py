"""Every trouble can be met, and meeting it gives the page that belongs to it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from inventory.domain.clock import judge
from inventory.domain.sentence import Refused
from inventory.domain.troubles import TROUBLES, Trouble
from inventory.services import whereabouts
from inventory.services.backing_up import back_up, verify_backup
from inventory.services.checking import check
from inventory.services.soundness import look_over, trouble_of
from inventory.storage import faults, upgrading
from inventory.storage.key_file import KeyFile, key_path, new_keys
from inventory.storage.medium import Medium
from inventory.storage.open_mark import OpenMark
from inventory.storage.opening import open_database
from inventory.storage.room import Room, RoomState
from tests.hostile import upgrades
from tests.hostile.flips import DAY, KEY, worked
from tests.ready_clinic import ReadyClinic
from tests.services.tampering import tamper
from tests.storage.unprivileged import as_root, read_only

Meet = Callable[[Path], Trouble | None]


class FromServer(Exception):
    def __init__(self, state: str) -> None:
        super().__init__("…")
        self.sqlstate = state


def told(act: Callable[[], object]) -> Trouble | None:
    """The trouble of the refusal."""
    with pytest.raises(Refused) as refusal:
        act()
    return refusal.value.trouble


def fault(words: str) -> Meet:
    return lambda _folder: told(lambda: _raise(faults.refused(Exception(words), "amana.db")))


def server(state: str) -> Meet:
    return lambda _folder: told(lambda: _raise(faults.refused(FromServer(state), "amana")))


def _raise(refusal: Refused | None) -> None:
    assert refusal is not None
    raise refusal


def closed(folder: Path, key: bytes | None = None) -> Path:
    with worked(folder, key, 1):
        pass
    return folder / "amana.db"


def cut_short(folder: Path) -> Trouble | None:
    path = closed(folder, KEY)
    path.write_bytes(path.read_bytes()[:9000])
    return told(lambda: open_database(path, key=KEY))


def changed_entry(folder: Path) -> Trouble | None:
    with worked(folder, None, 1) as clinic:
        tamper(clinic.database, "UPDATE stream SET last_seq = last_seq - 1")
        assert look_over(clinic.database) is Trouble.LEDGER_DAMAGED
        return trouble_of(clinic.ask(check))


def stale_totals(folder: Path) -> Trouble | None:
    with worked(folder, None, 1) as clinic:
        tamper(clinic.database, "UPDATE stock SET quantity = quantity + 1")
        return trouble_of(clinic.ask(check))


def only_to_look(folder: Path) -> Trouble | None:
    path = closed(folder)
    with read_only(folder):
        database = open_database(path)
        clinic = ReadyClinic(database, 1, {"AMOX": 1})
        found = told(lambda: clinic.dispense(quantity=1))
        database.close()
        return found


def unfinished(folder: Path) -> Trouble | None:
    stick = folder / "stick"
    stick.mkdir()
    with worked(folder, None, 1):
        for part in ("amana.db", "amana.db-wal"):
            (stick / part).write_bytes((folder / part).read_bytes())
    with read_only(stick):
        return told(lambda: open_database(stick / "amana.db"))


def shut(folder: Path) -> Trouble | None:
    path = closed(folder)
    with read_only(folder):
        with as_root():
            path.chmod(0)
        return told(lambda: open_database(path))


def another_program(folder: Path) -> Trouble | None:
    path = folder / "other.db"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE x (y)")
    other.close()
    return told(lambda: open_database(path))


def newer(folder: Path) -> Trouble | None:
    path = closed(folder)
    database = open_database(path)
    with database.write() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    database.close()
    return told(lambda: open_database(path))


def failed_upgrade(folder: Path) -> Trouble | None:
    path = upgrades.old_file(folder, None)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(upgrading, "_same", lambda *_: False)
        return told(lambda: open_database(path))


def twice(folder: Path) -> Trouble | None:
    first, second = OpenMark("x.db", folder), OpenMark("x.db", folder)
    first.close()
    second.close()
    assert first.trouble is None
    return second.trouble


def locked(folder: Path) -> Trouble | None:
    path = closed(folder, KEY)
    new_keys()[0].write(key_path(path))
    return told(lambda: open_database(path))


def wrong_key(folder: Path) -> Trouble | None:
    path = closed(folder, KEY)
    return told(lambda: open_database(path, key=bytes(32)))


def no_key_file(folder: Path) -> Trouble | None:
    return told(lambda: KeyFile.read(folder / "amana.db.key"))


def broken_key_file(folder: Path) -> Trouble | None:
    path = folder / "amana.db.key"
    path.write_bytes(b"AMANA-KEY 1\n{}\n")
    return told(lambda: KeyFile.read(path))


def older_copy(folder: Path) -> Trouble | None:
    state, path = folder / "state", closed(folder)
    before = path.read_bytes()
    database = open_database(path)
    whereabouts.guard(database, state)
    ReadyClinic(database, 1, {"AMOX": 1}).dispense(quantity=1)
    database.close()
    path.write_bytes(before)
    return _refusal_of(path, state)


def other_computer(folder: Path) -> Trouble | None:
    path = closed(folder)
    database = open_database(path)
    whereabouts.guard(database, folder / "here")
    database.close()
    return _refusal_of(path, folder / "there")


def _refusal_of(path: Path, state: Path) -> Trouble | None:
    database = open_database(path)
    refusal = whereabouts.look(database, state).refusal
    database.close()
    return None if refusal is None else refusal.trouble


def broken_backup(folder: Path) -> Trouble | None:
    keys, master = new_keys()
    with worked(folder, None, 1) as clinic:
        made = back_up(clinic.database, master, keys.to_bytes(), folder, clinic.now, DAY,
                       state=folder)  # fmt: skip
    made.path.write_bytes(made.path.read_bytes()[:-3])
    return told(lambda: verify_backup(made.path, master))


def no_backup(folder: Path) -> Trouble | None:
    path = folder / "film.mp4"
    path.write_bytes(b"x" * 5000)
    return told(lambda: verify_backup(path, None))


def uncertain(_folder: Path) -> Trouble | None:
    return faults.uncertain(Exception("disk I/O error"), "amana.db").trouble


MEETINGS: Mapping[Trouble, Meet] = {
    Trouble.DAMAGED: cut_short,
    Trouble.LEDGER_DAMAGED: changed_entry,
    Trouble.FIGURES_DAMAGED: stale_totals,
    Trouble.DISK_FAILING: fault("disk I/O error"),
    Trouble.DISK_FULL: fault("database or disk is full"),
    Trouble.DISK_LOW: lambda _folder: Room(RoomState.LOW, 10).trouble,
    Trouble.READ_ONLY: only_to_look,
    Trouble.UNFINISHED_READ_ONLY: unfinished,
    Trouble.FOLDER_SHUT: shut,
    Trouble.MISSING: lambda folder: told(lambda: open_database(folder / "gone.db")),
    Trouble.FOREIGN: another_program,
    Trouble.NEWER: newer,
    Trouble.UPGRADE_FAILED: failed_upgrade,
    Trouble.BUSY: fault("database is locked"),
    Trouble.OPEN_TWICE: twice,
    Trouble.ON_SHARE: lambda _folder: Medium.SHARE.trouble,
    Trouble.ON_STICK: lambda _folder: Medium.STICK.trouble,
    Trouble.LOCKED: locked,
    Trouble.WRONG_KEY: wrong_key,
    Trouble.KEY_FILE_MISSING: no_key_file,
    Trouble.KEY_FILE_DAMAGED: broken_key_file,
    Trouble.OLDER_COPY: older_copy,
    Trouble.OTHER_COMPUTER: other_computer,
    Trouble.SERVER_AWAY: server("57P01"),
    Trouble.SERVER_REFUSES: server("28P01"),
    Trouble.SERVER_EMPTY: server("3D000"),
    Trouble.CLOCK_BACK: lambda _folder: judge(DAY - timedelta(days=1), DAY).trouble,
    Trouble.CLOCK_AHEAD: lambda _folder: judge(date(2028, 1, 1), DAY).trouble,
    Trouble.BACKUP_DAMAGED: broken_backup,
    Trouble.BACKUP_FOREIGN: no_backup,
    Trouble.UNCERTAIN: uncertain,
}
# What nobody foresaw cannot be brought about: it is the page for all the rest.
UNFORESEEN = {Trouble.UNEXPECTED}


@pytest.mark.parametrize("trouble", MEETINGS)
def test_it_can_be_met(trouble: Trouble, tmp_path: Path) -> None:
    assert MEETINGS[trouble](tmp_path) is trouble


def test_none_is_left_out() -> None:
    assert set(MEETINGS) | UNFORESEEN == set(Trouble) == set(TROUBLES)


def test_every_fault_of_storage_leads_to_a_page() -> None:
    assert set(faults.TROUBLE_OF.values()) <= set(TROUBLES)
