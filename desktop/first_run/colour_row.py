"""The eight colours a clinic can be known by, as squares to choose from."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme
from desktop.direction import is_rtl, mirrored
from desktop.icons import paint_icon
from inventory.language import Language

_WIDE, _HIGH, _STEP = 44, 40, 52


class ColourRow(QWidget):
    """Left and Right move; the name of the colour is spoken."""

    changed = Signal(str)

    def __init__(self, words: Language, chosen: str = theme.DEFAULT_CLINIC_COLOUR) -> None:
        super().__init__()
        self._words = words
        self.chosen = theme.DEFAULT_CLINIC_COLOUR
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.choose(chosen)

    def choose(self, key: str) -> None:
        """Choose a colour by its key; an unknown one is the first."""
        known = key if key in theme.CLINIC_COLOURS else theme.DEFAULT_CLINIC_COLOUR
        changed, self.chosen = known != self.chosen, known
        self.setAccessibleDescription(self._words.say(theme.CLINIC_COLOURS[known].name))
        self.update()
        if changed:
            self.changed.emit(known)

    def sizeHint(self) -> QSize:
        px = theme.current().px
        return QSize(px(_STEP) * len(theme.CLINIC_COLOURS), px(_HIGH))

    def _box(self, index: int) -> QRectF:
        px = theme.current().px
        drawn = QRectF(index * px(_STEP), 0, px(_WIDE), px(_HIGH))
        return mirrored(drawn, QRectF(self.rect()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        onward = Qt.Key.Key_Left if is_rtl() else Qt.Key.Key_Right
        back = Qt.Key.Key_Right if is_rtl() else Qt.Key.Key_Left
        ways = {int(onward): 1, int(back): -1}
        keys = list(theme.CLINIC_COLOURS)
        if event.key() in ways:
            place = keys.index(self.chosen) + ways[event.key()]
            self.choose(keys[max(0, min(place, len(keys) - 1))])
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for index, key in enumerate(theme.CLINIC_COLOURS):
            if self._box(index).contains(event.position()):
                self.choose(key)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for index, key in enumerate(theme.CLINIC_COLOURS):
            box = self._box(index)
            here = key == self.chosen
            painter.setBrush(QColor(theme.clinic_shade(key, dark=look.dark)))
            ring = here and self.hasFocus()
            painter.setPen(QPen(look.color("ink"), 3) if ring else Qt.PenStyle.NoPen)
            painter.drawRoundedRect(box.adjusted(2, 2, -2, -2), look.px(8), look.px(8))
            if here:
                side = look.px(20)
                sign = QRectF(box.center().x() - side / 2, box.center().y() - side / 2, side, side)
                paint_icon(painter, sign, "check-bold", look.color("on_clinic"))
        painter.end()
