"""The own password and the own PIN: both are asked for with the password there is."""

from __future__ import annotations

from desktop.act_sheet import column
from desktop.desk import Desk
from desktop.people.sheets import PeopleSheet, TwicePassword, new_password, passwords_differ
from desktop.widgets.labels import label
from desktop.widgets.password_field import PasswordField
from inventory.domain.sentence import N_, sentence
from inventory.domain.stamp import Stamp
from inventory.queries.people import PersonRow
from inventory.services import door
from inventory.services.entered import Entered
from inventory.services.people import set_pin

WIDE = 340
WHAT_FOR = N_(
    "A PIN is a quick way back to a locked desk where you showed your password before. It never "
    "opens the file."
)


class OwnPassword(PeopleSheet):
    """The password there is, and a new one twice."""

    def __init__(self, desk: Desk, person: PersonRow) -> None:
        super().__init__(desk)
        self.person = person
        say = desk.say
        self.now = PasswordField(say("Your password now"), width=WIDE)
        self.secret = new_password(desk, self.finish)
        self.now.entered.connect(self.secret.first.line.setFocus)
        self.show_step(
            say("Change my password"),
            say("From then on only the new password opens this file for you."),
            column(self.now, self.secret), say("Keep the new password"),
        )  # fmt: skip
        self.focus(self.now.line)

    def finish(self) -> None:
        password = self.secret.read(passwords_differ(self.desk))
        if password is not None:
            self.act(_change_own, self.person, self.now.secret, password,
                     done=sentence("Your password is changed."), wrong=self.now)  # fmt: skip


class OwnPin(PeopleSheet):
    """Six digits or more, twice; none when both are empty."""

    def __init__(self, desk: Desk, person: PersonRow) -> None:
        super().__init__(desk)
        self.person = person
        say = desk.say
        self.now = PasswordField(say("Your password"), width=WIDE)
        self.pin = TwicePassword(desk, say("PIN, at least 6 digits"), say("The same PIN again"),
                                 self.finish)  # fmt: skip
        self.now.entered.connect(self.pin.first.line.setFocus)
        parts = [self.now, self.pin]
        if person.has_pin:
            parts.append(label(say("Leave both empty to have no PIN any more."), "second",
                               wrap=True))  # fmt: skip
        self.show_step(say("My PIN"), say(WHAT_FOR), column(*parts), say("Keep this PIN"))
        self.focus(self.now.line)

    def finish(self) -> None:
        pin = self.pin.read(self.desk.say("The two PINs are not the same."))
        if pin is None:
            return
        if not pin and not self.person.has_pin:
            self.pin.first.set_wrong(self.desk.say("Type a PIN of at least 6 digits."))
            self.pin.first.line.setFocus()
            return
        done = sentence("Your PIN is kept.") if pin else sentence("You have no PIN any more.")
        self.act(_set_own_pin, self.person, self.now.secret, pin, done=done, wrong=self.now)


def _change_own(
    entered: Entered, stamp: Stamp, person: PersonRow, before: str, password: str
) -> None:
    """Whoever finds a desk unlocked cannot change a password without knowing it."""
    door.confirm(entered, person.name, before)
    door.change_password(entered, stamp, person.id, password)


def _set_own_pin(entered: Entered, stamp: Stamp, person: PersonRow, before: str, pin: str) -> None:
    door.confirm(entered, person.name, before)
    entered.database.act(set_pin, stamp, person.id, pin)
