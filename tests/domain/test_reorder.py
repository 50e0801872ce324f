"""The proposal and its sentence, against the worked examples."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventory.domain.consumption import METHOD, Amc, MonthUse, average
from inventory.domain.months import Month
from inventory.domain.packing import Rounding
from inventory.domain.reorder import Proposal, ReorderRule, level, propose

MONTHLY = ReorderRule(Fraction(2), Fraction(3), Rounding.HALF, 1000)


def amc_of(rounded: int, *, days_out: int = 0, days: int = 92) -> Amc:
    with_stock = days - days_out
    return Amc(
        Fraction(rounded), rounded, 3 if with_stock else 0, days_out, with_stock,
        with_stock * 2 >= days, METHOD, rounded * 3, days,
    )  # fmt: skip


def boxes(size: int, rounding: Rounding = Rounding.UP) -> ReorderRule:
    return ReorderRule(Fraction(2), Fraction(3), rounding, size)


def test_the_levels_in_units() -> None:
    assert [level(Fraction(n), 2952) for n in (2, 3)] == [5904, 8856]
    assert level(Fraction(1, 2), 2952) == 1476


def test_the_order_of_the_common_example() -> None:
    line = propose(amc_of(2952), 6200, 0, 1000, MONTHLY)
    assert (line.maximum, line.short, line.packs, line.proposed) == (8856, 1656, 2, 2000)


def test_without_the_pipeline_more_would_be_asked() -> None:
    assert propose(amc_of(2952), 6200, 0, 0, MONTHLY).short == 2656


def test_161_a_month_is_three_boxes_of_100() -> None:
    """483 at most, 130 of 170 usable because 40 will expire, 100 on order: short 253."""
    line = propose(amc_of(161), 170, 40, 100, boxes(100))
    assert (line.on_hand, line.usable, line.at_risk, line.maximum) == (170, 130, 40, 483)
    assert (line.short, line.packs, line.pack_size, line.proposed) == (253, 3, 100, 300)
    assert str(line.because) == (
        "161 a month; 3 months = 483; 130 usable (40 will expire); 100 coming; short 253"
    )


@pytest.mark.parametrize(
    ("amc", "stock", "at_risk", "coming", "pack", "packs", "because"),
    [
        (2952, 6200, 918, 1000, 1000, 3,
         "2952 a month; 3 months = 8856; 5282 usable (918 will expire); 1000 coming; short 2574"),
        (1930, 1204, 0, 0, 100, 46,
         "1930 a month; 3 months = 5790; 1204 usable; 0 coming; short 4586"),
        (650, 845, 0, 600, 100, 6,
         "650 a month; 3 months = 1950; 845 usable; 600 coming; short 505"),
        (820, 2100, 0, 0, 100, 4,
         "820 a month; 3 months = 2460; 2100 usable; 0 coming; short 360"),
        (820, 2600, 0, 0, 100, 0,
         "820 a month; 3 months = 2460; 2600 usable; 0 coming; nothing needed"),
        (820, 2600, 100, 0, 100, 0,
         "820 a month; 3 months = 2460; 2500 usable (100 will expire); 0 coming; nothing needed"),
    ],
)  # fmt: skip
def test_lines_of_an_order(
    amc: int, stock: int, at_risk: int, coming: int, pack: int, packs: int, because: str
) -> None:
    line = propose(amc_of(amc), stock, at_risk, coming, boxes(pack))
    assert str(line.because) == because
    assert line.packs == packs


def test_days_out_of_stock_are_named() -> None:
    line = propose(amc_of(38, days_out=3), 0, 0, 40, boxes(1))
    assert str(line.because) == (
        "38 a month, 3 days out of stock counted; 3 months = 114; 0 usable; 40 coming; short 74"
    )
    assert line.packs == 74
    once = propose(amc_of(38, days_out=1), 200, 20, 0, boxes(1))
    assert str(once.because) == (
        "38 a month, 1 day out of stock counted; 3 months = 114; 180 usable (20 will expire); "
        "0 coming; nothing needed"
    )


def test_few_days_of_data_are_named_and_warned_of() -> None:
    line = propose(amc_of(38, days_out=72), 10, 0, 0, boxes(10))
    assert str(line.because) == (
        "38 a month, from only 20 days with stock; 3 months = 114; 10 usable; 0 coming; short 104"
    )
    assert [str(warning) for warning in line.warnings] == [
        "Stock was there on fewer than half of the days. Check it."
    ]


def test_no_use_in_the_window_proposes_nothing() -> None:
    months = [MonthUse(Month(2026, m), 0, 0, 30) for m in (8, 9, 10)]
    line = propose(average(months), 50, 50, 0, boxes(10))
    assert str(line.because) == "Nothing used in 3 months: add a line by hand if it is needed"
    assert (line.proposed, line.at_risk, line.usable, line.warnings) == (0, 0, 50, ())


def test_a_window_wholly_out_of_stock_says_that_use_is_not_known() -> None:
    months = [MonthUse(Month(2026, m), 0, 31, 31) for m in (8, 9, 10)]
    line = propose(average(months), 0, 0, 0, boxes(10))
    assert str(line.because) == "Out of stock the whole time: use is not known, decide by hand"
    assert line.proposed == 0


def test_no_history_says_so() -> None:
    line = propose(average([None, None, None]), 0, 0, 0, boxes(10))
    assert str(line.because) == "No month of use is recorded yet: decide by hand"


def test_above_the_minimum_nothing_is_needed_yet_when_the_rule_waits() -> None:
    rule = ReorderRule(Fraction(2), Fraction(3), Rounding.UP, 10, wait_for_minimum=True)
    assert propose(amc_of(100), 201, 0, 0, rule).proposed == 0
    assert propose(amc_of(100), 100, 0, 101, rule).proposed == 0
    assert propose(amc_of(100), 200, 0, 0, rule).proposed == 100
    assert str(propose(amc_of(100), 201, 0, 0, rule).because) == (
        "100 a month; 201 usable; 0 coming; above the minimum of 200: nothing needed yet"
    )


def test_a_pack_that_overshoots_is_warned_of() -> None:
    line = propose(amc_of(10), 25, 0, 0, boxes(1000))
    assert line.proposed == 1000
    assert [str(warning) for warning in line.warnings] == [
        "Whole packs overshoot the maximum by more than a quarter."
    ]


def test_litres_are_said_as_litres() -> None:
    rule = ReorderRule(Fraction(1, 2), Fraction(3, 2), Rounding.UP, 10, decimals=1)
    line = propose(amc_of(9475), 6250, 0, 0, rule)
    assert str(line.because) == (
        "947.5 a month; 1.5 months = 1421.3; 625 usable; 0 coming; short 796.3"
    )


def test_a_third_of_a_month_is_said_as_a_fraction() -> None:
    rule = ReorderRule(Fraction(0), Fraction(1, 3), Rounding.UP, 1)
    assert "1/3 months = 34" in str(propose(amc_of(100), 0, 0, 0, rule).because)


@pytest.mark.parametrize(("low", "high", "pack"), [(3, 2, 10), (-1, 2, 10), (1, 2, 0)])
def test_a_rule_that_cannot_be_is_not_made(low: int, high: int, pack: int) -> None:
    with pytest.raises(ValueError, match=r"minimum|pack"):
        ReorderRule(Fraction(low), Fraction(high), Rounding.UP, pack)


@st.composite
def lines(draw: st.DrawFn) -> Proposal:
    stock = draw(st.integers(0, 20_000))
    rule = ReorderRule(
        Fraction(1),
        Fraction(draw(st.integers(2, 24)), 2),
        draw(st.sampled_from(Rounding)),
        draw(st.integers(1, 2000)),
    )
    amc = amc_of(draw(st.integers(0, 5000)), days_out=draw(st.integers(0, 91)))
    return propose(amc, stock, draw(st.integers(0, stock)), draw(st.integers(0, 20_000)), rule)


@given(lines())
def test_a_line_adds_up(line: Proposal) -> None:
    assert line.usable == line.on_hand - line.at_risk
    assert line.short == max(0, line.maximum - line.usable - line.on_order)
    assert line.proposed == line.packs * line.pack_size
    assert (line.proposed > 0) == (line.short > 0)
    assert line.proposed > line.short - line.pack_size


@given(lines())
def test_the_sentence_recomputes_with_a_pencil(line: Proposal) -> None:
    said = str(line.because)
    found = re.search(
        r"^(?P<amc>\d+) a month.*; (?P<cover>[\d.]+) months? = (?P<maximum>\d+); "
        r"(?P<usable>\d+) usable(?: \((?P<risk>\d+) will expire\))?; (?P<coming>\d+) coming; "
        r"(?:short (?P<short>\d+)|nothing needed)$",
        said,
    )
    if line.amc.rounded == 0:
        assert found is None
        return
    assert found is not None, said
    cover, amc = Fraction(found["cover"]), int(found["amc"])
    assert int(found["maximum"]) == -(-cover * amc // 1)
    left = int(found["maximum"]) - int(found["usable"]) - int(found["coming"])
    assert int(found["short"] or 0) == max(0, left)
    assert int(found["risk"] or 0) == line.at_risk


@given(
    st.integers(1, 5000), st.integers(0, 20_000), st.integers(0, 5000), st.sampled_from(Rounding)
)
def test_always_up_covers_what_is_short(
    amc: int, stock: int, coming: int, rounding: Rounding
) -> None:
    line = propose(amc_of(amc), stock, 0, coming, boxes(30))
    assert line.usable + line.on_order + line.proposed >= line.maximum
    other = propose(amc_of(amc), stock, 0, coming, boxes(30, rounding))
    assert other.proposed <= max(line.proposed, 30)


@given(st.integers(0, 5000), st.integers(0, 9000), st.integers(0, 999), st.integers(0, 9000))
def test_more_stock_or_more_coming_never_asks_for_more(
    amc: int, stock: int, more: int, coming: int
) -> None:
    line = propose(amc_of(amc), stock, 0, coming, MONTHLY)
    assert propose(amc_of(amc), stock + more, 0, coming, MONTHLY).proposed <= line.proposed
    assert propose(amc_of(amc), stock, 0, coming + more, MONTHLY).proposed <= line.proposed
    assert propose(amc_of(amc + more), stock, 0, coming, MONTHLY).proposed >= line.proposed
    at_risk = min(stock, more)
    assert propose(amc_of(amc), stock, at_risk, coming, MONTHLY).proposed >= line.proposed
