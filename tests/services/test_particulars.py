"""What stands beside the movements is sealed as well, and the guards are watched."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from inventory.services.ordering import add_line, change_line, open_draft, print_order
from tests.ready_clinic import ReadyClinic
from tests.services.tampering import tamper

BESIDE = "GRN-2026-00001: its heading, or what is written with it, was changed afterwards."
CHANGES = [
    ("UPDATE receipt SET supplier = 'x'", "GRN-2026-00001"),
    ("UPDATE receipt SET source = 'x'", "GRN-2026-00001"),
    ("UPDATE receipt SET waybill = 'x'", "GRN-2026-00001"),
    ("UPDATE receipt SET requisition_id = NULL", "GRN-2026-00001"),
    ("DELETE FROM receipt", "GRN-2026-00001"),
    ("UPDATE receipt_line SET received = received + 1", "GRN-2026-00001"),
    ("UPDATE receipt_line SET damaged = 7", "GRN-2026-00001"),
    ("UPDATE receipt_line SET on_waybill = 7", "GRN-2026-00001"),
    ("UPDATE receipt_line SET lot_id = NULL", "GRN-2026-00001"),
    ("UPDATE receipt_line SET note = 'x'", "GRN-2026-00001"),
    ("DELETE FROM receipt_line", "GRN-2026-00001"),
    ("UPDATE unmet_demand SET quantity = 1", "DSP-2026-00001"),
    ("DELETE FROM unmet_demand", "DSP-2026-00001"),
]
ORDER_CHANGES = [
    "UPDATE requisition_line SET packs = packs + 1",
    "UPDATE requisition_line SET amc = '9.99'",
    "UPDATE requisition_line SET note = 'x'",
    "DELETE FROM requisition_line",
    "UPDATE requisition SET made_on = '2026-01-01'",
    "UPDATE requisition SET supplier = 'x'",
    "UPDATE requisition SET seal = NULL",
]


@pytest.fixture
def busy(clinic: ReadyClinic) -> ReadyClinic:
    """A printed order, a delivery against it, and a dispensing that was short."""
    order = clinic.act(open_draft)
    clinic.act(add_line, order, clinic.items["AMOX"])
    clinic.act(change_line, order, clinic.items["AMOX"], 2, "CLINIC_KNOWS")
    clinic.act(print_order, order)
    clinic.receive(quantity=100, requisition_id=order, supplier="Warehouse")
    clinic.dispense(quantity=120, give_what_there_is=True)
    clinic.act(open_draft)
    assert clinic.check() == []
    return clinic


@pytest.mark.parametrize(("sql", "document"), CHANGES)
def test_a_change_beside_the_movements_is_noticed(
    busy: ReadyClinic, sql: str, document: str
) -> None:
    tamper(busy.database, sql)
    assert busy.check() == [BESIDE.replace("GRN-2026-00001", document)]


@pytest.mark.parametrize("sql", ORDER_CHANGES)
def test_a_printed_order_that_was_changed_is_noticed(busy: ReadyClinic, sql: str) -> None:
    tamper(busy.database, sql)
    assert "ORD-2026-00001: the order was changed after it was printed." in busy.check()


def test_a_guard_that_was_removed_is_named(busy: ReadyClinic) -> None:
    name = "receipt_no_DELETE" if busy.database.is_file else "receipt_fact"
    table = "" if busy.database.is_file else " ON receipt"
    with busy.database.write() as connection:
        connection.execute(text(f"DROP TRIGGER {name}{table}"))
    assert busy.check() == [
        f"The guard {name} is missing from the database: what is written could be changed without "
        "a refusal."
    ]


def test_a_guard_that_was_switched_off_is_named(busy: ReadyClinic) -> None:
    with busy.database.write() as connection:
        if busy.database.is_file:
            connection.execute(text("DROP TRIGGER movement_no_expired"))
            connection.execute(text("CREATE TRIGGER movement_no_expired BEFORE INSERT ON movement "
                                    "BEGIN SELECT 1; END"))  # fmt: skip
        else:
            connection.execute(text("ALTER TABLE movement DISABLE TRIGGER movement_no_expired"))
    (problem,) = busy.check()
    assert problem.startswith("The guard movement_no_expired is missing")
