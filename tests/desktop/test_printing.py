"""Papers on the screen and to the printer, at their true size."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas

from desktop import printing
from desktop.paper_images import PaperImages
from desktop.widgets.pdf_view import PdfView
from inventory.domain.sentence import Refused
from inventory.language import language
from tests.desktop.pictures import is_blank, picture
from tests.keyboard import press


@pytest.fixture(scope="module")
def paper() -> bytes:
    """Two pages across and one upright, each with a black square of an inch."""
    file = BytesIO()
    canvas = Canvas(file, pagesize=landscape(A4))
    for size in (landscape(A4), landscape(A4), A4):
        canvas.setPageSize(size)
        canvas.rect(72, 72, 72, 72, fill=1)
        canvas.drawString(200, 300, "Reorder form")
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def test_pages_turn_by_keys(look: None, qapp: QApplication, qtbot: QtBot, paper: bytes) -> None:
    view = PdfView(language("en"))
    qtbot.addWidget(view)
    view.show_paper(paper)
    turned: list[tuple[int, int]] = []
    view.turned.connect(lambda *told: turned.append(told))
    assert not is_blank(picture(view, 800, 500))
    for key in ("PgDn", "PgDn", "PgDn", "PgUp", "Home", "End"):
        press(view, key)
    assert turned == [(1, 3), (2, 3), (2, 3), (1, 3), (0, 3), (2, 3)]
    assert view.accessibleName() == "Page 3 of 3"
    view.close_paper()
    assert view.pages == 0


def test_the_page_is_painted_pixel_by_pixel(look: None, qtbot: QtBot, paper: bytes) -> None:
    view = PdfView(language("ar"))
    qtbot.addWidget(view)
    picture(view, 900, 600)
    view.show_paper(paper)
    small = view._sheet.image.width()
    view.zoom(2)
    assert view._sheet.image.width() > small * 1.4
    assert view._sheet.image.devicePixelRatio() == view.devicePixelRatioF()
    view.close_paper()


def test_a_computer_without_printers_says_so(
    look: None, paper: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "printers", lambda: ())
    with pytest.raises(Refused, match="No printer"):
        printing.print_paper(paper)
    monkeypatch.setattr(printing, "printers", lambda: ("Laser",))
    with pytest.raises(Refused, match="Inkjet is not set up"):
        printing.print_paper(paper, "Inkjet")


def test_the_paper_keeps_its_size(look: None, paper: bytes, tmp_path: Path) -> None:
    target = tmp_path / "printed.pdf"
    seen: list[tuple[int, int]] = []

    def progress(done: int, pages: int) -> bool:
        seen.append((done, pages))
        return True

    printing.print_to_file(paper, target, progress)
    assert seen == [(1, 3), (2, 3), (3, 3)]
    with PaperImages(target) as printed:
        assert len(printed) == 3
        assert [round(printed.size(i).width()) for i in range(3)] == [842, 842, 595]
        image = printed.image(0, 1.0)
    dark = [x for x in range(image.width()) if image.pixelColor(x, 595 - 108).lightness() < 100]
    assert abs(min(dark) - 72) <= 2
    assert abs(max(dark) - 143) <= 2


def test_an_image_has_the_asked_size(paper: bytes) -> None:
    with PaperImages(paper) as pages:
        image = pages.image(2, 2.0)
        assert (image.width(), image.height()) == (1191, 1684)
