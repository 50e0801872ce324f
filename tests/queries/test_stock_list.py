"""The stock list: what counts as stock, how it stands, and what its filters keep and add up."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from inventory.domain.expiry_windows import Window
from inventory.domain.status import Status
from inventory.domain.stock_state import StockState
from inventory.queries.side_by_side import across_clinics
from inventory.queries.stock import StockRow, stock_list
from inventory.queries.stock_filters import FILTERS, counts
from inventory.services.adjusting import change_status, move_expired
from inventory.services.clinics import NewClinic, add_clinic
from inventory.services.items import set_price
from tests.ready_clinic import TODAY, ReadyClinic


def rows(clinic: ReadyClinic) -> dict[str, StockRow]:
    found = clinic.ask(stock_list, clinic.id, clinic.today)
    return {row.item.code: row for row in found}


def in_days(days: int) -> str:
    return (TODAY + timedelta(days=days)).isoformat()


def live(clinic: ReadyClinic, code: str, monthly: int) -> None:
    """Three months of use before this one, so that the average is `monthly`."""
    start = date(2026, 8, 1)
    clinic.receive(code, monthly * 3 + 1, "OLD", on=start)
    for day in (date(2026, 8, 31), date(2026, 9, 30), date(2026, 10, 31)):
        clinic.dispense(code, monthly, on=day)
    clinic.dispense(code, 1, on=date(2026, 11, 1))


def test_what_counts_is_usable_and_unexpired(clinic: ReadyClinic) -> None:
    clinic.receive(quantity=100, lot="A1", expiry=in_days(400))
    clinic.receive(quantity=60, lot="A2", expiry=in_days(20))
    clinic.receive(quantity=30, lot="A3", expiry=in_days(40))
    clinic.act(change_status, [clinic.held(lot="A3")], Status.QUARANTINED, "RECALL")
    clinic.today = TODAY + timedelta(days=21)
    row = rows(clinic)["AMOX"]
    assert (row.on_hand, row.expired, row.held) == (100, 60, 30)
    assert row.nearest is not None
    assert row.nearest.iso == in_days(400)
    assert [lot.lot for lot in row.expired_on_shelf] == ["A2"]


def test_an_item_with_only_expired_stock_says_when_it_expired(clinic: ReadyClinic) -> None:
    clinic.receive(quantity=60, expiry=in_days(5))
    clinic.today = TODAY + timedelta(days=6)
    row = rows(clinic)["AMOX"]
    assert row.state is StockState.EXPIRED
    assert row.nearest is not None
    assert row.nearest.iso == in_days(5)


def test_each_batch_is_in_one_window(clinic: ReadyClinic) -> None:
    for lot, days in (("E", 2), ("S", 60), ("M", 150), ("L", 400)):
        clinic.receive(quantity=days, lot=lot, expiry=in_days(days))
    clinic.today = TODAY + timedelta(days=3)
    row = rows(clinic)["AMOX"]
    found = {window: [lot.lot for lot in row.within(window)] for window in Window}
    assert found == {
        Window.EXPIRED: ["E"], Window.UNDER_3_MONTHS: ["S"], Window.UNDER_6_MONTHS: ["M"],
        Window.LATER: ["L"],
    }  # fmt: skip
    amounts = {
        key: chosen.amount(row)
        for key, chosen in FILTERS.items()
        if chosen.amount is not None and chosen.keep(row)
    }
    assert amounts == {"expired": 2, "under_3_months": 60, "under_6_months": 150}


def test_expired_stock_counts_as_expired_until_it_is_gone(clinic: ReadyClinic) -> None:
    clinic.receive(quantity=60, expiry=in_days(5))
    clinic.today = TODAY + timedelta(days=6)
    clinic.act(move_expired)
    row = rows(clinic)["AMOX"]
    assert row.expired == 60
    assert row.expired_on_shelf == []
    assert counts([row])["expired"] == 1


def test_what_will_expire_is_walked_over_the_whole_item(clinic: ReadyClinic) -> None:
    live(clinic, "AMOX", 300)
    clinic.receive(quantity=900, lot="A", expiry=in_days(61))
    clinic.receive(quantity=1200, lot="B", expiry=in_days(91))
    clinic.receive(quantity=1200, lot="C", expiry=in_days(670))
    row = rows(clinic)["AMOX"]
    assert row.line.amc.rounded == 300
    # 601 used by the first day, 896 by the second: each batch alone looks fine, together not.
    assert row.at_risk == (900 - 601) + (1200 - (896 - 601))
    assert row.state is StockState.EXPIRING
    assert FILTERS["expiring"].amount is not None
    assert FILTERS["expiring"].amount(row) == row.at_risk


def test_states_follow_cover(clinic: ReadyClinic) -> None:
    live(clinic, "AMOX", 100)
    live(clinic, "PARA", 100)
    live(clinic, "GLOV", 100)
    live(clinic, "DIES", 100)
    clinic.receive("PARA", 150, "P", in_days(500))
    clinic.receive("GLOV", 250, "G", in_days(500))
    clinic.receive("DIES", 400, "", None)
    found = {code: (row.state, row.months) for code, row in rows(clinic).items()}
    assert found == {
        "AMOX": (StockState.OUT, Fraction(0)), "PARA": (StockState.LOW, Fraction(3, 2)),
        "GLOV": (StockState.IN_RANGE, Fraction(5, 2)), "DIES": (StockState.OVER, Fraction(4)),
    }  # fmt: skip
    listed = {key: [r.item.code for r in chosen.rows(rows(clinic).values())]
              for key, chosen in FILTERS.items()}  # fmt: skip
    assert listed["out"] == ["AMOX"]
    assert listed["low"] == ["PARA"]
    assert listed["in_range"] == ["GLOV"]
    assert listed["over"] == ["DIES"]
    assert {key: len(codes) for key, codes in listed.items()} == counts(rows(clinic).values())


def test_windows_are_soonest_first_and_losses_by_money(clinic: ReadyClinic) -> None:
    for code, price in (("AMOX", 5000), ("PARA", 9000)):
        live(clinic, code, 10)
        clinic.act(lambda connection, stamp, code=code, price=price: set_price(
            connection, clinic.items[code], {"AMOX": 100, "PARA": 1000}[code], price))  # fmt: skip
    clinic.receive("AMOX", 200, "A", in_days(80))
    clinic.receive("PARA", 300, "P", in_days(40))
    there = list(rows(clinic).values())
    soon = FILTERS["under_3_months"].rows(there)
    assert [row.item.code for row in soon] == ["PARA", "AMOX"]
    assert FILTERS["under_3_months"].worth(soon) == 200 * 50 + 300 * 9
    risky = FILTERS["expiring"].rows(there)
    assert [row.item.code for row in risky] == ["AMOX", "PARA"]


def test_without_a_price_nothing_is_added_up(clinic: ReadyClinic) -> None:
    clinic.receive(quantity=20, expiry=in_days(50))
    there = list(rows(clinic).values())
    assert FILTERS["under_3_months"].worth(there) is None
    assert FILTERS["out"].worth(there) is None


def test_clinics_stand_side_by_side(clinic: ReadyClinic) -> None:
    other = clinic.act(
        lambda connection, stamp: add_clinic(connection, NewClinic("Al-Noor"), TODAY, stamp.now)
    )
    live(clinic, "AMOX", 100)
    clinic.receive(quantity=150, lot="X", expiry=in_days(500))
    away = ReadyClinic(clinic.database, other, clinic.items, TODAY)
    away.receive(quantity=40, lot="Y", expiry=in_days(500))
    away.receive("GLOV", 10, "Z", in_days(500))
    there, found = clinic.ask(across_clinics, TODAY)
    assert [row.name for row in there] == ["Al-Zuhoor", "Al-Noor"]
    by_code = {row.item.code: row for row in found}
    assert list(by_code) == ["AMOX", "GLOV"]
    amox = by_code["AMOX"]
    assert {key: row.on_hand for key, row in amox.rows.items()} == {clinic.id: 150, other: 40}
    assert (amox.on_hand, amox.state, amox.shortest) == (190, StockState.LOW, Fraction(3, 2))
    assert list(by_code["GLOV"].rows) == [other]
