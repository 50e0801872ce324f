"""The list that hangs under a box while somebody chooses; it never takes the focus."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop import theme
from desktop.direction import after, before, draw_text, leading_part
from desktop.fonts import font
from desktop.widgets.item_field import Choice
from inventory.language import plain

LOW, HIGH = 36, 50
MOST = 7


class ChoiceList(QWidget):
    """At most MOST rows around the highlighted one; `taken` tells the row that was clicked."""

    taken = Signal(int)

    def __init__(self, room: QWidget, name: str) -> None:
        super().__init__(room)
        self.choices: tuple[Choice, ...] = ()
        self.at = -1
        self._first = 0
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(name)

    def show_choices(self, choices: Sequence[Choice], at: int) -> None:
        """Other rows; `at` is highlighted, -1 for none."""
        self.choices = tuple(choices)
        self.go(at)

    def go(self, at: int) -> None:
        """Highlight another row."""
        self.at = max(-1, min(at, len(self.choices) - 1))
        if self.at >= 0:
            self._first = min(max(self._first, self.at - MOST + 1), self.at)
        self._first = max(0, min(self._first, len(self.choices) - MOST))
        here = self.choices[self.at] if self.at >= 0 else None
        self.setAccessibleDescription("" if here is None else plain(here.words))
        self.update()

    @property
    def choice(self) -> Choice | None:
        """The highlighted one."""
        return self.choices[self.at] if 0 <= self.at < len(self.choices) else None

    def hang(self, under: QWidget) -> None:
        """Below the box, or above it where the room below is too small."""
        room = self.parentWidget()
        assert room is not None
        px = theme.current().px
        high = self._row_high() * min(len(self.choices), MOST) + 2 * px(5)
        corner = under.mapTo(room, under.rect().bottomLeft())
        top = corner.y() + px(4)
        if top + high > room.height():
            top = max(0, corner.y() - under.height() - px(2) - high)
        self.setGeometry(corner.x(), top, under.width(), high)
        self.show()
        self.raise_()

    def _row_high(self) -> int:
        return theme.current().px(HIGH if any(c.second for c in self.choices) else LOW)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        inside = event.position().y() - theme.current().px(5)
        row = self._first + int(inside // self._row_high())
        if 0 <= row < len(self.choices):
            self.taken.emit(row)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        px = look.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(look.color("edge"), 1))
        painter.setBrush(look.color("surface"))
        painter.drawRoundedRect(whole, px(8), px(8))
        high = self._row_high()
        for place, choice in enumerate(self.choices[self._first : self._first + MOST]):
            row = QRectF(1, px(5) + place * high, self.width() - 2, high)
            self._paint_row(painter, row, choice, here=self._first + place == self.at)
        painter.end()

    def _paint_row(self, painter: QPainter, row: QRectF, choice: Choice, *, here: bool) -> None:
        look = theme.current()
        px = look.px
        if here:
            painter.fillRect(row, look.color("accent_soft"))
            painter.fillRect(leading_part(row, px(4)), look.color("accent"))
        inside = before(after(row, px(13)), px(8))
        words = inside
        if choice.second:
            middle = inside.center().y()
            words = QRectF(inside.left(), middle - px(21), inside.width(), px(22))
            under = QRectF(inside.left(), QPointF(0, middle).y(), inside.width(), px(20))
            draw_text(painter, under, choice.second, font(13), look.color("ink2"))
        draw_text(painter, words, choice.words, font(15, 600 if here else 400), look.color("ink"))
