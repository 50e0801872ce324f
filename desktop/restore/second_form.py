"""A second person confirms a restore: shown only when one is asked for."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop import theme
from desktop.widgets.field import TextField
from desktop.widgets.labels import label
from desktop.widgets.password_field import PasswordField
from inventory.domain.login import Login
from inventory.domain.sentence import Sentence
from inventory.language import Language

LONGEST = 80


class SecondForm(QWidget):
    """`login` is None while nobody was asked."""

    entered = Signal()

    def __init__(self, words: Language, needed: Sentence | None) -> None:
        super().__init__()
        self.needed = needed
        self.name = TextField(words.say("Name of the second person"), longest=LONGEST)
        self.password = PasswordField(words.say("Password of the second person"))
        self.name.entered.connect(self.password.line.setFocus)
        self.password.entered.connect(self.entered)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(theme.current().px(10))
        told = words.tell(needed) if needed is not None else ""
        stack.addWidget(label(told, "item", wrap=True))
        row = QHBoxLayout()
        row.setSpacing(theme.current().px(12))
        row.addWidget(self.name)
        row.addWidget(self.password)
        stack.addLayout(row)

    @property
    def login(self) -> Login | None:
        """Who confirms."""
        if self.needed is None:
            return None
        return Login(self.name.text, self.password.secret)
