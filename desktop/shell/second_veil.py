"""A second person confirms: over the pages, with the work under it as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop import theme
from desktop.shell.veil import Veil
from desktop.tasks import LongWork
from desktop.widgets.buttons import Button
from desktop.widgets.field import TextField
from desktop.widgets.labels import label
from desktop.widgets.password_field import PasswordField
from inventory.domain.quantity import fold_digits
from inventory.domain.sentence import Refused
from inventory.queries.people import PersonRow, confirmers, person_named
from inventory.services import door

if TYPE_CHECKING:
    from desktop.desk import Desk
    from desktop.session import Session
    from inventory.services.permits import NeedsSecond

LONGEST = 80


def ask_second(desk: Desk, session: Session, room: QWidget, needed: NeedsSecond) -> str:
    """The name of whoever confirmed. Raises Refused when nobody did."""
    veil = SecondVeil(desk, session, room, needed)
    loop = QEventLoop()
    veil.lifted.connect(loop.quit)
    room.destroyed.connect(loop.quit)
    loop.exec()
    if veil.confirmed_by:
        return veil.confirmed_by
    raise Refused("Nobody confirmed it, so nothing was changed.")


class SecondVeil(Veil):
    """`confirmed_by` is empty until somebody did."""

    def __init__(self, desk: Desk, session: Session, room: QWidget, needed: NeedsSecond) -> None:
        super().__init__(room)
        self.desk, self.session, self.needed = desk, session, needed
        self.confirmed_by = ""
        self.work: LongWork[PersonRow] | None = None
        self.can = desk.ask(confirmers, desk.user, needed.besides)
        known = [p.name for p in session.others if any(p.id == c.id for c in self.can)]
        offered = known[0] if len(known) == 1 else ""
        self.name = TextField(desk.say("Name of the second person"), offered, longest=LONGEST)
        self.secret = PasswordField(desk.say("Password or PIN of the second person"))
        self.name.entered.connect(self.secret.line.setFocus)
        self.secret.entered.connect(self.confirm)
        self.show_body(self._card())
        (self.secret if self.name.text else self.name).line.setFocus()

    def _card(self) -> QWidget:
        say, px = self.desk.say, theme.current().px
        card = QFrame()
        card.setProperty("role", "card")
        card.setFixedWidth(px(520))
        stack = QVBoxLayout(card)
        stack.setContentsMargins(px(28), px(24), px(28), px(24))
        stack.setSpacing(px(14))
        stack.addWidget(label(say("A second person confirms"), "title", wrap=True))
        stack.addWidget(label(self.desk.tell(self.needed.asked), "item", wrap=True))
        names = self.desk.language.listed([person.name for person in self.can])
        stack.addWidget(label(say("Look at it together. These people can confirm: {names}",
                                  names=names), "second", wrap=True))  # fmt: skip
        for part in (self.name, self.secret):
            stack.addWidget(part)
        row = QHBoxLayout()
        row.addWidget(Button(say("Not now"), "Esc", icon="close", run=self.lift))
        row.addStretch(1)
        row.addWidget(Button(say("Confirm"), "Enter", icon="check", role="finish",
                             run=self.confirm))  # fmt: skip
        stack.addLayout(row)
        return card

    def confirm(self) -> None:
        """With the password, or the PIN of somebody who showed a password before."""
        if self.work is not None:
            return
        name, secret = self.name.text, self.secret.secret
        if not name or not secret:
            (self.name if not name else self.secret).line.setFocus()
            return
        try:
            if self._knows_pin(name, fold_digits(secret)):
                return
        except Refused as refusal:
            self._wrong(self.desk.tell(refusal.sentence))
            return
        entered = self.session.entered
        self.work = LongWork(lambda _: door.confirm(entered, name, secret), self._done,
                             self._failed)  # fmt: skip
        self.work.start()

    def _knows_pin(self, name: str, pin: str) -> bool:
        """Whether it was a PIN, right or wrong; False when it has to be the password."""
        person = self.desk.ask(person_named, name)
        if person is None or not pin.isdecimal() or not self.session.takes_pin(person):
            return False
        if self.session.try_pin(self.desk, person, pin):
            self._done(person)
        else:
            self._wrong(self.desk.say("That is not the PIN."))
        return True

    def _done(self, person: PersonRow) -> None:
        self.work = None
        if not any(person.id == can.id for can in self.can):
            self._wrong(self.desk.say("{name} cannot confirm this. Somebody else has to.",
                                      name=person.name))  # fmt: skip
            return
        self.confirmed_by = person.name
        self.lift()

    def _failed(self, error: Exception) -> None:
        self.work = None
        if not isinstance(error, Refused):
            raise error
        self._wrong(self.desk.tell(error.sentence))

    def _wrong(self, words: str) -> None:
        self.secret.forget()
        self.secret.set_wrong(words)
        self.secret.line.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.work is None:
            self.lift()
        event.accept()
