"""Earliest expiry first, never expired, never held, never more than there is."""

from __future__ import annotations

from datetime import date

import pytest

from inventory.domain.expiry import Expiry
from inventory.domain.sentence import Refused
from inventory.domain.status import Status
from inventory.domain.visit import Visit
from inventory.services.adjusting import change_status
from inventory.services.dispensing import DispenseLine, DispenseOrder, Taken, dispense
from tests.ready_clinic import TODAY, ReadyClinic


@pytest.fixture
def stocked(clinic: ReadyClinic) -> ReadyClinic:
    """Three batches of AMOX: 30 until June 2027, 50 until March 2028, 100 until June 2028."""
    clinic.receive(quantity=100, lot="LATE", expiry="2028-06")
    clinic.receive(quantity=30, lot="SOON", expiry="2027-06-15")
    clinic.receive(quantity=50, lot="MIDDLE", expiry="2028-03")
    return clinic


def test_it_takes_the_earliest_and_splits(stocked: ReadyClinic) -> None:
    done = stocked.dispense(quantity=60)
    assert done.taken == (
        Taken("AMOX", "SOON", Expiry.of_day(date(2027, 6, 15)), 30),
        Taken("AMOX", "MIDDLE", Expiry.of_month(2028, 3), 30),
    )
    assert not done.again
    assert stocked.on_hand() == 120


def test_all_of_it_can_go_and_not_one_more(stocked: ReadyClinic) -> None:
    with pytest.raises(Refused, match="Only 180 Item AMOX can be dispensed here; 181 were asked"):
        stocked.dispense(quantity=181)
    stocked.dispense(quantity=180)
    assert stocked.on_hand() == 0
    assert stocked.check() == []


def test_what_there_is_is_given_and_the_rest_is_unmet(stocked: ReadyClinic) -> None:
    done = stocked.dispense(quantity=200, give_what_there_is=True)
    assert sum(taken.quantity for taken in done.taken) == 180
    assert done.unmet == ((stocked.items["AMOX"], 20),)
    assert stocked.value("SELECT quantity FROM unmet_demand") == 20


def test_with_nothing_there_only_the_demand_is_recorded(clinic: ReadyClinic) -> None:
    done = clinic.dispense(quantity=7, give_what_there_is=True)
    assert done.taken == ()
    assert done.unmet == ((clinic.items["AMOX"], 7),)
    assert clinic.check() == []


def test_a_chosen_batch_goes_first_with_a_reason(stocked: ReadyClinic) -> None:
    late = stocked.held(lot="LATE").lot_id
    with pytest.raises(Refused, match="needs a reason"):
        stocked.dispense(quantity=5, first_lot=late)
    done = stocked.dispense(quantity=5, first_lot=late, reason="OPENED_FIRST")
    assert [taken.lot for taken in done.taken] == ["LATE"]


def test_a_chosen_batch_is_never_replaced_in_silence(stocked: ReadyClinic) -> None:
    held = stocked.held(lot="SOON")
    stocked.act(change_status, [held], Status.QUARANTINED, "RECALL")
    with pytest.raises(Refused, match="cannot be dispensed: Held: in quarantine"):
        stocked.dispense(quantity=5, first_lot=held.lot_id, reason="SAME_BATCH")
    with pytest.raises(Refused, match="not on the shelf any more"):
        stocked.dispense(quantity=5, first_lot=99_999, reason="SAME_BATCH")
    other = stocked.receive("PARA", lot="P1").lines[0].lot_id
    with pytest.raises(Refused, match="not on the shelf any more"):
        stocked.dispense(quantity=5, first_lot=other, reason="SAME_BATCH")


def test_expired_and_held_batches_are_passed_over(stocked: ReadyClinic) -> None:
    stocked.act(change_status, [stocked.held(lot="MIDDLE")], Status.RECALLED, "RECALL")
    stocked.today = date(2027, 6, 16)
    done = stocked.dispense(quantity=10)
    assert [taken.lot for taken in done.taken] == ["LATE"]
    with pytest.raises(Refused, match="Only 90 Item AMOX"):
        stocked.dispense(quantity=91)


def test_the_last_day_of_use_is_a_day_of_use(stocked: ReadyClinic) -> None:
    stocked.today = date(2027, 6, 15)
    assert [taken.lot for taken in stocked.dispense(quantity=1).taken] == ["SOON"]


def test_an_entry_of_yesterday_takes_what_was_good_yesterday(stocked: ReadyClinic) -> None:
    stocked.today = date(2027, 6, 16)
    done = stocked.dispense(quantity=1, on=date(2027, 6, 15))
    assert [taken.lot for taken in done.taken] == ["SOON"]
    assert stocked.check() == []


def test_a_batch_that_ends_before_the_treatment_is_passed(stocked: ReadyClinic) -> None:
    stocked.today = date(2027, 6, 1)
    done = stocked.dispense(quantity=1, visit=Visit(days=30))
    assert [taken.lot for taken in done.taken] == ["MIDDLE"]
    assert stocked.value("SELECT days FROM visit") == 30


def test_lines_of_one_basket_see_each_other(stocked: ReadyClinic) -> None:
    item = stocked.items["AMOX"]
    basket = DispenseOrder((DispenseLine(item, 20), DispenseLine(item, 20)), TODAY)
    done = stocked.act(dispense, basket)
    assert [(t.lot, t.quantity) for t in done.taken] == [("SOON", 20), ("SOON", 10), ("MIDDLE", 10)]
    too_much = DispenseOrder((DispenseLine(item, 100), DispenseLine(item, 41)), TODAY)
    with pytest.raises(Refused, match="Only 40 Item AMOX"):
        stocked.act(dispense, too_much)
    assert stocked.on_hand() == 140


def test_supplies_are_used_and_medicines_dispensed(stocked: ReadyClinic) -> None:
    stocked.receive("GLOV", 100, lot="", expiry=None)
    stocked.receive("DIES", 5000, lot="", expiry=None)
    for code in ("AMOX", "GLOV", "DIES"):
        stocked.dispense(code, 1)
    kinds = stocked.ask(lambda c: list(c.exec_driver_sql(
        "SELECT kind FROM movement WHERE quantity < 0 ORDER BY seq").scalars()))  # fmt: skip
    assert kinds == ["dispense", "use", "use"]


@pytest.mark.parametrize("quantity", [0, -1, 10**12 + 1, 10**15])
def test_impossible_quantities_are_refused(stocked: ReadyClinic, quantity: int) -> None:
    with pytest.raises(Refused, match="between 1 and"):
        stocked.dispense(quantity=quantity)


def test_an_empty_basket_and_an_unknown_item_are_refused(stocked: ReadyClinic) -> None:
    with pytest.raises(Refused, match="nothing to dispense"):
        stocked.act(dispense, DispenseOrder((), TODAY))
    stocked.items["GONE"] = 9999
    with pytest.raises(Refused, match="not in the list any more"):
        stocked.dispense("GONE", 1)


def test_what_was_not_recorded_of_a_visit_leaves_no_row(stocked: ReadyClinic) -> None:
    stocked.dispense(quantity=1, visit=Visit())
    assert stocked.value("SELECT count(*) FROM visit") == 0
    stocked.dispense(quantity=1, visit=Visit(number="ZH-4471", sex="female", payer="free"))
    assert stocked.value("SELECT number FROM visit") == "ZH-4471"


def test_a_past_day_gives_only_what_was_there_then(clinic: ReadyClinic) -> None:
    clinic.receive(quantity=30, lot="SOON", expiry="2027-06", on=date(2026, 11, 20))
    clinic.receive(quantity=40, lot="OLD", on=date(2026, 9, 1))
    with pytest.raises(Refused, match="Only 40 Item AMOX can be dispensed on 2026-10-15, by what"):
        clinic.dispense(quantity=41, on=date(2026, 10, 15))
    assert [t.lot for t in clinic.dispense(quantity=10, on=date(2026, 10, 15)).taken] == ["OLD"]
    assert [t.lot for t in clinic.dispense(quantity=1, on=date(2026, 11, 20)).taken] == ["SOON"]
    with pytest.raises(Refused, match="Only 0 Item AMOX can be dispensed on 2026-08-31"):
        clinic.dispense(quantity=1, on=date(2026, 8, 31))
    assert clinic.check() == []


def test_a_past_day_gives_nothing_that_has_gone_out_since(clinic: ReadyClinic) -> None:
    clinic.receive(quantity=40, on=date(2026, 9, 1))
    clinic.dispense(quantity=40, on=date(2026, 10, 1))
    clinic.receive(quantity=70, on=date(2026, 11, 1))
    with pytest.raises(Refused, match="Only 0 Item AMOX can be dispensed on 2026-09-15"):
        clinic.dispense(quantity=1, on=date(2026, 9, 15))
    clinic.dispense(quantity=70)
    assert clinic.check() == []
