"""A line of words that ends in an ellipsis when there is no room for all of it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from desktop.direction import align


class ElidedLabel(QLabel):
    """Asks for the room of all its words and lives with less; the whole is told on hovering."""

    def __init__(self, words: str = "", role: str = "") -> None:
        super().__init__()
        self.words = words
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        if role:
            self.setProperty("role", role)
        self.set_words(words)

    def set_words(self, words: str) -> None:
        """Other finished words."""
        self.words = words
        self.setAccessibleName(words)
        align(self)
        self._fit()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        wide = self.fontMetrics().horizontalAdvance(self.words)
        return QSize(wide + 2, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        cut = Qt.TextElideMode.ElideRight
        shown = self.fontMetrics().elidedText(self.words, cut, max(self.width(), 1))
        self.setText(shown)
        self.setToolTip(self.words if shown != self.words else "")
