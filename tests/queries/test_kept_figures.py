"""Figures kept in memory are never stale: after any act, at any desk, they are what a program
that was started this moment would show."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from shutil import copyfile
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, insert, text

from inventory.domain.item import ItemDraft
from inventory.domain.months import Month
from inventory.domain.names import Names
from inventory.domain.sentence import Refused
from inventory.domain.stamp import Stamp
from inventory.queries.orders import orders
from inventory.queries.proposal import every_line, proposals
from inventory.queries.side_by_side import across_clinics
from inventory.queries.stock import stock_list
from inventory.services.adjusting import adjust, change_status, move_expired, move_place
from inventory.services.checking import rebuild
from inventory.services.clinics import add_place, save_setting
from inventory.services.dispensing import DispenseLine, DispenseOrder, dispense
from inventory.services.items import retire_item, save_item, set_price
from inventory.services.ordering import close_order, open_draft, print_order, reopen_order
from inventory.storage import tables
from inventory.storage.database import Database
from inventory.storage.opening import open_database
from tests.postgres import Postgres
from tests.ready_clinic import CODES, ReadyClinic, furnish

START = date(2026, 6, 20)
CODE = st.sampled_from(["AMOX", "PARA"])
AMOUNT = st.integers(1, 400)


class Office:
    """Two clinics in one database, each with two desks; acts go to any of the four."""

    def __init__(self, here: Database, there: Database) -> None:
        self.databases = (here, there)
        clinics = [furnish(here, name, START) for name in ("East", "West")]
        self.desks = [replace(clinic, database=d) for clinic in clinics for d in self.databases]
        self.today = START
        self.rooms = count()

    def do(self, desk: int, act: str, code: str, amount: int) -> None:
        """One act at that desk; a refusal changes nothing, which is as good a case."""
        chosen = self.desks[desk]
        chosen.today = self.today
        chosen.now = max(each.now for each in self.desks)
        with suppress(Refused):
            getattr(self, act)(chosen, code, amount)
        self.compare()

    def compare(self) -> None:
        for desk in self.desks:
            shown = (desk.ask(stock_list, desk.id, self.today),
                     desk.ask(every_line, desk.id, self.today))  # fmt: skip
            with desk.database.engine.connect() as fresh, fresh.begin():
                assert shown[0] == stock_list(fresh, desk.id, self.today)
                assert shown[1] == every_line(fresh, desk.id, self.today)
        with self.databases[0].engine.connect() as fresh, fresh.begin():
            assert self.desks[0].ask(across_clinics, self.today) == across_clinics(
                fresh, self.today
            )

    # Movements

    def receive(self, desk: ReadyClinic, code: str, amount: int) -> None:
        expiry = self.today + timedelta(days=amount)
        desk.receive(code, amount, f"L{amount % 3}", expiry.isoformat(), damaged=amount % 4)

    def receive_against_order(self, desk: ReadyClinic, code: str, amount: int) -> None:
        waiting = desk.ask(orders, desk.id, open_only=True)
        if waiting:
            desk.receive(code, amount, "O1", "2029-01", requisition_id=waiting[0].id)

    def dispense(self, desk: ReadyClinic, code: str, amount: int) -> None:
        day = self.today - timedelta(days=amount % 40)
        desk.dispense(code, amount, day, give_what_there_is=True)

    def reverse_last(self, desk: ReadyClinic, code: str, amount: int) -> None:
        numbers = desk.documents()
        if numbers:
            desk.reverse(numbers[-1 - amount % min(3, len(numbers))])

    def adjust(self, desk: ReadyClinic, code: str, amount: int) -> None:
        if desk.shelves(code):
            desk.act(adjust, desk.held(code, desk.shelves(code)[0].lot), -1, "DAMAGED")

    def recall(self, desk: ReadyClinic, code: str, amount: int) -> None:
        if desk.shelves(code):
            shelf = desk.shelves(code)[0]
            held = desk.held(code, shelf.lot)
            desk.act(change_status, [held], type(shelf.status).RECALLED, "RECALL")

    def move_place(self, desk: ReadyClinic, code: str, amount: int) -> None:
        if desk.shelves(code):
            held = desk.held(code, desk.shelves(code)[0].lot)
            desk.act(move_place, held, desk.places()[amount % 2])

    def move_expired(self, desk: ReadyClinic, code: str, amount: int) -> None:
        desk.act(move_expired)

    def give_up_half_way(self, desk: ReadyClinic, code: str, amount: int) -> None:
        """Everything is asked for inside a transaction that is then taken back; what another desk
        posts next stands in the place of what was seen."""
        line = DispenseLine(desk.items[code], 1)

        def regret(connection: Connection, stamp: Stamp) -> None:
            dispense(connection, stamp, DispenseOrder((line,), self.today))
            stock_list(connection, stamp.clinic_id, stamp.today)
            raise Refused("No.")

        with suppress(Refused):
            desk.act(regret)
        self.receive(desk, "PARA" if code == "AMOX" else "AMOX", amount)

    def dispense_with_the_clock_ahead(self, desk: ReadyClinic, code: str, amount: int) -> None:
        desk.today = self.today + timedelta(days=amount % 9)
        desk.dispense(code, 1)

    # What is not a movement

    def print_an_order(self, desk: ReadyClinic, code: str, amount: int) -> None:
        desk.act(print_order, desk.act(open_draft))

    def end_an_order(self, desk: ReadyClinic, code: str, amount: int) -> None:
        for order in desk.ask(orders, desk.id)[:1]:
            desk.act(close_order if order.state != "closed" else reopen_order, order.id)

    def change_rules(self, desk: ReadyClinic, code: str, amount: int) -> None:
        key, value = [("amc_window", 1 + amount % 5), ("min_months", "1"), ("max_months", "5"),
                      ("max_months", "3")][amount % 4]  # fmt: skip
        self.write(desk, save_setting, desk.id, key, value)

    def change_item(self, desk: ReadyClinic, code: str, amount: int) -> None:
        kind, unit, _ = CODES[code]
        draft = ItemDraft(code, Names(en=f"{code} {amount}"), kind, unit, pack_size=amount,
                          ven="VEN"[amount % 3])  # fmt: skip
        self.write(desk, save_item, draft, 0)

    def change_price(self, desk: ReadyClinic, code: str, amount: int) -> None:
        self.write(desk, set_price, desk.items[code], CODES[code][2], amount)

    def retire(self, desk: ReadyClinic, code: str, amount: int) -> None:
        self.write(desk, retire_item, desk.items[code], 0)

    def add_place(self, desk: ReadyClinic, code: str, amount: int) -> None:
        self.write(desk, add_place, desk.id, f"Shelf {next(self.rooms)}", amount)

    def rename_place(self, desk: ReadyClinic, code: str, amount: int) -> None:
        named = text("UPDATE place SET name = :name, rank = :rank WHERE id = :id")
        given = {"name": f"Room {next(self.rooms)}", "rank": amount, "id": desk.places()[0]}
        self.write(desk, lambda connection: connection.execute(named, given))

    def report_a_month(self, desk: ReadyClinic, code: str, amount: int) -> None:
        month = Month.of(self.today).before(1 + amount % 4).iso
        same = "clinic_id = :c AND item_id = :i AND month = :m"
        gone = text(f"DELETE FROM reported_month WHERE {same}")
        row = {"clinic_id": desk.id, "item_id": desk.items[code], "month": month, "opening": 9,
               "received": amount, "consumed": amount, "adjusted": 0, "closing": 9,
               "days_out": amount % 20}  # fmt: skip

        def report(connection: Connection) -> None:
            connection.execute(gone, {"c": desk.id, "i": desk.items[code], "m": month})
            connection.execute(insert(tables.reported_month).values(row))

        self.write(desk, report)

    def rebuild_wrong_caches(self, desk: ReadyClinic, code: str, amount: int) -> None:
        """Figures follow the rebuild: the wrong row is the one that they had been read from."""
        wrong = text("UPDATE stock SET quantity = quantity + 5 WHERE clinic_id = :clinic")
        self.write(desk, lambda c: c.execute(wrong, {"clinic": desk.id}))
        for each in self.desks:
            each.ask(stock_list, each.id, self.today + timedelta(days=1))
            each.ask(stock_list, each.id, self.today)
        self.write(desk, rebuild)

    def time_passes(self, desk: ReadyClinic, code: str, amount: int) -> None:
        self.today += timedelta(days=amount % 50)

    def clock_back(self, desk: ReadyClinic, code: str, amount: int) -> None:
        self.today -= timedelta(days=amount % 5)

    @staticmethod
    def write(desk: ReadyClinic, change: Any, *args: Any) -> None:
        with desk.database.write() as connection:
            change(connection, *args)


ACTS = [name for name in vars(Office) if name not in ("do", "compare", "write")
        and not name.startswith("_")]  # fmt: skip
STEPS = st.lists(
    st.tuples(st.integers(0, 3), st.sampled_from([*ACTS, "receive", "dispense"]), CODE, AMOUNT),
    min_size=4, max_size=14,
)  # fmt: skip
BEGUN = [(0, "receive", "AMOX", 350), (2, "receive", "AMOX", 90), (1, "receive", "PARA", 200),
         (0, "time_passes", "AMOX", 49), (0, "dispense", "AMOX", 250),
         (0, "print_an_order", "AMOX", 1)]  # fmt: skip


def work(here: Database, there: Database, steps: list[tuple[int, str, str, int]]) -> None:
    office = Office(here, there)
    for step in [*BEGUN, *steps]:
        office.do(*step)


@contextmanager
def both(address: str) -> Iterator[tuple[Database, Database]]:
    desks = open_database(address), open_database(address)
    try:
        yield desks
    finally:
        for desk in desks:
            desk.close()


def test_nothing_kept_is_stale_in_a_file(
    request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    numbers, template = count(), request.getfixturevalue("_sqlite_template")

    @settings(max_examples=14, phases=(Phase.generate,))
    @given(STEPS)
    def check(steps: list[tuple[int, str, str, int]]) -> None:
        path = tmp_path / f"{next(numbers)}.db"
        copyfile(template, path)
        with both(str(path)) as desks:
            work(*desks, steps)
        path.unlink()

    check()


def test_nothing_kept_is_stale_on_a_server(
    request: pytest.FixtureRequest, postgres: Postgres
) -> None:
    template = request.getfixturevalue("_postgres_template")

    @settings(max_examples=4, phases=(Phase.generate,))
    @given(STEPS)
    def check(steps: list[tuple[int, str, str, int]]) -> None:
        with postgres.database(template) as address, both(address) as desks:
            work(*desks, steps)

    check()


def test_every_act_is_seen_at_every_desk(file_database: Database) -> None:
    with both(file_database.address) as desks:
        work(*desks, [(n % 4, act, "AMOX", 7 + n) for n, act in enumerate(ACTS)])


def test_untouched_rows_stay_the_same_objects(clinic: ReadyClinic) -> None:
    """What is kept is really kept: only the item that moved is worked out again."""
    for code in ("AMOX", "PARA"):
        clinic.receive(code, 100)
    before = {row.item.code: row for row in clinic.ask(stock_list, clinic.id, clinic.today)}
    clinic.dispense("AMOX", 5)
    after = {row.item.code: row for row in clinic.ask(stock_list, clinic.id, clinic.today)}
    assert after["PARA"] is before["PARA"]
    assert after["AMOX"].on_hand == 95
    lines = clinic.ask(proposals, clinic.id, clinic.today, also=set(clinic.items.values()))
    assert {line.item.code: line for line in lines}["PARA"] is after["PARA"].line


def test_a_ledger_that_ran_ahead_of_the_day_is_seen(clinic: ReadyClinic) -> None:
    """Stock is counted up to the last day of the ledger, also of items that did not move."""
    clinic.receive("AMOX", 100, expiry=(clinic.today + timedelta(days=2)).isoformat())
    clinic.receive("PARA", 100)
    clinic.ask(stock_list, clinic.id, clinic.today)
    ahead = replace(clinic, today=clinic.today + timedelta(days=5))
    ahead.dispense("PARA", 1)
    shown = clinic.ask(stock_list, clinic.id, clinic.today)
    assert [row.line.use.out_since for row in shown] == [clinic.today + timedelta(days=3), None]


def test_another_ledger_under_the_same_name_is_noticed(clinic: ReadyClinic) -> None:
    """A movement that is not the one that was seen: nothing kept is believed."""
    clinic.receive("AMOX", 100)
    clinic.ask(stock_list, clinic.id, clinic.today)
    key = next(key for key, value in _memory(clinic).items() if hasattr(value, "heads"))
    kept = _memory(clinic)[key]
    wrong = {stream: (last, bytes(32)) for stream, (last, _) in kept.heads.items()}
    _memory(clinic)[key] = replace(kept, heads=wrong, holdings={})
    (row,) = clinic.ask(stock_list, clinic.id, clinic.today)
    assert row.on_hand == 100


def _memory(clinic: ReadyClinic) -> dict[Any, Any]:
    from inventory.storage.database import memory_of

    return clinic.ask(memory_of)
