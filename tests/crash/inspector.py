"""What must be true of the database after a kill, whatever the moment was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, text

from inventory.queries.drafts import draft
from inventory.services.checking import check
from inventory.storage.database import Database
from tests.crash.clinic import Clinic, stamp
from tests.crash.pharmacist import DRAFT, basket, check_out, request_of

_DOCUMENT = text("SELECT id, number FROM document WHERE clinic_id = :clinic AND request = :request")
_MOVED = text("SELECT item_id, quantity FROM movement WHERE document_id = :document")
_STOCK = text("SELECT SUM(quantity) FROM stock WHERE clinic_id = :clinic")


@dataclass(slots=True)
class Told:
    """What the killed process said it had finished."""

    draft: int = -1
    done: dict[int, tuple[str, int]] = field(default_factory=dict)


def heard(pipe: bytes) -> Told:
    """Read the pipe of a killed process. A line cut short was not told."""
    told = Told()
    for line in pipe.decode().split("\n")[:-1]:
        word, _, rest = line.partition(" ")
        if word == "fault":
            raise AssertionError(f"the dispensing process failed by itself: {rest}")
        if word == "draft":
            told.draft = int(rest)
        if word == "done":
            n, number, movements = rest.split()
            told.done[int(n)] = (number, int(movements))
    return told


@dataclass(slots=True)
class Inspector:
    """Keeps the plain model: how much must still be on the shelves."""

    database: Database
    clinic: Clinic
    on_shelves: int
    documents: int = 0
    finished_later: int = 0

    def inspect(self, cycle: int, told: Told) -> None:
        """After a kill: nothing told is lost, nothing is half there, then finish the basket."""
        with self.database.read() as connection:
            kept = draft(connection, self.clinic.id, DRAFT, "1")
            left = None if kept is None else int(kept.body["n"])
            reached = max(told.draft, -1 if left is None else left)
            for n in range(reached + 1):
                self._basket(connection, cycle, n, told, left)
            self._shelves(connection)
        if left is not None:
            self._finish(cycle, left)

    def check(self) -> None:
        with self.database.read() as connection:
            assert [str(problem) for problem in check(connection)] == []

    def _basket(
        self, connection: Connection, cycle: int, n: int, told: Told, left: int | None
    ) -> None:
        found = connection.execute(
            _DOCUMENT, {"clinic": self.clinic.id, "request": request_of(cycle, n)}
        ).one_or_none()
        if found is None:
            assert n not in told.done, f"{told.done[n][0]} was acknowledged and is lost"
            assert left == n, f"basket {n} of cycle {cycle} is lost: no document and no draft"
            return
        assert left != n, f"{found.number} was dispensed and its draft is still there"
        moved = connection.execute(_MOVED, {"document": found.id}).all()
        if n in told.done:
            assert told.done[n] == (found.number, len(moved))
        wanted = _by_item(basket(self.clinic, cycle, n))
        assert _by_item(moved) == Counter({item: -q for item, q in wanted.items()}), found.number
        self.on_shelves -= wanted.total()
        self.documents += 1

    def _shelves(self, connection: Connection) -> None:
        assert connection.scalar(_STOCK, {"clinic": self.clinic.id}) == self.on_shelves

    def _finish(self, cycle: int, n: int) -> None:
        """The person comes back and presses the key again, twice."""
        act = stamp(self.clinic.id, request_of(cycle, n))
        lines = basket(self.clinic, cycle, n)
        first, _ = self.database.act(check_out, act, lines)
        second, _ = self.database.act(check_out, act, lines)
        assert (first.again, second.again) == (False, True)
        assert first.number == second.number
        self.on_shelves -= _by_item(lines).total()
        self.documents += 1
        self.finished_later += 1


def _by_item(lines: Iterable[Any]) -> Counter[int]:
    """Quantities of an order or of a document, an item each."""
    total: Counter[int] = Counter()
    for line in lines:
        total[line.item_id] += line.quantity
    return total
