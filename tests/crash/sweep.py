"""Let the n-th call to the disk fail, for every n, and look at what became of the act.

Run under the recorder:  python -m tests.crash.sweep FOLDER STRIDE KIND ...

For each kind of act, each error, once and lasting: the act is done while its n-th call fails, with
the program open. A refusal must be a sentence. What is on the disk at that moment is opened as
after a power cut: the act is there whole or not at all, and there when it was acknowledged. Then
the fault ends: the same request is sent again and counts once, and work goes on.
"""

from __future__ import annotations

import errno
import json
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from copy import copy
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from sqlalchemy import text

from inventory.domain.sentence import Refused
from inventory.services.checking import check
from inventory.storage.database import Database
from inventory.storage.opening import create_database, open_database
from tests.crash.figures import Reached, Scale
from tests.crash.recording import CAN_FAIL, Recorder, fast_folder, run_recorded
from tests.crash.work import KEY, Act, Work
from tests.ready_clinic import furnish

NAME = "clinic.db"
_PRESSES = 2
"""How often a person presses the key while a fault lasts."""

# What an act leaves, without the random ids that differ each time.
_SAYS = tuple(text(query) for query in (
    "SELECT kind, number, request FROM document ORDER BY id",
    "SELECT seq, kind, item_id, quantity, balance_after FROM movement ORDER BY seq",
    "SELECT item_id, lot_id, status, quantity FROM stock ORDER BY 1, 2, 3",
    "SELECT kind, key, body FROM draft ORDER BY 1, 2",
    "SELECT number, state FROM requisition ORDER BY id",
    "SELECT requisition_id, item_id, packs FROM requisition_line ORDER BY 1, 2",
    "SELECT last_seq FROM stream ORDER BY id",
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fault:
    """Which call fails, how, and whether all after it do."""

    nth: int
    error: int
    lasting: bool
    half: bool

    def __str__(self) -> str:
        how = ("lasting" if self.lasting else "once") + (", half written" if self.half else "")
        return f"{errno.errorcode[self.error]} at call {self.nth}, {how}"


@dataclass(slots=True)
class Swept:
    """What a sweep found; told as JSON."""

    points: int = 0
    acknowledged: int = 0
    refused: int = 0
    there_though_refused: int = 0
    wrong: list[str] = field(default_factory=list)


class Scene:
    """A clinic with one act still to do, and what it says before and after that act."""

    def __init__(self, ready: Ready, kind: str) -> None:
        self._template = ready.folder
        self._place, self._image = (ready.folder.parent / name for name in ("place", "image"))
        work = copy(ready.work)
        self.act, self.next_act = KINDS[kind](work), work.received()
        self.before = says(self._template)
        database = self.opened()
        self.act.run(database)
        self.after = says(self._place)
        self.next_act.run(database)
        database.close()
        self.later = says(self._place)

    def opened(self) -> Database:
        """A fresh copy, open and in use."""
        shutil.rmtree(self._place, ignore_errors=True)
        shutil.copytree(self._template, self._place)
        database = open_database(self._place / NAME, key=KEY)
        with database.driver() as raw:
            raw.execute("SELECT count(*) FROM movement").fetchall()
        return database

    def meet(self, recorder: Recorder, fault: Fault, swept: Swept) -> bool:
        """Do the act with that fault. False when it ended before its n-th call."""
        database = self.opened()
        recorder.watch(self._place)
        recorder.fail(fault.nth, fault.error, CAN_FAIL[fault.error],
                      lasting=fault.lasting, half=fault.half)  # fmt: skip
        told = [self._try(database, fault, swept) for _ in range(_PRESSES if fault.lasting else 1)]
        met = recorder.calls >= fault.nth
        recorder.count(CAN_FAIL[fault.error])
        if met:
            swept.points += 1
            self._judge(database, fault, any(told), swept)
        database.close()
        return met

    def _try(self, database: Database, fault: Fault, swept: Swept) -> bool:
        """Whether it was acknowledged. Anything but a sentence is wrong."""
        try:
            self.act.run(database)
        except Refused:
            swept.refused += 1
            return False
        except Exception as raw:
            swept.wrong.append(f"{self.act.name}, {fault}: {type(raw).__name__}: {raw}")
            return False
        swept.acknowledged += 1
        return True

    def _judge(self, database: Database, fault: Fault, told: bool, swept: Swept) -> None:
        try:
            shutil.rmtree(self._image, ignore_errors=True)
            shutil.copytree(self._place, self._image)
            found = says(self._image)
            assert found in (self.before, self.after), "half of it is there"
            assert found == self.after or not told, "it was acknowledged and is lost"
            swept.there_though_refused += found == self.after and not told
            self.act.run(database)
            self.next_act.run(database)
            database.close()
            assert says(self._place) == self.later, "sent again, it does not count once"
        except (AssertionError, Refused) as wrong:
            swept.wrong.append(f"{self.act.name}, {fault}: {wrong}")


def says(folder: Path) -> list[list[tuple[Any, ...]]]:
    """What the database in a folder says when it is opened and found to be whole."""
    database = open_database(folder / NAME, key=KEY)
    try:
        with database.read() as connection:
            problems = [str(problem) for problem in check(connection)]
            assert problems == [], problems
            return [[tuple(row) for row in connection.execute(query)] for query in _SAYS]
    finally:
        database.close()


class Ready:
    """A clinic in the middle of its day, to be copied."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "template"
        self.folder.mkdir()
        clinic = furnish(create_database(self.folder / NAME, key=KEY))
        self.work = Work(clinic, seed=1)
        for ready in (Work.received, Work.dispensed, Work.order_begun, Work.basket_kept):
            ready(self.work).run(clinic.database)
        clinic.database.close()


KINDS: Mapping[str, Callable[[Work], Act]] = {
    make.__name__: make
    for make in (
        Work.dispensed, Work.received, Work.reversed, Work.order_printed, Work.basket_kept
    )
}  # fmt: skip


def faults(nth: int) -> list[Fault]:
    """Every way in which the n-th call can fail."""
    return [
        Fault(nth, error, lasting, half)
        for error in (errno.EIO, errno.ENOSPC)
        for lasting in (False, True)
        for half in (False, True)
    ]


def sweep(folder: Path, stride: int, kinds: Sequence[str]) -> Swept:
    """Every `stride`-th call of acts of these kinds, in every way."""
    recorder, swept, ready = Recorder(), Swept(), Ready(folder)
    for kind in kinds:
        scene = Scene(ready, kind)
        for fault in faults(1):
            nth = 1 + swept.points % stride
            while scene.meet(recorder, replace(fault, nth=nth), swept):
                nth += stride
    return swept


def figure(scale: Scale) -> Reached:
    """Every call when in full; a few of each kind of act otherwise."""
    with fast_folder() as folder:
        told = json.loads(run_recorded(__name__, str(folder), "1" if scale.full else "19", *KINDS))
    swept = Swept(**told)
    words = (f"{swept.acknowledged} acknowledged, {swept.refused} refused in words, "
             f"{swept.there_though_refused} of these were on the disk; ")  # fmt: skip
    worst = swept.wrong[0] if swept.wrong else "none lost"
    return Reached(swept.points, len(swept.wrong), words + worst)


if __name__ == "__main__":
    print(json.dumps(asdict(sweep(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]))))
