"""A manager's ordering day, by keys alone, in English and under an Arabic layout."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType

import pypdfium2
import pytest

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop import printing, theme
from desktop.appearance import dress
from desktop.news import NewsKind
from desktop.pages.order.details_panel import DetailsPanel
from desktop.pages.order.why_panel import WhyPanel
from desktop.preview import Preview
from desktop.widgets.grid import Note
from inventory.domain.sentence import Refused
from inventory.exchange.table_file import read_table
from inventory.queries.proposal import on_order, proposals
from inventory.services.paperwork import order_form_of
from tests.journeys.order_desk import (
    AMOXICILLIN,
    GLOVES,
    INSULIN,
    PACKS,
    PARACETAMOL,
    THINGS,
    TODAY,
    ZINC,
    Manager,
    close_window,
    furnish,
    gtin,
    open_window,
)

LANGUAGES = [("en", "us"), ("ar", "ara")]


@pytest.fixture(scope="session")
def qapp_cls() -> type[QApplication]:
    return QApplication


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("order") / "clinic.db"
    furnish(path)
    return path


class Printer:
    """Takes every paper until it is told not to answer."""

    def __init__(self) -> None:
        self.papers: list[bytes] = []
        self.answers = True

    def take(
        self, paper: bytes, printer: str = "", copies: int = 1,
        progress: Callable[[int, int], bool] | None = None,
    ) -> None:  # fmt: skip
        if not self.answers:
            raise Refused("The printer did not answer. Press Ctrl+P to try again.")
        self.papers.append(paper)


@pytest.fixture
def printer(monkeypatch: pytest.MonkeyPatch) -> Printer:
    made = Printer()
    monkeypatch.setattr(printing, "printers", lambda: ("Laser",))
    monkeypatch.setattr(printing, "print_paper", made.take)
    return made


@pytest.fixture
def open_here(monkeypatch: pytest.MonkeyPatch) -> list[Manager]:
    """The windows, last opened last. As in the program, a refusal no page caught is said."""
    windows: list[Manager] = []
    loud = sys.excepthook

    def hook(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
        if isinstance(fault, Refused) and windows:
            windows[-1].window.desk.refused(fault)
        else:
            loud(kind, fault, trace)

    monkeypatch.setattr(sys, "excepthook", hook)
    return windows


@pytest.fixture(params=LANGUAGES, ids=[code for code, _ in LANGUAGES])
def manager(
    qapp: QApplication, furnished: Path, tmp_path: Path, request: pytest.FixtureRequest,
    printer: Printer, open_here: list[Manager],
) -> Iterator[Manager]:  # fmt: skip
    """A window in each language and layout, over a database of its own."""
    code, layout = request.param
    path = tmp_path / "clinic.db"
    path.write_bytes(furnished.read_bytes())
    opened = open_window(qapp, path, tmp_path / "desktop.json", code, layout)
    opened.papers = printer.papers
    open_here.append(opened)
    yield opened
    if opened.program.window is not None:
        close_window(opened)
    dress(qapp, theme.LIGHT, rtl=False)


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
