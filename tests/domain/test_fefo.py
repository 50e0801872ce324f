"""First expired, first out."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventory.domain.expiry import Expiry
from inventory.domain.fefo import Pick, Shelf, pick
from inventory.domain.sentence import Refused
from inventory.domain.status import Status

DAY = date(2026, 11, 22)

EXPIRIES = st.none() | st.dates(DAY - timedelta(days=90), DAY + timedelta(days=900)).map(
    Expiry.of_day
)


@st.composite
def shelves(draw: st.DrawFn) -> list[Shelf]:
    """Shelves of several lots and places; a lot has one expiry wherever it stands."""
    lots = draw(st.lists(EXPIRIES, min_size=1, max_size=6))
    return [
        Shelf(
            lot_id=(lot := draw(st.integers(0, len(lots) - 1))),
            place_id=place,
            lot=f"L{lot}",
            expiry=lots[lot],
            status=draw(st.sampled_from([Status.USABLE, Status.USABLE, *Status])),
            quantity=draw(st.integers(0, 50)),
            order=draw(st.integers(0, 9)),
        )
        for place in range(draw(st.integers(0, 8)))
    ]


def available(shelf: Shelf) -> bool:
    alive = shelf.expiry is None or not shelf.expiry.expired_on(DAY)
    return shelf.status is Status.USABLE and alive


QUANTITIES = st.integers(0, 300)


@given(shelves(), QUANTITIES)
def test_takes_and_short_add_up(shelved: list[Shelf], quantity: int) -> None:
    picked = pick(shelved, quantity, DAY)
    assert sum(take.quantity for take in picked.takes) == quantity - picked.short
    there = sum(shelf.quantity for shelf in shelved if available(shelf))
    assert picked.short == max(0, quantity - there)


@given(shelves(), QUANTITIES, st.integers(0, 90), st.none() | st.integers(0, 6))
def test_nothing_is_overdrawn_and_nothing_dead_or_held_is_taken(
    shelved: list[Shelf], quantity: int, course: int, first: int | None
) -> None:
    picked = pick(shelved, quantity, DAY, course_days=course, first_lot=first)
    for take in picked.takes:
        assert 1 <= take.quantity <= take.shelf.quantity
        assert available(take.shelf)
    taken = [take.shelf.place_id for take in picked.takes]
    passed = [passed.shelf.place_id for passed in picked.passed]
    stocked = [shelf.place_id for shelf in shelved if shelf.quantity]
    assert sorted(taken + passed) == sorted(stocked)


@given(shelves(), QUANTITIES)
def test_the_earliest_expiry_goes_first_and_is_emptied(shelved: list[Shelf], quantity: int) -> None:
    takes = pick(shelved, quantity, DAY).takes
    ends = [take.shelf.expiry.last_day if take.shelf.expiry else date.max for take in takes]
    assert ends == sorted(ends)
    assert all(take.quantity == take.shelf.quantity for take in takes[:-1])
    left = [shelf for shelf in shelved if available(shelf) and shelf.quantity]
    for shelf in left:
        if shelf not in [take.shelf for take in takes] and takes:
            assert (shelf.expiry.last_day if shelf.expiry else date.max) >= ends[-1]


@given(shelves(), QUANTITIES, st.integers(1, 400))
def test_a_batch_that_dies_within_the_course_is_passed(
    shelved: list[Shelf], quantity: int, course: int
) -> None:
    for take in pick(shelved, quantity, DAY, course_days=course).takes:
        if take.shelf.expiry is not None:
            assert take.shelf.expiry.days_left(DAY) >= course


@given(shelves(), st.integers(1, 300), st.integers(0, 6))
def test_a_chosen_batch_goes_first(shelved: list[Shelf], quantity: int, first: int) -> None:
    chosen = sum(s.quantity for s in shelved if s.lot_id == first and available(s))
    takes = pick(shelved, quantity, DAY, first_lot=first).takes
    assert sum(t.quantity for t in takes if t.shelf.lot_id == first) == min(chosen, quantity)


def shelf(
    lot: str,
    expiry: Expiry | None,
    quantity: int,
    status: Status = Status.USABLE,
    *,
    order: int = 0,
    number: int = 0,
) -> Shelf:
    return Shelf(number or int(lot[2:]), 1, lot, expiry, status, quantity, order)


AMLODIPINE = (
    shelf("AM1400", Expiry.of_month(2028, 2), 200, Status.QUARANTINED),
    shelf("AM1345", Expiry.of_day(date(2027, 8, 31)), 90),
    shelf("AM1187", Expiry.of_month(2026, 10), 14),
    shelf("AM1203", Expiry.of_day(date(2027, 1, 31)), 12),
)


def told(picked: Pick) -> list[tuple[str, int, str]]:
    return [(t.shelf.lot, t.quantity, str(t.why)) for t in picked.takes] + [
        (p.shelf.lot, 0, str(p.why)) for p in picked.passed
    ]


def test_a_quantity_is_split_over_batches_and_each_says_why() -> None:
    picked = pick(AMLODIPINE, 30, DAY)
    assert told(picked) == [
        ("AM1203", 12, "Expires first, all of it"),
        ("AM1345", 18, "Next to expire, the rest"),
        ("AM1187", 0, "Expired: can never be dispensed"),
        ("AM1400", 0, "Held: in quarantine until it is checked"),
    ]
    assert picked.short == 0
    assert not any(passed.choosable for passed in picked.passed)


def test_what_is_short_is_said() -> None:
    picked = pick(AMLODIPINE, 110, DAY)
    assert picked.short == 8
    assert str(picked.takes[-1].why) == "Next to expire, all of it"


def test_another_batch_goes_first_when_a_person_chose_it() -> None:
    picked = pick(AMLODIPINE, 30, DAY, first_lot=1345)
    assert told(picked)[:2] == [
        ("AM1345", 30, "Chosen by you"),
        ("AM1187", 0, "Expired: can never be dispensed"),
    ]


@pytest.mark.parametrize("lot", [1187, 1400])
def test_expired_and_held_batches_cannot_be_chosen(lot: int) -> None:
    picked = pick(AMLODIPINE, 30, DAY, first_lot=lot)
    assert [take.shelf.lot for take in picked.takes] == ["AM1203", "AM1345"]


def test_a_batch_is_taken_through_its_last_day_and_not_after() -> None:
    march = [shelf("PC0327", Expiry.of_month(2027, 3), 10)]
    assert pick(march, 10, date(2027, 3, 31)).short == 0
    assert pick(march, 10, date(2027, 4, 1)).short == 10


def test_a_long_treatment_passes_a_batch_that_would_expire_in_it() -> None:
    picked = pick(AMLODIPINE, 30, DAY, course_days=90)
    assert told(picked)[0] == ("AM1345", 30, "Expires first")
    short_lived = next(p for p in picked.passed if p.shelf.lot == "AM1203")
    assert str(short_lived.why) == "Expires before the treatment ends"
    assert short_lived.choosable
    chosen = pick(AMLODIPINE, 30, DAY, course_days=90, first_lot=1203)
    assert chosen.takes[0].shelf.lot == "AM1203"


def test_of_one_expiry_the_earliest_receipt_goes_first_then_the_smallest_rest() -> None:
    end = Expiry.of_month(2028, 3)
    later = shelf("PC0001", end, 5, order=2)
    earlier = shelf("PC0002", end, 50, order=1)
    smaller = shelf("PC0003", end, 20, order=1)
    takes = pick([later, earlier, smaller], 75, DAY).takes
    assert [take.shelf.lot for take in takes] == ["PC0003", "PC0002", "PC0001"]


def test_what_never_expires_goes_last() -> None:
    gauze = shelf("GZ0001", None, 5)
    dated = shelf("GZ0002", Expiry.of_month(2030, 1), 5)
    picked = pick([gauze, dated], 7, DAY)
    assert [(t.shelf.lot, t.quantity) for t in picked.takes] == [("GZ0002", 5), ("GZ0001", 2)]
    assert str(picked.takes[1].why) == "No expiry date, the rest"


def test_a_negative_quantity_is_refused() -> None:
    with pytest.raises(Refused, match="cannot be less than 0: -1"):
        pick(AMLODIPINE, -1, DAY)
