"""A locked window: nothing of the work can be seen, and a PIN or a password opens it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop import theme
from desktop.direction import Side
from desktop.icons import pixmap
from desktop.shell.over import Over
from desktop.tasks import LongWork
from desktop.widgets.buttons import Button
from desktop.widgets.field import TextField
from desktop.widgets.labels import label
from desktop.widgets.password_field import PasswordField
from inventory.domain.quantity import fold_digits
from inventory.domain.sentence import Refused
from inventory.services import door

if TYPE_CHECKING:
    from desktop.desk import Desk
    from desktop.session import Session
    from inventory.queries.people import PersonRow

LONGEST = 80
_CHORDS = tuple(f"Alt+{number}" for number in range(1, 7))


class Lock(Over):
    """`closed` when somebody sat down again."""

    closed = Signal()
    firm = True

    def __init__(self, desk: Desk, session: Session, room: QWidget) -> None:
        super().__init__(room)
        self.desk, self.session = desk, session
        self.person = session.person
        self.work: LongWork[PersonRow] | None = None
        self.card = QFrame()
        self.card.setProperty("role", "card")
        self.card.setFixedWidth(theme.current().px(440))
        self.inside = QVBoxLayout(self.card)
        middle, whole = QHBoxLayout(), QVBoxLayout(self)
        middle.addStretch(1)
        middle.addWidget(self.card)
        middle.addStretch(1)
        whole.addStretch(2)
        whole.addLayout(middle)
        whole.addStretch(3)
        self.ask(self.person)
        self.stand()

    def ask(self, person: PersonRow | None, wrong: str = "") -> None:
        """The PIN of that person, or a password; `person` None for anybody."""
        self.person = person
        px, say = theme.current().px, self.desk.say
        inner = QWidget()
        stack = QVBoxLayout(inner)
        stack.setContentsMargins(px(28), px(26), px(28), px(26))
        stack.setSpacing(px(14))
        mark = QLabel()
        mark.setPixmap(pixmap("lock-outline", 40, "accent", 2.0))
        mark.setAlignment(Qt.AlignmentFlag.AlignCenter)
        stack.addWidget(mark)
        title = say("Locked") if person is None else person.name
        stack.addWidget(label(title, "title", side=Side.CENTRE))
        self.by_pin = person is not None and self.session.takes_pin(person)
        self.name = TextField(say("Your name"), person.name if person else "", longest=LONGEST)
        self.name.setVisible(person is None)
        self.secret = PasswordField(say("PIN") if self.by_pin else say("Password"))
        for part in (self.name, self.secret):
            stack.addWidget(part)
        self.name.entered.connect(self.secret.line.setFocus)
        self.secret.entered.connect(self.enter)
        self.secret.line.textChanged.connect(self._typed)
        stack.addWidget(Button(say("Unlock"), "Enter", icon="lock-open-outline", role="finish",
                               run=self.enter))  # fmt: skip
        known = self.session.others if person is not None else []
        self.others = dict(zip(_CHORDS, known, strict=False))
        for chord, other in self.others.items():
            stack.addWidget(self._other(other, chord))
        if person is not None:
            stack.addWidget(Button(say("Somebody else"), "F2", icon="account-plus-outline",
                                   small=True, run=lambda: self.ask(None)))  # fmt: skip
        while self.inside.count():
            old = self.inside.takeAt(0)
            widget = old.widget() if old is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.inside.addWidget(inner)
        if wrong:
            self.secret.set_wrong(wrong)
        line = self.name.line if person is None else self.secret.line
        QTimer.singleShot(0, line, line.setFocus)

    def _other(self, person: PersonRow, chord: str) -> Button:
        return Button(person.name, chord, icon="account-circle-outline", small=True,
                      run=lambda: self.ask(person))  # fmt: skip

    def run(self, chord: str) -> bool:
        """Alt and a number: one of the others who are known here. F2: anybody."""
        if self.work is not None or chord not in (*self.others, "F2"):
            return False
        self.ask(self.others.get(chord))
        return True

    def _typed(self, text: str) -> None:
        """A PIN of the usual length needs no Enter."""
        pin = fold_digits(text)
        person = self.person if self.by_pin and pin.isdecimal() else None
        if person is not None and len(pin) == self.session.pin_length(person):
            self._try_pin(pin, again=False)

    def enter(self) -> None:
        """With what was typed."""
        if self.work is not None or not self.secret.secret:
            return
        if self.by_pin:
            self._try_pin(fold_digits(self.secret.secret), again=True)
        else:
            self._try_password()

    def _try_pin(self, pin: str, *, again: bool) -> None:
        person = self.person
        assert person is not None
        try:
            fits = self.session.try_pin(self.desk, person, pin)
        except Refused as refusal:
            self.ask(person, self.desk.tell(refusal.sentence))
            return
        if fits:
            self._sit_down(person)
        elif not self.session.takes_pin(person):
            self.ask(person, self.desk.say("Five wrong PINs. Type the password."))
        elif again:
            self.ask(person, self.desk.say("That is not the PIN."))

    def _try_password(self) -> None:
        name = self.person.name if self.person is not None else self.name.text
        entered, secret, person = self.session.entered, self.secret.secret, self.person
        self.secret.line.setEnabled(False)

        def failed(error: Exception) -> None:
            self.work = None
            if not isinstance(error, Refused):
                raise error
            self.ask(person, self.desk.tell(error.sentence))
            if person is None:
                self.name.set_text(name)

        self.work = LongWork(lambda _: door.confirm(entered, name, secret), self._sit_down, failed)
        self.work.start()

    def _sit_down(self, person: PersonRow) -> None:
        self.work = None
        self.session.sit_down(person)
        self.desk.take_over(person.name)
        self.go()
        self.closed.emit()
