"""What is protected and what is not: each row says what is so, and what to do comes in order."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from inventory.domain.ages import DAY, HOUR, age
from inventory.domain.protection import Guard, Health, Row, State
from inventory.domain.security import SecurityEvent
from inventory.services import security_log
from inventory.services.health import Around, health
from inventory.services.surroundings import is_plain, look_around, plain_copies
from inventory.storage.database import Database
from inventory.storage.room import Room, RoomState
from inventory.storage.whole_disk import disk_is_encrypted
from tests.ready_clinic import ReadyClinic

NOW = 1_800_000_000_000
SAFE = Around(
    locked=True, passwords=2, paper_key=True, office_key=True, whole_disk=True,
    room=Room(RoomState.FINE, 10**11), place="BLUE STICK", last_backup=NOW - HOUR,
)  # fmt: skip


def looked(clinic: ReadyClinic, around: Around) -> Health:
    proven = around.proven or clinic.today
    given = replace(around, proven=proven)
    return clinic.ask(health, clinic.id, given, clinic.today, NOW)


def row(found: Health, guard: Guard) -> Row:
    return next(row for row in found.rows if row.guard is guard)


def states(found: Health) -> dict[Guard, State]:
    return {row.guard: row.state for row in found.rows}


def test_an_unlocked_file_says_so_and_asks_to_be_locked(file_clinic: ReadyClinic) -> None:
    found = looked(file_clinic, replace(SAFE, locked=False))
    assert row(found, Guard.LOCK).state is State.OPEN
    assert "can read everything" in str(row(found, Guard.LOCK).told)
    assert Guard.PAPER_KEY not in states(found)
    assert found.next_step is not None
    assert found.next_step.guard is Guard.LOCK


def test_a_locked_file_tells_its_keys(file_clinic: ReadyClinic) -> None:
    found = looked(file_clinic, replace(SAFE, paper_key=False, office_key=False))
    assert row(found, Guard.LOCK).state is State.SAFE
    assert "2 people" in str(row(found, Guard.PASSWORDS).told)
    assert row(found, Guard.PAPER_KEY).state is State.OPEN
    assert row(found, Guard.OFFICE_KEY).state is State.CHOICE
    assert found.next_step is not None
    assert found.next_step.guard is Guard.PAPER_KEY


@pytest.mark.parametrize(
    ("hours", "state"), [(0, State.SAFE), (23, State.SAFE), (30, State.LOOK), (80, State.OPEN)]
)
def test_the_age_of_the_backup_decides(
    file_clinic: ReadyClinic, hours: int, state: State
) -> None:
    found = looked(file_clinic, replace(SAFE, last_backup=NOW - hours * HOUR))
    told = row(found, Guard.BACKUP)
    assert told.state is state
    assert (told.to_do is not None) == (state is not State.SAFE)


def test_backups_on_the_disk_of_the_computer_itself_are_not_enough(
    file_clinic: ReadyClinic,
) -> None:
    told = row(looked(file_clinic, replace(SAFE, same_disk=True)), Guard.BACKUP)
    assert told.state is State.LOOK
    assert "lost with it" in str(told.told)


def test_no_place_for_backups_comes_before_everything(file_clinic: ReadyClinic) -> None:
    found = looked(file_clinic, Around(locked=False, whole_disk=False))
    assert found.next_step is not None
    assert found.next_step.guard is Guard.BACKUP


def test_a_proof_older_than_a_week_is_said(file_clinic: ReadyClinic) -> None:
    old = file_clinic.today - timedelta(days=8)
    assert row(looked(file_clinic, replace(SAFE, proven=old)), Guard.PROOF).state is State.LOOK
    assert row(looked(file_clinic, SAFE), Guard.PROOF).state is State.SAFE


def test_the_server_says_whether_the_way_to_it_is_closed(clinic: ReadyClinic) -> None:
    found = looked(clinic, SAFE if clinic.database.is_file else Around(place="S", last_backup=NOW))
    guards = states(found)
    if clinic.database.is_file:
        assert Guard.SERVER not in guards
    else:
        assert guards[Guard.SERVER] is State.OPEN
        assert Guard.LOCK not in guards


def test_lists_taken_out_and_copies_left_behind_are_told(file_clinic: ReadyClinic) -> None:
    file_clinic.now = NOW - DAY
    file_clinic.act(security_log.record, SecurityEvent.EXPORTED, {"rows": 12})
    found = looked(file_clinic, replace(SAFE, plain_copies=("amana-plain.db",)))
    assert "1 list" in str(row(found, Guard.EXPORTS).told)
    assert "amana-plain.db" in str(row(found, Guard.PLAIN_COPIES).told)


def test_a_clock_that_was_set_back_is_told(file_clinic: ReadyClinic) -> None:
    file_clinic.receive()
    file_clinic.today -= timedelta(days=9)
    assert row(looked(file_clinic, SAFE), Guard.CLOCK).state is State.LOOK


def test_when_all_is_well_there_is_nothing_to_do_but_people(file_clinic: ReadyClinic) -> None:
    step = looked(file_clinic, SAFE).next_step
    assert step is not None
    assert step.guard is Guard.PEOPLE


def test_rows_come_in_the_order_of_the_page(file_clinic: ReadyClinic) -> None:
    guards = [row.guard for row in looked(file_clinic, SAFE).rows]
    assert guards == sorted(guards, key=list(Guard).index)


def test_a_plain_file_is_known_by_its_first_bytes(file_database: Database) -> None:
    path = Path(file_database.address)
    around = look_around(file_database)
    assert is_plain(path)
    assert around.locked is False
    assert around.room is not None
    copy = path.with_name("amana-old.db")
    copy.write_bytes(path.read_bytes())
    path.with_name("amana-noise.db").write_bytes(b"\x07" * 4096)
    assert plain_copies(path) == [copy]


# Whole-disk encryption, with a made-up system


def machine(root: Path, uuid: str, source: str = "8:1") -> Path:
    """A system whose /data stands on one device, perhaps on an encrypted one under a volume."""
    (root / "proc/self").mkdir(parents=True)
    (root / "proc/self/mountinfo").write_text(
        f"20 1 8:1 / / rw - ext4 /dev/sda1 rw\n"
        f"21 20 {source} / /data rw - ext4 /dev/mapper/data rw\n"
        "22 20 0:44 / /tmp rw - tmpfs tmpfs rw\n"
    )
    for name, made_by in (("sda1", ""), ("dm-1", "LVM-data"), ("dm-0", uuid)):
        device = root / "sys/devices" / name
        (device / "slaves").mkdir(parents=True)
        if made_by:
            (device / "dm").mkdir()
            (device / "dm/uuid").write_text(made_by)
    (root / "sys/dev/block").mkdir(parents=True)
    (root / "sys/dev/block/8:1").symlink_to(root / "sys/devices/sda1")
    (root / "sys/dev/block/253:1").symlink_to(root / "sys/devices/dm-1")
    (root / "sys/devices/dm-1/slaves/dm-0").symlink_to(root / "sys/devices/dm-0")
    return root


@pytest.mark.parametrize(
    ("path", "source", "uuid", "expected"),
    [
        ("/srv/amana.db", "253:1", "CRYPT-LUKS2-x", False),
        ("/data/rana/amana.db", "253:1", "CRYPT-LUKS2-x", True),
        ("/data/rana/amana.db", "253:1", "LVM-other", False),
        ("/data/rana/amana.db", "8:1", "CRYPT-LUKS2-x", False),
        ("/data/rana/amana.db", "9:9", "CRYPT-LUKS2-x", None),
        ("/tmp/amana.db", "253:1", "CRYPT-LUKS2-x", None),
    ],
)
def test_the_whole_disk_is_seen_through_its_layers(
    tmp_path: Path, path: str, source: str, uuid: str, expected: bool | None
) -> None:
    assert disk_is_encrypted(Path(path), machine(tmp_path, uuid, source)) is expected


def test_where_the_system_tells_nothing_nobody_guesses(tmp_path: Path) -> None:
    assert disk_is_encrypted(Path("/data/rana"), tmp_path) is None


@pytest.mark.parametrize(
    ("ms", "words"),
    [(-5, "just now"), (60_000, "just now"), (120_000, "2 minutes ago"), (HOUR, "1 hour ago"),
     (DAY - 1, "23 hours ago"), (3 * DAY, "3 days ago")],
)  # fmt: skip
def test_an_age_is_rounded_down(ms: int, words: str) -> None:
    assert str(age(ms)) == words
