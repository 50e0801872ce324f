"""Two copies of the program on one file: both work, nothing is given twice, one is told."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from inventory.domain.sentence import Refused
from inventory.domain.troubles import TROUBLES, Trouble
from inventory.services.surroundings import look_around
from inventory.storage.medium import Medium, medium_of
from inventory.storage.open_mark import OpenMark
from tests.house.tree import ROOT
from tests.ready_clinic import ReadyClinic

_OTHER = """
import sys
from inventory.domain.sentence import Refused
from inventory.storage.opening import open_database
from tests.ready_clinic import ReadyClinic
database = open_database(sys.argv[1])
clinic = ReadyClinic(database, int(sys.argv[2]), {"AMOX": int(sys.argv[3])}, user="other")
given = 0
for number in range(60):
    try:
        clinic.dispense(quantity=1, request=f"other {number}")
        given += 1
    except Refused:
        pass
database.close()
print(given)
"""
_LOCKS = Path("/proc/locks")


def test_two_programs_give_what_there_is_and_no_more(file_clinic: ReadyClinic) -> None:
    clinic = file_clinic
    clinic.receive(quantity=70)
    command = [sys.executable, "-c", _OTHER, clinic.database.address, str(clinic.id),
               str(clinic.items["AMOX"])]  # fmt: skip
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as other:
        given = 0
        while clinic.on_hand() > 0:
            given += not _refused(clinic)
        assert other.stdout is not None
        theirs = int(other.stdout.read())
    assert given + theirs == 70
    assert clinic.on_hand() == 0
    assert clinic.check() == []


def _refused(clinic: ReadyClinic) -> bool:
    """Give one; the other program may have been faster."""
    try:
        clinic.dispense(quantity=1)
    except Refused:
        return True
    return False


def test_the_second_window_is_told_and_may_work(tmp_path: Path) -> None:
    first = OpenMark("somewhere.db", tmp_path)
    second = OpenMark("./somewhere.db", tmp_path)
    elsewhere = OpenMark("another.db", tmp_path)
    assert (first.other, second.other, elsewhere.other) == (False, True, False)
    for mark in (first, second, elsewhere):
        mark.close()
    third = OpenMark("somewhere.db", tmp_path)
    assert not third.other
    third.close()
    assert "Both may be used" in TROUBLES[Trouble.OPEN_TWICE].safe


def test_a_folder_that_refuses_the_mark_costs_only_the_telling(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    mark = OpenMark("x.db", tmp_path / "file")
    assert not mark.other
    mark.close()


def locks_on(*paths: Path) -> int:
    """How many locks the system knows on these files."""
    inodes = [f":{path.stat().st_ino} " for path in paths]
    return sum(any(inode in line for inode in inodes) for line in _LOCKS.read_text().splitlines())


def test_looking_around_an_open_file_keeps_its_locks(file_clinic: ReadyClinic) -> None:
    """Closing an open file gives up every lock a program holds on it: another would then write."""
    file_clinic.receive(quantity=10)
    path = Path(file_clinic.database.address)
    if not _LOCKS.exists():
        return
    files = (path, path.with_name(f"{path.name}-shm"))
    before = locks_on(*files)
    assert before > 0
    look_around(file_clinic.database)
    file_clinic.database.room()
    assert locks_on(*files) == before


MOUNTS = """
22 1 8:1 / / rw - ext4 /dev/sda1 rw
30 22 0:40 / /mnt/share rw shared:1 - cifs //server/clinic rw
31 22 8:17 / /media/my\\040stick rw shared:2 - vfat /dev/sdb1 rw
32 22 8:33 / /media/usb\\040disk rw - ext4 /dev/sdc1 rw
"""


@pytest.fixture
def computer(tmp_path: Path) -> Path:
    """What the system tells of its disks."""
    (tmp_path / "proc/self").mkdir(parents=True)
    (tmp_path / "proc/self/mountinfo").write_text(MOUNTS, encoding="utf-8")
    for device, real in (("8:1", "pci0/sda/sda1"), ("8:17", "pci0/sdb/sdb1"),
                         ("8:33", "pci0/usb1/sdc/sdc1")):  # fmt: skip
        place = tmp_path / "sys/devices" / real
        place.mkdir(parents=True)
        (place.parent / "removable").write_text("1" if "sdb" in real else "0", encoding="ascii")
        link = tmp_path / "sys/dev/block" / device
        link.parent.mkdir(parents=True, exist_ok=True)
        link.symlink_to(place)
    return tmp_path


@pytest.mark.parametrize(
    ("path", "medium", "trouble"),
    [
        ("/data/clinic/amana.db", Medium.DISK, None),
        ("/mnt/share/amana.db", Medium.SHARE, Trouble.ON_SHARE),
        ("/media/my stick/amana.db", Medium.STICK, Trouble.ON_STICK),
        ("/media/usb disk/amana.db", Medium.STICK, Trouble.ON_STICK),
    ],
)
def test_where_a_file_lies_is_known(
    computer: Path, path: str, medium: Medium, trouble: Trouble | None
) -> None:
    found = medium_of(Path(path), computer)
    assert (found, found.trouble) == (medium, trouble)


def test_where_the_system_tells_nothing_nothing_is_said(tmp_path: Path) -> None:
    assert medium_of(Path("/x"), tmp_path) is Medium.UNKNOWN
    assert Medium.UNKNOWN.trouble is None
