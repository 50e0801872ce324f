"""scan: what a scanned text means, with and without a database."""

from __future__ import annotations

from typing import Any

import pytest

from inventory.command_line import context
from inventory.services.items import bind_barcode
from inventory.storage.database import Database
from inventory.storage.opening import open_database
from tests.command_line.terminal import Terminal

EMPTY: dict[str, Any] = {"gtin": None, "lot": None, "expiry": None, "production": None,
                         "serial": None, "count": None, "item": None, "warnings": []}  # fmt: skip
GTIN = "06285101000010"


@pytest.fixture
def learned(desk: Terminal) -> Terminal:
    """AMOX in boxes of 100 under a GTIN, and a shelf label of its own."""
    database: Database = open_database(desk.database)
    with database.write() as connection:
        bind_barcode(connection, GTIN, 1, 100, 0)
        bind_barcode(connection, "SHELF 7", 1, 1, 0)
    database.close()
    return desk


def test_a_datamatrix(learned: Terminal) -> None:
    scanned = f"]d201{GTIN}17280630" + "10A1\x1d" + "2199887"
    assert learned.run("scan", scanned) == EMPTY | {
        "kind": "gs1", "gtin": GTIN, "lot": "A1", "expiry": "2028-06-30", "serial": "99887",
        "item": "AMOX",
    }  # fmt: skip


def test_a_box(learned: Terminal) -> None:
    assert learned.run("scan", "6285101000010") == EMPTY | {
        "kind": "gtin", "gtin": GTIN, "item": "AMOX"
    }  # fmt: skip
    unknown = learned.run("scan", "4006381333931")
    assert (unknown["gtin"], unknown["item"]) == ("04006381333931", None)


def test_our_own_labels(learned: Terminal) -> None:
    assert learned.run("scan", "ITM-PARA")["item"] == "PARA"
    assert learned.run("scan", "ITM-NOPE")["item"] is None
    answer = learned.run("scan", "GRN-2026-00001")
    assert (answer["kind"], answer["document"]) == ("own", "GRN-2026-00001")


def test_what_was_learned_as_it_is(learned: Terminal) -> None:
    assert learned.run("scan", "SHELF 7") == EMPTY | {"kind": "unknown", "item": "AMOX"}


def test_a_bare_item_code_as_the_shelf_label_holds_it(learned: Terminal) -> None:
    assert learned.run("scan", "PARA") == EMPTY | {"kind": "own", "item": "PARA"}
    assert learned.run("scan", "PARA9")["kind"] == "unknown"
    database = open_database(learned.database)
    with database.write() as connection:
        bind_barcode(connection, "PARA", 1, 1, 0)
    database.close()
    assert learned.run("scan", "PARA")["item"] == "AMOX"


@pytest.mark.parametrize("text", ["", " ", "🙂", "\u202e", "x" * 10_000, "\x1d" * 50, "]d2", "-"])
def test_anything_can_be_scanned(desk: Terminal, text: str) -> None:
    answer = desk.run("scan", "--", text)
    assert set(answer) >= set(EMPTY) | {"kind"}
    assert answer["item"] is None


def test_an_order_is_read_back(desk: Terminal) -> None:
    from datetime import date

    from inventory.domain.order_symbol import OrderLine, write_symbols

    lines = [OrderLine("AMOX", 400), OrderLine("PARA", 3000)]
    (symbol,) = write_symbols("ORD-2026-00001", "MOS-014", date(2026, 11, 22), lines)
    answer = desk.run("scan", symbol)
    assert answer["kind"] == "order"
    assert answer["order"]["lines"] == [{"code": "AMOX", "quantity": 400},
                                        {"code": "PARA", "quantity": 3000}]  # fmt: skip


def test_a_scan_needs_no_database(
    capsys: pytest.CaptureFixture[str], tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    from inventory.command_line import main

    monkeypatch.setattr(context, "default_database", lambda: f"{tmp_path}/amana.db")
    assert main(["--json", "scan", "4006381333931"]) == 0
    assert '"kind": "gtin"' in capsys.readouterr().out
