"""The four languages, each one click away."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop import theme
from desktop.widgets.buttons import Button
from inventory.language import TONGUES, language


class Tongues(QWidget):
    """The other languages by their own names; the one spoken is not offered."""

    def __init__(self, spoken: str, speak: Callable[[str], object]) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, theme.current().px(6), 0, 0)
        row.setSpacing(theme.current().px(8))
        row.addStretch(1)
        for code in TONGUES:
            if code != spoken:
                row.addWidget(self._button(code, speak))
        row.addStretch(1)

    def _button(self, code: str, speak: Callable[[str], object]) -> Button:
        made = Button(language(code).endonym, small=True, run=lambda: speak(code))
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return made
