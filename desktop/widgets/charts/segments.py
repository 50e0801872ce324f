"""How far a delivery is: one piece for each line, in the order of the list."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme
from desktop.direction import mirrored
from desktop.widgets.chip import STATES

_QUIET = frozenset({"waiting"})


class Segments(QWidget):
    """Keys of STATES; `words` is the finished sentence that says the same."""

    def __init__(self) -> None:
        super().__init__()
        self.states: tuple[str, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_states(self, states: Sequence[str], words: str) -> None:
        """Another list of lines."""
        self.states = tuple(states)
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.update()

    def sizeHint(self) -> QSize:
        px = theme.current().px
        return QSize(px(400), px(8))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.current().px(120), theme.current().px(8))

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.states:
            return
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        whole = QRectF(self.rect())
        step = whole.width() / len(self.states)
        gap = min(look.px(3), step / 4)
        for index, state in enumerate(self.states):
            box = QRectF(index * step, 0, step - gap, whole.height())
            token = "hairline" if state in _QUIET else f"{STATES[state].tone}.fill"
            painter.setBrush(look.color(token))
            radius = min(look.px(3), box.width() / 2)
            painter.drawRoundedRect(mirrored(box, whole), radius, radius)
        painter.end()
