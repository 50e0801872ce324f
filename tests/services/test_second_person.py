"""What one person alone cannot do: lose stock, correct much of it, dispose of it, or stop being
asked.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from inventory.domain.item_form import ItemForm
from inventory.domain.reasons import REASONS, Context
from inventory.domain.roles import Role
from inventory.domain.security import SecurityEvent as Event
from inventory.domain.sentence import Refused
from inventory.domain.status import Status
from inventory.queries.item_drafts import item_drafts
from inventory.queries.items import item_by_id
from inventory.queries.second_person import SecondRules, second_rules
from inventory.queries.security import events
from inventory.services.adjusting import adjust, change_status, move_place
from inventory.services.importing import (
    import_items,
    import_opening,
    plan_items,
    plan_opening,
)
from inventory.services.item_forms import keep_item
from inventory.services.people import add_person, retire_person
from inventory.services.permits import NeedsSecond
from inventory.services.reversing import reverse
from inventory.services.second_person import keep_second_rules
from tests.crew import Crew, crew_of
from tests.ready_clinic import ReadyClinic


@pytest.fixture
def crew(clinic: ReadyClinic) -> Crew:
    """Two thousand tablets and capsules on the shelf, by the pharmacist."""
    made = crew_of(clinic)
    clinic.receive("AMOX", 2000)
    clinic.receive("PARA", 20000, "P1")
    return made


def control(clinic: ReadyClinic, code: str = "AMOX") -> None:
    with clinic.database.write() as connection:
        connection.execute(text("UPDATE item SET controlled = 'narcotic' WHERE code = :c"),
                           {"c": code})  # fmt: skip


def confirmed(crew: Crew) -> list[tuple[str, str, object]]:
    return [(row.user, row.second, row.says.get("document")) for row in crew.logged()
            if row.event is Event.CONFIRMED and "document" in row.says]  # fmt: skip


def test_a_small_correction_is_one_person_s_work(crew: Crew) -> None:
    crew.as_one("Huda", adjust, crew.clinic.held(), -20, "COUNT_LOSS")
    assert confirmed(crew) == []


@pytest.mark.parametrize("change", [-201, 201, -2000])
def test_a_large_correction_takes_two(crew: Crew, change: int) -> None:
    clinic = crew.clinic
    reason = "COUNT_GAIN" if change > 0 else "COUNT_LOSS"
    with pytest.raises(NeedsSecond, match="Large change of stock") as asked:
        crew.as_one("Huda", adjust, clinic.held(quantity=1), change, reason)
    assert str(asked.value.asked) == "Large change of stock"
    assert clinic.on_hand() == 2000
    done = crew.as_one("Huda", adjust, clinic.held(quantity=1), change, reason, second="Noor")
    assert confirmed(crew) == [("Huda", "Noor", done.number)]
    assert clinic.check() == []


def test_the_same_act_sent_again_is_confirmed_once(crew: Crew) -> None:
    there = crew.clinic.held()
    first = crew.as_one("Huda", adjust, there, -500, "COUNT_LOSS", second="Noor", request="one")
    again = crew.as_one("Huda", adjust, there, -500, "COUNT_LOSS", request="one")
    assert (again.number, again.again) == (first.number, True)
    assert len(confirmed(crew)) == 1


@pytest.mark.parametrize("second", ["", "Huda", "Samir", "Nobody", "noor"])
def test_the_second_person_is_somebody_else_who_may_confirm(crew: Crew, second: str) -> None:
    """Not oneself, not the auditor who only reads, not somebody who does not exist."""
    with pytest.raises(NeedsSecond):
        crew.as_one("Huda", adjust, crew.clinic.held(), -500, "COUNT_LOSS", second=second)


def test_who_has_left_confirms_nothing(crew: Crew) -> None:
    crew.as_one("Layla", retire_person, crew.id("Omar"), second="Noor")
    with pytest.raises(NeedsSecond):
        crew.as_one("Huda", adjust, crew.clinic.held(), -500, "COUNT_LOSS", second="Omar")


TWO = [code for code, row in REASONS.items() if row.two_people]


@pytest.mark.parametrize("reason", TWO)
def test_a_reason_may_ask_for_two_however_little_it_is(crew: Crew, reason: str) -> None:
    there = crew.clinic.held()
    with pytest.raises(NeedsSecond) as asked:
        crew.as_one("Huda", adjust, there, -1, reason)
    assert str(asked.value.asked) == REASONS[reason].name
    crew.as_one("Huda", adjust, there, -1, reason, second="Omar")


def test_of_a_controlled_item_not_one_tablet_is_lost_by_one_person(crew: Crew) -> None:
    clinic = crew.clinic
    control(clinic)
    for change, reason in ((-1, "SAMPLE_QC"), (-1, "DAMAGED_STORE"), (1, "FOUND")):
        with pytest.raises(NeedsSecond, match="controlled item"):
            crew.as_one("Noor", adjust, clinic.held(), change, reason)
        crew.as_one("Noor", adjust, clinic.held(), change, reason, second="Omar")
    given_out = clinic.dispense(quantity=10)
    with pytest.raises(NeedsSecond, match="controlled item"):
        crew.as_one("Noor", reverse, given_out.number, "WRONG_ITEM")
    crew.as_one("Noor", reverse, given_out.number, "WRONG_ITEM", second="Omar")


def test_a_controlled_item_is_handed_out_by_one_person_unless_the_clinic_says_two(
    crew: Crew,
) -> None:
    clinic = crew.clinic
    control(clinic)
    clinic.user = "Omar"
    clinic.dispense()
    crew.as_one("Layla", keep_second_rules, SecondRules(dispensing=True), second="Noor")
    with pytest.raises(NeedsSecond, match="Dispensing of a controlled item"):
        clinic.dispense()
    clinic.dispense("PARA")
    assert clinic.on_hand() == 1990


@pytest.mark.parametrize("status", [Status.EXPIRED, Status.DAMAGED, Status.RECALLED])
def test_disposal_takes_two(crew: Crew, status: Status) -> None:
    clinic = crew.clinic
    crew.as_one("Huda", change_status, [clinic.held(quantity=5)], status, "RECALL")
    shelf = next(s for s in clinic.shelves() if s.status is status)
    there = clinic.held(quantity=5)
    held = type(there)(there.item_id, shelf.lot_id, shelf.place_id, shelf.status, 5)
    with pytest.raises(NeedsSecond, match="expired or damaged"):
        crew.as_one("Huda", adjust, held, -5, "RECALL")
    crew.as_one("Huda", adjust, held, -5, "RECALL", second="Noor")


def test_a_large_reversal_takes_two_and_a_small_one_does_not(crew: Crew) -> None:
    clinic = crew.clinic
    small, large = clinic.dispense(quantity=50), clinic.dispense(quantity=600)
    crew.as_one("Omar", reverse, small.number, "NOT_COLLECTED")
    with pytest.raises(NeedsSecond):
        crew.as_one("Omar", reverse, large.number, "NOT_COLLECTED")
    done = crew.as_one("Omar", reverse, large.number, "NOT_COLLECTED", second="Noor")
    assert confirmed(crew) == [("Omar", "Noor", done.number)]


def test_a_move_between_places_is_no_change_of_stock(crew: Crew) -> None:
    clinic = crew.clinic
    control(clinic)
    moved = crew.as_one("Huda", move_place, clinic.held(), clinic.places()[1])
    crew.as_one("Huda", reverse, moved.number, "WRONG_ITEM")


def test_an_insider_cannot_write_a_false_loss_alone(crew: Crew, tmp_path: Path) -> None:
    """A storekeeper wants 900 of the 2,000 gone from the books, by whatever way there is."""
    clinic, huda = crew.clinic, "Huda"

    def small_steps() -> None:
        for _ in range(9):
            crew.as_one(huda, adjust, clinic.held(), -100, "DAMAGED_STORE")

    def over_days() -> None:
        for _ in range(5):
            clinic.today += timedelta(days=1)
            crew.as_one(huda, adjust, clinic.held(), -180, "COUNT_LOSS")

    def as_opening() -> None:
        path = tmp_path / "opening.csv"
        for body in ("5000", "10"):
            path.write_text(f"Code,Batch,Expiry,Quantity,Place\nGLOV,,,{body},Pharmacy\n")
            plan = clinic.ask(plan_opening, clinic.id, path, clinic.today)
            crew.as_one(huda, import_opening, plan)

    def by_taking_back() -> None:
        crew.as_one(huda, reverse, clinic.documents()[0], "WRONG_ITEM")

    def as_no_longer_controlled() -> None:
        control(clinic, "PARA")
        row = clinic.ask(item_by_id, clinic.items["PARA"])
        form = ItemForm(clinic.ask(item_drafts)["PARA"])
        crew.as_one("Noor", keep_item, replace(form, draft=replace(form.draft, controlled="")),
                    row.id)  # fmt: skip

    def as_a_file_that_says_so() -> None:
        path = tmp_path / "items.csv"
        path.write_text("Code,Name (English),Kind,Unit,Controlled\n"
                        "PARA,Item PARA,medicine,tablet,no\n")  # fmt: skip
        plan = clinic.ask(plan_items, clinic.id, path, clinic.today)
        crew.as_one("Noor", import_items, plan)

    def by_turning_it_off() -> None:
        crew.as_one(huda, keep_second_rules, SecondRules(100, 1000))

    def by_turning_it_off_as_manager() -> None:
        crew.as_one("Layla", keep_second_rules, SecondRules(100, 1000))

    def by_inventing_somebody() -> None:
        crew.as_one("Layla", add_person, "Ghost", [Role.DISPENSER], "lamp over river")

    ways: list[Callable[[], None]] = [
        by_taking_back, small_steps, over_days, as_opening, as_no_longer_controlled,
        as_a_file_that_says_so, by_turning_it_off, by_turning_it_off_as_manager,
        by_inventing_somebody,
    ]  # fmt: skip
    for way in ways:
        with pytest.raises(Refused, match=r"A second person has to|You may not do this"):
            way()
    assert clinic.on_hand() > 2000 - 2 * 201
    assert clinic.on_hand("GLOV") == 5000
    assert clinic.value("SELECT controlled FROM item WHERE code = 'PARA'") == "narcotic"
    assert clinic.check() == []


def test_who_works_alone_goes_on_and_every_time_is_written_down(clinic: ReadyClinic) -> None:
    clinic.act(add_person, "Layla", (), "lamp over river")
    clinic.user = "Layla"
    clinic.receive(quantity=2000)
    done = clinic.act(adjust, clinic.held(), -900, "THEFT")
    alone = [row.says for row in clinic.ask(events) if row.event is Event.DONE_ALONE]
    assert alone == [{"what": "Stolen", "document": done.number}]
    assert clinic.check() == []


def test_without_people_nobody_is_asked_and_nothing_is_logged(clinic: ReadyClinic) -> None:
    control(clinic)
    clinic.receive(quantity=2000)
    clinic.act(adjust, clinic.held(), -1900, "THEFT")
    assert clinic.value("SELECT count(*) FROM security_event") == 0


def test_the_rules_are_kept_and_logged(crew: Crew) -> None:
    wanted = SecondRules(25, 3, True)
    crew.as_one("Layla", keep_second_rules, wanted, second="Noor")
    assert crew.clinic.ask(second_rules, crew.clinic.id) == wanted
    changed, asked = crew.logged()[:2]
    assert (changed.event, changed.says) == (
        Event.SETTINGS_CHANGED, {"percent": 25, "packs": 3, "dispensing": 1})  # fmt: skip
    assert asked.event is Event.CONFIRMED
    crew.as_one("Huda", adjust, crew.clinic.held(), -300, "COUNT_LOSS")


@pytest.mark.parametrize("wrong", [(-1, 1), (101, 1), (10, -1), (10, 1001)])
def test_rules_that_make_no_sense_are_refused(wrong: tuple[int, int]) -> None:
    with pytest.raises(Refused):
        SecondRules(*wrong)


@given(st.integers(1, 10**6), st.integers(0, 10**6), st.integers(1, 1000), st.integers(0, 100),
       st.integers(0, 20))  # fmt: skip
def test_more_is_never_less_large(
    change: int, stock: int, pack: int, percent: int, packs: int
) -> None:
    rules = SecondRules(percent, packs)
    if rules.large(change, stock, pack):
        assert rules.large(change + 1, stock, pack)
        assert rules.large(-change, stock, pack)
    assert not rules.large(packs * pack, stock, pack)


def test_emergencies_have_reasons_of_their_own() -> None:
    own = [row for row in REASONS.values() if Context.EMERGENCY in row.uses]
    assert own
    assert all(not row.two_people for row in own)
