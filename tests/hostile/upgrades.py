"""Kill an upgrade at every step: each time the file is wholly old or wholly new, and opens.

A step is a statement the upgrade sends, and each thing it does to a file: the copy beside it,
its verification, its removal. The upgrade runs in a process of its own that ends itself there.

    python -m tests.hostile.upgrades
"""

from __future__ import annotations

import gzip
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from inventory.services.checking import check
from inventory.storage import upgrading
from inventory.storage.database import connect
from inventory.storage.opening import KNOWN, open_database, version_of
from tests.crash.figures import Reached, Scale

KEY = bytes(range(32))
OLD = Path(__file__).parents[1] / "old_databases" / "0001.db.gz"
_FILE_STEPS = ("os.fsync", "os.rename", "os.remove", "os.unlink", "open")


class Killer:
    """Ends the process at the step it is told; counts them when it is told none."""

    def __init__(self, at: int | None, told: int) -> None:
        self.at, self.told, self.steps = at, told, 0

    def step(self, *_: object) -> None:
        self.steps += 1
        os.pwrite(self.told, b"%d" % self.steps, 0)
        if self.steps == self.at:
            os._exit(9)


def old_file(folder: Path, key: bytes | None) -> Path:
    """A database of the first version, locked or not."""
    path = folder / "amana.db"
    path.write_bytes(gzip.decompress(OLD.read_bytes()))
    if key is None:
        return path
    locked = folder / "locked.db"
    with connect(path).driver() as raw:
        raw.execute(f"ATTACH DATABASE '{locked}' AS locked KEY \"x'{key.hex()}'\"")
        raw.execute("SELECT sqlcipher_export('locked')")
        application = raw.execute("PRAGMA main.application_id").fetchone()[0]
        raw.execute(f"PRAGMA locked.application_id={application}")
        raw.execute("DETACH DATABASE locked")
    _remove(path)
    locked.replace(path)
    return path


def run(path: Path, key: bytes | None, at: int | None) -> tuple[int, int]:
    """Upgrade in a child that dies at that step. Its exit code, and how many steps it came."""
    with tempfile.TemporaryFile() as told:
        child = os.fork()
        if child == 0:
            _upgrade(path, key, Killer(at, told.fileno()))
        _, status = os.waitpid(child, 0)
        return os.waitstatus_to_exitcode(status), int(told.read() or b"0")


def _upgrade(path: Path, key: bytes | None, killer: Killer) -> None:
    """Never returns."""
    try:
        event.listen(Engine, "before_cursor_execute", killer.step)
        event.listen(Engine, "commit", killer.step)
        for name in ("copy_aside", "_same", "_facts", "migrate"):
            setattr(upgrading, name, _after(getattr(upgrading, name), killer))
        sys.addaudithook(lambda name, _given: killer.step() if name in _FILE_STEPS else None)
        open_database(path, key=key).close()
        killer.step()
    except BaseException as fault:
        os.write(2, f"{type(fault).__name__}: {fault}\n".encode())
        os._exit(3)
    os._exit(0)


def _after(work: Callable[..., Any], killer: Killer) -> Callable[..., Any]:
    def watched(*args: Any, **named: Any) -> Any:
        killer.step()
        result = work(*args, **named)
        killer.step()
        return result

    return watched


def left(path: Path, key: bytes | None) -> str:
    """The version the file has after a kill; it is sound, and opens to the newest version."""
    database = connect(path, key=key)
    try:
        found = version_of(database)
    finally:
        database.close()
    database = open_database(path, key=key)
    try:
        with database.read() as connection:
            problems = check(connection)
            assert not problems, str(problems[0])
        assert version_of(database) == KNOWN[-1]
    finally:
        database.close()
    return found


def kill_everywhere(key: bytes | None, most: int | None = None) -> tuple[int, dict[str, int]]:
    """How many steps an upgrade has, and how often a killed one left which version."""
    found: dict[str, int] = {}
    with tempfile.TemporaryDirectory() as folder:
        kept = old_file(Path(folder), key)
        path = Path(folder, "work", "amana.db")

        def afresh() -> None:
            shutil.rmtree(path.parent, ignore_errors=True)
            path.parent.mkdir()
            shutil.copyfile(kept, path)

        afresh()
        open_database(path, key=key).close()  # loads what an upgrade needs: no step of it
        afresh()
        code, steps = run(path, key, None)
        assert code == 0, code
        every = max(1, steps // most) if most else 1
        for at in range(1, steps + 1, every):
            afresh()
            code, _ = run(path, key, at)
            assert code == 9, (at, code)
            version = left(path, key)
            found[version] = found.get(version, 0) + 1
    return steps, found


def figure(scale: Scale) -> Reached:
    """Every step, of a plain file and of a locked one."""
    most = None if scale.full else scale.of(small=8, full=0)
    told, kills = [], 0
    for name, key in (("plain", None), ("locked", KEY)):
        steps, found = kill_everywhere(key, most)
        kills += sum(found.values())
        told.append(f"{name}: {steps} steps, left {found}")
    return Reached(kills, 0, "; ".join(told))


def _remove(path: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)


if __name__ == "__main__":
    print(figure(Scale(full="--small" not in sys.argv)))
