"""Eight desks race for the last boxes. Run in a process of its own, because it forks.

    python -m tests.crash.race ADDRESS
"""

from __future__ import annotations

import os
import random
import sys
import time
import traceback
from collections import Counter

from sqlalchemy import text

from inventory.domain.sentence import Refused
from inventory.services.checking import check
from inventory.services.dispensing import DispenseLine, DispenseOrder, dispense
from inventory.storage.opening import create_database, open_database
from tests.crash.clinic import DAY, Clinic, furnish, stamp

DESKS = 8
BATCHES = (7, 11, 1, 30, 13, 24)
MOST_ASKED = 3
THINKING = 0.02
"""Seconds at most between two customers; without it the first desk takes all."""


def race(address: str) -> str:
    """Returns one sentence. Raises AssertionError when more was given than there was."""
    database = create_database(address)
    clinic = furnish(database, BATCHES, items=1)
    database.close()
    given = Counter(dict(enumerate(_given(address, clinic))))
    database = open_database(address)
    with database.read() as connection:
        left = connection.scalar(text("SELECT SUM(quantity) FROM stock"))
        moved = connection.scalar(text("SELECT -SUM(quantity) FROM movement WHERE quantity < 0"))
        problems = [str(problem) for problem in check(connection)]
    database.close()
    assert left == 0, f"{left} are still on the shelf and every desk was told there is nothing"
    assert given.total() == moved == sum(BATCHES), f"{given} of {sum(BATCHES)}, {moved} moved"
    assert problems == []
    return f"{DESKS} desks gave {given.total()} of {sum(BATCHES)}: {list(given.values())}"


def _given(address: str, clinic: Clinic) -> list[int]:
    """How much each desk gave. All begin at once, when the starting pipe closes."""
    waiting, start = os.pipe()
    desks = []
    for number in range(DESKS):
        reading, writing = os.pipe()
        if os.fork() == 0:
            os.close(start)
            _desk(address, clinic, number, waiting, writing)
        os.close(writing)
        desks.append(reading)
    os.close(waiting)
    os.close(start)
    told = [os.fdopen(reading).read() for reading in desks]
    for _ in desks:
        os.wait()
    faults = [text for text in told if not text.isdigit()]
    assert not faults, faults[0]
    return [int(text) for text in told]


def _desk(address: str, clinic: Clinic, number: int, waiting: int, writing: int) -> None:
    """Never returns. Dispenses one to three at a time until there is nothing left."""
    try:
        database = open_database(address)
        os.read(waiting, 1)
        dice, given, asked = random.Random(number), 0, MOST_ASKED
        for turn in range(10 * sum(BATCHES)):
            order = DispenseOrder((DispenseLine(clinic.items[0], asked),), DAY)
            try:
                done = database.act(dispense, stamp(clinic.id, f"desk {number} turn {turn}"), order)
            except Refused as no:
                # "Only {there} can be dispensed" is the only answer a desk may get: not "busy".
                if "there" not in no.sentence.values:
                    raise
                if asked == 1:
                    break
                asked = 1
                continue
            given += sum(taken.quantity for taken in done.taken)
            asked = dice.randint(1, MOST_ASKED)
            time.sleep(dice.random() * THINKING)
        os.write(writing, str(given).encode())
    except BaseException:
        os.write(writing, traceback.format_exc().encode())
    finally:
        os._exit(0)


if __name__ == "__main__":
    print(race(sys.argv[1]))
