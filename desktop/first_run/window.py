"""The window of the first questions."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.appearance import dress, teach
from desktop.first_run.choice_card import Choice
from desktop.first_run.choices import Choices
from desktop.first_run.clinic_form import ClinicForm
from desktop.first_run.files import free_path, practice_is_ready
from desktop.first_run.person_form import PersonForm
from desktop.icons import pixmap
from desktop.step_window import StepWindow
from desktop.widgets.buttons import Button
from desktop.widgets.labels import label
from inventory.domain.sentence import N_, Refused, Sentence
from inventory.language import TONGUES, language

if TYPE_CHECKING:
    from desktop.app import Program
    from inventory.domain.login import Login
    from inventory.services.entered import Entered
    from inventory.services.setting_up import SetUp

_WIDE = 820
_ORDER = ("ar", "ckb", "en", "fr")


class FirstRun(StepWindow):
    """Language, then where to begin. A refusal stands at the bottom in red."""

    def __init__(self, program: Program, refusal: Sentence | None = None) -> None:
        super().__init__(program)
        if program.preferences.now.language:
            self.ask_where()
        else:
            self.ask_language()
        if refusal is not None:
            self.refuse(refusal)

    # Steps

    def ask_language(self) -> None:
        """Four languages, each in itself and in its own direction."""
        choices = [self._language(code) for code in _ORDER]
        step = self._step(self._mark(), Choices(choices, columns=2))
        later = self.words.say("You can change it later in Settings.")
        self._show(step, f"{self._hint()}\u2003{later}", above=3)

    def _language(self, code: str) -> Choice:
        tongue = language(code)
        about = tongue.say("Pharmacy and store, kept in trust")
        return Choice(tongue.endonym, about, lambda: self._speak(code), rtl=TONGUES[code].rtl)

    def _speak(self, code: str) -> None:
        self.program.preferences.change(language=code)
        dress(self.program.application, theme.current(), rtl=language(code).rtl)
        teach(self.program.application, code)
        self.ask_where()

    def ask_where(self) -> None:
        """Practise, set up, or open a file."""
        say = self.words.say
        choices = Choices(
            [
                self._choice(N_("Practise first"), "school-outline", self.practise, N_(
                    "A made-up clinic with a year of history. Nothing you do there is real.")),
                self._choice(N_("Set up our clinic"), "hospital-building", self._new_clinic, N_(
                    "Name, language and item list. About five minutes, and you can stop half "
                    "way.")),
                self._choice(N_("I have a backup"), "backup-restore", self.program.ask_restore, N_(
                    "From a stick, with a password or the paper key. Also when a computer was "
                    "lost.")),
                self._choice(N_("Open a file we have"), "folder-open-outline", self.open_file, N_(
                    "A clinic file from another computer or a stick.")),
            ]
        )  # fmt: skip
        heading = self._heading(
            say("How do you want to begin?"),
            say("Nothing leaves this computer. No account, no internet."),
        )
        self._show(self._step(heading, choices), self._hint())

    def _choice(self, words: str, sign: str, run: Callable[[], object], about: str) -> Choice:
        say = self.words.say
        return Choice(say(words), say(about), run, sign, rtl=self.words.rtl)

    def _new_clinic(self) -> None:
        self.ask_clinic()

    def ask_clinic(self, written: SetUp | None = None) -> None:
        """The clinic's name and first list; again with what was written, when it was refused."""
        form = ClinicForm(self.words)
        if written is not None:
            form.write(written)
        form.left.connect(self.ask_where)
        form.finished.connect(self.ask_person)
        heading = self._heading(
            self.words.say("Set up our clinic"),
            self.words.say("Everything here can be changed later."),
        )
        self._show(self._step(heading, form), "")

    def ask_person(self, wanted: SetUp, login: Login | None = None) -> None:
        """Who begins, and the password that locks the file; again when it was refused."""
        form = PersonForm(self.words)
        if login is not None:
            form.write(login)
        form.left.connect(lambda: self.ask_clinic(wanted))
        form.finished.connect(lambda chosen: self.set_up(wanted, chosen))
        heading = self._heading(
            self.words.say("Who are you?"),
            self.words.say("Everybody here signs in with their own name and password."),
        )
        self._show(self._step(heading, form), "")

    # Acts

    def practise(self) -> None:
        """Make the practice clinic, or go on with today's."""
        from inventory.services.practice import make_practice
        from inventory.storage.locations import practice_database

        path = practice_database()
        today, now = self.program.clock(), time.time_ns() // 1_000_000
        if practice_is_ready(path, today):
            self.open(path)
            return
        self.wait(
            self.words.say("Making a year of history for the practice clinic…"),
            lambda progress: make_practice(path, today, now, progress.report),
            lambda _: self.open(path),
            self.ask_where,
        )

    def set_up(self, wanted: SetUp, login: Login | None = None) -> None:
        """Make the clinic's database in the user's own folder, locked by that login."""
        from inventory.storage.locations import default_database

        path = free_path(default_database())
        today, now = self.program.clock(), time.time_ns() // 1_000_000
        user = self.program.preferences.now.user
        said = self.words.say("Setting up {clinic}…", clinic=wanted.clinic)
        self.wait(
            said,
            lambda _: _made(path, wanted, today, now, user, login),
            lambda entered: self._go_in(path, entered),
            lambda: self.ask_person(wanted, login),
        )

    def _go_in(self, path: Path, entered: Entered | None) -> None:
        if entered is None:
            self.open(path)
        else:
            self.program.show_entered(entered)

    def open_file(self) -> None:
        """A clinic file from anywhere; a backup is restored."""
        title = self.words.say("Open a clinic file")
        chosen, _ = QFileDialog.getOpenFileName(
            self, title, str(Path.home()), "*.db *.amana *.server *.amana-connection"
        )
        if chosen.endswith(".amana"):
            self.program.ask_restore(Path(chosen))
        elif chosen:
            self.open(Path(chosen))

    def open(self, path: Path) -> None:
        """Open it, or say why not."""
        try:
            self.program.open(str(path))
        except Refused as refusal:
            self.program.tell_trouble(refusal, str(path))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        form = self.content.findChild(ClinicForm) or self.content.findChild(PersonForm)
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_Escape and self.work is None:
            self.ask_language() if form is None else form.left.emit()
        elif isinstance(form, (ClinicForm, PersonForm)) and enter and event.modifiers():
            form.finish()
        else:
            QWidget.keyPressEvent(self, event)

    # Drawing

    def _show(self, step: QWidget, hint: str, above: int = 2) -> None:
        px = theme.current().px
        self.work = None
        self.bar.hide()
        content = QWidget()
        stack = QVBoxLayout(content)
        stack.setContentsMargins(px(28), px(18), px(28), px(24))
        top = QHBoxLayout()
        top.addStretch(1)
        top.addWidget(self._language_button())
        told = QLabel(hint)
        told.setProperty("role", "second")
        told.setAlignment(Qt.AlignmentFlag.AlignCenter)
        stack.addLayout(top)
        stack.addStretch(above)
        # Stretches and no alignment: an aligned widget is not asked how high its words make it.
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(step)
        middle.addStretch(1)
        stack.addLayout(middle)
        stack.addStretch(3)
        stack.addWidget(told)
        self.change_to(content)
        forms = (step.findChild(kind) for kind in (Choices, ClinicForm, PersonForm))
        focus = next((found for found in forms if found is not None), None)
        target = focus.name.line if isinstance(focus, (ClinicForm, PersonForm)) else focus
        if isinstance(target, QWidget):
            QTimer.singleShot(0, target.setFocus)

    def _language_button(self) -> Button:
        button = Button(self.words.endonym, icon="translate", small=True, run=self.ask_language)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setVisible(bool(self.program.preferences.now.language))
        return button

    def _step(self, heading: QWidget, body: QWidget) -> QWidget:
        px = theme.current().px
        made = QWidget()
        made.setFixedWidth(px(_WIDE))
        stack = QVBoxLayout(made)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(px(28))
        stack.addWidget(heading)
        stack.addWidget(body)
        return made

    def _heading(self, title: str, about: str) -> QWidget:
        made = QWidget()
        stack = QVBoxLayout(made)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(theme.current().px(14))
        stack.addWidget(label(title, "first"))
        stack.addWidget(label(about, "subtitle"))
        return made

    def _mark(self) -> QWidget:
        px = theme.current().px
        made, mark = QWidget(), QLabel()
        mark.setProperty("role", "mark")
        mark.setFixedSize(px(56), px(56))
        mark.setAlignment(Qt.AlignmentFlag.AlignCenter)
        mark.setPixmap(pixmap("hand-heart-outline", 32, "on_accent", 2.0))
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(20))
        row.addStretch(1)
        row.addWidget(mark)
        for name in ("Amana", "أمانة"):
            told = QLabel(name)
            told.setProperty("role", "first")
            row.addWidget(told)
        row.addStretch(1)
        return made

    def _hint(self) -> str:
        return self.words.say("↑ ↓ and Enter, or a number")


def _made(
    path: Path, wanted: SetUp, today: date, now: int, user: str, login: Login | None
) -> Entered | None:
    """Make the file, and go in with the login when it has one."""
    from inventory.services.setting_up import set_up

    set_up(path, wanted, today, now, user, login)
    if login is None:
        return None
    from inventory.services.door import enter

    return enter(path, login.name, login.password)
