"""Pages of a PDF as images, for the preview and for printers."""

from __future__ import annotations

from pathlib import Path
from threading import RLock
from types import TracebackType

import pypdfium2
from PySide6.QtCore import QSizeF
from PySide6.QtGui import QImage

POINTS_PER_INCH = 72
_ONE_AT_A_TIME = RLock()
"""The library behind keeps state of its own: printing in a thread must not meet the preview."""


class PaperImages:
    """An open PDF; close it, or use it with `with`. Sizes are in points."""

    def __init__(self, paper: bytes | Path) -> None:
        with _ONE_AT_A_TIME:
            self._pdf = pypdfium2.PdfDocument(paper)

    def __len__(self) -> int:
        with _ONE_AT_A_TIME:
            return len(self._pdf)

    def __enter__(self) -> PaperImages:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        with _ONE_AT_A_TIME:
            self._pdf.close()

    def size(self, page: int) -> QSizeF:
        """Width and height of a page in points."""
        with _ONE_AT_A_TIME:
            width, height = self._pdf[page].get_size()
        return QSizeF(width, height)

    def image(self, page: int, scale: float) -> QImage:
        """The page, `scale` pixels for a point."""
        with _ONE_AT_A_TIME:
            sheet = self._pdf[page]
            try:
                bitmap = sheet.render(scale=scale, prefer_bgrx=True)
                form = QImage.Format.Format_RGB32
                view = QImage(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, form)
                # The bitmap's memory goes away with it.
                return view.copy()
            finally:
                sheet.close()
