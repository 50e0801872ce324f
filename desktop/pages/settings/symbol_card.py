"""A symbol to scan from the screen: black on white in every look, with a tick once it was read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QSizePolicy

from desktop import theme
from desktop.desk import Desk
from desktop.direction import Side, draw_text, fitting
from desktop.fonts import font
from desktop.icons import paint_icon

if TYPE_CHECKING:
    from inventory.documents.calibration import CalibrationSymbol

HIGH, BARS_HIGH = 176, 90
LOW, BARS_LOW = 128, 54
_WHITE = Qt.GlobalColor.white


class SymbolCard(QFrame):
    """`heard(text)` ticks it when that is what the symbol says."""

    def __init__(self, desk: Desk, number: int, symbol: CalibrationSymbol) -> None:
        super().__init__()
        from inventory.documents.codes import symbol as draw

        self._symbol = symbol
        self.read = False
        self._low = False
        self._words = desk.say("{number}. {what}", number=number, what=desk.say(symbol.tries))
        self._told = desk.say("read")
        drawn = draw(symbol.kind, symbol.text)
        self._rows = drawn.rows
        self._quiet = drawn.quiet
        self.setAccessibleName(self._words)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_low(self, low: bool) -> None:
        """Smaller, where there is little room."""
        if low != self._low:
            self._low = low
            self.updateGeometry()
            self.update()

    @property
    def _bars(self) -> int:
        return theme.current().px(BARS_LOW if self._low else BARS_HIGH)

    def heard(self, text: str) -> None:
        """A scan came; an AIM prefix before it does not matter."""
        if text == self._symbol.expected or text[3:] == self._symbol.expected:
            self.read = True
            self.update()

    def sizeHint(self) -> QSize:
        px = theme.current().px
        return QSize(px(160), px(LOW if self._low else HIGH))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        px = look.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(look.color("green" if self.read else "hairline"), 2 if self.read else 1)
        painter.setPen(pen)
        painter.setBrush(look.color("surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), px(10), px(10))
        self._paint_symbol(painter)
        top = px(12) + self._bars + px(18 if not self._low else 10)
        words = QRectF(px(6), top, self.width() - px(12), px(22))
        set_in = fitting(self._words, 14, 600, words.width())
        draw_text(painter, words, self._words, set_in, look.color("ink"), Side.CENTRE)
        if self.read:
            line = QRectF(0, top + px(21), self.width(), px(22))
            mark = QRectF(self.width() / 2 - px(34), line.top() + px(3), px(16), px(16))
            paint_icon(painter, mark, "check-circle", look.color("green"))
            draw_text(painter, line, self._told, font(14), look.color("green"), Side.CENTRE)
        painter.end()

    def _paint_symbol(self, painter: QPainter) -> None:
        """Whole pixels for each module, on white paper, so that scanners can read the screen."""
        px = theme.current().px
        rows = self._rows
        across, down = len(rows[0]) + 2 * self._quiet, len(rows)
        linear = down == 1
        module = max(1, min(int((self.width() - 8) // across),
                            across if linear else int(self._bars // (down + 2 * self._quiet))))
        module = min(module, 3) if linear else module
        wide = across * module
        high = self._bars if linear else (down + 2 * self._quiet) * module
        paper = QImage(wide, high, QImage.Format.Format_RGB32)
        paper.fill(_WHITE)
        ink = QPainter(paper)
        tall, top = (high, 0) if linear else (module, self._quiet * module)
        for y, row in enumerate(rows):
            for x, dark in enumerate(row):
                if dark:
                    ink.fillRect((x + self._quiet) * module, top + y * module, module, tall,
                                 Qt.GlobalColor.black)  # fmt: skip
        ink.end()
        painter.drawImage(int((self.width() - wide) / 2), px(14), paper)
