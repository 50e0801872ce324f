"""Whatever is changed behind the program's back, `check` names the document and the place."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import LargeBinary, Text

from inventory.domain.sentence import Refused
from inventory.domain.status import Status
from inventory.services.adjusting import change_status
from inventory.services.checking import rebuild
from inventory.storage import tables
from inventory.storage.tables.types import Day
from tests.ready_clinic import ReadyClinic, furnish
from tests.services.tampering import tamper

COLUMNS = [(name, column.name) for name in ("movement", "document", "lot")
           for column in getattr(tables, name).columns]  # fmt: skip
WHICH = {
    "movement": "seq = 2 AND clinic_id = 1",
    "document": "number = 'DSP-2026-00001' AND clinic_id = 1",
    "lot": "number = 'A1' AND clinic_id = 1",
}
NAMED = {"movement": "DSP-2026-00001", "document": "DSP-2026-00001", "lot": "GRN-2026-00001"}
# What names the document has gone, or says another: the place is named by what is around it.
ELSEWHERE = {
    ("movement", "clinic_id"): "entries 2 to 2 are missing",
    ("movement", "stream_id"): "entries 2 to 2 are missing",
    ("movement", "seq"): "entries 2 to 2 are missing",
    ("movement", "document_id"): "line 1 (movement 2): what it says was changed",
    ("document", "id"): "line 1 (movement 2): what it says was changed",
    ("document", "number"): "tampered: its heading, or what is written with it, was changed",
    ("lot", "id"): "GRN-2026-00001, line 1 (movement 1): what it says was changed",
}


@pytest.fixture
def busy(clinic: ReadyClinic) -> ReadyClinic:
    """A clinic with a receipt, two dispensings, a reversal, a change of status, and a neighbour."""
    clinic.receive(quantity=100)
    clinic.dispense(quantity=10)
    clinic.dispense(quantity=7)
    clinic.reverse("DSP-2026-00002")
    clinic.act(change_status, [clinic.held(quantity=5)], Status.QUARANTINED, "RECALL")
    furnish(clinic.database, "Al-Salam").receive("PARA", lot="P1")
    assert clinic.check() == []
    return clinic


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_a_change_of_any_column_is_noticed(busy: ReadyClinic, table: str, column: str) -> None:
    kind = getattr(tables, table).c[column].type
    new: object
    if isinstance(kind, Day):
        new = date(2025, 1, 2).isoformat()
    elif isinstance(kind, Text):
        new = "tampered"
    elif isinstance(kind, LargeBinary):
        new = bytes(32)
    else:
        new = 2 if column == "clinic_id" else 77
    tamper(busy.database, f'UPDATE {table} SET "{column}" = :new WHERE {WHICH[table]}', new=new)
    problems = busy.check()
    assert problems
    place = ELSEWHERE.get((table, column), NAMED[table])
    assert any(place in problem for problem in problems), problems


@pytest.mark.parametrize("removed", [1, 2, 3])
def test_a_movement_cut_out_is_noticed(busy: ReadyClinic, removed: int) -> None:
    tamper(busy.database, f"DELETE FROM movement WHERE seq = {removed} AND clinic_id = 1")
    problems = busy.check()
    missing = f"entries {removed} to {removed} are missing"
    assert any(missing in problem for problem in problems)


def test_a_tail_cut_off_is_noticed(busy: ReadyClinic) -> None:
    tamper(busy.database, "DELETE FROM movement WHERE seq >= 5 AND clinic_id = 1")
    problems = busy.check()
    assert "Al-Zuhoor: the end of the ledger is not where it was left; 4 entries are there, " \
           "6 were written." in problems  # fmt: skip


def test_a_document_cut_out_is_noticed(busy: ReadyClinic) -> None:
    tamper(busy.database, "DELETE FROM movement WHERE document_id IN "
           "(SELECT id FROM document WHERE kind = 'status')",
           "DELETE FROM document WHERE kind = 'status'")  # fmt: skip
    problems = busy.check()
    assert "Al-Zuhoor: STA-2026-00001 is missing from its numbers." in problems


def test_a_document_without_movements_is_sealed_too(clinic: ReadyClinic) -> None:
    clinic.dispense(quantity=5, give_what_there_is=True)
    tamper(clinic.database, "UPDATE document SET note = 'x'")
    assert clinic.check() == [
        "DSP-2026-00001: its heading, or what is written with it, was changed afterwards."
    ]


def test_rows_that_change_places_are_noticed(busy: ReadyClinic) -> None:
    tamper(busy.database, *(f"UPDATE movement SET seq = {new} WHERE seq = {old} AND clinic_id = 1"
                            for old, new in ((2, 900), (3, 2), (900, 3))))  # fmt: skip
    assert len(busy.check()) >= 2


def test_a_forged_movement_is_noticed(busy: ReadyClinic) -> None:
    tamper(busy.database, """
    INSERT INTO movement (clinic_id, stream_id, seq, uid, document_id, line, kind, item_id, lot_id,
      place_id, status, quantity, balance_after, happened_on, recorded_at, "user", previous_hash,
      hash)
    SELECT clinic_id, stream_id, 7, 'forged', document_id, line, kind, item_id, lot_id, place_id,
      status, -1, balance_after - 1, happened_on, recorded_at, "user", hash, hash
    FROM movement WHERE seq = 6 AND clinic_id = 1
    """, "UPDATE stream SET last_seq = 7 WHERE clinic_id = 1")  # fmt: skip
    assert any("movement 7" in problem for problem in busy.check())


def test_one_wrong_balance_is_told_once(busy: ReadyClinic) -> None:
    tamper(busy.database, "UPDATE movement SET balance_after = balance_after + 1 "
                          "WHERE seq >= 2 AND clinic_id = 1 AND status = 'usable'")  # fmt: skip
    said = [problem for problem in busy.check() if "the balance written then" in problem]
    assert len(said) == 1
    assert "DSP-2026-00001, line 1 (movement 2)" in said[0]


def test_nothing_is_made_anew_from_a_ledger_in_doubt(busy: ReadyClinic) -> None:
    tamper(busy.database, "UPDATE movement SET quantity = 90 WHERE seq = 1 AND clinic_id = 1")
    before = busy.stock()
    with pytest.raises(Refused, match="The ledger itself is damaged"), busy.database.write() as c:
        rebuild(c)
    assert busy.stock() == before


def test_caches_are_made_anew_although_a_note_was_changed(busy: ReadyClinic) -> None:
    tamper(busy.database, "UPDATE movement SET note = 'x' WHERE seq = 1 AND clinic_id = 1",
           "DELETE FROM stock")  # fmt: skip
    with busy.database.write() as connection:
        rebuild(connection)
    assert busy.on_hand() == 85
    (problem,) = busy.check()
    assert problem.startswith("GRN-2026-00001, line 1 (movement 1): what it says was changed")
