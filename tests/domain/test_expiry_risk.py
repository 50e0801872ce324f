"""What will expire before use."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from inventory.domain.expiry import Expiry
from inventory.domain.expiry_risk import Batch, at_risk, walk

TODAY = date(2026, 11, 22)
MONTHS = [Fraction(2), Fraction(5), Fraction(22)]


def test_one_batch_too_much_at_the_front() -> None:
    assert at_risk([900, 900, 1200], MONTHS, Fraction(300)) == (300, 0, 0)


def test_batches_that_look_fine_alone_and_are_not_together() -> None:
    months = [Fraction(2), Fraction(3), Fraction(22)]
    assert at_risk([900, 1200, 1200], months, Fraction(300)) == (300, 900, 0)


def test_paracetamol_on_the_shelf() -> None:
    """2,952 a month until 31 December is 3,782 of 4,700; the batches of 2028 are used in time."""
    risk = walk(
        [
            Batch(2, Expiry.of_month(2028, 3), 1200),
            Batch(1, Expiry.of_month(2026, 12), 4700),
            Batch(3, Expiry.of_month(2028, 3), 300),
        ],
        Fraction(2952),
        TODAY,
    )
    assert risk.at_risk == 918
    assert risk.per_batch == ((1, 918), (2, 0), (3, 0))


def test_a_buffer_makes_the_life_shorter() -> None:
    batch = [Batch(1, Expiry.of_day(TODAY + timedelta(days=487)), 1600)]
    assert walk(batch, Fraction(100), TODAY).at_risk == 0
    assert walk(batch, Fraction(100), TODAY, buffer_days=487).at_risk == 1600


def test_without_use_all_that_expires_is_at_risk() -> None:
    batches = [Batch(1, Expiry.of_month(2030, 1), 50), Batch(2, None, 70)]
    assert walk(batches, Fraction(0), TODAY).per_batch == ((1, 50), (2, 0))


def test_what_has_expired_is_lost_and_not_at_risk() -> None:
    batches = [Batch(1, Expiry.of_month(2026, 10), 50), Batch(2, Expiry.of_month(2027, 1), 10)]
    assert walk(batches, Fraction(300), TODAY).per_batch == ((2, 0),)


BATCHES = st.lists(
    st.builds(
        Batch,
        lot_id=st.integers(1, 99),
        expiry=st.none() | st.dates(TODAY, TODAY + timedelta(days=1500)).map(Expiry.of_day),
        quantity=st.integers(0, 5000),
    ),
    max_size=8,
)


@given(BATCHES, st.integers(0, 3000), st.integers(0, 3000))
def test_more_use_never_leaves_more_to_expire(batches: list[Batch], one: int, other: int) -> None:
    slow, fast = sorted([one, other])
    slowly, quickly = walk(batches, Fraction(slow), TODAY), walk(batches, Fraction(fast), TODAY)
    assert quickly.at_risk <= slowly.at_risk


@given(BATCHES, st.integers(0, 3000))
def test_risk_is_of_dated_batches_and_never_over_them(batches: list[Batch], amc: int) -> None:
    risk = walk(batches, Fraction(amc), TODAY)
    assert 0 <= risk.at_risk <= sum(b.quantity for b in batches if b.expiry is not None)
    assert risk.at_risk == sum(units for _, units in risk.per_batch)
    assert sorted(lot for lot, _ in risk.per_batch) == sorted(b.lot_id for b in batches)


@given(BATCHES, st.integers(1, 3000))
def test_no_batch_is_safer_alone_than_the_walk_says(batches: list[Batch], amc: int) -> None:
    alone = sum(walk([batch], Fraction(amc), TODAY).at_risk for batch in batches)
    assert alone <= walk(batches, Fraction(amc), TODAY).at_risk
