"""Today: tiles that count what their lists show, and at most five things in order of harm."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from inventory.domain.item import ItemDraft
from inventory.domain.names import Names
from inventory.domain.status import Status
from inventory.queries.do_first import MOST, Task, TaskKind
from inventory.queries.stock import stock_list
from inventory.queries.stock_filters import FILTERS
from inventory.queries.today import Today, month_after, today_facts
from inventory.services.adjusting import Held, change_status, move_expired, move_place
from inventory.services.drafts import save_draft
from inventory.services.items import save_item
from inventory.services.ordering import open_draft, print_order, set_needed_by
from tests.ready_clinic import TODAY, ReadyClinic

FIRST = (TaskKind.FIRST_DELIVERY, TaskKind.FIRST_IMPORT)


def facts(clinic: ReadyClinic) -> Today:
    return clinic.ask(today_facts, clinic.id, clinic.today)


def kinds(clinic: ReadyClinic) -> list[TaskKind]:
    return [task.kind for task in facts(clinic).tasks]


def task(clinic: ReadyClinic, kind: TaskKind) -> Task:
    return next(task for task in facts(clinic).tasks if task.kind is kind)


def in_days(days: int) -> str:
    return (TODAY + timedelta(days=days)).isoformat()


def vital(clinic: ReadyClinic, code: str) -> None:
    draft = ItemDraft(code, Names(en=f"Item {code}"), "medicine", "vial", pack_size=10, ven="V")
    clinic.items[code] = clinic.act(lambda connection, stamp: save_item(connection, draft, 0))


def live(clinic: ReadyClinic, code: str, monthly: int, left: int = 0) -> None:
    """Three months of use before this one, so that the average is `monthly`; `left` remains."""
    clinic.receive(code, monthly * 3 + 1 + left, "OLD", in_days(600), on=date(2026, 8, 1))
    for day in (date(2026, 8, 31), date(2026, 9, 30), date(2026, 10, 31)):
        clinic.dispense(code, monthly, on=day)
    clinic.dispense(code, 1, on=date(2026, 11, 1))


def order(clinic: ReadyClinic, supplier: str = "", *, emergency: bool = False) -> int:
    order_id = clinic.act(open_draft, supplier)
    if emergency:
        clinic.act(set_needed_by, order_id, None, True)
    clinic.act(print_order, order_id)
    return int(order_id)


def busy(clinic: ReadyClinic) -> None:
    """Something of everything."""
    for code in ("INSU", "SALB", "ADRE"):
        vital(clinic, code)
    live(clinic, "INSU", 20)
    order(clinic)
    live(clinic, "SALB", 20)
    live(clinic, "ADRE", 10, left=12)
    live(clinic, "AMOX", 100, left=250)
    live(clinic, "GLOV", 50, left=20)
    live(clinic, "DIES", 400, left=100)
    clinic.receive("AMOX", 60, "BAD", in_days(-30), on=TODAY - timedelta(days=60))
    clinic.receive("PARA", 500, "SOON", in_days(30))
    live(clinic, "PARA", 100)
    save_half_a_delivery(clinic)


def save_half_a_delivery(clinic: ReadyClinic, lines: int = 2) -> None:
    body = {
        "lines": [{"item_id": 1}] * lines,
        "rest": {"paper": {"supplier": "DoH"}, "expected": [[1, 10, 1], [2, 10, 1], [3, 5, 1]]},
    }
    clinic.act(lambda connection, stamp: save_draft(
        connection, clinic.id, "receive", "one", body, 1_800_000_000_000))  # fmt: skip


def test_tiles_count_what_their_lists_show(clinic: ReadyClinic) -> None:
    busy(clinic)
    found = facts(clinic)
    rows = clinic.ask(stock_list, clinic.id, TODAY)
    listed = {key: chosen.rows(rows) for key, chosen in FILTERS.items()}
    assert (found.expired, found.expiring, found.out, found.low) == (
        len(listed["expired"]), len(listed["under_3_months"]), len(listed["out"]),
        len(listed["low"]),
    )  # fmt: skip
    assert all((found.expired, found.expiring, found.out, found.low))
    assert found.deliveries == 1
    assert found.half_scanned == 1
    assert found.out_vital == 2


def test_the_order_of_harm_and_no_more_than_five(clinic: ReadyClinic) -> None:
    busy(clinic)
    found = kinds(clinic)
    assert found == [
        TaskKind.EXPIRED, TaskKind.VITAL_OUT, TaskKind.VITAL_OUT_COMING, TaskKind.HALF_DONE,
        TaskKind.WILL_EXPIRE,
    ]  # fmt: skip
    assert len(found) == MOST
    clinic.act(move_expired)
    assert kinds(clinic)[-1] is TaskKind.VITAL_LOW


def test_a_new_clinic_is_told_how_to_begin(clinic: ReadyClinic) -> None:
    found = facts(clinic)
    assert kinds(clinic) == list(FIRST)
    assert (found.expired, found.expiring, found.out, found.low) == (0, 0, 0, 0)
    assert (found.deliveries, found.orders_due, found.next_order) == (0, 0, None)
    assert found.calm_until is None


def test_expired_batches_are_one_line_until_they_are_moved(clinic: ReadyClinic) -> None:
    clinic.receive("PARA", 10, "P1", in_days(8))
    clinic.receive("AMOX", 20, "A1", in_days(5))
    clinic.receive("AMOX", 20, "A2", in_days(6))
    clinic.today = TODAY + timedelta(days=10)
    first = task(clinic, TaskKind.EXPIRED)
    assert first.count == 3
    assert first.item is not None
    assert first.second is not None
    assert (first.item.code, first.second.code) == ("AMOX", "PARA")
    assert first.expiry is not None
    assert first.expiry.iso == in_days(5)
    assert (facts(clinic).expired, facts(clinic).expired_on_shelf) == (2, 2)
    clinic.act(move_expired)
    assert TaskKind.EXPIRED not in kinds(clinic)
    assert (facts(clinic).expired, facts(clinic).expired_on_shelf) == (2, 0)


def test_a_batch_recalled_on_one_shelf_only_is_told(clinic: ReadyClinic) -> None:
    clinic.receive("AMOX", 100, "R1")
    held = clinic.held(lot="R1", quantity=40)
    clinic.act(move_place, held, clinic.places()[1])
    shelf = next(shelf for shelf in clinic.shelves() if shelf.place_id == clinic.places()[1])
    away = Held(clinic.items["AMOX"], shelf.lot_id, shelf.place_id, shelf.status, shelf.quantity)
    clinic.act(change_status, [away], Status.RECALLED, "RECALL")
    told = task(clinic, TaskKind.RECALLED)
    assert (told.count, told.lot) == (1, "R1")
    clinic.act(change_status, [clinic.held(lot="R1")], Status.RECALLED, "RECALL")
    assert TaskKind.RECALLED not in kinds(clinic)


def test_a_vital_item_that_is_out_names_since_when_and_what_brings_it(
    clinic: ReadyClinic,
) -> None:
    vital(clinic, "INSU")
    live(clinic, "INSU", 20, left=5)
    clinic.dispense("INSU", 5, on=TODAY - timedelta(days=3))
    told = task(clinic, TaskKind.VITAL_OUT)
    assert told.item is not None
    assert (told.item.code, told.since, told.order) == ("INSU", TODAY - timedelta(days=3), "")
    order(clinic)
    assert TaskKind.VITAL_OUT not in kinds(clinic)
    told = task(clinic, TaskKind.VITAL_OUT_COMING)
    assert told.quantity == 60
    assert told.order.startswith("ORD-2026-")


def test_an_item_out_because_it_expired_is_out_since_then(clinic: ReadyClinic) -> None:
    vital(clinic, "INSU")
    live(clinic, "INSU", 20)
    clinic.receive("INSU", 40, "I1", in_days(4))
    clinic.today = TODAY + timedelta(days=7)
    assert task(clinic, TaskKind.VITAL_OUT).since == TODAY + timedelta(days=5)


def test_work_left_half_done_tells_how_far_it_is(clinic: ReadyClinic) -> None:
    save_half_a_delivery(clinic)
    told = task(clinic, TaskKind.HALF_DONE).draft
    assert told is not None
    assert (told.lines, told.awaited, told.party) == (2, 3, "DoH")
    body = {"lines": [{"item_id": 1}]}
    for key in ("parked-1", "parked-2"):
        clinic.act(lambda connection, stamp, key=key: save_draft(
            connection, clinic.id, "dispense", key, body, 5))  # fmt: skip
    baskets = facts(clinic).tasks[1]
    assert baskets.draft is not None
    assert (baskets.count, baskets.draft.kind) == (2, "dispense")


@pytest.mark.parametrize("body", [None, [], {"lines": []}, {"rest": 5}, "text"])
def test_an_odd_draft_is_no_work(clinic: ReadyClinic, body: object) -> None:
    clinic.act(lambda connection, stamp: save_draft(
        connection, clinic.id, "receive", "odd", body, 5))  # fmt: skip
    assert kinds(clinic) == list(FIRST)


def test_an_order_is_due_a_month_after_the_last(clinic: ReadyClinic) -> None:
    live(clinic, "AMOX", 100, left=100)
    assert task(clinic, TaskKind.ORDER_DUE).count == 1
    assert facts(clinic).orders_due == 1
    order(clinic)
    found = facts(clinic)
    assert (found.orders_due, found.next_order) == (0, date(2026, 12, 22))
    live(clinic, "PARA", 100, left=100)
    clinic.today = date(2026, 12, 20)
    assert task(clinic, TaskKind.ORDER_DUE).since == TODAY
    clinic.today = date(2026, 12, 19)
    assert facts(clinic).orders_due == 0


def test_an_emergency_order_does_not_move_the_next(clinic: ReadyClinic) -> None:
    live(clinic, "AMOX", 100, left=100)
    live(clinic, "PARA", 100, left=300)
    order(clinic)
    clinic.today = TODAY + timedelta(days=15)
    clinic.dispense("PARA", 250)
    order(clinic, emergency=True)
    assert facts(clinic).next_order == date(2026, 12, 22)


def test_an_order_for_everything_is_also_one_for_a_supplier(clinic: ReadyClinic) -> None:
    live(clinic, "AMOX", 100, left=100)
    clinic.act(lambda connection, stamp: connection.exec_driver_sql(
        "UPDATE item SET supplier = 'DoH' WHERE code = 'AMOX'"))  # fmt: skip
    order(clinic, "DoH")
    live(clinic, "PARA", 100, left=100)
    clinic.today = TODAY + timedelta(days=10)
    assert facts(clinic).next_order == date(2026, 12, 22)
    order(clinic)
    assert facts(clinic).next_order == date(2027, 1, 2)


def test_what_will_expire_names_the_first_batch_of_which_some_is_lost(
    clinic: ReadyClinic,
) -> None:
    live(clinic, "AMOX", 100)
    clinic.receive("AMOX", 50, "EARLY", in_days(40))
    clinic.receive("AMOX", 500, "LOST", in_days(70))
    told = task(clinic, TaskKind.WILL_EXPIRE)
    assert told.expiry is not None
    assert told.expiry.iso == in_days(70)
    assert told.quantity == 550 - 229


def test_low_vital_items_and_fuel_are_told_by_the_shortest_cover(clinic: ReadyClinic) -> None:
    for code, left in (("INSU", 30), ("SALB", 10)):
        vital(clinic, code)
        live(clinic, code, 20, left=left)
    live(clinic, "DIES", 400, left=100)
    order(clinic)
    low = task(clinic, TaskKind.VITAL_LOW)
    assert low.item is not None
    assert (low.count, low.item.code, low.months) == (2, "SALB", low.months)
    assert task(clinic, TaskKind.FUEL_LOW).count == 1
    assert [one.names.en for one in facts(clinic).vital] == ["Item SALB", "Item INSU"]


def test_calm_lasts_until_a_batch_leaves_the_shelf(clinic: ReadyClinic) -> None:
    clinic.receive("AMOX", 100, "A1", in_days(9))
    assert facts(clinic).calm_until == TODAY + timedelta(days=10)


def test_a_reversed_visit_was_none(clinic: ReadyClinic) -> None:
    clinic.receive("AMOX", 100)
    clinic.dispense("AMOX", 10)
    clinic.reverse(clinic.dispense("AMOX", 20).number)
    assert (facts(clinic).visits, facts(clinic).lines) == (1, 1)


@pytest.mark.parametrize(
    ("day", "after"),
    [
        (date(2026, 11, 22), date(2026, 12, 22)),
        (date(2026, 12, 31), date(2027, 1, 31)),
        (date(2027, 1, 31), date(2027, 2, 28)),
    ],
)
def test_a_month_later_is_the_same_day_or_the_last(day: date, after: date) -> None:
    assert month_after(day) == after


def test_a_clinic_that_has_begun_is_not_told_how(clinic: ReadyClinic) -> None:
    save_half_a_delivery(clinic)
    assert kinds(clinic) == [TaskKind.HALF_DONE, TaskKind.FIRST_IMPORT]
    clinic.receive("AMOX", 100, "A1", in_days(900))
    assert not set(kinds(clinic)) & set(FIRST)
