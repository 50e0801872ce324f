"""Printing a PDF: its pages as images at the printer's own resolution, at their true size."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from desktop.paper_images import POINTS_PER_INCH, PaperImages
from inventory.domain.sentence import Refused

SHARPEST = 600
Progress = Callable[[int, int], bool]


def printers() -> tuple[str, ...]:
    """Names of the printers this computer knows, the usual one first; may be empty."""
    names = [str(name) for name in QPrinterInfo.availablePrinterNames()]
    usual = QPrinterInfo.defaultPrinterName()
    return tuple(sorted(names, key=lambda name: (name != usual, name.casefold())))


def print_paper(
    paper: bytes | Path, printer: str = "", copies: int = 1, progress: Progress | None = None
) -> None:
    """Print all pages; "" is the usual printer. `progress(done, pages)` may say False to stop.

    Refused with what to do when there is no printer or it does not answer.
    """
    known = printers()
    if not known:
        raise Refused("No printer is set up on this computer. The paper can be saved as PDF.")
    name = printer or known[0]
    if name not in known:
        raise Refused("The printer {printer} is not set up on this computer.", printer=name)
    device = QPrinter(QPrinter.PrinterMode.HighResolution)
    device.setPrinterName(name)
    _paint(device, paper, copies, progress)


def print_to_file(paper: bytes | Path, target: Path, progress: Progress | None = None) -> None:
    """The same through the printing system into a PDF of images; shows what a printer gets."""
    device = QPrinter(QPrinter.PrinterMode.HighResolution)
    device.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    device.setOutputFileName(str(target))
    device.setResolution(300)
    _paint(device, paper, 1, progress)


def _paint(device: QPrinter, paper: bytes | Path, copies: int, progress: Progress | None) -> None:
    with PaperImages(paper) as pages:
        device.setFullPage(True)
        device.setCopyCount(copies)
        _set_page(device, pages.size(0))
        painter = QPainter()
        if not painter.begin(device):
            raise Refused("The printer did not answer. Press Ctrl+P to try again.")
        try:
            _paint_pages(device, painter, pages, progress)
        finally:
            painter.end()


def _paint_pages(
    device: QPrinter, painter: QPainter, pages: PaperImages, progress: Progress | None
) -> None:
    for index in range(len(pages)):
        if index:
            _set_page(device, pages.size(index))
            device.newPage()
        size = pages.size(index)
        dots = device.resolution() / POINTS_PER_INCH
        image = pages.image(index, min(device.resolution(), SHARPEST) / POINTS_PER_INCH)
        # The true size, whatever the paper in the tray: bars of symbols keep their width.
        painter.drawImage(QRectF(0, 0, size.width() * dots, size.height() * dots), image)
        if progress is not None and not progress(index + 1, len(pages)):
            device.abort()
            return


def _set_page(device: QPrinter, size: QSizeF) -> None:
    across = size.width() > size.height()
    upright = size.transposed() if across else size
    page = QPageSize(upright, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    turned = QPageLayout.Orientation.Landscape if across else QPageLayout.Orientation.Portrait
    device.setPageLayout(QPageLayout(page, turned, QMarginsF(0, 0, 0, 0)))
