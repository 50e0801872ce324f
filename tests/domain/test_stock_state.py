"""One word for how an item stands."""

from __future__ import annotations

from fractions import Fraction

import pytest

from inventory.domain.consumption import METHOD, Amc
from inventory.domain.stock_state import NAMES, StockState, judge, months_of_stock

NO_USE = Amc(Fraction(0), 0, 3, 0, 92, True, METHOD)


def amc_of(rounded: int) -> Amc:
    return Amc(Fraction(rounded), rounded, 3, 0, 92, True, METHOD)


def test_months_of_stock() -> None:
    months = months_of_stock(6200, amc_of(2952))
    assert months is not None
    assert f"{float(months):.2f}" == "2.10"
    assert months_of_stock(6200, NO_USE) is None
    assert months_of_stock(0, NO_USE) is None
    assert months_of_stock(0, amc_of(5)) == 0


@pytest.mark.parametrize(
    ("usable", "at_risk", "expired", "amc", "state"),
    [
        (0, 0, 0, 38, StockState.OUT),
        (0, 0, 300, 120, StockState.EXPIRED),
        (1204, 0, 0, 1930, StockState.LOW),
        (1204, 300, 0, 1930, StockState.LOW),
        (6200, 918, 0, 2952, StockState.EXPIRING),
        (4100, 0, 0, 1864, StockState.IN_RANGE),
        (200, 0, 0, 100, StockState.IN_RANGE),
        (300, 0, 0, 100, StockState.IN_RANGE),
        (301, 0, 0, 100, StockState.OVER),
        (5720, 0, 0, 1100, StockState.OVER),
        (50, 50, 0, 0, StockState.NO_USE),
        (0, 0, 0, 0, StockState.OUT),
    ],
)
def test_states(usable: int, at_risk: int, expired: int, amc: int, state: StockState) -> None:
    found = judge(usable, at_risk, amc_of(amc), Fraction(2), Fraction(3), expired=expired)
    assert found is state


def test_what_the_clinic_never_had_is_not_out() -> None:
    assert judge(0, 0, NO_USE, Fraction(2), Fraction(3), held=False) is StockState.NO_USE
    assert judge(0, 0, amc_of(3), Fraction(2), Fraction(3), held=False) is StockState.OUT


def test_every_state_has_a_name() -> None:
    assert set(NAMES) == set(StockState)
