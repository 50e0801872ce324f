"""What monthly reports from before would tell."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from inventory.domain.months import Month
from inventory.domain.sentence import Refused
from inventory.exchange.columns import guess
from inventory.exchange.fields import HISTORY_FIELDS
from inventory.exchange.history_plan import Figures, HistoryPlan, HistoryState, plan_history
from tests.exchange.tables import read_text, said

TODAY = date(2026, 11, 22)
HEAD = "code,month,opening,received,consumed,adjustments,closing,days_out\n"
GOOD = "PCM,2026-09,100,500,300,-10,290,2\n"
OCTOBER = Month(2026, 10)


def plan_of(
    folder: Path,
    content: str,
    reported: Mapping[tuple[str, Month], Figures] | None = None,
    began: Mapping[str, Month] | None = None,
) -> HistoryPlan:
    table = read_text(folder, content)
    state = HistoryState(["PCM", "AMX"], reported or {}, began or {})
    return plan_history(table, guess(table.headings, HISTORY_FIELDS), state, TODAY)


def flags(plan: HistoryPlan) -> list[tuple[int, str, str]]:
    return [(cell.row, cell.column, str(cell.reason)) for cell in plan.warnings]


def test_a_month_is_read_whole(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, HEAD + GOOD)
    (planned,) = plan.added
    assert planned.value.month == Month(2026, 9)
    assert planned.value.figures == Figures(100, 500, 300, -10, 290, 2)
    assert (plan.warnings, plan.notes) == ((), ())


@pytest.mark.parametrize(
    "written",
    ["2026-10", "10/2026", "Oct 2026", "Oct-26", "202610", "2026-10-01", "octobre 2026",
     "تشرين الأول 2026", "٢٠٢٦-١٠", "31/10/2026"],
)  # fmt: skip
def test_months_as_people_write_them(tmp_path: Path, written: str) -> None:
    (planned,) = plan_of(tmp_path, f"code,month,consumed\nPCM,{written},5\n").added
    assert planned.value.month == OCTOBER


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        (",2026-10,0,0,1,0,0,0", "code", "code is empty"),
        ("XYZ,2026-10,0,0,1,0,0,0", "code", "no item with the code XYZ"),
        ("PCM,,0,0,1,0,0,0", "month", "month is empty"),
        ("PCM,2026-12,0,0,1,0,0,0", "month", "2026-12 has not come yet"),
        ("PCM,2026-13,0,0,1,0,0,0", "month", "not 2026-13"),
        ("PCM,last,0,0,1,0,0,0", "month", "not last"),
        ("PCM,2026-10,0,0,,0,0,0", "consumed", "not 0"),
        ("PCM,2026-10,0,0,-1,0,0,0", "consumed", "less than 0"),
        ("PCM,2026-10,0,0,some,0,0,0", "consumed", "not a number"),
        ("PCM,2026-10,0,0,1000000000000000,0,0,0", "consumed", "too large"),
        ("PCM,2026-10,-5,0,1,0,0,0", "opening", "less than 0"),
        ("PCM,2026-10,0,0,1,0,0,32", "days_out", "has 31 days, not 32"),
        ("PCM,2026-02,0,0,1,0,0,29", "days_out", "has 28 days, not 29"),
        ("PCM,2026-10,0,0,1,0,0,-1", "days_out", "less than 0"),
        ("PCM,2026-10,0,0,1,x,0,0", "adjustments", "not a number"),
    ],
)
def test_a_bad_cell_leaves_its_row_out_and_says_why(
    tmp_path: Path, row: str, column: str, reason: str
) -> None:
    plan = plan_of(tmp_path, HEAD + GOOD + row + "\n")
    assert len(plan.added) == 1
    ((number, refused_column, why),) = said(plan)
    assert (number, refused_column) == (3, column)
    assert reason in why


def test_figures_that_do_not_add_up_are_kept_and_flagged(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, HEAD + "PCM,2026-09,100,500,300,-10,295,2\n")
    assert len(plan.added) == 1
    assert flags(plan) == [
        (2, "closing", "Opening, received, consumed and adjustments make 290, not 295.")
    ]


def test_a_month_that_does_not_continue_the_one_before_is_flagged(tmp_path: Path) -> None:
    reason = "The month before closed with 290, and this one opens with 280."
    later = "PCM,2026-10,280,0,80,0,200,0\n"
    assert flags(plan_of(tmp_path, HEAD + later + GOOD)) == [(2, "opening", reason)]
    before = {("PCM", Month(2026, 9)): Figures(closing=290)}
    assert flags(plan_of(tmp_path, HEAD + later, before)) == [(2, "opening", reason)]


def test_accounts_write_minus_in_several_ways(tmp_path: Path) -> None:
    rows = "".join(
        f"PCM,2026-0{n},100,0,10,{minus},,0\n" for n, minus in enumerate(["(5)", "5-", "−5"], 1)
    )
    plan = plan_of(tmp_path, HEAD + rows)
    assert {p.value.figures.adjustments for p in plan.added} == {-5}


def test_one_balance_gives_the_other(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, "code,month,received,consumed,closing\nPCM,2026-09,500,300,290\n")
    assert plan.added[0].value.figures == Figures(90, 500, 300, 0, 290)
    plan = plan_of(tmp_path, "code,month,opening,consumed\nPCM,2026-09,90,100\n")
    assert plan.added[0].value.figures == Figures(90, 0, 100, 0, 0)


def test_zero_days_in_every_row_may_mean_that_nobody_counted(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, HEAD + "PCM,2026-09,100,0,100,0,0,0\nPCM,2026-10,0,0,0,0,0,0\n")
    assert "probably not counted" in str(plan.notes[0])
    plan = plan_of(tmp_path, HEAD + "PCM,2026-09,100,0,100,0,0,0\nPCM,2026-10,0,0,0,0,0,31\n")
    assert plan.notes == ()


def test_the_same_file_twice_changes_nothing(tmp_path: Path) -> None:
    first = plan_of(tmp_path, HEAD + GOOD)
    there = {(p.value.code, p.value.month): p.value.figures for p in first.added}
    second = plan_of(tmp_path, HEAD + GOOD, there)
    assert (second.planned, second.unchanged) == ((), 1)
    (planned,) = plan_of(tmp_path, HEAD + GOOD.replace("300", "301"), there).updated
    assert [(c.field, c.before, c.after) for c in planned.changes] == [("consumed", "300", "301")]


def test_a_month_twice_in_one_file(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, HEAD + GOOD + GOOD + GOOD.replace("300", "301"))
    assert (len(plan.added), plan.unchanged) == (1, 1)
    assert said(plan) == [(4, "month", "Already in row 2 with other figures.")]


def test_a_month_that_was_lived_here_is_flagged(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, HEAD + GOOD, began={"PCM": Month(2026, 9)})
    assert "stand in their place" in flags(plan)[0][2]
    assert flags(plan_of(tmp_path, HEAD + GOOD, began={"PCM": OCTOBER})) == []


def test_a_table_without_consumption_is_refused_whole(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="No column is headed consumed"):
        plan_of(tmp_path, "code,month\nPCM,2026-10\n")
