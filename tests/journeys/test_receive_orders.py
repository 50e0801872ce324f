"""Deliveries against an order, several of them at once, and what a power cut leaves."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtWidgets import QApplication

from desktop.news import NewsKind
from desktop.pages.receive import keeping
from desktop.preview import Preview
from inventory.domain.order_symbol import OrderLine, write_symbols
from inventory.queries.orders import order_lines, orders
from inventory.services.papers import goods_received_paper
from tests.journeys.receiving_bay import (
    AMOXICILLIN,
    CODE,
    GLOVES,
    ORDERED,
    OXYTOCIN,
    PARACETAMOL,
    TODAY,
    Storekeeper,
    close_bay,
    open_bay,
    pack,
)

ORDER = "ORD-2026-00001"
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def qapp_cls() -> type[QApplication]:
    return QApplication


def waiting(keeper: Storekeeper) -> int:
    """The number on the row of the rail."""
    return keeper.window._waiting.get("receive", 0)


def arrive(keeper: Storekeeper, code: str, packs: str, lot: str = "A1") -> None:
    keeper.scan(pack(code, lot, "280630"))
    keeper.type(packs)
    keeper.press("Enter")


# Against an order


def test_the_code_of_an_order_loads_what_should_come(keeper: Storekeeper) -> None:
    keeper.scan(ORDER)
    assert keeper.states == dict.fromkeys(ORDERED, "waiting")
    assert keeper.page.bay.delivery.paper.supplier == "DoH Nineveh"
    assert keeper.in_field


def test_every_line_says_what_is_short_extra_and_still_to_come(keeper: Storekeeper) -> None:
    keeper.scan(ORDER)
    arrive(keeper, AMOXICILLIN, "20")
    arrive(keeper, PARACETAMOL, "3")
    assert keeper.states == {AMOXICILLIN: "fine", PARACETAMOL: "waiting", OXYTOCIN: "waiting",
                             GLOVES: "waiting"}  # fmt: skip
    keeper.press("Alt+K")
    assert keeper.states[PARACETAMOL] == "short"
    arrive(keeper, OXYTOCIN, "16")
    assert keeper.states[OXYTOCIN] == "extra"
    keeper.press("Ctrl+Enter")
    preview = keeper.page.front
    assert isinstance(preview, Preview)
    assert preview.number == "GRN-2026-00001"
    paper = keeper.ask(
        goods_received_paper, keeper.window.desk.clinic.id, keeper.notes[0].id
    )
    differ = {line.code: line.difference for line in paper.lines}
    assert differ == {AMOXICILLIN: 0, PARACETAMOL: -2000, OXYTOCIN: 60, GLOVES: -1200}
    (order,) = keeper.ask(orders, keeper.window.desk.clinic.id)
    assert order.state == "partly_received"


def test_the_rest_of_an_order_comes_another_day(keeper: Storekeeper) -> None:
    keeper.scan(ORDER)
    for code in (AMOXICILLIN, OXYTOCIN):
        arrive(keeper, code, str(ORDERED[code]))
    keeper.press("Ctrl+Enter", "Esc")
    keeper.scan(ORDER)
    assert keeper.states == {PARACETAMOL: "waiting", GLOVES: "waiting"}
    arrive(keeper, PARACETAMOL, "5")
    keeper.press("Down", "Enter")
    keeper.type("12")
    keeper.press("Enter", "Enter", "Enter", "Ctrl+Enter")
    (order,) = keeper.ask(orders, keeper.window.desk.clinic.id)
    assert order.state == "closed"
    keeper.press("Esc")
    keeper.scan(ORDER)
    assert keeper.news.kind is NewsKind.REFUSED


def test_a_row_that_is_waited_for_takes_packs_batch_and_expiry(keeper: Storekeeper) -> None:
    keeper.scan(ORDER)
    keeper.type("20")
    keeper.press("Enter")
    keeper.write("A1")
    keeper.press("Enter")
    keeper.type("0628")
    keeper.press("Enter")
    assert keeper.came == {(AMOXICILLIN, "A1"): 2000}
    assert keeper.states[AMOXICILLIN] == "fine"


def test_one_symbol_of_our_own_order_is_enough(keeper: Storekeeper) -> None:
    lines = [OrderLine(code, 100) for code in ORDERED]
    first, *_ = write_symbols(ORDER, CODE, TODAY, lines, capacity=110)
    keeper.scan(first)
    assert keeper.states == dict.fromkeys(ORDERED, "waiting")


def test_all_symbols_of_another_s_order_are_needed(keeper: Storekeeper) -> None:
    coming = (AMOXICILLIN, PARACETAMOL, OXYTOCIN)
    lines = [OrderLine(code, 20_000) for code in coming]
    symbols = write_symbols("ORD-2026-00777", "ERB-002", TODAY, lines, capacity=90)
    assert len(symbols) == 3
    for part in (symbols[2], symbols[0], symbols[0]):
        keeper.scan(part)
    assert str(keeper.news.words) == "2 of 3 symbols of ORD-2026-00777 read. Scan the others."
    assert keeper.states == {}
    keeper.scan(symbols[1])
    assert keeper.states == dict.fromkeys(coming, "waiting")
    assert keeper.page.bay.delivery.paper.order_id is None


def test_a_damaged_symbol_is_said(keeper: Storekeeper) -> None:
    (symbol,) = write_symbols(ORDER, CODE, TODAY, [OrderLine(AMOXICILLIN, 100)])
    keeper.scan(symbol.replace("MED-0041", "MED-0047"))
    assert keeper.news.kind is NewsKind.REFUSED
    assert "damaged" in str(keeper.news.words)
    assert not keeper.page.bay.delivery.begun


def test_an_order_is_chosen_in_the_papers(keeper: Storekeeper) -> None:
    keeper.press("Alt+D")
    keeper.write("UNICEF")
    keeper.press("Enter", "Enter", "Enter", "Enter", "Enter", "2", "Enter")
    paper = keeper.page.bay.delivery.paper
    assert (paper.supplier, paper.order) == ("UNICEF", ORDER)
    assert keeper.states == dict.fromkeys(ORDERED, "waiting")
    assert keeper.page.sides.panel is None


def test_the_empty_page_leads_to_the_order(keeper: Storekeeper) -> None:
    keeper.press("Enter")
    assert keeper.states == dict.fromkeys(ORDERED, "waiting")


# Several at once


def test_several_deliveries_wait_in_the_list(keeper: Storekeeper) -> None:
    arrive(keeper, AMOXICILLIN, "2")
    assert waiting(keeper) == 1
    keeper.press("Alt+H")
    assert (keeper.rows, waiting(keeper)) == ([], 1)
    arrive(keeper, PARACETAMOL, "3")
    assert waiting(keeper) == 2
    keeper.press("Alt+H", "Alt+1")
    assert keeper.came == {(AMOXICILLIN, "A1"): 200}
    keeper.press("Ctrl+Enter", "Esc")
    assert waiting(keeper) == 1
    keeper.press("Alt+H")
    assert keeper.came == {(PARACETAMOL, "A1"): 3000}


def test_esc_never_loses_anything(keeper: Storekeeper) -> None:
    arrive(keeper, AMOXICILLIN, "2")
    keeper.press("Esc", "Esc", "Esc", "Ctrl+2", "Ctrl+3")
    assert keeper.came == {(AMOXICILLIN, "A1"): 200}
    keeper.press("Alt+D")
    keeper.write("WHO")
    keeper.press("Esc")
    assert keeper.page.bay.delivery.paper.supplier == "WHO"


# Power cuts


def test_after_a_power_cut_the_delivery_is_there(
    keeper: Storekeeper, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper.scan(ORDER)
    arrive(keeper, AMOXICILLIN, "2")
    arrive(keeper, OXYTOCIN, "3")
    code, layout = keeper.window.desk.language.code, keeper.layout
    close_bay(keeper, cut=True)
    monkeypatch.setattr(keeping, "RUN", "another running")
    again = open_bay(qapp, tmp_path / "clinic.db", tmp_path / "desktop.json", code, layout)
    assert again.came == {(AMOXICILLIN, "A1"): 200, (OXYTOCIN, "A1"): 30}
    assert again.news.kind is NewsKind.LOOK
    assert str(again.news.words).startswith("Restored after the power cut: delivery of 2 lines, ")
    again.press("Ctrl+Z")
    assert again.came == {(AMOXICILLIN, "A1"): 200, (OXYTOCIN, "A1"): 10}
    again.press("Ctrl+Enter")
    assert [note.number for note in again.notes] == ["GRN-2026-00001"]
    close_bay(again)


def test_closed_in_order_nobody_speaks_of_a_power_cut(
    keeper: Storekeeper, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    arrive(keeper, AMOXICILLIN, "2")
    code, layout = keeper.window.desk.language.code, keeper.layout
    close_bay(keeper)
    monkeypatch.setattr(keeping, "RUN", "another running")
    again = open_bay(qapp, tmp_path / "clinic.db", tmp_path / "desktop.json", code, layout)
    assert again.came == {(AMOXICILLIN, "A1"): 200}
    assert again.news.kind is NewsKind.CALM
    close_bay(again)


_SCANNING = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from desktop.app import make_application
from tests.journeys.receiving_bay import AMOXICILLIN, open_bay, pack

keeper = open_bay(make_application(), Path(sys.argv[1]), Path(sys.argv[2]), "en", "us")
for n in range(1, 1000):
    keeper.scan(pack(AMOXICILLIN, "A1", "280630"))
    print(n, flush=True)
"""


def test_a_killed_program_loses_no_scan_it_has_shown(
    keeper: Storekeeper, qapp: QApplication, tmp_path: Path
) -> None:
    close_bay(keeper)
    path, settings = tmp_path / "clinic.db", tmp_path / "desktop.json"
    with subprocess.Popen(
        [sys.executable, "-c", _SCANNING, str(path), str(settings)],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=ROOT,
    ) as scanning:  # fmt: skip
        assert scanning.stdout is not None
        shown = 0
        while shown < 7:
            shown = int(scanning.stdout.readline())
        time.sleep(0.01)
        scanning.send_signal(signal.SIGKILL)
        shown = max([shown, *map(int, scanning.stdout.read().split())])
    again = open_bay(qapp, path, settings, "en", "us")
    came = again.came[(AMOXICILLIN, "A1")] // 100
    assert shown <= came <= shown + 1
    assert str(again.news.words).startswith("Restored after the power cut: delivery of 1 line, ")
    close_bay(again)


def test_order_lines_follow_what_is_reversed(keeper: Storekeeper) -> None:
    keeper.scan(ORDER)
    arrive(keeper, AMOXICILLIN, "20")
    keeper.press("Ctrl+Enter", "Ctrl+Z", "1", "Enter")
    (order,) = keeper.ask(orders, keeper.window.desk.clinic.id)
    to_come = {line.item.code: line.to_come for line in keeper.ask(order_lines, order.id)}
    assert to_come[AMOXICILLIN] == 2000
