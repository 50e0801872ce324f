"""A paper before it is printed: languages are kept, printing never loses anything."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas

from desktop import printing
from desktop.desk import Desk
from desktop.news import NewsKind
from desktop.preview import Preview
from inventory.documents.codes import code_128, symbol_png
from inventory.domain.sentence import Refused
from inventory.language import Language
from tests.desktop.conftest import MakeDesk, MakeWindow
from tests.keyboard import press

NUMBER = "ORD-2026-00032"


def draw(first: Language, second: Language | None) -> bytes:
    """Two pages that say in which languages they are; the first carries the number."""
    from reportlab.lib.utils import ImageReader

    file = BytesIO()
    canvas = Canvas(file, pagesize=landscape(A4))
    canvas.drawString(100, 500, f"{first.code} {second.code if second else '-'}")
    png = BytesIO(symbol_png(code_128(NUMBER)))
    canvas.drawImage(ImageReader(png), 100, 300, 260, 60)
    canvas.showPage()
    canvas.drawString(100, 500, "page 2")
    canvas.showPage()
    canvas.save()
    return file.getvalue()


class Drawn(list[tuple[str, str]]):
    """Remembers the languages it was asked for."""

    def __call__(self, first: Language, second: Language | None) -> bytes:
        self.append((first.code, second.code if second else ""))
        return draw(first, second)


Sent = list[tuple[str, int]]


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> Sent:
    """Two printers that take everything."""
    papers: Sent = []

    def take(
        paper: bytes, printer: str = "", copies: int = 1,
        progress: Callable[[int, int], bool] | None = None,
    ) -> None:  # fmt: skip
        if progress is not None:
            progress(1, 2)
        papers.append((printer, copies))

    monkeypatch.setattr(printing, "printers", lambda: ("Laser", "Inkjet"))
    monkeypatch.setattr(printing, "print_paper", take)
    return papers


def shown(qtbot: QtBot, desk: Desk, **more: object) -> Preview:
    preview = Preview(desk, "Reorder form", Drawn(), "order.pdf", **more)  # type: ignore[arg-type]
    qtbot.addWidget(preview)
    preview.resize(1182, 650)
    preview.show()
    return preview


def test_the_languages_of_the_paper_are_kept_for_the_clinic(
    qtbot: QtBot, make_desk: MakeDesk
) -> None:
    desk = make_desk("ar")
    preview = shown(qtbot, desk)
    assert [x.code if x else "" for x in preview.panel.languages()] == ["ar", "en"]
    preview.panel.firsts.choose("en")
    assert [x.code if x else "" for x in preview.panel.languages()] == ["en", "ar"]
    preview.panel.seconds.choose("ckb")
    again = Drawn()
    other = Preview(desk, "Card", again, "card.pdf")
    qtbot.addWidget(other)
    assert again == [("en", "ckb")]
    preview.panel.seconds.choose("")
    assert preview.panel.languages()[1] is None


def test_an_english_clinic_prints_in_english_only(qtbot: QtBot, make_desk: MakeDesk) -> None:
    preview = shown(qtbot, make_desk("en"))
    assert [x.code if x else "" for x in preview.panel.languages()] == ["en", ""]
    assert preview.subtitle.words == "2 pages A4"


def test_the_symbols_on_the_page_are_read_back(qtbot: QtBot, make_desk: MakeDesk) -> None:
    preview = shown(qtbot, make_desk(), number=NUMBER)
    qtbot.waitUntil(lambda: not preview.panel.proof.isHidden())
    preview.view.turn_to(1)
    assert preview.panel.proof.isHidden()
    assert preview.subtitle.words == f"{NUMBER}, 2 pages A4"


def test_printing_tells_what_was_sent_and_remembers_the_printer(
    qtbot: QtBot, make_desk: MakeDesk, sent: Sent
) -> None:
    desk = make_desk()
    prepared: list[bool] = []
    preview = shown(qtbot, desk, prepare=lambda: prepared.append(True))
    preview.panel.printer.setCurrentText("Inkjet")
    preview.panel.copies.set_value(2)
    with qtbot.waitSignal(preview.printed):
        preview.print()
        preview.print()
    assert sent == [("Inkjet", 2)]
    assert prepared == [True]
    assert desk.said[-1].kind is NewsKind.DONE
    assert desk.tell(desk.said[-1].words) == "Sent to Inkjet: Reorder form"
    assert shown(qtbot, desk).panel.printer_name == "Inkjet"


@pytest.mark.parametrize("reason", ["The printer did not answer.", "The printer is on fire."])
def test_a_printer_that_does_not_answer_loses_nothing(
    qtbot: QtBot, make_desk: MakeDesk, sent: Sent, monkeypatch: pytest.MonkeyPatch, reason: str
) -> None:
    def silent(*_: object) -> None:
        raise Refused(reason)

    monkeypatch.setattr(printing, "print_paper", silent)
    desk = make_desk()
    preview = shown(qtbot, desk)
    preview.print()
    qtbot.waitUntil(lambda: bool(desk.said))
    assert desk.said[-1].kind is NewsKind.REFUSED
    assert desk.tell(desk.said[-1].words) == reason
    assert preview.print_button.isEnabled()
    assert preview.view.pages == 2


def test_without_a_printer_it_says_so(
    qtbot: QtBot, make_desk: MakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "printers", lambda: ())
    desk = make_desk()
    preview = shown(qtbot, desk)
    preview.print()
    qtbot.waitUntil(lambda: bool(desk.said))
    assert "No printer is set up" in desk.tell(desk.said[-1].words)


@pytest.mark.parametrize("copies", ["0", "100", "two"])
def test_copies_are_a_number(qtbot: QtBot, make_desk: MakeDesk, sent: Sent, copies: str) -> None:
    preview = shown(qtbot, make_desk())
    preview.panel.copies.line.setText(copies)
    with pytest.raises(Refused):
        preview.print()
    assert sent == []


def test_saving_writes_the_pages_and_the_workbook(
    qtbot: QtBot, make_desk: MakeDesk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked: list[str] = []

    def choose(parent: QWidget, title: str, name: str, kind: str) -> tuple[str, str]:
        asked.append(Path(name).name)
        return str(tmp_path / Path(name).name), kind

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    preview = shown(qtbot, make_desk(), workbook=lambda first, second: b"rows")
    preview.save()
    preview.export()
    assert asked == ["order.pdf", "order.xlsx"]
    assert (tmp_path / "order.pdf").read_bytes() == preview.paper
    assert (tmp_path / "order.xlsx").read_bytes() == b"rows"


@pytest.mark.parametrize("layout", ["us", "ara"])
def test_its_keys_are_heard_before_the_page_s(
    qtbot: QtBot, make_window: MakeWindow, sent: Sent, layout: str
) -> None:
    window = make_window("ar" if layout == "ara" else "en")
    page = window.page
    assert page is not None
    closed: list[bool] = []
    preview = Preview(window.desk, "Reorder form", Drawn(), "order.pdf")
    preview.closed.connect(lambda: closed.append(True))
    page.cover(preview)
    assert preview.view.hasFocus()
    page.told.clear()  # type: ignore[attr-defined]
    for chord in ("Ctrl+P", "Alt+B", "Ctrl+Z"):
        press(window, chord, layout)
    qtbot.waitUntil(lambda: len(sent) == 1)
    qtbot.waitUntil(preview.print_button.isEnabled)
    press(window, "Ctrl+Enter", layout)
    qtbot.waitUntil(lambda: len(sent) == 2)
    qtbot.waitUntil(preview.print_button.isEnabled)
    press(window, "PgDn", layout)
    assert preview.view.page == 1
    assert page.told == []  # type: ignore[attr-defined]
    press(window, "Esc", layout)
    assert page.front is None
    assert window.field.hasFocus()
    press(window, "Alt+B", layout)
    assert page.told == ["Alt+B"]  # type: ignore[attr-defined]


def test_going_elsewhere_takes_it_away(make_window: MakeWindow) -> None:
    window = make_window()
    page = window.page
    assert page is not None
    for leave in ("Ctrl+4", "Ctrl+1"):
        page = window.page
        assert page is not None
        page.cover(Preview(window.desk, "Card", Drawn(), "card.pdf"))
        press(window, leave)
        assert page.front is None
    page = window.page
    assert page is not None
    page.cover(Preview(window.desk, "Card", Drawn(), "card.pdf"))
    window.scanned("1234567890")
    assert page.front is None
