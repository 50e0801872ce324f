"""Connect this desk to the server of the clinic: the file, its twelve words, who signs in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop import theme
from desktop.restore.entering import go_in
from desktop.step_window import StepWindow
from desktop.widgets.buttons import Button
from desktop.widgets.field import TextField
from desktop.widgets.labels import label
from desktop.widgets.password_field import PasswordField
from inventory.domain.login import Login
from inventory.services.restoring import WayIn

if TYPE_CHECKING:
    from desktop.app import Program

LONGEST, LONGEST_WORDS = 80, 400
_CARD = 560


class ConnectForm(QWidget):
    """The words of the file, then a name and password at the server."""

    def __init__(self, window: StepWindow, words: str, name: str, finish: Button) -> None:
        super().__init__()
        say, px = window.words.say, theme.current().px
        self.words = TextField(say("The 12 words, or their 12 numbers"), words,
                               longest=LONGEST_WORDS)  # fmt: skip
        self.name = TextField(say("Your name in that clinic"), name, longest=LONGEST)
        self.password = PasswordField(say("Password"))
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(px(14))
        for part in (self.words, self.name, self.password):
            stack.addWidget(part)
        stack.addWidget(label(
            say("Where nobody signs in yet, leave name and password empty."), "second", wrap=True,
        ))  # fmt: skip
        stack.addLayout(window.foot(finish))
        self.words.entered.connect(self.name.line.setFocus)
        self.name.entered.connect(self.password.line.setFocus)
        self.password.entered.connect(finish.click)

    @property
    def login(self) -> Login | None:
        """Who signs in; None when nothing was written."""
        if not self.name.text and not self.password.secret:
            return None
        return Login(self.name.text, self.password.secret)


class ConnectWindow(StepWindow):
    """One form; when the server has let somebody in, on to the window of the clinic."""

    def __init__(self, program: Program, file: Path) -> None:
        super().__init__(program)
        self.file = file
        self.form: ConnectForm
        self.login: Login | None = None
        self.ask()

    def ask(self, words: str = "", name: str = "") -> None:
        """The form; again with what was written, but not the password, when it was refused."""
        say = self.words.say
        self.back = self.program.ask_first
        finish = Button(say("Connect"), "Ctrl+Enter", icon="lan-connect", role="finish",
                        run=self.connect_desk)  # fmt: skip
        self.form = ConnectForm(self, words, name, finish)
        first = self.form.words if not words else self.form.password
        self.show_step(
            self.form, title=say("Connect to the server"),
            about=say("{file} brings this desk to the server of your clinic. Its twelve words "
                      "were shown when it was made.", file=self.file.name),
            focus=first.line, back=self.back, finish=self.connect_desk, wide=_CARD,
        )  # fmt: skip

    def connect_desk(self) -> None:
        """In a thread; the form comes back with the reason when it is refused."""
        from inventory.services.connecting import connect_desk
        from inventory.storage.locations import data_folder

        words, login = self.form.words.text, self.form.login
        self.login = login
        self.wait(
            self.words.say("Connecting…"),
            lambda _: connect_desk(self.file, words, data_folder(), login),
            self.go_in,
            lambda: self.ask(words, "" if login is None else login.name),
        )

    def go_in(self, path: Path) -> None:
        """To work, with what was just typed."""
        login, self.login = self.login, None
        go_in(self.program, str(path), WayIn(login))
