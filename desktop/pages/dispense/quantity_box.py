"""The quantity of one line: large, to the right, in any digits."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent

from desktop import theme
from desktop.direction import Side
from desktop.widgets.field import LineBox

WIDE, HIGH = 92, 42


class QuantityBox(LineBox):
    """`arrived` when the cursor comes, `written(text)` at every key, `stepped` at Up and Down.

    While nobody types here it shows what will be given; with the cursor, what was asked for.
    """

    arrived = Signal()
    stepped = Signal(int)
    written = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__(side=Side.RIGHT)
        px = theme.current().px
        self.setFixedSize(px(WIDE), px(HIGH))
        self.setMaxLength(40)
        self.setAccessibleName(name)
        self.setStyleSheet(
            f"QLineEdit {{ font-size: {px(20)}px; font-weight: 600; padding: 0 {px(11)}px; }}"
            f"QLineEdit:focus {{ padding: 0 {px(10)}px; }}"
        )
        self._asked = ""
        self._given = ""
        self._writing = False
        self.textEdited.connect(self._wrote)
        self.left.connect(self._settle)

    def show_numbers(self, asked: str, given: str, *, wrong: bool) -> None:
        """What was asked and what will be given; never over what is being typed."""
        other = asked != self._asked
        self._asked, self._given = asked, given
        self.show_wrong(wrong)
        if not self.hasFocus():
            self.setText(given)
        elif other and not self._writing:
            self.put(asked)

    def put(self, asked: str) -> None:
        """Another number by a scan or a step back; ready to be typed over."""
        self._asked = asked
        self.setText(asked)
        self.selectAll()

    def _wrote(self, text: str) -> None:
        self._writing = True
        try:
            self.written.emit(text)
        finally:
            self._writing = False

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.ActiveWindowFocusReason:
            self.put(self._asked)
        self.arrived.emit()

    def _settle(self) -> None:
        if not self.hasFocus():
            self.setText(self._given)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        key = Qt.Key(event.key())
        if key in steps and not event.modifiers():
            self.stepped.emit(steps[key])
        else:
            super().keyPressEvent(event)
