"""Do first: rows painted in leading and trailing terms, one of them highlighted."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme
from desktop.direction import Side, after, before, draw_text, leading_part, trailing_part
from desktop.fonts import font
from desktop.icons import paint_icon
from desktop.pages.today.wording import Line
from desktop.widgets.tile import paint_block
from inventory.language import Language, plain

ROW = 64


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
        return QSize(theme.current().px(420), self._row() * (len(self.lines) + 1))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.current().px(360), theme.current().px(44) * (len(self.lines) + 1))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = int(event.position().y() // self._row())
        if row < len(self.lines):
            self.at = row
            self.act()

    def _row(self) -> int:
        """Rows shrink together when the window is low."""
        room = self.height() // (len(self.lines) + 1) if self.lines else self.height()
        return max(1, min(theme.current().px(ROW), room))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        high = self._row()
        for index, line in enumerate(self.lines):
            self._paint(painter, QRectF(0, index * high, self.width(), high), line, index)
        rest = QRectF(0, len(self.lines) * high, self.width(), theme.current().px(ROW))
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
        act = trailing_part(inside, px(120))
        self._paint_act(painter, act, line, index == self.at)
        words = before(after(inside, px(46)), px(128))
        half = row.height() / 2
        top = QRectF(words.left(), row.top() + half - px(24), words.width(), px(24))
        under = QRectF(words.left(), row.top() + half, words.width(), px(22))
        tell = self.language.tell
        draw_text(painter, top, tell(line.title), font(15, 600), look.color("ink"))
        draw_text(painter, under, tell(line.second), font(13), look.color("ink2"))

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
