"""One section in the list at the side: an icon and a word, standing where the window reads."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton

from desktop import theme
from desktop.direction import after, draw_text, leading_part
from desktop.fonts import font
from desktop.icons import paint_icon

HIGH = 40


class SectionRow(QAbstractButton):
    """Checked while its section is open. Arrows in the empty field move from row to row."""

    def __init__(self, words: str, icon: str, width: int) -> None:
        super().__init__()
        self._icon = icon
        self.setText(words)
        self.setAccessibleName(words)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFixedSize(width, theme.current().px(HIGH))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        px = look.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        here = self.isChecked()
        box = QRectF(self.rect())
        if here or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("accent_soft" if here else "sunk"))
            painter.drawRoundedRect(box, px(8), px(8))
        inside = box.adjusted(px(12), 0, -px(8), 0)
        mark = leading_part(inside, px(18))
        icon = QRectF(mark.left(), box.center().y() - px(9), px(18), px(18))
        paint_icon(painter, icon, self._icon, look.color("accent" if here else "ink2"))
        color, weight = look.color("ink" if here else "ink2"), 600 if here else 500
        draw_text(painter, after(inside, px(28)), self.text(), font(15, weight), color)
        painter.end()
