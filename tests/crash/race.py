"""Desks that dispense the last boxes at the same time. Run in a process of its own: it forks.

    python -m tests.crash.race ADDRESS --desks 64 --operations 6400

Every desk asks again and again, without a pause, for one to three of a few items, more in all than
there is. In the end nothing may have been given that was not there, every balance is what the
movements make it, and no desk was told anything but "done" or "only so many are here".

Fairness is counted, not timed: how many acts of others were finished while one act waited. A desk
that waits in a line is overtaken by each other desk about once.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import traceback
from dataclasses import dataclass
from multiprocessing import Value
from pathlib import Path
from typing import Any

from sqlalchemy import text

from inventory.domain.sentence import Refused
from inventory.services.checking import check
from inventory.services.dispensing import DispenseLine, DispenseOrder, dispense
from inventory.storage.database import Database
from inventory.storage.opening import create_database, open_database
from tests.crash.clinic import DAY, Clinic, furnish, stamp
from tests.crash.figures import Reached, Scale

DESKS = 64
ITEMS = 5
MOST_ASKED = 3
ROUNDS = 3
"""At a server a desk is overtaken by each other so many times at most, or it waits unfairly. A file
has no line to wait in, and no other computer waits for it."""


@dataclass(frozen=True, slots=True)
class Told:
    """What one desk counted."""

    asked: int
    given: int
    refused: int
    overtaken: int


def figure(scale: Scale) -> Reached:
    from tests.postgres import start_postgres

    operations = scale.of(small=1_280, full=1_000_000)
    server = start_postgres()
    try:
        with server.database() as address:
            # A process of its own: this one has a connection that must not be forked.
            command = [sys.executable, "-m", "tests.crash.race", address,
                       "--desks", str(DESKS), "--operations", str(operations)]  # fmt: skip
            done = subprocess.run(command, capture_output=True, text=True, check=False)
    finally:
        server.stop()
    assert done.returncode == 0, done.stderr
    return Reached(operations // DESKS * DESKS, 0, done.stdout.strip())


def race(address: str, desks: int, operations: int, items: int = ITEMS) -> str:
    """Returns one sentence. Raises AssertionError when more was given than there was."""
    each = operations // desks
    batches = _batches(operations, items)
    database = create_database(address)
    clinic = furnish(database, batches, items=items)
    database.close()
    told = _all_told(address, clinic, desks, each)
    database = open_database(address)
    try:
        given = _inspect(database, told, sum(batches) * items)
    finally:
        database.close()
    most = max(one.overtaken for one in told)
    assert all(one.asked == each for one in told), "a desk did not come to its end"
    assert "://" not in address or most <= ROUNDS * desks, f"a desk was overtaken {most} times"
    return (
        f"{desks} desks asked {each * desks} times and gave {given} of "
        f"{sum(batches) * items}: nothing oversold, every balance reproduced, "
        f"{sum(one.refused for one in told)} told that there is no more; overtaken at most "
        f"{most} times"
    )


def _batches(operations: int, items: int) -> tuple[int, ...]:
    """About half of what is asked for in all, in small and odd batches."""
    half = max(operations // items, 20)
    sizes: list[int] = []
    dice = random.Random(operations)
    while sum(sizes) < half:
        sizes.append(dice.randint(1, max(3, half // 8)))
    return tuple(sizes)


def _inspect(database: Database, told: list[Told], there_was: int) -> int:
    with database.read() as connection:
        left = connection.scalar(text("SELECT SUM(quantity) FROM stock"))
        moved = connection.scalar(text("SELECT -SUM(quantity) FROM movement WHERE quantity < 0"))
        problems = [str(problem) for problem in check(connection)]
    given = sum(one.given for one in told)
    assert given == moved == there_was - left, f"{given} given, {moved} moved, {left} left"
    assert left >= 0
    assert problems == []
    return given


def _all_told(address: str, clinic: Clinic, desks: int, each: int) -> list[Told]:
    """All begin at once, when the starting pipe closes."""
    waiting, start = os.pipe()
    finished = Value("q", 0)
    pipes = []
    for number in range(desks):
        reading, writing = os.pipe()
        if os.fork() == 0:
            os.close(start)
            _desk(address, clinic, number, each, waiting, writing, finished)
        os.close(writing)
        pipes.append(reading)
    os.close(waiting)
    os.close(start)
    said = [os.fdopen(reading).read() for reading in pipes]
    for _ in pipes:
        os.wait()
    faults = [text for text in said if not text.replace(" ", "").isdigit()]
    assert not faults, faults[0]
    return [Told(*(int(word) for word in text.split())) for text in said]


def _desk(
    address: str, clinic: Clinic, number: int, each: int, waiting: int, writing: int, finished: Any
) -> None:
    """Never returns."""
    try:
        database = open_database(address)
        os.read(waiting, 1)
        told = _work(database, clinic, number, each, finished)
        os.write(writing, f"{told.asked} {told.given} {told.refused} {told.overtaken}".encode())
    except BaseException:
        os.write(writing, traceback.format_exc().encode())
    finally:
        os._exit(0)


def _work(database: Database, clinic: Clinic, number: int, each: int, finished: Any) -> Told:
    dice, given, refused, overtaken = random.Random(number), 0, 0, 0
    for turn in range(each):
        line = DispenseLine(dice.choice(clinic.items), dice.randint(1, MOST_ASKED))
        act = stamp(clinic.id, f"desk {number} turn {turn}")
        before = finished.value
        try:
            done = database.act(dispense, act, DispenseOrder((line,), DAY))
            given += sum(taken.quantity for taken in done.taken)
        except Refused as no:
            # "Only {there} can be dispensed" is the only answer a desk may get: not "busy".
            if "there" not in no.sentence.values:
                raise
            refused += 1
        with finished.get_lock():
            finished.value += 1
            overtaken = max(overtaken, finished.value - before - 1)
    return Told(each, given, refused, overtaken)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    arguments.add_argument("address", nargs="?")
    arguments.add_argument("--desks", type=int, default=DESKS)
    arguments.add_argument("--operations", type=int, default=6_400)
    chosen = arguments.parse_args()
    if chosen.address is not None:
        print(race(chosen.address, chosen.desks, chosen.operations))
        return
    with tempfile.TemporaryDirectory(prefix="amana-race-") as folder:
        print(race(str(Path(folder, "race.db")), chosen.desks, chosen.operations))


if __name__ == "__main__":
    main()
