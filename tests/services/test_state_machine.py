"""Whatever people do in whatever order, the ledger agrees with a plain list of what happened."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from shutil import copyfile

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from inventory.domain.consumption import MonthUse, average
from inventory.domain.expiry import Expiry
from inventory.domain.months import Month, window
from inventory.domain.sentence import Refused
from inventory.domain.status import Status
from inventory.queries.usage import use_of_items
from inventory.services.adjusting import (
    Held,
    OpeningLine,
    adjust,
    change_status,
    move_expired,
    move_place,
    open_stock,
)
from inventory.services.ledger import Posted
from inventory.storage.database import Database
from inventory.storage.opening import open_database
from tests.postgres import Postgres
from tests.ready_clinic import ReadyClinic, furnish
from tests.services.plain_model import Happened, Key, Model

Borrow = Callable[[], AbstractContextManager[Database]]

START = date(2026, 6, 20)
ITEMS = st.sampled_from(["AMOX", "PARA"])
LOTS = st.sampled_from(["A", "B", "C"])
EXPIRIES = st.sampled_from(
    [date(2026, 7, 31), date(2026, 9, 30), date(2027, 3, 15), date(2028, 1, 1)]
)
AMOUNTS = st.integers(1, 60)
AGO = st.sampled_from([0, 0, 0, 1, 9, 40, 75])
WHICH = st.integers(0, 10**6)


class Work(RuleBasedStateMachine):
    """One clinic, worked in at random; `borrow` lends a fresh database."""

    borrow: Borrow

    @initialize()
    def begin(self) -> None:
        self.lent = ExitStack()
        self.clinic: ReadyClinic = furnish(self.lent.enter_context(self.borrow()), today=START)
        self.clinic.today = START
        self.model = Model(self.clinic.places())
        self.last_day = date.min
        self.lots: dict[int, int] = {}

    def teardown(self) -> None:
        if hasattr(self, "lent"):
            self.lent.close()

    # What people do

    @rule(item=ITEMS, lot=LOTS, expiry=EXPIRIES, good=st.integers(0, 99), broken=st.integers(0, 5),
          ago=AGO, place=st.integers(0, 1))  # fmt: skip
    def receive(
        self, item: str, lot: str, expiry: date, good: int, broken: int, ago: int, place: int
    ) -> None:
        day, where = self.day(ago), self.model.places[place]
        if good + broken == 0:
            with pytest.raises(Refused):
                self.clinic.receive(item, 0, lot, expiry.isoformat(), day)
            return
        done = self.clinic.receive(item, good, lot, expiry.isoformat(), day, damaged=broken,
                                   place_id=where)  # fmt: skip
        batch = self.known(item, lot, expiry, done.lines[0].lot_id)
        status = Status.QUARANTINED if expiry < day else Status.USABLE
        parts = ((good, status), (broken, Status.DAMAGED))
        self.posted(done.number, [
            Happened(day, (item, batch, where, kept), quantity)
            for quantity, kept in parts if quantity
        ])  # fmt: skip

    @rule(item=ITEMS, lot=LOTS, expiry=EXPIRIES, quantity=AMOUNTS, place=st.integers(0, 1))
    def import_opening(self, item: str, lot: str, expiry: date, quantity: int, place: int) -> None:
        day, where = self.day(0), self.model.places[place]
        line = OpeningLine(self.clinic.items[item], quantity, lot, Expiry.of_day(expiry), where)
        posted = self.clinic.act(open_stock, [line], day)
        status = Status.EXPIRED if expiry < day else Status.USABLE
        # Opening stock has no source or maker; so have the receipts here: the batch is the same.
        batch = self.known(item, lot, expiry, self.lot_of(posted))
        self.posted(posted.number, [Happened(day, (item, batch, where, status), quantity)])

    @rule(item=ITEMS, quantity=AMOUNTS, ago=AGO, partly=st.booleans())
    def dispense(self, item: str, quantity: int, ago: int, partly: bool) -> None:
        self.give(item, quantity, self.day(ago), partly)

    @rule(item=ITEMS, quantity=AMOUNTS, days=st.integers(1, 400))
    def dispense_with_the_clock_set_back(self, item: str, quantity: int, days: int) -> None:
        true, self.clinic.today = self.clinic.today, self.clinic.today - timedelta(days=days)
        self.give(item, quantity, max(self.clinic.today, self.last_day), partly=True)
        self.clinic.today = true

    def give(self, item: str, quantity: int, day: date, partly: bool) -> None:
        left, lines = quantity, []
        for key, there in self.model.first_expiring(item, day):
            taken = min(left, there)
            left -= taken
            if taken:
                lines.append(Happened(day, key, -taken, taken, Month.of(day)))
        asked = self.clinic.today if day == self.last_day else day
        if left and not partly:
            with pytest.raises(Refused, match=f"Only {quantity - left} "):
                self.clinic.dispense(item, quantity, asked)
            return
        done = self.clinic.dispense(item, quantity, asked, give_what_there_is=partly)
        again = self.clinic.dispense(item, quantity, asked, request=self.clinic.last,
                                     give_what_there_is=partly)  # fmt: skip
        assert (again.number, again.taken, again.unmet) == (done.number, done.taken, done.unmet)
        assert [taken.quantity for taken in done.taken] == [-line.quantity for line in lines]
        assert sum(short for _, short in done.unmet) == left
        self.posted(done.number, lines)

    @precondition(lambda self: self.model.documents)
    @rule(which=WHICH)
    def reverse(self, which: int) -> None:
        number = self.choose(sorted(self.model.documents), which)
        back = self.model.undo(number, self.day(0))
        if back is None:
            with pytest.raises(Refused):
                self.clinic.reverse(number)
            return
        posted = self.clinic.reverse(number)
        self.posted(posted.number, back, reversal=True)
        self.model.documents[number].reversed = True

    @precondition(lambda self: self.standing())
    @rule(which=WHICH, share=st.integers(1, 4), to=st.sampled_from(list(Status)))
    def change_status(self, which: int, share: int, to: Status) -> None:
        key, held = self.hold(which, share)
        today = self.day(0)
        if key[3] is to or (to is Status.USABLE and self.model.expiry(key) < today):
            with pytest.raises(Refused):
                self.clinic.act(change_status, [held], to, "RECALL")
            return
        posted = self.clinic.act(change_status, [held], to, "RECALL")
        self.posted(posted.number, [Happened(today, key, -held.quantity),
                                    Happened(today, (*key[:3], to), held.quantity)])  # fmt: skip

    @precondition(lambda self: self.standing())
    @rule(which=WHICH, share=st.integers(1, 4))
    def move(self, which: int, share: int) -> None:
        key, held = self.hold(which, share)
        other = next(place for place in self.model.places if place != key[2])
        posted = self.clinic.act(move_place, held, other)
        today = self.day(0)
        self.posted(posted.number, [
            Happened(today, key, -held.quantity),
            Happened(today, (key[0], key[1], other, key[3]), held.quantity),
        ])  # fmt: skip

    @precondition(lambda self: self.standing())
    @rule(which=WHICH, change=st.integers(-70, 70))
    def adjust(self, which: int, change: int) -> None:
        key, held = self.hold(which, 1)
        if change == 0 or change < -self.model.stock[key]:
            with pytest.raises(Refused):
                self.clinic.act(adjust, held, change, "DATA_ENTRY_CORRECTION")
            return
        posted = self.clinic.act(adjust, held, change, "DATA_ENTRY_CORRECTION")
        self.posted(posted.number, [Happened(self.day(0), key, change)])

    @rule()
    def tidy_expired(self) -> None:
        today = self.day(0)
        late = [key for key in self.standing() if self.model.expiry(key) < today
                and key[3] in (Status.USABLE, Status.QUARANTINED)]  # fmt: skip
        if not late:
            with pytest.raises(Refused, match="Nothing on the shelf"):
                self.clinic.act(move_expired)
            return
        posted = self.clinic.act(move_expired)
        lines = []
        for key in late:
            there = self.model.stock[key]
            lines += [Happened(today, key, -there),
                      Happened(today, (*key[:3], Status.EXPIRED), there)]  # fmt: skip
        self.posted(posted.number, lines)

    @rule(days=st.sampled_from([1, 3, 20, 45]))
    def time_passes(self, days: int) -> None:
        self.clinic.today += timedelta(days=days)

    @precondition(lambda self: self.model.batches)
    @rule(which=WHICH, days=st.sampled_from([0, 1]))
    def wait_for_an_expiry(self, which: int, days: int) -> None:
        """To the last day of a batch, or the day after."""
        _, _, expiry = self.choose(self.model.batches, which)
        if expiry is not None:
            until = expiry + timedelta(days=days)
            self.clinic.today = max(self.clinic.today, min(until, date(2027, 12, 1)))

    # What must be true

    @invariant()
    def balances_agree(self) -> None:
        if not hasattr(self, "model"):
            return
        for item in ("AMOX", "PARA"):
            have = {
                (shelf.lot_id, shelf.place_id, shelf.status): shelf.quantity
                for shelf in self.clinic.shelves(item)
            }
            want = {
                (self.lots[key[1]], key[2], key[3]): there
                for key, there in self.model.stock.items() if there and key[0] == item
            }  # fmt: skip
            assert have == want

    @invariant()
    def averages_agree(self) -> None:
        if not hasattr(self, "model"):
            return
        today = self.clinic.today
        uses = self.clinic.ask(use_of_items, self.clinic.id, today)
        for item in ("AMOX", "PARA"):
            found = uses.get(self.clinic.items[item])
            have = found.months if found else (None,) * 3
            want = tuple(
                None if month is None else MonthUse(of, *month, of.days)
                for of, month in zip(window(today, 3), self.model.months(item, today), strict=True)
            )
            assert have == want
            assert average(have) == average(want)
            if found is not None:
                assert found.closing - found.opening == (
                    found.received - found.consumed + found.adjusted
                )

    @invariant()
    def nothing_is_wrong(self) -> None:
        if hasattr(self, "model"):
            assert self.clinic.check() == []
            assert self.clinic.documents() == list(self.model.documents)

    # Small steps

    def day(self, ago: int) -> date:
        """A day so long ago, but never before the ledger could know it."""
        today = max(self.clinic.today, self.last_day)
        return today - timedelta(days=ago)

    def posted(self, number: str, lines: list[Happened], *, reversal: bool = False) -> None:
        self.last_day = max(self.last_day, self.clinic.today)
        self.model.post(number, lines, reversal=reversal)

    def known(self, item: str, lot: str, expiry: date, lot_id: int) -> int:
        batch = self.model.batch(item, lot, expiry)
        assert self.lots.setdefault(batch, lot_id) == lot_id
        return batch

    def lot_of(self, posted: Posted) -> int:
        sql = "SELECT lot_id FROM movement WHERE document_id = :id"
        return int(self.clinic.value(sql, id=posted.document_id))

    def standing(self) -> list[Key]:
        return sorted(key for key, there in self.model.stock.items() if there)

    def hold(self, which: int, share: int) -> tuple[Key, Held]:
        key = self.choose(self.standing(), which)
        quantity = max(1, self.model.stock[key] // share)
        return key, Held(self.clinic.items[key[0]], self.lots[key[1]], key[2], key[3], quantity)

    @staticmethod
    def choose(among: list, which: int):  # type: ignore[no-untyped-def,type-arg]
        return among[which % len(among)]


def run(borrow: Borrow, examples: int) -> None:
    class Here(Work):
        pass

    Here.borrow = staticmethod(borrow)  # type: ignore[assignment]
    chosen = settings(max_examples=examples, stateful_step_count=25)
    if settings.default is not None and settings.default.max_examples > 100:
        chosen = settings(stateful_step_count=60)
    run_state_machine_as_test(Here, settings=chosen)  # type: ignore[arg-type]


def test_any_work_on_sqlite(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    numbers, template = count(), request.getfixturevalue("_sqlite_template")

    @contextmanager
    def borrow() -> Iterator[Database]:
        path = tmp_path / f"{next(numbers)}.db"
        copyfile(template, path)
        database = open_database(path)
        yield database
        database.close()
        path.unlink()

    run(borrow, 30)


def test_any_work_on_postgresql(request: pytest.FixtureRequest, postgres: Postgres) -> None:
    template = request.getfixturevalue("_postgres_template")

    @contextmanager
    def borrow() -> Iterator[Database]:
        with postgres.database(template) as address:
            database = open_database(address)
            yield database
            database.close()

    run(borrow, 12)
