"""Up to five choices side by side; the chosen one is a white key, the blue ring is for focus."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QSizePolicy

from desktop import theme
from desktop.direction import Side, draw_text, is_rtl, text_width
from desktop.fonts import font

HIGH = 38


class _Segment(QAbstractButton):
    def __init__(self, key: str, words: str) -> None:
        super().__init__()
        self.key = key
        self.words = words
        self.setCheckable(True)
        self.setText(words.replace("&", "&&"))
        self.setAccessibleName(words)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.MinimumExpanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        px = theme.current().px
        return QSize(round(text_width(self.words, font(14, 600))) + px(16), px(HIGH - 6))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.isChecked()
        box = QRectF(self.rect())
        if chosen:
            painter.setPen(QPen(look.color("edge"), 1))
            painter.setBrush(look.color("surface"))
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), look.px(6), look.px(6))
        color = look.color("ink" if chosen else "ink2")
        weight = font(14, 600 if chosen else 500)
        draw_text(painter, box, self.words, weight, color, Side.CENTRE)
        painter.end()


class Segmented(QFrame):
    """Choices as (key, finished words). Left and Right move, Space takes back when `optional`."""

    changed = Signal(str)

    def __init__(
        self,
        choices: Sequence[tuple[str, str]],
        chosen: str = "",
        *,
        optional: bool = False,
        name: str = "",
    ) -> None:
        super().__init__()
        self.optional = optional
        self.setProperty("role", "sunk")
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        px = theme.current().px
        row = QHBoxLayout(self)
        row.setContentsMargins(px(3), px(3), px(3), px(3))
        row.setSpacing(px(2))
        self._segments = [_Segment(key, words) for key, words in choices]
        for segment in self._segments:
            segment.clicked.connect(lambda _=False, s=segment: self._clicked(s))
            row.addWidget(segment, 1)
        self.chosen = ""
        self._show(chosen)

    def choose(self, key: str) -> None:
        """Choose by key ("" for none) and tell it."""
        if key != self.chosen:
            self._show(key)
            self.changed.emit(key)

    def choose_number(self, number: int) -> None:
        """The first is 1."""
        if 1 <= number <= len(self._segments):
            self.choose(self._segments[number - 1].key)

    def _show(self, key: str) -> None:
        self.chosen = key
        words = ""
        for segment in self._segments:
            segment.setChecked(segment.key == key)
            if segment.key == key:
                words = segment.words
        self.setAccessibleDescription(words)

    def _clicked(self, segment: _Segment) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        again = segment.key == self.chosen
        segment.setChecked(True)
        self.choose("" if again and self.optional else segment.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        onward = Qt.Key.Key_Left if is_rtl() else Qt.Key.Key_Right
        back = Qt.Key.Key_Right if is_rtl() else Qt.Key.Key_Left
        if event.key() == onward:
            self._step(1)
        elif event.key() == back:
            self._step(-1)
        elif event.key() == Qt.Key.Key_Space and self.optional:
            self.choose("")
        else:
            event.ignore()

    def _step(self, way: int) -> None:
        keys = [segment.key for segment in self._segments]
        if self.chosen in keys:
            place = min(max(keys.index(self.chosen) + way, 0), len(keys) - 1)
        else:
            place = 0 if way > 0 else len(keys) - 1
        self.choose(keys[place])

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            look = theme.current()
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(look.color("accent"), 2))
            ring = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            painter.drawRoundedRect(ring, look.px(8), look.px(8))
            painter.end()
