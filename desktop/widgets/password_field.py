"""A field for a password: dots, and never offered again."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from desktop.widgets.field import TextField

LONGEST = 200


class PasswordField(TextField):
    """`secret` is what was typed, spaces and all."""

    def __init__(self, words: str, *, width: int = 0) -> None:
        super().__init__(words, width=width, longest=LONGEST)
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        hints = Qt.InputMethodHint
        self.line.setInputMethodHints(hints.ImhHiddenText | hints.ImhSensitiveData)

    @property
    def secret(self) -> str:
        """Nothing is taken off a password."""
        return self.line.text()

    def forget(self) -> None:
        """Empty it."""
        self.line.clear()
