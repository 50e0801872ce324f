"""A short list to choose from: arrows or the number on the cap move, Enter accepts."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from desktop import theme
from desktop.direction import (
    Side,
    after,
    alignment,
    before,
    draw_text,
    leading_part,
    text_width,
    together,
    trailing_part,
)
from desktop.fonts import font
from desktop.widgets.key_cap import cap_width, paint_cap
from inventory.domain.quantity import fold_digits
from inventory.language import plain

LOW, HIGH = 40, 54


@dataclass(frozen=True, slots=True)
class Row:
    """Finished words. `cap` is the digit that chooses it; a quiet row is past and cannot be had."""

    key: Hashable
    words: str
    second: str = ""
    trail: str = ""
    cap: str = ""
    quiet: bool = False


class ChoiceList(QWidget):
    """`moved(key)` when another row is highlighted, `accepted(key)` at Enter or a click on it.

    Rows without a highlight until `at` is set: nothing is chosen by accident.
    """

    moved = Signal(object)
    accepted = Signal(object)
    ended = Signal(int)

    def __init__(self, name: str = "") -> None:
        super().__init__()
        self.rows: tuple[Row, ...] = ()
        self.at = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)

    def set_rows(self, rows: Sequence[Row], at: int = -1) -> None:
        """Other rows; `at` is highlighted."""
        self.rows = tuple(rows)
        self.at = at if at < len(self.rows) else -1
        self._tell()
        self.updateGeometry()

    @property
    def key(self) -> Hashable:
        """The highlighted row's; None when there is none."""
        return self.rows[self.at].key if 0 <= self.at < len(self.rows) else None

    def go(self, at: int) -> None:
        """Highlight a row and tell it."""
        if not self.rows:
            return
        self.at = max(0, min(at, len(self.rows) - 1))
        self._tell()
        self._scroll()
        self.moved.emit(self.key)

    def _tell(self) -> None:
        row = self.rows[self.at] if 0 <= self.at < len(self.rows) else None
        self.setAccessibleDescription("" if row is None else plain(f"{row.words} {row.second}"))
        self.update()

    def _scroll(self) -> None:
        area = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if isinstance(area, QScrollArea):
            top, high = self._top(self.at), self._high(self.rows[self.at])
            inside = area.widget() or self
            middle = self.mapTo(inside, QPointF(10, top + high / 2).toPoint())
            area.ensureVisible(middle.x(), middle.y(), 0, high)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.at >= 0:
            self._scroll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1,
                 Qt.Key.Key_PageUp: -6, Qt.Key.Key_PageDown: 6}  # fmt: skip
        key = Qt.Key(event.key())
        digit = fold_digits(event.text())
        caps = [row.cap for row in self.rows]
        if key in steps:
            self._step(steps[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        ):
            self.accepted.emit(self.key)
        elif digit and digit in caps:
            self.go(caps.index(digit))
        else:
            super().keyPressEvent(event)

    def _step(self, rows: int) -> None:
        target = self.at + rows
        if self.at >= 0 and not 0 <= target < len(self.rows):
            self.ended.emit(1 if rows > 0 else -1)
        self.go(target if self.at >= 0 or rows > 0 else len(self.rows) - 1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        where = event.position().y()
        for at, row in enumerate(self.rows):
            if self._top(at) <= where < self._top(at) + self._high(row):
                self.setFocus(Qt.FocusReason.MouseFocusReason)
                again = at == self.at
                self.go(at)
                if again:
                    self.accepted.emit(self.key)
                return

    # Painting

    def _high(self, row: Row) -> int:
        return theme.current().px(HIGH if row.second or self._is_long(row) else LOW)

    def _is_long(self, row: Row) -> bool:
        """Whether the words need a second line beside cap and trail."""
        px = theme.current().px
        beside = cap_width(row.cap) + px(10) if row.cap else 0
        beside += text_width(row.trail, font(14)) + px(10) if row.trail else 0
        return text_width(row.words, font(15, 600)) > self.width() - px(22) - beside

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()

    def _top(self, at: int) -> int:
        return sum(self._high(row) for row in self.rows[:at])

    def sizeHint(self) -> QSize:
        return QSize(theme.current().px(240), self._top(len(self.rows)))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.current().px(160), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for at, row in enumerate(self.rows):
            room = QRectF(0, self._top(at), self.width(), self._high(row))
            self._paint_row(painter, room, row, here=at == self.at)
        if self.hasFocus() and self.rows:
            painter.setPen(QPen(look.color("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            ring = self._ring().adjusted(1, 1, -1, -1)
            painter.drawRoundedRect(ring, look.px(6), look.px(6))
        painter.end()

    def _ring(self) -> QRectF:
        """Around the highlighted row; around all while none is."""
        if self.at < 0:
            return QRectF(self.rect())
        return QRectF(0, self._top(self.at), self.width(), self._high(self.rows[self.at]))

    def _paint_row(self, painter: QPainter, room: QRectF, row: Row, *, here: bool) -> None:
        look = theme.current()
        px = look.px
        if here:
            painter.fillRect(room, look.color("accent_soft"))
            painter.fillRect(leading_part(room, px(4)), look.color("accent"))
        painter.setPen(QPen(look.color("hairline"), 1))
        painter.drawLine(
            QPointF(room.left(), room.bottom() - 0.5), QPointF(room.right(), room.bottom() - 0.5)
        )
        inside = before(after(room, px(12)), px(10))
        if row.cap:
            cap = cap_width(row.cap)
            colors = look.color("ink2"), look.color("edge" if here else "hairline")
            paint_cap(painter, leading_part(inside, cap), row.cap, *colors, look.color("surface"))
            inside = after(inside, cap + px(10))
        if row.trail:
            wide = text_width(row.trail, font(14)) + 2
            trail = trailing_part(inside, wide)
            draw_text(painter, trail, row.trail, font(14), look.color("ink2"), Side.TRAILING)
            inside = before(inside, wide + px(8))
        self._paint_words(painter, inside, row, here=here)

    def _paint_words(self, painter: QPainter, room: QRectF, row: Row, *, here: bool) -> None:
        look = theme.current()
        ink = look.color("ink2" if row.quiet else "ink")
        if not row.second and self._is_long(row):
            painter.setFont(font(15, 600 if here else 500))
            painter.setPen(ink)
            flags = alignment() | Qt.TextFlag.TextWordWrap
            painter.drawText(room, flags, together(row.words))
            return
        if not row.second:
            draw_text(painter, room, row.words, font(15, 600 if here else 500), ink)
            return
        half = room.height() / 2
        upper = QRectF(room.left(), room.top() + look.px(4), room.width(), half - look.px(2))
        lower = QRectF(room.left(), room.top() + half, room.width(), half - look.px(5))
        draw_text(painter, upper, row.words, font(15, 600), ink)
        draw_text(painter, lower, row.second, font(13), look.color("ink2"))

