"""One small database of every version that was ever in use: each opens, checks and works on."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from inventory.queries.clinics import clinics
from inventory.queries.documents import last_documents
from inventory.queries.items import all_items
from inventory.queries.orders import orders
from inventory.storage import opening
from inventory.storage.opening import open_database
from tests.ready_clinic import ReadyClinic

KEPT = sorted(Path(__file__).parent.glob("*.db.gz"))


def test_every_version_is_kept() -> None:
    assert tuple(path.name.split(".")[0] for path in KEPT) == opening.KNOWN


@pytest.mark.parametrize("kept", KEPT, ids=lambda path: path.name)
def test_an_old_database_opens_checks_and_works_on(kept: Path, tmp_path: Path) -> None:
    path = tmp_path / "amana.db"
    path.write_bytes(gzip.decompress(kept.read_bytes()))
    database = open_database(path)
    assert opening.version_of(database) == opening.KNOWN[-1]
    with database.read() as connection:
        (row,) = clinics(connection)
        items = {item.code: item.id for item in all_items(connection)}
    clinic = ReadyClinic(database, row.id, items)
    assert clinic.check() == []
    assert {code: clinic.on_hand(code) for code in items} == {
        "AMOX": 138, "DIES": 0, "GLOV": 30, "PARA": 0
    }  # fmt: skip
    assert [x.number for x in clinic.ask(last_documents, clinic.id, 3)] == [
        "GRN-2026-00003", "ADJ-2026-00001", "STA-2026-00001"
    ]  # fmt: skip
    assert [(x.number, x.state) for x in clinic.ask(orders, clinic.id)] == [
        ("ORD-2026-00001", "partly_received")
    ]
    clinic.dispense("AMOX", 138)
    assert clinic.check() == []
    database.close()
