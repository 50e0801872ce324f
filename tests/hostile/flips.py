"""Damage the file of a clinic, its unfinished work, its key file and its backups, many times.

Each damaged copy is opened as the program would open it. It is noticed (a sentence), or harmless
(every row is as it was); anything else is a loss. Run alone or as figures of `make crash`:

    python -m tests.hostile.flips 1000
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from hashlib import sha256
from pathlib import Path
from random import Random

from sqlalchemy import Connection

from inventory.domain.sentence import Refused
from inventory.domain.troubles import TROUBLES
from inventory.services import whereabouts
from inventory.services.backing_up import back_up, verify_backup
from inventory.services.checking import check
from inventory.storage import rows
from inventory.storage.key_file import KeyFile, new_keys
from inventory.storage.opening import create_database, open_database
from inventory.storage.stretching import Cost
from tests.crash.figures import Reached, Scale
from tests.hostile.spoiling import damaged, flipped_anywhere
from tests.ready_clinic import ReadyClinic, furnish

KEY = bytes(range(32))
DAY = date(2026, 11, 22)
CHEAP = Cost(8, 1, 1)
"""Guesses that cost nothing: what is tried here is damage and not strength."""

Spoil = Callable[[bytes, Random], bytes]


@dataclass(slots=True)
class Tally:
    """How often it was noticed, harmless, or neither; and what was said."""

    noticed: int = 0
    harmless: int = 0
    accepted: list[str] = field(default_factory=list)
    said: Counter[str] = field(default_factory=Counter)

    def add(self, saw: Refused | str | None, where: str) -> None:
        """A refusal, a problem the check found, or None when every row is as it was."""
        if saw is None:
            self.harmless += 1
            return
        self.noticed += 1
        if isinstance(saw, Refused):
            shown = saw.trouble is not None and bool(TROUBLES[saw.trouble].acts)
            if not shown:
                self.accepted.append(f"{where}: no way out is shown for: {saw}")
            self.said[str(saw.trouble)] += 1
        else:
            self.said["found by check"] += 1

    @property
    def says(self) -> str:
        told = ", ".join(f"{name} {count:,}" for name, count in self.said.most_common())
        return f"{self.noticed:,} noticed ({told}), {self.harmless:,} harmless"

    def reached(self) -> Reached:
        for what in self.accepted[:5]:
            print(f"accepted: {what}", file=sys.stderr)
        return Reached(self.noticed + self.harmless, len(self.accepted), self.says)


@contextmanager
def worked(folder: Path, key: bytes | None, documents: int = 12) -> Iterator[ReadyClinic]:
    """A clinic with some history in `folder`, open."""
    path = folder / "amana.db"
    create_database(path, key=key).close()
    clinic = furnish(open_database(path, key=key))
    clinic.receive(quantity=1000)
    clinic.receive("PARA", quantity=500, lot="P1")
    for number in range(documents):
        clinic.dispense(quantity=1 + number)
    yield clinic
    clinic.database.close()


def digest(connection: Connection) -> bytes:
    """All rows of all tables."""
    content = sha256()
    for table in rows.tables_in_order():
        for row in rows.rows_of(connection, table):
            content.update(repr((table, row)).encode())
    return content.digest()


def look(path: Path, key: bytes | None, whole: bytes) -> Refused | str | None:
    """Open a file and read all of it. Raises AssertionError when something else is accepted."""
    try:
        database = open_database(path, key=key)
        try:
            with database.read() as connection:
                found = check(connection)
                if found:
                    return str(found[0])
                assert digest(connection) == whole, "other rows were accepted"
        finally:
            database.close()
    except Refused as refusal:
        return refusal
    return None


def of_database(count: int, key: bytes | None, spoil: Spoil, seed: int = 1) -> Tally:
    """Damage a file that was closed."""
    chance, tally = Random(seed), Tally()
    with tempfile.TemporaryDirectory() as folder:
        with worked(Path(folder), key) as clinic, clinic.database.read() as connection:
            whole = digest(connection)
        path = Path(folder, "amana.db")
        content, copy = path.read_bytes(), Path(folder, "copy.db")
        for number in range(count):
            copy.write_bytes(spoil(content, chance))
            _judge(tally, partial(look, copy, key, whole), f"file {number}")
            _clean(copy)
    return tally


def of_unfinished(count: int, key: bytes | None, seed: int = 2) -> tuple[Tally, int]:
    """Damage the work that waits beside a file after a kill; also tells how many lost only an end.

    An end that is missing leaves a whole, older ledger. The file alone cannot tell; the marks that
    the program keeps outside of it do. A draft or a setting written last has no mark: of those
    the newest may be gone.
    """
    chance, tally, ends = Random(seed), Tally(), 0
    with tempfile.TemporaryDirectory() as folder:
        with worked(Path(folder), key, 30) as clinic:
            state = Path(folder, "state")
            whereabouts.guard(clinic.database, state)
            clinic.dispense(quantity=1)
            whereabouts.settle_marks(clinic.database, state)
            with clinic.database.read() as connection:
                whole = digest(connection)
            content = Path(folder, "amana.db").read_bytes()
            beside = Path(folder, "amana.db-wal").read_bytes()
        copy, wal = Path(folder, "copy.db"), Path(folder, "copy.db-wal")
        for number in range(count):
            copy.write_bytes(content)
            wal.write_bytes(flipped_anywhere(beside, chance))
            older = _is_older(copy, key, state)
            if older is not None:
                ends += 1
                tally.add(older, f"wal {number}")
            else:
                _judge(tally, partial(look, copy, key, whole), f"wal {number}")
            _clean(copy)
    return tally, ends


def _is_older(copy: Path, key: bytes | None, state: Path) -> Refused | None:
    """Whole, but it ends before the last entry that this computer saw."""
    try:
        database = open_database(copy, key=key)
        try:
            with database.read() as connection:
                if check(connection):
                    return None
            return whereabouts.look(database, state).refusal
        finally:
            database.close()
    except Refused:
        return None


def of_key_file(count: int, spoil: Spoil, seed: int = 3) -> Tally:
    """Damage a key file: no other key ever comes out of it."""
    chance, tally = Random(seed), Tally()
    keys, master = new_keys()
    keys = keys.with_password(master, "0f" * 16, "Layla", "lamp over river", CHEAP)
    keys, paper = keys.with_paper(master)
    content = keys.to_bytes()

    def unlock(changed: bytes) -> Refused | None:
        try:
            read = KeyFile.from_bytes(changed)
            for found in (read.unlock("Layla", "lamp over river"),
                          read.unlock_paper(" ".join(paper.words))):  # fmt: skip
                assert found.master == master, "another key was accepted"
        except Refused as refusal:
            return refusal
        return None

    for number in range(count):
        _judge(tally, partial(unlock, spoil(content, chance)), f"key file {number}")
    return tally


def of_backup(count: int, *, locked: bool, spoil: Spoil, seed: int = 4) -> Tally:
    """Damage a backup."""
    chance, tally = Random(seed), Tally()
    keys, master = new_keys()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        with worked(place, KEY if locked else None, 3) as clinic:
            made = back_up(clinic.database, master if locked else None,
                           keys.to_bytes() if locked else b"", place, clinic.now, DAY,
                           state=place)  # fmt: skip
        content, copy = made.path.read_bytes(), place / "copy"
        header = verify_backup(made.path, master if locked else None).header

        def read() -> Refused | None:
            try:
                facts = verify_backup(copy, master if locked else None)
                assert facts.header == header, "another backup was accepted"
            except Refused as refusal:
                return refusal
            return None

        for number in range(count):
            copy.write_bytes(spoil(content, chance))
            _judge(tally, read, f"backup {number}")
    return tally


def _judge(tally: Tally, act: Callable[[], Refused | str | None], where: str) -> None:
    """What is neither refused in words nor as it was is a loss, and so is a crash."""
    try:
        tally.add(act(), where)
    except Exception as fault:
        tally.accepted.append(f"{where}: {type(fault).__name__}: {fault}")


def _clean(path: Path) -> None:
    for ending in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + ending).unlink(missing_ok=True)


def database_figure(scale: Scale) -> Reached:
    """A locked file, one bit at a time."""
    return of_database(scale.of(small=20, full=10_000), KEY, flipped_anywhere).reached()


def plain_figure(scale: Scale) -> Reached:
    """A plain file: what check and chain see without the seal of the cipher."""
    count = scale.of(small=15, full=2_000)
    tally = of_database(count, None, flipped_anywhere)
    unseen = len(tally.accepted)
    return Reached(count, 0, f"{tally.says}, {unseen:,} not noticed: lock the file")


def unfinished_figure(scale: Scale) -> Reached:
    """The `-wal` of a killed program, one bit at a time."""
    tally, ends = of_unfinished(scale.of(small=10, full=2_000), KEY)
    reached = tally.reached()
    return Reached(reached.count, reached.lost, f"{reached.says}; {ends:,} lost only an end")


def backup_figure(scale: Scale) -> Reached:
    """Backups damaged in every way, and their key files."""
    count = scale.of(small=300, full=1_000_000)
    tallies = [
        of_backup(count * 8 // 10, locked=True, spoil=damaged),
        of_backup(count // 10, locked=False, spoil=damaged),
        of_key_file(count // 10, damaged),
    ]
    lost = sum(len(tally.accepted) for tally in tallies)
    says = "; ".join(
        f"{name}: {tally.says}"
        for name, tally in zip(("locked", "plain", "key files"), tallies, strict=True)
    )
    return Reached(sum(t.noticed + t.harmless for t in tallies), lost, says)


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else None
    scale = Scale(count=count)
    for figure in (database_figure, plain_figure, unfinished_figure, backup_figure):
        print(figure.__name__, figure(scale))


if __name__ == "__main__":
    main()
