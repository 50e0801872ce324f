"""What the killed process does: save a basket, dispense it, and tell of every step it finished.

Told through a pipe, a line each, only after the commit returned:
`open` the database · `draft N` the basket is kept · `done N NUMBER MOVEMENTS` it was dispensed.
"""

from __future__ import annotations

import json
import os
import random
import traceback
from itertools import count

from sqlalchemy import Connection

from inventory.domain.stamp import Stamp
from inventory.queries.documents import lines_of
from inventory.services.dispensing import Dispensed, DispenseLine, DispenseOrder, dispense
from inventory.services.drafts import drop_draft, save_draft
from inventory.storage.opening import open_database
from tests.crash.clinic import DAY, Clinic, stamp
from tests.crash.work import KEY

DRAFT = "basket"


def request_of(cycle: int, n: int) -> str:
    return f"cycle {cycle} basket {n}"


def basket(clinic: Clinic, cycle: int, n: int) -> tuple[DispenseLine, ...]:
    """The n-th basket of a cycle: one to four lines, the same each time it is asked for."""
    dice = random.Random(f"{cycle}/{n}")
    return tuple(
        DispenseLine(dice.choice(clinic.items), dice.randint(1, 30))
        for _ in range(dice.randint(1, 4))
    )


def check_out(
    connection: Connection, stamp: Stamp, lines: tuple[DispenseLine, ...]
) -> tuple[Dispensed, int]:
    """Dispense and forget the draft in one transaction, as the dispensing page does."""
    done = dispense(connection, stamp, DispenseOrder(lines, DAY))
    drop_draft(connection, stamp.clinic_id, DRAFT, "1")
    return done, len(lines_of(connection, done.document_id))


def work_until_killed(address: str, clinic: Clinic, cycle: int, pipe: int) -> None:
    """Never returns. An exception is told through the pipe as `fault`."""
    try:
        database = open_database(address, key=KEY)
        os.write(pipe, b"open\n")
        for n in count():
            lines = basket(clinic, cycle, n)
            with database.write() as connection:
                save_draft(connection, clinic.id, DRAFT, "1", {"n": n}, 0)
            os.write(pipe, f"draft {n}\n".encode())
            act = stamp(clinic.id, request_of(cycle, n))
            done, movements = database.act(check_out, act, lines)
            os.write(pipe, f"done {n} {done.number} {movements}\n".encode())
    except BaseException:
        os.write(pipe, f"fault {json.dumps(traceback.format_exc())}\n".encode())
    finally:
        os._exit(1)
