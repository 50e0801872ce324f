"""Two computers, a stick and people who copy files as they like: does a ledger ever split unseen?

Whatever is written is compared with everything that was ever written: the same number of the same
stream never has two different hashes, and no computer prints the same number on two papers.
"""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    rule,
    run_state_machine_as_test,
)

from inventory.domain.sentence import Refused
from inventory.services import whereabouts
from inventory.services.backing_up import back_up
from inventory.services.checking import check
from inventory.services.restoring import WayIn, look_at, restore
from inventory.storage.database import Database
from inventory.storage.opening import create_database, open_database
from inventory.storage.statement import Statement
from tests.crash.figures import Reached, Scale
from tests.ready_clinic import TODAY, ReadyClinic, furnish

_HASHES = Statement("""
SELECT s.uid, m.seq, m.hash FROM movement m JOIN stream s ON s.id = m.stream_id
UNION ALL
SELECT s.uid, e.seq, e.hash FROM security_event e JOIN stream s ON s.id = e.stream_id
""")

_STREAMS = Statement("SELECT uid FROM stream ORDER BY open, id")

_began: dict[Path, ReadyClinic] = {}


def begun(path: Path) -> ReadyClinic:
    """A clinic that no computer has taken into use yet; made once in a folder."""
    if path not in _began:
        database = create_database(path)
        _began[path] = furnish(database)
        _began[path].receive("AMOX", 1000)
        database.close()
    return _began[path]


class Split(AssertionError):
    """A ledger went two ways and nobody was told."""


class World:
    """What there is: computers with a file each, copies of files, backups on one stick."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.stick = folder / "stick"
        self.copies: list[Path] = []
        self.written: dict[tuple[str, int], bytes] = {}
        self.papers: set[tuple[int, str]] = set()
        self.left: set[tuple[int, str]] = set()
        self.now = 1_800_000_000_000
        for number in range(2):
            (folder / str(number)).mkdir(parents=True)
        self.stick.mkdir()
        self.like = begun(folder.parent / "begun.db")
        shutil.copyfile(folder.parent / "begun.db", self.file(0))
        self.open(0).database.close()

    def file(self, computer: int) -> Path:
        return self.folder / str(computer) / "amana.db"

    def state(self, computer: int) -> Path:
        return self.folder / str(computer) / "state"

    def open(self, computer: int) -> ReadyClinic:
        database = open_database(self.file(computer))
        whereabouts.guard(database, self.state(computer))
        self.now += 1000
        return replace(self.like, database=database, now=self.now, today=TODAY)

    def work(self, computer: int, times: int, *, killed: bool = False) -> None:
        clinic = self.open(computer)
        fine = whereabouts.found_at(clinic.database).fine
        for _ in range(times):
            try:
                self._print(computer, clinic)
            except Refused:
                if fine:
                    raise
            else:
                if not fine:
                    raise Split("something was written into a file nobody decided about")
                if (computer, self._streams(clinic.database)[-1]) in self.left:
                    raise Split("something was written into a stream that was left")
        self._end(computer, clinic.database, fine=fine, killed=killed)

    def go_on(self, computer: int) -> None:
        clinic = self.open(computer)
        if not whereabouts.found_at(clinic.database).fine:
            whereabouts.continue_here(clinic.database, clinic.stamp(), self.state(computer))
            self._leave(computer, clinic.database)
            self._print(computer, clinic)
        self._end(computer, clinic.database)

    def back_up(self, computer: int) -> None:
        clinic = self.open(computer)
        try:
            back_up(clinic.database, None, b"", self.stick, self.now, TODAY,
                    state=self.state(computer))  # fmt: skip
        except Refused:
            return
        finally:
            clinic.database.close()

    def restore(self, computer: int, backup: Path) -> None:
        self.now += 1000
        restore(look_at(backup, WayIn()), self.file(computer), today=TODAY, now=self.now,
                state=self.state(computer))  # fmt: skip
        database = open_database(self.file(computer))
        self._leave(computer, database)
        database.close()
        self.work(computer, 1)

    def stranger(self, copy: Path, times: int) -> None:
        """Somebody writes in a copy on a computer that we know nothing about."""
        database = open_database(copy)
        for _ in range(times):
            self.now += 1000
            replace(self.like, database=database, now=self.now).receive("AMOX", 1)
        database.close()

    def keep_copy(self, computer: int) -> None:
        copy = self.folder / f"copy-{len(self.copies)}.db"
        shutil.copyfile(self.file(computer), copy)
        self.copies.append(copy)

    def put_back(self, which: int, computer: int) -> None:
        """Somebody copies a file there, and work goes on."""
        shutil.copyfile(self.copies[which], self.file(computer))
        self.work(computer, 1)

    def backups(self) -> list[Path]:
        return sorted(self.stick.glob("*.amana"))

    def _print(self, computer: int, clinic: ReadyClinic) -> None:
        number = clinic.receive("AMOX", 1).number
        if (computer, number) in self.papers:
            raise Split(f"{number} was printed on two papers")
        self.papers.add((computer, number))

    def _streams(self, database: Database) -> list[str]:
        """The streams of a file, the open one last."""
        with database.read() as connection:
            return [uid for (uid,) in _STREAMS.rows(connection, {})]

    def _leave(self, computer: int, database: Database) -> None:
        """This computer went on in a new stream: the old ones are done with."""
        self.left.update((computer, stream) for stream in self._streams(database)[:-1])

    def _end(
        self, computer: int, database: Database, *, fine: bool = True, killed: bool = False
    ) -> None:
        with database.read() as connection:
            for stream, seq, digest in _HASHES.rows(connection, {}) if fine else ():
                if self.written.setdefault((stream, seq), bytes(digest)) != bytes(digest):
                    raise Split(f"entry {seq} was written twice")
        if killed:
            database.watch = None
        database.close()

    def prove(self) -> None:
        """Every file that is anywhere is sound."""
        for path in (*(self.file(computer) for computer in range(2)), *self.copies):
            if path.exists():
                database = open_database(path)
                with database.read() as connection:
                    problems = check(connection)
                database.close()
                if problems:
                    raise Split(str(problems[0]))


_COMPUTER = st.integers(0, 1)
_WHICH = st.integers(0, 5)


class Computers(RuleBasedStateMachine):
    """Hypothesis chooses who does what; `place` is where the files lie."""

    place: Path
    run = 0

    @initialize()
    def begin(self) -> None:
        type(self).run += 1
        self.world = World(self.place / str(self.run))

    def at(self, computer: int) -> int:
        """That computer, or the one that has a file."""
        return computer if self.world.file(computer).exists() else 0

    @rule(computer=_COMPUTER, times=st.integers(1, 2), killed=st.booleans())
    def work(self, computer: int, times: int, killed: bool) -> None:
        self.world.work(self.at(computer), times, killed=killed)

    @rule(computer=_COMPUTER)
    def keep_copy(self, computer: int) -> None:
        self.world.keep_copy(self.at(computer))

    @rule(computer=_COMPUTER, which=_WHICH)
    def copy_back(self, computer: int, which: int) -> None:
        if not self.world.copies:
            self.world.keep_copy(0)
            self.world.work(0, 1)
        self.world.put_back(which % len(self.world.copies), computer)

    @rule(computer=_COMPUTER)
    def back_up(self, computer: int) -> None:
        self.world.back_up(self.at(computer))

    @rule(computer=_COMPUTER, which=_WHICH)
    def restore(self, computer: int, which: int) -> None:
        if not self.world.backups():
            self.world.back_up(self.at(computer))
            self.world.work(self.at(computer), 1)
        there = self.world.backups()
        if there:
            self.world.restore(computer, there[which % len(there)])

    @rule(computer=_COMPUTER)
    def go_on(self, computer: int) -> None:
        self.world.go_on(self.at(computer))

    def teardown(self) -> None:
        if hasattr(self, "world"):
            try:
                self.world.prove()
            finally:
                shutil.rmtree(self.world.folder)


def run_machine(place: Path, runs: int, steps: int) -> None:
    """Raises Split, or what it was in. `place` is emptied."""
    machine = type("Computers", (Computers,), {"place": place, "run": 0})
    how = settings(
        max_examples=runs, stateful_step_count=steps, deadline=None, database=None,
        derandomize=True, suppress_health_check=list(HealthCheck), report_multiple_bugs=False,
        phases=[Phase.generate],
    )  # fmt: skip
    run_state_machine_as_test(machine, settings=how)


def figure(scale: Scale) -> Reached:
    """How often people and files may do what they like before a ledger splits unseen."""
    runs = scale.of(small=20, full=1_000)
    with tempfile.TemporaryDirectory() as folder:
        try:
            run_machine(Path(folder), runs, steps=20)
        except Split as split:
            return Reached(runs, 1, str(split))
    return Reached(runs, 0, "two computers, a stick, copies, clones and restores; no split")
