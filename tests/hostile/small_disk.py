"""A real disk of a few megabytes that fills up: what was acknowledged is there, work goes on.

The disk is a file system in memory that only this process sees, so no rights are needed where the
system lets people make one; where it does not, the figure says so.

    python -m tests.hostile.small_disk
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from inventory.domain.sentence import Refused
from inventory.domain.troubles import Trouble
from inventory.storage import room
from inventory.storage.opening import create_database, open_database
from tests.crash.figures import Reached, Scale
from tests.ready_clinic import ReadyClinic, furnish

KEY = bytes(range(32))
MEGABYTES = 5
_MOUNT = "mount -t tmpfs -o size={size}m tmpfs {folder} && exec {python} -m {module} {folder} {key}"


def figure(scale: Scale) -> Reached:
    """Once with a plain file and once with a locked one."""
    lines = [_on_small_disk(locked) for locked in (False, True)]
    done = [line for line in lines if line]
    return Reached(len(done), 0, "; ".join(done) or "this system lets nobody make a small disk")


def _on_small_disk(locked: bool) -> str:
    with tempfile.TemporaryDirectory() as folder:
        command = _MOUNT.format(size=MEGABYTES, folder=folder, python=sys.executable,
                                module="tests.hostile.small_disk", key=int(locked))  # fmt: skip
        may = subprocess.run(["unshare", "-Urm", "true"], capture_output=True, check=False)
        if may.returncode:
            return ""
        done = subprocess.run(["unshare", "-Urm", "sh", "-c", command], capture_output=True,
                              text=True, check=False)  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.strip()


def fill_and_empty(folder: Path, key: bytes | None) -> str:
    """Work until the disk is full, look, make room, work on. What was seen, in one line."""
    room.RESERVE, room.AGAIN = 400_000, 1_000_000
    path = folder / "amana.db"
    create_database(path, key=key).close()
    clinic = furnish(open_database(path, key=key))
    clinic.receive(quantity=100_000)
    assert room.keep_reserve(path)
    _fill(folder / "films")
    given = _give_until_full(clinic)
    assert not room.reserve_of(path).exists(), "the reserve was not used"
    assert given > 0, "the work in hand was not finished"
    assert clinic.on_hand() == 100_000 - given
    assert _trouble(clinic) is Trouble.DISK_FULL
    (folder / "films").unlink()
    clinic.dispense(quantity=1)
    assert clinic.on_hand() == 100_000 - given - 1
    assert clinic.check() == []
    clinic.database.close()
    again = open_database(path, key=key)
    there = ReadyClinic(again, clinic.id, clinic.items)
    assert there.on_hand() == 100_000 - given - 1
    again.close()
    name = "locked" if key else "plain"
    return f"{name}: {given} acts finished with the reserve, none lost, work went on"


def _fill(path: Path) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT)
    try:
        while os.write(handle, bytes(4096)):
            pass
    except OSError:
        os.fsync(handle)
    finally:
        os.close(handle)


def _give_until_full(clinic: ReadyClinic) -> int:
    for given in range(10_000):
        if _trouble(clinic) is Trouble.DISK_FULL:
            return given
    raise AssertionError("the disk never was full")


def _trouble(clinic: ReadyClinic) -> Trouble | None:
    """Give one; what stood in the way."""
    try:
        clinic.dispense(quantity=1)
    except Refused as refusal:
        return refusal.trouble
    return None


if __name__ == "__main__":
    if len(sys.argv) > 2:
        print(fill_and_empty(Path(sys.argv[1]), KEY if sys.argv[2] == "1" else None))
    else:
        print(figure(Scale(full=True)))
