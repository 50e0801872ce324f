"""Where something goes: the places of the clinic, the first of them unless somebody chooses."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox

from inventory.queries.clinics import PlaceRow

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class PlaceBox(QComboBox):
    """`entered` at Enter. A wheel that passes over it changes nothing."""

    entered = Signal()

    def __init__(self, places: Sequence[PlaceRow]) -> None:
        super().__init__()
        for place in places:
            self.addItem(place.name, place.id)

    @property
    def chosen(self) -> int | None:
        """The id of the place; None when the clinic has none."""
        found = self.currentData()
        return found if isinstance(found, int) else None

    def show_place(self, place_id: int | None) -> None:
        """As kept; the first when nobody chose."""
        self.setCurrentIndex(max(self.findData(place_id), 0))

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and not event.modifiers():
            self.entered.emit()
        else:
            super().keyPressEvent(event)
