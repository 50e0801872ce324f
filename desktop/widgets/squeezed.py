"""Buttons in a row that give way, the least needed first, before they widen the window."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QSizePolicy, QWidget

from desktop import theme

_PART = 68


class Squeezed(QWidget):
    """`first_to_go` are left out one after another while there is no room for all.

    What is left out must have a key of its own.
    """

    def __init__(
        self, parts: Sequence[QWidget], first_to_go: Sequence[QWidget], *, gap: int = 12
    ) -> None:
        super().__init__()
        self._parts = tuple(parts)
        self._first_to_go = tuple(first_to_go)
        self._gap = theme.current().px(gap)
        self._wanted: frozenset[QWidget] = frozenset()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self._gap)
        row.addStretch(1)
        for part in self._parts:
            row.addWidget(part)
            part.hide()

    def show_parts(self, wanted: Collection[QWidget]) -> None:
        """These, as far as there is room."""
        if frozenset(wanted) != self._wanted:
            self._wanted = frozenset(wanted)
            self.updateGeometry()
        self._fit()

    def _needed(self, parts: Collection[QWidget]) -> int:
        return sum(part.sizeHint().width() for part in parts) + self._gap * max(len(parts) - 1, 0)

    def _within(self, width: int) -> set[QWidget]:
        shown = set(self._wanted)
        for part in self._first_to_go:
            if self._needed(shown) <= width:
                break
            shown.discard(part)
        return shown

    def _fit(self) -> None:
        shown = self._within(self.width())
        for part in self._parts:
            part.setVisible(part in shown)

    def sizeHint(self) -> QSize:
        high = max((part.sizeHint().height() for part in self._parts), default=0)
        return QSize(self._needed(self._wanted), high)

    def minimumSizeHint(self) -> QSize:
        """A heading beside it is cut before the buttons go, down to its part of the width."""
        around = self.parentWidget()
        whole = 0 if around is None else around.width()
        least = max(theme.current().px(120), whole * _PART // 100)
        return QSize(min(self._needed(self._within(least)), least), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
        self.updateGeometry()
