"""Lock a plain file with a key: who opens it first, with what password, and what is kept."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop import theme
from desktop.restore.entering import go_in
from desktop.restore.second_form import SecondForm
from desktop.step_window import StepWindow
from desktop.trouble.page import TroublePage
from desktop.trouble.telling import Telling, Way
from desktop.widgets.buttons import Button
from desktop.widgets.field import TextField
from desktop.widgets.labels import label
from desktop.widgets.password_field import PasswordField
from inventory.domain.login import Login
from inventory.domain.sentence import N_, Sentence, sentence
from inventory.services.permits import NeedsSecond
from inventory.services.restoring import WayIn

if TYPE_CHECKING:
    from desktop.app import Program
    from inventory.exchange.progress import Progress
    from inventory.services.protecting import Protected

LONGEST = 40


class LockForm(QWidget):
    """A name and the same password twice."""

    def __init__(self, window: StepWindow, name: str, finish: Button) -> None:
        super().__init__()
        say, px = window.words.say, theme.current().px
        self.name = TextField(say("Your name, as it should stand on papers"), name,
                              longest=LONGEST, width=420)  # fmt: skip
        self.first = PasswordField(say("Password, at least 8 characters"), width=420)
        self.again = PasswordField(say("The same password again"), width=420)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(px(14))
        for part in (self.name, self.first, self.again):
            stack.addWidget(part)
        stack.addWidget(label(
            say("Whoever forgets the password needs the paper key. Print it right after this."),
            "second", wrap=True))  # fmt: skip
        foot: QHBoxLayout = window.foot(finish)
        stack.addSpacing(px(8))
        stack.addLayout(foot)
        self.name.entered.connect(self.first.line.setFocus)
        self.first.entered.connect(self.again.line.setFocus)
        self.again.entered.connect(finish.click)


class LockWindow(StepWindow):
    """The database is closed while this window stands."""

    def __init__(self, program: Program, address: str) -> None:
        super().__init__(program)
        self.address = address
        self.form: LockForm
        self.login: Login | None = None
        self.ask(program.preferences.now.user)

    def ask(self, name: str) -> None:
        """The form; again with the name when it was refused."""
        say = self.words.say
        self.back = self.open_again
        finish = Button(say("Lock this file"), "Ctrl+Enter", icon="lock-outline", role="finish",
                        run=self.lock)  # fmt: skip
        self.form = LockForm(self, name, finish)
        empty = self.form.name if not name else self.form.first
        self.show_step(
            self.form, title=say("Lock this file with a key"),
            about=say("Then only people with a password can read it. Nothing in it changes, and "
                      "the old file stays until you remove it."),
            focus=empty.line, back=self.open_again, finish=self.lock,
        )  # fmt: skip

    def open_again(self) -> None:
        """Back to work with the file as it is."""
        self.program.open_or_tell(self.address)

    def lock(self) -> None:
        """Do it, when both passwords are the same."""
        form = self.form
        if form.first.secret != form.again.secret:
            form.again.set_wrong(self.words.say("The two passwords are not the same."))
            form.again.line.setFocus()
            return
        self.login = Login(form.name.text, form.first.secret)
        self._lock(self.login, None)

    def _lock(self, login: Login, second: Login | None) -> None:
        """In a thread; the form comes back with the reason when it is refused."""
        from inventory.services.protecting import protect

        today, now = self.program.clock(), time.time_ns() // 1_000_000

        def work(_: Progress) -> Protected:
            name = "" if second is None else _confirmed(self.address, second)
            return protect(self.address, login.name, login.password, today, now, name)

        self.wait(self.words.say("Locking the file and comparing every row…"), work, self.tell,
                  lambda: self.ask(login.name))  # fmt: skip

    def _failed(self, error: Exception, again: Callable[[], object]) -> None:
        if isinstance(error, NeedsSecond) and self.login is not None:
            self.ask_second(error.sentence, self.login)
        else:
            super()._failed(error, again)

    def ask_second(self, needed: Sentence, login: Login) -> None:
        """Somebody else who works here confirms it."""
        say = self.words.say
        second, body = SecondForm(self.words, needed), QWidget()
        stack = QVBoxLayout(body)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(theme.current().px(18))
        stack.addWidget(second)
        self.back = self.open_again

        def finish() -> None:
            self._lock(login, second.login)

        second.entered.connect(finish)
        stack.addLayout(self.foot(Button(say("Lock this file"), "Ctrl+Enter", icon="lock-outline",
                                         role="finish", run=finish)))  # fmt: skip
        self.show_step(body, title=say("Lock this file with a key"), focus=second.name.line,
                       back=self.open_again, finish=finish)  # fmt: skip

    def tell(self, made: Protected) -> None:
        """What was done, what is kept, what to do now."""
        telling = Telling(
            sentence("The file is locked"),
            sentence("Every row was copied into a locked file and compared with the old one."),
            sentence("The old file is kept as {file}. Anybody can read it.",
                     file=made.old_file_kept.name),
            sentence("Print the paper key under Protection in Settings. Then remove the old "
                     "file there."),
            "lock-check-outline", "green",
        )  # fmt: skip
        ways = [Way(N_("Go on"), "lock-open-variant-outline", self.go_in)]
        page = TroublePage(self.words, telling, ways)
        self.show_step(page, focus=page, back=self.go_in)

    def go_in(self) -> None:
        """To work, with the password that was just chosen."""
        login, self.login = self.login, None
        go_in(self.program, self.address, WayIn(login))


def _confirmed(address: str, login: Login) -> str:
    """The name of who confirms, proven by the password. Raises Refused."""
    from inventory.services.people import authenticate
    from inventory.storage.opening import open_database

    database = open_database(address)
    try:
        with database.read() as connection:
            return authenticate(connection, login.name, login.password).name
    finally:
        database.close()
