"""A manager's ordering day, by keys alone, in English and under an Arabic layout."""

from __future__ import annotations

import os

import pypdfium2
import pytest

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.news import NewsKind
from desktop.pages.order.why_panel import WhyPanel
from desktop.widgets.grid import Note
from inventory.queries.proposal import on_order, proposals
from inventory.services.paperwork import order_form_of
from tests.journeys.order_desk import (
    GLOVES,
    INSULIN,
    PACKS,
    PARACETAMOL,
    THINGS,
    TODAY,
    ZINC,
    Manager,
    gtin,
)


@pytest.fixture(scope="session")
def qapp_cls() -> type[QApplication]:
    return QApplication


def words_of(paper: bytes) -> str:
    """The text of a PDF, all pages."""
    pdf = pypdfium2.PdfDocument(paper)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in pdf)
    finally:
        pdf.close()


def test_unchanged_takes_two_keys(manager: Manager, qtbot: QtBot) -> None:
    manager.press("Ctrl+5")
    assert manager.packs == PACKS
    assert [row.state for row in manager.saved] == ["draft"]
    manager.press("Ctrl+Enter")
    assert manager.keys == 2
    qtbot.waitUntil(lambda: len(manager.papers) == 1)
    assert [row.state for row in manager.saved] == ["printed"]
    text = words_of(manager.papers[0])
    assert "ORD-2026-00001" in text
    assert all(code in text for code in PACKS)
    assert ZINC not in text
    qtbot.waitUntil(lambda: manager.said == "ORD-2026-00001 is saved and sent to Laser")
    assert manager.focus is manager.window.field


def test_one_edit_takes_six_keys(manager: Manager, qtbot: QtBot) -> None:
    manager.press("Ctrl+5")
    assert manager.here == PARACETAMOL
    manager.type("12")
    manager.press("Enter", "3", "Ctrl+Enter")
    assert manager.keys == 6
    qtbot.waitUntil(lambda: len(manager.papers) == 1)
    (line,) = (row.line for row in manager.view.lines if row.line.item.code == PARACETAMOL)
    assert (line.packs, line.proposed_packs, line.reason, line.changed_by) == (
        12, 3, "LATE_DELIVERY", "Salam"
    )  # fmt: skip


def test_the_next_proposal_counts_on_what_was_ordered(manager: Manager, qtbot: QtBot) -> None:
    manager.press("Ctrl+5", "Ctrl+Enter")
    qtbot.waitUntil(lambda: len(manager.papers) == 1)
    coming = manager.ask(on_order, manager.window.desk.clinic.id)
    assert sorted(coming.values()) == [74, 400, 3000, 4600]
    rows = manager.ask(proposals, manager.window.desk.clinic.id, TODAY)
    assert [row.proposal.packs for row in rows] == [0] * len(THINGS)
    manager.press("Ctrl+4", "Ctrl+5")
    assert manager.view.is_draft
    assert manager.view.order.number == "ORD-2026-00002"
    assert manager.packs == {}
    assert manager.page.stack.currentWidget() is manager.page.nothing


def test_own_words_as_a_reason(manager: Manager) -> None:
    manager.press("Ctrl+5")
    manager.go_to(INSULIN)
    manager.type("90")
    manager.press("Enter")
    assert isinstance(manager.page.panel, WhyPanel)
    manager.type("winter road", "us")
    manager.press("Enter")
    assert manager.packs[INSULIN] == 90
    row = next(r for r in manager.view.lines if r.line.item.code == INSULIN)
    assert (row.line.note, row.line.reason) == ("winter road", "")
    assert manager.said.endswith("changed from 74 to 90")
    shown = manager.page.sheets.grid.model.shown
    assert ["winter road" in row.words for row in shown if isinstance(row, Note)] == [True]
    assert manager.focus is manager.window.field


def test_a_figure_without_a_reason_is_not_printed(manager: Manager) -> None:
    manager.press("Ctrl+5")
    manager.type("9")
    manager.press("Ctrl+Enter")
    assert isinstance(manager.page.panel, WhyPanel)
    manager.press("Ctrl+Enter")
    assert "Say why first" in manager.said
    assert [row.state for row in manager.saved] == ["draft"]
    assert manager.papers == []
    manager.press("Esc")
    assert manager.page.panel is None
    assert manager.packs == PACKS


def test_the_proposed_figure_needs_no_reason(manager: Manager) -> None:
    manager.press("Ctrl+5")
    manager.type("9")
    manager.press("Enter", "1")
    assert manager.packs[PARACETAMOL] == 9
    manager.type("3")
    manager.press("Enter")
    assert manager.page.panel is None
    assert not manager.view.lines[0].changed


def test_back_to_the_proposal_and_undo(manager: Manager) -> None:
    manager.press("Ctrl+5")
    manager.type("9")
    manager.press("Enter", "2", "Alt+R")
    assert manager.packs[PARACETAMOL] == 3
    manager.press("Ctrl+Z")
    assert manager.packs[PARACETAMOL] == 9
    assert manager.view.lines[0].line.reason == "SEASON"
    manager.press("Ctrl+Z")
    assert manager.packs == PACKS
    assert not any(row.changed for row in manager.view.lines)
    manager.press("Alt+R")
    assert manager.said == "This line stands as it was proposed."


def test_text_in_a_figure_changes_nothing(manager: Manager) -> None:
    manager.press("Ctrl+5")
    manager.type("9")
    box = manager.page.sheets.editor
    assert isinstance(box, QLineEdit)
    box.setText("9x")
    box.setModified(True)
    manager.press("Enter")
    assert manager.window.desk.said[-1].kind is NewsKind.REFUSED
    assert manager.packs == PACKS


def test_a_scan_goes_to_the_line(manager: Manager) -> None:
    manager.press("Ctrl+5")
    manager.scan("]d201" + gtin(GLOVES))
    assert manager.here == GLOVES
    manager.type("8")
    manager.press("Enter", "1")
    assert manager.packs == {**PACKS, GLOVES: 8}


def test_a_scan_in_a_figure_never_types_into_it(manager: Manager) -> None:
    manager.press("Ctrl+5")
    manager.type("1")
    manager.scan("]d201" + gtin(GLOVES))
    assert isinstance(manager.page.panel, WhyPanel)
    manager.press("Esc")
    assert manager.packs == PACKS


def test_a_scan_of_another_item_offers_to_add_it(manager: Manager) -> None:
    manager.press("Ctrl+5")
    manager.scan("]d201" + gtin(ZINC))
    assert manager.window.desk.said[-1].kind is NewsKind.LOOK
    assert ZINC not in manager.packs
    manager.press("Alt+N")
    assert manager.here == ZINC
    manager.type("2")
    manager.press("Enter", "1")
    assert manager.packs[ZINC] == 2
    manager.press("Ctrl+Z", "Ctrl+Z")
    assert manager.packs == PACKS


def test_an_item_is_added_by_name(manager: Manager) -> None:
    manager.press("Ctrl+5", "Alt+N")
    manager.type("zinc" if manager.layout == "us" else "زنك")
    manager.press("Enter")
    assert manager.packs[ZINC] == 0
    assert manager.here == ZINC


def test_the_order_s_own_symbol_opens_it(manager: Manager, qtbot: QtBot) -> None:
    manager.press("Ctrl+5", "Ctrl+Enter")
    qtbot.waitUntil(lambda: len(manager.papers) == 1)
    clinic, order = manager.window.desk.clinic.id, manager.saved[0].id
    symbol = manager.ask(order_form_of, clinic, order).symbols[0]
    manager.press("Ctrl+4")
    manager.scan(symbol)
    assert manager.window.here == "order"
    assert manager.view.order.number == "ORD-2026-00001"
    assert manager.view.order.state == "printed"
    manager.press("Esc")
    assert manager.view.is_draft
    manager.scan("ORD-2026-00001")
    assert manager.view.order.state == "printed"
