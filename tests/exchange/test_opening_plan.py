"""What a list of counted batches would put on the shelves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from inventory.domain.expiry import Expiry
from inventory.domain.names import Names
from inventory.domain.sentence import Refused
from inventory.domain.status import Status
from inventory.exchange.columns import guess
from inventory.exchange.fields import OPENING_FIELDS
from inventory.exchange.opening_plan import (
    KnownItem,
    Opened,
    OpeningPlan,
    OpeningState,
    Shelf,
    plan_opening,
)
from tests.exchange.tables import read_text, said

TODAY = date(2026, 11, 22)
ITEMS = {
    "PCM": KnownItem("PCM", Names("Paracetamol"), "medicine"),
    "AMX": KnownItem("AMX", Names("Amoxicillin"), "medicine"),
    "GZE": KnownItem("GZE", Names("Gauze"), "supply"),
    "DSL": KnownItem("DSL", Names("Diesel"), "fuel"),
}
HEAD = "code,lot,expiry,quantity,place\n"


def plan_of(
    folder: Path, content: str, opened: Mapping[Shelf, Opened] | None = None
) -> OpeningPlan:
    table = read_text(folder, content)
    state = OpeningState(ITEMS, opened or {}, ["Pharmacy", "مخزن"])
    return plan_opening(table, guess(table.headings, OPENING_FIELDS), state, TODAY)


def expiries(plan: OpeningPlan) -> list[str]:
    return [p.value.shelf.expiry.iso if p.value.shelf.expiry else "" for p in plan.planned]


def test_a_batch_is_read_whole(tmp_path: Path) -> None:
    (planned,) = plan_of(tmp_path, HEAD + 'PCM,B-12/a,2027-03,"1,204",مخزن\n').added
    shelf = Shelf("PCM", "B-12/a", Expiry.of_month(2027, 3), "مخزن")
    assert (planned.value.shelf, planned.value.quantity) == (shelf, 1204)
    assert planned.value.status is Status.USABLE


def test_what_a_kind_does_not_ask_may_be_blank(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, HEAD + "DSL,,,4000,\nGZE,,,50,\n")
    assert [p.value.shelf for p in plan.added] == [
        Shelf("DSL", "", None, "Pharmacy"),
        Shelf("GZE", "", None, "Pharmacy"),
    ]


def test_expired_stock_is_kept_apart_and_said(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, HEAD + "PCM,A,2026-10,5,\nAMX,B,2026-11,5,\n")
    assert [p.value.status for p in plan.added] == [Status.EXPIRED, Status.USABLE]
    assert "awaiting disposal" in str(plan.warnings[0].reason)


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        (",A,2027-03,5,", "code", "code is empty"),
        ("XYZ,A,2027-03,5,", "code", "no item with the code XYZ"),
        ("PCM,,2027-03,5,", "lot", "needs its batch number"),
        ("PCM," + "x" * 41 + ",2027-03,5,", "lot", "longer than 40"),
        ("PCM,A,,5,", "expiry", "needs its expiry"),
        ("PCM,A,2027-02-30,5,", "expiry", "no day 30"),
        ("PCM,A,13/2027,5,", "expiry", "no month 13"),
        ("PCM,A,Date Not Captured,5,", "expiry", "not a date"),
        ("PCM,A,1927-03,5,", "expiry", "1927-03 cannot be right"),
        ("PCM,A,2027-03,,", "quantity", "not 0"),
        ("PCM,A,2027-03,0,", "quantity", "at least 1"),
        ("PCM,A,2027-03,-5,", "quantity", "less than 0"),
        ("PCM,A,2027-03,1000000000000000,", "quantity", "too large"),
        ("PCM,A,2027-03,ten,", "quantity", "not a number"),
        ("PCM,A,2027-03,2.5,", "quantity", "not a whole number"),
        ("PCM,A,2027-03,💊,", "quantity", "not a number"),
        ("PCM,A,2027-03,1\x005,", "quantity", "NUL"),
        ("PCM,A\u202eB,2027-03,5,", "lot", "turns text around"),
        ("PCM,A,2027-03,5," + "x" * 81, "place", "longer than 80"),
    ],
)
def test_a_bad_cell_leaves_its_row_out_and_says_why(
    tmp_path: Path, row: str, column: str, reason: str
) -> None:
    plan = plan_of(tmp_path, f"{HEAD}AMX,OK,2027-01,5,\n{row}\n")
    assert len(plan.added) == 1
    ((number, refused_column, why),) = said(plan)
    assert (number, refused_column) == (3, column)
    assert reason in why


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("31/03/2027", "2027-03-31"),
        ("03/2027", "2027-03"),
        ("0327", "2027-03"),
        ("31-Mar-27", "2027-03-31"),
        ("Mar 2027", "2027-03"),
        ("mars 2027", "2027-03"),
        ("12 févr. 2027", "2027-02-12"),
        ("آذار 2027", "2027-03"),
        ("٣١/٠٣/٢٠٢٧", "2027-03-31"),
        ("20270331", "2027-03-31"),
        ("2027-03-31 00:00:00", "2027-03-31"),
        ("2027-03-31T00:00:00", "2027-03-31"),
    ],
)
def test_dates_as_people_write_them(tmp_path: Path, written: str, iso: str) -> None:
    assert expiries(plan_of(tmp_path, f"{HEAD}PCM,A,{written},5,\n")) == [iso]


def test_american_dates_are_known_by_those_that_can_be_nothing_else(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, HEAD + "PCM,A,03/04/2027,5,\nPCM,B,01/31/2027,5,\n")
    assert expiries(plan) == ["2027-03-04", "2027-01-31"]


def test_a_column_with_both_orders_is_only_read_where_it_is_certain(tmp_path: Path) -> None:
    plan = plan_of(
        tmp_path, HEAD + "PCM,A,01/31/2027,5,\nPCM,B,31/01/2027,5,\nPCM,C,03/04/2027,5,\n"
    )
    assert expiries(plan) == ["2027-01-31", "2027-01-31"]
    assert "read in two ways" in said(plan)[0][2]


def test_decimal_commas_do_not_become_thousands(tmp_path: Path) -> None:
    head = "code;lot;expiry;quantity;price\n"
    plan = plan_of(tmp_path, head + "PCM;A;2027-03;1.250;30,36\nAMX;B;2027-03;1.250,00;1,50\n")
    assert [p.value.quantity for p in plan.added] == [1250, 1250]
    plan = plan_of(tmp_path, head + "PCM;A;2027-03;1,250;30,36\n")
    assert "not a whole number" in said(plan)[0][2]


def test_the_same_file_twice_changes_nothing(tmp_path: Path) -> None:
    content = HEAD + "PCM,A,2027-03,100,\nDSL,,,4000,Store\n"
    first = plan_of(tmp_path, content)
    there = {p.value.shelf: Opened(p.value.quantity, 10) for p in first.added}
    second = plan_of(tmp_path, content, there)
    assert (len(first.added), second.planned, second.unchanged) == (2, (), 2)


def test_another_count_is_a_change_unless_more_has_gone_out(tmp_path: Path) -> None:
    there = {Shelf("PCM", "A", Expiry.of_month(2027, 3), "Pharmacy"): Opened(100, 40)}
    (planned,) = plan_of(tmp_path, HEAD + "PCM,A,2027-03,70,\n", there).updated
    assert (planned.value.quantity, planned.value.before) == (70, 100)
    assert (planned.changes[0].before, planned.changes[0].after) == ("100", "70")
    plan = plan_of(tmp_path, HEAD + "PCM,A,2027-03,59,\n", there)
    assert said(plan) == [(2, "quantity", "Opened with 100, and 60 of them have gone out already.")]


def test_one_shelf_has_one_row(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, HEAD + "PCM,A,2027-03,5,\nPCM,A,2027-03,7,\nPCM,A,2027-03,7,Store\n")
    assert len(plan.added) == 2
    assert said(plan) == [
        (3, "lot", "The same batch and place stand in row 2. Put both in one row.")
    ]


def test_new_places_and_double_expiries_are_said(tmp_path: Path) -> None:
    plan = plan_of(
        tmp_path,
        HEAD + "PCM,A,2027-03,5,Cold room\nPCM,A,2027-04,5,pharmacy\nAMX,C,2027-04,5,COLD ROOM\n",
    )
    assert [p.value.shelf.place for p in plan.added] == ["Cold room", "Pharmacy", "Cold room"]
    assert [str(note) for note in plan.notes] == [
        "The place Cold room will be made.",
        "1 batch number stands with two expiry dates. Check the packs.",
    ]


def test_a_table_without_quantities_is_refused_whole(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="No column is headed quantity"):
        plan_of(tmp_path, "code,lot\nPCM,A\n")


def test_a_batch_number_spelled_otherwise_is_the_same_batch(tmp_path: Path) -> None:
    shelf = Shelf("PCM", "B-12", Expiry.of_month(2027, 3), "Pharmacy")
    plan = plan_of(tmp_path, HEAD + "PCM,b-12,2027-03,10,Pharmacy\n", {shelf: Opened(10, 10)})
    assert (plan.unchanged, plan.added) == (1, ())
    twice = plan_of(tmp_path, HEAD + "PCM,b-12,2027-03,10,\nPCM,B-12,2027-03,10,\n")
    assert [cell.column for cell in twice.refused] == ["lot"]
