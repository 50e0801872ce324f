"""What the counter says: batches with reasons, short lines, scanned packs, the register."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.pages.dispense.basket import Basket, Line
from desktop.pages.dispense.line_view import line_view
from desktop.pages.dispense.order import order_of
from desktop.pages.dispense.register import course_days, faults, visit_of
from desktop.pages.dispense.scan_advice import advise
from desktop.pages.dispense.shelf_rows import Fate, shelf_rows
from inventory.domain.expiry import Expiry
from inventory.domain.fefo import Shelf, pick
from inventory.domain.names import Names
from inventory.domain.scan import Scan, ScanKind
from inventory.domain.sentence import Refused
from inventory.domain.status import Status
from inventory.language import language
from inventory.queries.counter import CounterLine, Wanted, issuable
from inventory.queries.items import ItemRow

TODAY = date(2026, 11, 22)
ENGLISH = language("en")


def shelf(
    lot_id: int,
    lot: str,
    expiry: str | None,
    quantity: int,
    status: Status = Status.USABLE,
    place: int = 1,
) -> Shelf:
    until = None if expiry is None else Expiry.from_iso(expiry)
    return Shelf(lot_id, place, lot, until, status, quantity, lot_id)


AMLODIPINE = [
    shelf(1, "AM1187", "2026-10", 14),
    shelf(2, "AM1203", "2027-01-31", 12),
    shelf(3, "AM1345", "2027-08-31", 90),
    shelf(4, "AM1400", "2028-02", 200, Status.RECALLED),
]


def item(kind: str = "medicine", unit: str = "tablet") -> ItemRow:
    return ItemRow(
        1, "MED-1", Names(en="Amlodipine 5 mg tablet"), "", "", "", kind, unit, "V", "", "", 100,
        None, "", None, None, None, True,
    )  # fmt: skip


def said(standing: list[Shelf], quantity: int, course: int = 0, **of_line: object) -> str:
    """The sentence under the name of a line."""
    line = Line(1, quantity, **of_line)  # type: ignore[arg-type]
    found = pick(standing, quantity, TODAY, course_days=course, first_lot=line.lot_id)
    there = sum(one.quantity for one in issuable(standing, TODAY))
    seen = CounterLine(item(), Wanted(1, quantity, line.lot_id), found, there)
    return line_view(seen, line, TODAY, course, ENGLISH).words


# Batches


def test_the_rows_of_the_picture() -> None:
    rows = shelf_rows(pick(AMLODIPINE, 30, TODAY), TODAY)
    assert [(row.lot, row.take, row.fate, str(row.why)) for row in rows] == [
        ("AM1187", None, Fate.EXPIRED, "Expired: can never be dispensed"),
        ("AM1203", 12, Fate.TAKEN, "Expires first, all of it"),
        ("AM1345", 18, Fate.TAKEN, "Next to expire, the rest"),
        ("AM1400", None, Fate.HELD, "Held: recalled by its maker"),
    ]


SHELVES = st.lists(
    st.builds(
        Shelf,
        lot_id=st.integers(1, 5),
        place_id=st.integers(1, 2),
        lot=st.just("L"),
        expiry=st.none(),
        status=st.sampled_from(Status),
        quantity=st.integers(1, 50),
    ),
    max_size=12,
    unique_by=lambda one: (one.lot_id, one.place_id, one.status),
)


@given(SHELVES, st.dictionaries(st.integers(1, 5), st.integers(-400, 900)), st.integers(0, 400),
       st.integers(0, 200))  # fmt: skip
def test_rows_add_up_to_what_is_given(
    standing: list[Shelf], days: dict[int, int], quantity: int, course: int
) -> None:
    dated = [
        Shelf(one.lot_id, one.place_id, f"L{one.lot_id}",
              Expiry.of_day(TODAY + timedelta(days=days[one.lot_id]))
              if one.lot_id in days else None, one.status, one.quantity)
        for one in standing
    ]  # fmt: skip
    found = pick(dated, quantity, TODAY, course_days=course)
    rows = shelf_rows(found, TODAY, course)
    assert sum(row.take or 0 for row in rows) == quantity - found.short
    assert all((row.take is not None) == (row.fate is Fate.TAKEN) for row in rows)
    for row in rows:
        if row.expiry is not None and row.expiry.expired_on(TODAY):
            assert row.fate is not Fate.TAKEN


def test_batches_that_are_only_later_give_way() -> None:
    many = [shelf(n, f"L{n}", f"2028-{n:02}", 10) for n in range(1, 12)]
    rows = shelf_rows(pick(many, 15, TODAY), TODAY)
    assert [row.lot for row in rows] == ["L1", "L2", "L3", "L4", "L5", "L6"]


def test_two_places_are_one_heap() -> None:
    there = [shelf(1, "A", "2027-05", 5), shelf(1, "A", "2027-05", 7, place=2)]
    rows = shelf_rows(pick(there, 9, TODAY), TODAY)
    assert [(row.there, row.take) for row in rows] == [(12, 9)]


# Sentences


@pytest.mark.parametrize(
    ("standing", "quantity", "words"),
    [
        (AMLODIPINE[1:2], 10, "All from batch AM1203, 31 Jan 2027. 2 left after."),
        (AMLODIPINE, 30, "From 2 batches, earliest expiry first. 72 left after."),
        ([shelf(1, "A", None, 9)], 4, "All from batch A. 5 left after."),
        ([shelf(1, "", None, 9)], 4, "All from the shelf. 5 left after."),
        (AMLODIPINE, 103, "Only 102 left. 1 is written down as not given."),
        (AMLODIPINE, 111, "Only 102 left. 9 are written down as not given."),
        (AMLODIPINE[:1], 21, "None on the shelf. 21 are written down as not given."),
        (AMLODIPINE, 0, "How many? 102 on the shelf."),
    ],
)
def test_a_line_says_where_it_comes_from(
    standing: list[Shelf], quantity: int, words: str
) -> None:
    assert said(standing, quantity) == words


def test_a_long_treatment_leaves_less() -> None:
    told = "Only 90 will last the treatment. 10 are written down as not given."
    assert said(AMLODIPINE, 100, course=90) == told


def test_a_chosen_batch_is_named() -> None:
    told = "Batch AM1345 first, as you chose. 84 left after."
    assert said(AMLODIPINE, 18, lot_id=3, reason="OPENED_FIRST") == told


def test_what_cannot_be_read_says_why() -> None:
    assert said(AMLODIPINE, 0, typed="3o") == "3o is not a number."


def test_decimals_are_shown_in_the_item_s_unit() -> None:
    found = pick([shelf(1, "", None, 125)], 200, TODAY)
    seen = CounterLine(item("fuel", "litre"), Wanted(1, 200), found, 125)
    view = line_view(seen, Line(1, 200), TODAY, 0, ENGLISH)
    assert view.words == "Only 12.5 left. 7.5 are written down as not given."
    assert (view.asked, view.given) == ("20.0", "12.5")


# Scanned packs


def scanned(lot: str | None = None, expiry: str | None = None) -> Scan:
    until = None if expiry is None else Expiry.from_iso(expiry)
    return Scan(ScanKind.GS1, "x", lot=lot, expiry=until)


def judged(scan: Scan, standing: list[Shelf] = AMLODIPINE) -> tuple[int | None, str, bool]:
    found = advise(scan, standing, issuable(standing, TODAY), TODAY, "tablet", 0)
    return found.lot_id, "" if found.words is None else str(found.words), found.keep


def test_the_earliest_batch_and_a_plain_code_need_no_word() -> None:
    assert judged(scanned()) == (None, "", False)
    assert judged(scanned("am1203", "2027-01-31")) == (2, "", False)


def test_a_later_batch_is_said_at_once() -> None:
    told = "You scanned AM1345. AM1203 expires 7 months earlier, so its 12 tablets go first."
    assert judged(scanned("AM1345", "2027-08-31")) == (3, told, True)


def test_a_few_days_are_counted_in_days() -> None:
    standing = [shelf(1, "A", "2027-05-01", 4), shelf(2, "B", "2027-05-10", 4)]
    told = "You scanned B. A expires 9 days earlier, so its 4 tablets go first."
    assert judged(scanned("B"), standing) == (2, told, True)


def test_a_batch_nobody_wrote_down_is_said() -> None:
    told = "Batch ZZ9 is not written down here. Compare it with the shelf."
    assert judged(scanned("ZZ9", "2028-01")) == (None, told, False)


@pytest.mark.parametrize(
    ("scan", "words"),
    [
        (scanned("AM1187", "2026-10"), "AM1187 expired 2026-10 and cannot be dispensed."),
        (scanned("ZZ9", "2026-11-21"), "ZZ9 expired 2026-11-21 and cannot be dispensed."),
        (scanned("AM1187"), "AM1187 expired 2026-10 and cannot be dispensed."),
        (scanned("AM1400"), "AM1400 is held and cannot be dispensed."),
    ],
)
def test_expired_and_held_are_refused(scan: Scan, words: str) -> None:
    with pytest.raises(Refused) as refusal:
        judged(scan)
    assert str(refusal.value.sentence) == words


def test_damaged_is_refused() -> None:
    with pytest.raises(Refused, match="damaged"):
        judged(scanned("D"), [shelf(1, "D", "2028-01", 5, Status.DAMAGED)])


# The register and the order


def test_empty_fields_are_an_empty_visit() -> None:
    assert visit_of({}).empty
    assert visit_of({"number": " ", "days": ""}).empty


def test_each_wrong_field_is_named_by_itself() -> None:
    wrong = faults({"number": "0770 123 4567", "days": "400", "prescriber": "Rana", "sex": "male"})
    assert set(wrong) == {"number", "days", "prescriber"}


@pytest.mark.parametrize(
    ("typed", "days"), [("30", 30), ("٣٠", 30), ("", 0), ("a", 0), ("400", 0), ("-3", 0)]
)
def test_days_that_cannot_be_read_pass_no_batch(typed: str, days: int) -> None:
    assert course_days({"days": typed}) == days


def test_the_order_gives_what_there_is() -> None:
    basket = Basket("r").add(1, 30).choose_batch(0, 3, "OPENED_FIRST").note("days", "30")
    order = order_of(basket, {}, TODAY)
    assert order.give_what_there_is
    assert order.visit is not None
    assert order.visit.days == 30
    assert [(line.item_id, line.quantity, line.first_lot, line.reason) for line in order.lines] == [
        (1, 30, 3, "OPENED_FIRST")
    ]


def test_a_missing_quantity_is_named() -> None:
    basket = Basket("r").add(1, 1).write(0, "", 0)
    with pytest.raises(Refused, match="Write how many Amlodipine first"):
        order_of(basket, {1: Names(en="Amlodipine")}, TODAY)
