"""A dispensing while a backup is made beside it, and how long backups and restores take."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from statistics import median

from inventory.domain.login import Login
from inventory.services.backing_up import back_up, backups_in
from inventory.services.restoring import WayIn, look_at, restore
from inventory.storage.key_file import KeyFile, key_path
from tests.benchmarks import locked
from tests.benchmarks.decade import TODAY
from tests.benchmarks.dispensing import Desk
from tests.benchmarks.timing import Result, took
from tests.house.tree import ROOT

_SOME = 20
_NOW = 10**13


def measure(million: Path, folder: Path, rounds: int) -> list[Result]:
    """`million` is copied first, so that it stays as it was built."""
    path, stick, state = folder / "beside.db", folder / "stick", folder / "state"
    locked.copy(million, path)
    stick.mkdir()
    desk = Desk(path)
    alone, beside = [], []
    for _ in range(rounds):
        alone += [took(desk.dispense) for _ in range(_SOME)]
        beside += _beside(desk, path, stick)
    desk.database.close()
    for _, backup in backups_in(stick):
        backup.unlink()
    saved, restored = _both_ways(path, stick, folder / "restored.db", state)
    return [
        Result("beside_backup", "dispense while a backup runs ÷ alone",
               median(beside) / median(alone), "×", 1.5),
        Result("backup_s", "a backup, locked, read again", saved / 1000, "s", 60),
        Result("restore_s", "look at it, restore it, check it", restored / 1000, "s", 60),
    ]  # fmt: skip


def _beside(desk: Desk, path: Path, stick: Path) -> list[float]:
    """Dispensings from the moment a backup was begun until it is made."""
    master = _master(path)
    command = [sys.executable, str(ROOT / "main.py"), "--database", str(path), "--json", "backup",
               str(stick), "--key-from-pipe"]  # fmt: skip
    own = {**os.environ, "XDG_STATE_HOME": str(stick / "state")}
    process = subprocess.Popen(command, env=own, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
                               stderr=subprocess.PIPE)  # fmt: skip
    assert process.stdin is not None
    process.stdin.write(f"{'' if master is None else master.hex()}\n".encode())
    process.stdin.close()
    spent: list[float] = []
    while process.poll() is None or not spent:
        spent.append(took(desk.dispense))
    assert process.stderr is not None
    said = process.stderr.read()
    process.stderr.close()
    if process.returncode:
        raise RuntimeError(said.decode())
    return spent


def _both_ways(path: Path, stick: Path, target: Path, state: Path) -> tuple[float, float]:
    """Milliseconds of a backup and of a restore with every check."""
    master = _master(path)
    keys = b"" if master is None else KeyFile.read(key_path(path)).to_bytes()
    database = locked.opened(path)
    saved = took(lambda: back_up(database, master, keys, stick, _NOW, TODAY, state=state))
    database.close()
    ((_, backup),) = backups_in(stick)
    way = WayIn(Login(locked.NAME, locked.PASSWORD) if master is not None else None)
    restored = took(
        lambda: restore(look_at(backup, way), target, today=TODAY, now=_NOW, state=state)
    )
    return saved, restored


def _master(path: Path) -> bytes | None:
    if not key_path(path).exists():
        return None
    return KeyFile.read(key_path(path)).unlock(locked.NAME, locked.PASSWORD).master
