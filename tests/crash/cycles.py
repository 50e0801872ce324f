"""Kill a dispensing program at random moments, many times, and look at what is left.

    python -m tests.crash.cycles --cycles 10000

One process imports everything once and forks a pharmacist per cycle, so a cycle takes
hundredths of a second. Ends with 0 when nothing was lost, with the failed assertion otherwise.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sys
import tempfile
import time
from pathlib import Path
from typing import BinaryIO

from inventory.storage.opening import create_database, open_database
from tests.crash.clinic import Clinic, furnish
from tests.crash.figures import Reached, Scale
from tests.crash.inspector import Inspector, heard
from tests.crash.pharmacist import work_until_killed
from tests.crash.work import KEY

# Small batches first, so that most baskets of the first hundreds split; then enough for any run.
BATCHES = (*[400] * 40, 10**9)
MOST_STEPS = 8
"""A pharmacist is killed after none to this many finished steps, in the middle of the next."""


def figure(scale: Scale) -> Reached:
    cycles = scale.of(small=100, full=10_000)
    with tempfile.TemporaryDirectory(prefix="amana-crash-") as folder:
        return Reached(cycles, 0, run(Path(folder), cycles, seed=1))


def run(folder: Path, cycles: int, seed: int) -> str:
    """Run the cycles; returns one sentence. Raises AssertionError when anything was lost."""
    path = folder / "crash.db"
    database = create_database(path, key=KEY)
    clinic = furnish(database, BATCHES)
    database.close()
    killer = Killer(path, clinic, seed)
    on_shelves, documents, later, told_of = sum(BATCHES) * len(clinic.items), 0, 0, 0
    every = max(50, cycles // 10)
    for cycle in range(cycles):
        told = heard(killer.kill(cycle))
        # Opened anew: nothing of the database may live in this process across a fork.
        database = open_database(path, key=KEY)
        inspector = Inspector(database, clinic, on_shelves)
        inspector.inspect(cycle, told)
        if (cycle + 1) % every == 0 or cycle + 1 == cycles:
            inspector.check()
        database.close()
        on_shelves = inspector.on_shelves
        documents += inspector.documents
        later += inspector.finished_later
        told_of += len(told.done)
    assert told_of >= cycles, "the pharmacists were killed before they could work"
    return (
        f"{cycles} kills: {documents} documents, {told_of} acknowledged, none lost, none half "
        f"there; {later} baskets were found as drafts and finished; check found nothing."
    )


class Killer:
    """Forks pharmacists and kills each in the middle of a step, however fast the machine is."""

    def __init__(self, path: Path, clinic: Clinic, seed: int) -> None:
        self.path, self.clinic, self.dice = path, clinic, random.Random(seed)
        self.step = 0.005

    def kill(self, cycle: int) -> bytes:
        """What the pharmacist of this cycle told until it was killed."""
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reading)
            work_until_killed(str(self.path), self.clinic, cycle, writing)
        os.close(writing)
        with os.fdopen(reading, "rb") as pipe:
            told = self._listen(pipe)
            time.sleep(self.dice.uniform(0, 1.5 * self.step))
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            return told + pipe.read()

    def _listen(self, pipe: BinaryIO) -> bytes:
        """Some steps, and how long one takes now."""
        steps, began = self.dice.randint(0, MOST_STEPS), time.monotonic()
        told = b"".join(pipe.readline() for _ in range(steps))
        if steps:
            self.step = (self.step + (time.monotonic() - began) / steps) / 2
        return told


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    arguments.add_argument("--cycles", type=int, default=10_000)
    arguments.add_argument("--seed", type=int, default=1)
    chosen = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="amana-crash-") as folder:
        began = time.monotonic()
        print(run(Path(folder), chosen.cycles, chosen.seed))
        print(f"{time.monotonic() - began:.0f} s", file=sys.stderr)


if __name__ == "__main__":
    main()
