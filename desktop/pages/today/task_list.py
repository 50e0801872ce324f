"""Do first: rows painted in leading and trailing terms, one of them highlighted."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme
from desktop.direction import (
    Side,
    after,
    before,
    draw_text,
    draw_wrapped,
    fitting,
    leading_part,
    text_width,
    trailing_part,
)
from desktop.fonts import font
from desktop.icons import paint_icon
from desktop.pages.today.wording import Line
from desktop.widgets.tile import paint_block
from inventory.language import Language, plain

ROW, LEAST, CALM = 64, 46, 42
TWO_LINES = 57
"""From this height on, a long second sentence is written on two lines."""


class TaskList(QWidget):
    """`chosen` carries the line whose act was asked for."""

    chosen = Signal(object)

    def __init__(self, language: Language) -> None:
        super().__init__()
        self.language = language
        self.lines: tuple[Line, ...] = ()
        self.calm = ""
        self.at = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def set_lines(self, lines: Sequence[Line], calm: str) -> None:
        """Other rows; `calm` is the finished sentence under the last one."""
        self.lines, self.calm = tuple(lines), calm
        self.at = min(self.at, max(len(self.lines) - 1, 0))
        tell = self.language.tell
        self.setAccessibleName(self.language.say("Do first"))
        said = [f"{tell(line.title)}. {tell(line.second)}" for line in self.lines]
        self.setAccessibleDescription(plain("\n".join([*said, calm])))
        self.updateGeometry()
        self.update()

    def step(self, rows: int) -> None:
        """Highlight another row."""
        if self.lines:
            self.at = max(0, min(len(self.lines) - 1, self.at + rows))
            self.update()

    def act(self) -> None:
        """The act of the highlighted row."""
        if self.lines:
            self.chosen.emit(self.lines[self.at])

    def sizeHint(self) -> QSize:
        px = theme.current().px
        return QSize(px(420), px(ROW) * len(self.lines) + px(CALM))

    def minimumSizeHint(self) -> QSize:
        """Under this the list scrolls."""
        px = theme.current().px
        return QSize(px(200), px(LEAST) * len(self.lines) + px(CALM))

    @property
    def here(self) -> QRect:
        """Where the highlighted row stands."""
        high = self._row()
        return QRect(0, self.at * high, self.width(), high)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = int(event.position().y() // self._row())
        if row < len(self.lines):
            self.at = row
            self.act()

    def _row(self) -> int:
        """Rows shrink together when the window is low."""
        px = theme.current().px
        room = self.height() - px(CALM)
        return max(px(LEAST), min(px(ROW), room // max(len(self.lines), 1)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        high = self._row()
        for index, line in enumerate(self.lines):
            self._paint(painter, QRectF(0, index * high, self.width(), high), line, index)
        top = len(self.lines) * high
        rest = QRectF(0, top, self.width(), min(high, max(self.height() - top, 1)))
        self._paint_calm(painter, rest)
        painter.end()

    def _paint(self, painter: QPainter, row: QRectF, line: Line, index: int) -> None:
        look = theme.current()
        px = look.px
        if index == self.at:
            painter.fillRect(row, look.color("accent_soft"))
            painter.fillRect(leading_part(row, px(4)), look.color("accent"))
        painter.setPen(QPen(look.color("hairline"), 1))
        painter.drawLine(row.bottomLeft(), row.bottomRight())
        inside = row.adjusted(px(17), 0, -px(17), 0)
        block = leading_part(inside, px(34))
        size = min(px(34), row.height() - px(8))
        paint_block(painter, QRectF(block.left(), row.center().y() - size / 2, size, size),
                    line.icon, line.tone)  # fmt: skip
        end = self._act_width(line)
        if line.act:
            self._paint_act(painter, trailing_part(inside, end), line, index == self.at)
        words = before(after(inside, px(46)), end + px(10))
        self._paint_words(painter, words, line)

    def _paint_words(self, painter: QPainter, room: QRectF, line: Line) -> None:
        """The title, and under it one line, or two where they fit."""
        look = theme.current()
        px = look.px
        title, second = self.language.tell(line.title), self.language.tell(line.second)
        set_in = fitting(title, 15, 600, room.width())
        fits = text_width(second, font(13)) <= room.width()
        lines = 1 if fits or room.height() < px(TWO_LINES) else 2
        high = px(22) + lines * px(17)
        top = room.top() + (room.height() - high) / 2
        one = QRectF(room.left(), top, room.width(), px(22))
        rest = QRectF(room.left(), top + px(22), room.width(), lines * px(17))
        draw_text(painter, one, title, set_in, look.color("ink"))
        if lines == 2:
            draw_wrapped(painter, rest, second, font(13), look.color("ink2"))
        else:
            small = fitting(second, 13, 400, rest.width())
            draw_text(painter, rest, second, small, look.color("ink2"))

    def _act_width(self, line: Line) -> float:
        """Act, chevron, and the Enter sign that the highlighted row shows; 0 without an act."""
        if not line.act:
            return 0
        px = theme.current().px
        return text_width(self.language.say(line.act), font(14, 600)) + px(52)

    def _paint_act(self, painter: QPainter, where: QRectF, line: Line, here: bool) -> None:
        look = theme.current()
        px = look.px
        end = before(where, px(24) if here else 0)
        mark = trailing_part(end, px(18))
        paint_icon(painter, _middle(mark, px(18)), "chevron-right", look.color("accent"))
        words = before(end, px(26))
        draw_text(painter, words, self.language.say(line.act), font(14, 600), look.color("accent"),
                  Side.TRAILING)  # fmt: skip
        if here:
            key = trailing_part(where, px(18))
            paint_icon(painter, _middle(key, px(16)), "keyboard-return", look.color("ink2"))

    def _paint_calm(self, painter: QPainter, row: QRectF) -> None:
        look = theme.current()
        px = look.px
        inside = row.adjusted(px(17), 0, -px(17), 0)
        mark = leading_part(inside, px(34))
        paint_icon(painter, _middle(mark, px(18)), "check", look.color("green"))
        draw_text(painter, after(inside, px(44)), self.calm, font(15), look.color("ink2"))


def _middle(where: QRectF, size: int) -> QRectF:
    centre = where.center()
    return QRectF(centre.x() - size / 2, centre.y() - size / 2, size, size)
