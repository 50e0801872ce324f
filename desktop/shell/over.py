"""What stands over the whole window: nothing below it is reached by a key, a click or a scan."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid


class Over(QWidget):
    """`stand` puts it up, `go` takes it away. A `firm` one stays above those that are not."""

    firm = False

    def __init__(self, room: QWidget) -> None:
        super().__init__(room)
        self._before: QWidget | None = None
        self.setObjectName("room")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        room.installEventFilter(self)

    def stand(self) -> None:
        """Over everything, from now on."""
        self._before = QApplication.focusWidget()
        self._fill()
        self.show()
        self.raise_()
        _settle(self.parentWidget())

    def go(self) -> None:
        """Not there any more; the cursor goes back to where it was."""
        self.hide()
        _settle(self.parentWidget())
        before = self._before
        if before is not None and isValid(before) and before.isEnabled():
            before.setFocus()
        self.deleteLater()

    def move_to(self, room: QWidget) -> None:
        """The window was built anew under it."""
        self.setParent(room)
        room.installEventFilter(self)
        self._before = None
        self._fill()
        self.show()
        self.raise_()
        _settle(room)

    def run(self, chord: str) -> bool:
        """Do what a chord means here. False when it means nothing."""
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Nothing reaches what is covered."""
        event.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self.parentWidget():
            self._fill()
        return False

    def _fill(self) -> None:
        room = self.parentWidget()
        if room is not None:
            self.setGeometry(room.rect())


def standing(room: QWidget) -> list[Over]:
    """Everything that stands over a room, the lowest first."""
    return [child for child in room.children() if isinstance(child, Over) and not child.isHidden()]


def _settle(room: QWidget | None) -> None:
    """Only the uppermost can be used: Tab does not find a way into what is disabled."""
    if room is None:
        return
    there = standing(room)
    top = next(reversed([over for over in there if over.firm] or there), None)
    if top is not None:
        top.raise_()
    for part in room.children():
        if isinstance(part, QWidget):
            part.setEnabled(top is None or part is top)
