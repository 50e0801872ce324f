"""What stays of orders: printed, closed, looked at again, and there after a power cut."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from desktop.pages.order.details_panel import DetailsPanel
from desktop.pages.order.why_panel import WhyPanel
from desktop.preview import Preview
from inventory.exchange.table_file import read_table
from inventory.queries.proposal import on_order
from tests.journeys.order_desk import (
    AMOXICILLIN,
    GLOVES,
    PACKS,
    PARACETAMOL,
    Manager,
    Printer,
    close_window,
    open_window,
)


@pytest.fixture(scope="session")
def qapp_cls() -> type[QApplication]:
    return QApplication


def again(manager: Manager, tmp_path: Path, open_here: list[Manager]) -> Manager:
    """The power comes back: the same file in a new window, on the Order page."""
    code = manager.window.desk.language.code
    close_window(manager)
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    opened = open_window(
        application, tmp_path / "clinic.db", tmp_path / "desktop.json", code, manager.layout
    )
    open_here.append(opened)
    opened.press("Ctrl+5")
    return opened


def test_a_printer_that_does_not_answer(manager: Manager, printer: Printer, qtbot: QtBot) -> None:
    printer.answers = False
    manager.press("Ctrl+5", "Ctrl+Enter")
    qtbot.waitUntil(lambda: "did not answer" in manager.said)
    assert manager.said == (
        "ORD-2026-00001 is saved. The printer did not answer. Press Ctrl+P to try again."
    )
    assert [row.state for row in manager.saved] == ["printed"]
    printer.answers = True
    manager.press("Ctrl+P")
    qtbot.waitUntil(lambda: len(manager.papers) == 1)


def test_printing_from_the_preview_saves_the_order(manager: Manager, qtbot: QtBot) -> None:
    manager.press("Ctrl+5", "Alt+P")
    front = manager.page.front
    assert isinstance(front, Preview)
    assert [row.state for row in manager.saved] == ["draft"]
    manager.press("Ctrl+Enter")
    qtbot.waitUntil(lambda: len(manager.papers) == 1)
    assert [row.state for row in manager.saved] == ["printed"]
    qtbot.waitUntil(front.print_button.isEnabled)
    manager.press("Esc")
    assert manager.page.front is None
    assert manager.view.order.state == "printed"
    manager.press("Ctrl+Enter")
    assert manager.said == "ORD-2026-00001 is printed. Ctrl+P prints it again."


def test_orders_of_before_are_in_reach(manager: Manager, qtbot: QtBot) -> None:
    manager.press("Ctrl+5", "Ctrl+Enter")
    qtbot.waitUntil(lambda: len(manager.papers) == 1)
    manager.press("Ctrl+4", "Ctrl+5", "Alt+O")
    listed = manager.page.over
    assert listed is not None
    assert [row.order.state for row in listed.visible_rows()] == ["draft", "printed"]
    manager.press("Down", "Enter")
    assert manager.view.order.number == "ORD-2026-00001"
    manager.press("Ctrl+P")
    qtbot.waitUntil(lambda: len(manager.papers) == 2 and not manager.page.acts.is_printing)
    manager.press("Alt+X")
    assert manager.view.order.state == "closed"
    assert manager.ask(on_order, manager.window.desk.clinic.id) == {}
    manager.press("Ctrl+Z")
    assert manager.view.order.state == "printed"


def test_one_supplier_one_kind_and_when(manager: Manager) -> None:
    manager.press("Ctrl+5", "Alt+D")
    panel = manager.page.panel
    assert isinstance(panel, DetailsPanel)
    manager.press("Down")
    assert list(manager.packs) == [GLOVES]
    assert manager.view.order.supplier == "Al-Rafidain"
    manager.press("Tab", "Tab")
    manager.type("151226")
    manager.press("Enter", "Esc", "Ctrl+4", "Ctrl+5")
    assert list(manager.packs) == [GLOVES]
    assert str(manager.view.order.needed_by) == "2026-12-15"


def test_the_order_as_a_workbook(
    manager: Manager, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def choose(parent: QWidget, title: str, name: str, kind: str) -> tuple[str, str]:
        return str(tmp_path / Path(name).name), kind

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    manager.press("Ctrl+5", "Ctrl+E")
    path = tmp_path / "ORD-2026-00001.xlsx"
    cells = [cell for row in read_table(path).rows for cell in row.cells]
    assert all(code in cells for code in PACKS)
    assert manager.said == "Written to ORD-2026-00001.xlsx"


def test_edits_are_there_after_a_power_cut(
    manager: Manager, tmp_path: Path, open_here: list[Manager]
) -> None:
    manager.press("Ctrl+5")
    manager.type("9")
    manager.press("Enter", "2")
    manager.go_to(AMOXICILLIN)
    manager.type("50")
    manager.press("Enter")
    assert isinstance(manager.page.panel, WhyPanel)
    back = again(manager, tmp_path, open_here)
    try:
        assert back.packs == {**PACKS, PARACETAMOL: 9}
        assert isinstance(back.page.panel, WhyPanel)
        assert back.here == AMOXICILLIN
        back.press("4")
        assert back.packs == {**PACKS, PARACETAMOL: 9, AMOXICILLIN: 50}
        back.press("Ctrl+Z", "Ctrl+Z")
        assert back.packs == PACKS
        assert len(back.saved) == 1
    finally:
        close_window(back)


def test_nothing_is_lost_when_the_language_changes(manager: Manager) -> None:
    manager.press("Ctrl+5")
    manager.type("9")
    manager.press("Enter", "2")
    manager.window.desk.speak("fr")
    QApplication.processEvents()
    assert manager.packs == {**PACKS, PARACETAMOL: 9}
    assert manager.view.order.number == "ORD-2026-00001"
