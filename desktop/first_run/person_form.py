"""Who begins: a name and password that lock the new file, or a file that is not locked."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop import theme
from desktop.widgets.buttons import Button
from desktop.widgets.field import Field, TextField
from desktop.widgets.labels import label
from desktop.widgets.password_field import PasswordField
from desktop.widgets.segmented import Segmented
from inventory.domain.login import Login
from inventory.domain.passwords import LEAST_PASSWORD
from inventory.language import Language

LONGEST = 80
_LOCKED, _OPEN = "locked", "open"


class PersonForm(QWidget):
    """`finished` carries a Login, or None for a file that is not locked; `left` goes back."""

    finished = Signal(object)
    left = Signal()

    def __init__(self, words: Language) -> None:
        super().__init__()
        say, px = words.say, theme.current().px
        self.words = words
        self.name = TextField(say("Your name, as it should stand on papers"), longest=LONGEST)
        self.password = PasswordField(say("Password, at least {least} characters",
                                          least=LEAST_PASSWORD))  # fmt: skip
        self.again = PasswordField(say("The same password again"))
        self.ways = Segmented(
            [(_LOCKED, say("Locked with a password")), (_OPEN, say("Not locked"))], _LOCKED,
            name=say("The new file"),
        )  # fmt: skip
        self.about = label("", "second", wrap=True)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(px(14))
        for part in (self.name, self.password, self.again, Field(say("The new file"), self.ways),
                     self.about):  # fmt: skip
            stack.addWidget(part)
        row = QHBoxLayout()
        row.addWidget(Button(say("Back"), "Esc", icon="arrow-left", run=self.left.emit))
        row.addStretch(1)
        row.addWidget(Button(say("Begin"), "Ctrl+Enter", icon="check", role="finish",
                             run=self.finish))  # fmt: skip
        stack.addSpacing(px(8))
        stack.addLayout(row)
        self.name.entered.connect(self.password.line.setFocus)
        self.password.entered.connect(self.again.line.setFocus)
        self.again.entered.connect(self.finish)
        self.ways.changed.connect(lambda _: self._show())
        self._show()

    @property
    def is_locked(self) -> bool:
        return self.ways.chosen == _LOCKED

    def _show(self) -> None:
        for part in (self.name, self.password, self.again):
            part.setVisible(self.is_locked)
        say = self.words.say
        self.about.setText(
            say("You are the first manager and pharmacist; add the others under People. Nobody "
                "can open the file without a password, so print the paper key on the first day.")
            if self.is_locked else
            say("Anybody who has this computer or a copy of the file can read everything in it. "
                "Choose this only when the whole disk is encrypted.")
        )  # fmt: skip

    def write(self, login: Login) -> None:
        """The name that was written before."""
        self.name.set_text(login.name)

    def finish(self) -> None:
        """Hand over what was written; the services say what is wrong with it."""
        if not self.is_locked:
            self.finished.emit(None)
        elif not self.name.text:
            self.name.set_wrong(self.words.say("The name is empty. Write the name of the person."))
            self.name.line.setFocus()
        elif self.password.secret != self.again.secret:
            self.again.set_wrong(self.words.say("The two passwords are not the same."))
            self.again.line.setFocus()
        else:
            self.finished.emit(Login(self.name.text, self.password.secret))
