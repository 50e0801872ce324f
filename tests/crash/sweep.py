"""Let the n-th call to the disk fail, for every n, and look at what became of the act.

Run under the recorder:  python -m tests.crash.sweep FOLDER STRIDE KIND ...

For each kind of act, each error, once and lasting: the act is done while its n-th call fails, with
the program open. A refusal must be a sentence. What is on the disk at that moment is opened as
after a power cut: the act is there whole or not at all, and there when it was acknowledged. Then
the fault ends: the same request is sent again and counts once, and work goes on.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from copy import copy
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from sqlalchemy import text

from inventory.domain.sentence import Refused
from inventory.services.checking import check
from inventory.storage.database import Database
from inventory.storage.opening import create_database, open_database
from tests.crash.failing import Fault, Swept, faults
from tests.crash.figures import Reached, Scale
from tests.crash.recording import Recorder, fast_folder, run_recorded
from tests.crash.sweep_backup import BackupScene
from tests.crash.work import KEY, Act, Work
from tests.ready_clinic import furnish

NAME = "clinic.db"

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
        told = swept.meet(recorder, fault, self.act.name, lambda: self.act.run(database))
        if told is not None:
            self._judge(database, fault, told, swept)
        database.close()
        return told is not None

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


def in_a_new_window(work: Work) -> Act:
    """The program is started, something is dispensed, and it is closed."""
    act = work.dispensed()

    def run(database: Database) -> None:
        other = open_database(database.address, key=KEY)
        try:
            act.run(other)
        finally:
            other.close()

    return Act("start, dispense, close", run)


KINDS: Mapping[str, Callable[[Work], Act]] = {
    make.__name__: make
    for make in (
        Work.dispensed, Work.received, Work.reversed, Work.order_printed, Work.basket_kept,
        in_a_new_window,
    )
}  # fmt: skip
BACKUP = "backup"


def sweep(folder: Path, stride: int, kinds: Sequence[str]) -> Swept:
    """Every `stride`-th call of acts of these kinds, in every way."""
    recorder, swept, ready = Recorder(), Swept(), Ready(folder)
    for kind in kinds:
        scene = BackupScene(folder) if kind == BACKUP else Scene(ready, kind)
        for fault in faults():
            nth = 1 + swept.points % stride
            while scene.meet(recorder, replace(fault, nth=nth), swept):
                nth += stride
    return swept


def figure(scale: Scale) -> Reached:
    """Every call when in full; a few of each kind of act otherwise."""
    stride = "1" if scale.full else "61"
    with fast_folder() as folder:
        told = json.loads(run_recorded(__name__, str(folder), stride, *KINDS, BACKUP))
    swept = Swept(**told)
    words = (f"{swept.acknowledged} acknowledged, {swept.refused} refused in words, "
             f"{swept.there_though_refused} of these were on the disk; ")  # fmt: skip
    worst = swept.wrong[0] if swept.wrong else "none lost"
    return Reached(swept.points, len(swept.wrong), words + worst)


if __name__ == "__main__":
    print(json.dumps(asdict(sweep(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]))))
