"""What is done about people: somebody new, other roles, a new password, leaving, coming back."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QWidget
from shiboken6 import isValid

from desktop import theme
from desktop.act_sheet import ActSheet, column
from desktop.desk import Desk
from desktop.keys import Key
from desktop.people.acting import act_aside
from desktop.people.role_boxes import RoleBoxes
from desktop.rights import who_changes
from desktop.widgets.buttons import Button
from desktop.widgets.field import Field, TextField
from desktop.widgets.labels import icon_line, label
from desktop.widgets.password_field import PasswordField
from inventory.domain.roles import ROLES, Permission, Role
from inventory.domain.sentence import N_, Refused, Sentence, sentence
from inventory.domain.stamp import Stamp
from inventory.queries.people import PersonRow
from inventory.services import door
from inventory.services.entered import Entered
from inventory.services.people import change_roles

LONGEST = 40
HALF = 340


class PeopleSheet(ActSheet):
    """One act at a time; what was typed stays when it is refused."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.busy = False

    def act(
        self, use: Callable[..., object], *args: object, done: Sentence, wrong: Field | None = None
    ) -> None:
        """Do it beside the window, say `done` and close; a refusal stands under `wrong`."""
        if self.busy:
            return
        self.busy = True

        def finish(_: object) -> None:
            self.desk.done(done)
            if isValid(self):
                self.closed.emit()

        def failed(refusal: Refused) -> None:
            if isValid(self) and wrong is not None:
                self.busy = False
                wrong.set_wrong(self.desk.tell(refusal.sentence))
                wrong.setFocus()
            else:
                self.busy = False
                self.desk.refused(refusal)

        act_aside(self.desk, use, *args, done=finish, failed=failed)


class TwicePassword(QWidget):
    """The same secret typed twice, side by side."""

    def __init__(self, desk: Desk, words: str, again: str, then: Callable[[], object]) -> None:
        super().__init__()
        self._desk = desk
        self.first = PasswordField(words)
        self.again = PasswordField(again)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.current().px(14))
        row.addWidget(self.first, 1)
        row.addWidget(self.again, 1)
        self.first.entered.connect(self.again.line.setFocus)
        self.again.entered.connect(then)

    def read(self, differ: str) -> str | None:
        """What was typed; None, with `differ` under the second, when the two are not the same."""
        if self.first.secret == self.again.secret:
            return self.first.secret
        self.again.set_wrong(differ)
        self.again.line.setFocus()
        return None


def new_password(desk: Desk, then: Callable[[], object]) -> TwicePassword:
    """The two fields of a new password."""
    return TwicePassword(desk, desk.say("Password, at least 8 characters"),
                         desk.say("The same password again"), then)  # fmt: skip


def passwords_differ(desk: Desk) -> str:
    """What is said under the second field."""
    return desk.say("The two passwords are not the same.")


class NewPerson(PeopleSheet):
    """Somebody new, or with `back` somebody who had left."""

    def __init__(self, desk: Desk, back: PersonRow | None = None) -> None:
        super().__init__(desk)
        say = desk.say
        self.back = back
        self.name = TextField(say("Name, as it should stand on papers"),
                              "" if back is None else back.name, longest=LONGEST)  # fmt: skip
        self.secret = new_password(desk, self.finish)
        self.roles = RoleBoxes(desk, () if back is None else back.roles)
        self.name.entered.connect(self.secret.first.line.setFocus)
        parts = [self.secret, label(say("What this person does here"), "label"), self.roles]
        title = say("Add somebody")
        if back is None:
            parts.insert(0, self.name)
        else:
            title = say("{name} comes back", name=back.name)
        self.show_step(
            title,
            say("Tell the password only to this person, who changes it after signing in. A second "
                "person confirms this, if there is one."),
            column(*parts), say("Let this person in"), "account-plus-outline",
        )  # fmt: skip
        self.focus(self.name.line if back is None else self.secret.first.line)

    def finish(self) -> None:
        password = self.secret.read(passwords_differ(self.desk))
        if password is None:
            return
        name, roles = self.name.text, self.roles.chosen
        done = sentence("{name} can sign in from now on.", name=name)
        if self.back is None:
            self.act(door.add_person, name, roles, password, done=done, wrong=self.name)
        else:
            self.act(door.bring_back, self.back.id, roles, password, done=done,
                     wrong=self.secret.first)  # fmt: skip

    def keys(self) -> tuple[Key, ...]:
        return (*super().keys(), *role_keys(self.roles))


class OnePerson(PeopleSheet):
    """What somebody may do; for who looks after people also what can be changed about it."""

    def __init__(self, desk: Desk, person: PersonRow) -> None:
        super().__init__(desk)
        self.person = person
        self.may = desk.may(Permission.PEOPLE)
        self.roles = RoleBoxes(desk, person.roles, only_look=not (self.may and person.active))
        say, px = desk.say, theme.current().px
        if not self.may:
            told = icon_line("eye-outline", desk.tell(who_changes(Permission.PEOPLE)))
            self.show_step(person.name, "", column(told, self.roles))
            return
        row = QHBoxLayout()
        row.setSpacing(px(10))
        row.addWidget(Button(say("Give a new password"), "Alt+W", icon="form-textbox-password",
                             small=True, run=self.ask_password))  # fmt: skip
        row.addWidget(Button(say("Has left"), "Alt+X", icon="account-off-outline", small=True,
                             run=self.ask_to_leave))  # fmt: skip
        row.addStretch(1)
        acts = QWidget()
        row.setContentsMargins(0, 0, 0, 0)
        acts.setLayout(row)
        self.step = "roles"
        self.show_step(
            person.name, say("What this person does here. A second person confirms a change."),
            column(self.roles, acts), say("Keep these roles"),
        )  # fmt: skip
        self.focus(self.roles.boxes[0])

    def ask_password(self) -> None:
        """A password that this person changes again."""
        say, name = self.desk.say, self.person.name
        self.step = "password"
        self.secret = new_password(self.desk, self.finish)
        self.show_step(
            say("A new password for {name}", name=name),
            say("The old password opens nothing any more. {name} changes it after signing in. A "
                "second person confirms this, if there is one.", name=name),
            self.secret, say("Give this password"),
        )  # fmt: skip
        self.focus(self.secret.first.line)

    def ask_to_leave(self) -> None:
        """What it means, before it is done."""
        say, name = self.desk.say, self.person.name
        self.step = "leave"
        self.show_step(
            say("{name} has left", name=name),
            say("{name} can no longer sign in. The name stays on everything that was done. "
                "{name} can come back later with a new password.", name=name),
            QWidget(), say("Let nobody sign in as {name}", name=name), "account-off-outline",
        )  # fmt: skip
        self.setFocus()

    def finish(self) -> None:
        if not self.may:
            return
        person = self.person
        if self.step == "roles":
            done = sentence("{name} has these roles from now on.", name=person.name)
            self.act(_change_roles, person.id, self.roles.chosen, done=done)
        elif self.step == "leave":
            done = sentence("{name} can no longer sign in.", name=person.name)
            self.act(door.retire_person, person.id, done=done)
        else:
            password = self.secret.read(passwords_differ(self.desk))
            if password is not None:
                done = sentence("{name} has a new password.", name=person.name)
                self.act(door.change_password, person.id, password, done=done,
                         wrong=self.secret.first)  # fmt: skip

    def keys(self) -> tuple[Key, ...]:
        if not self.may:
            return ()
        own: tuple[Key, ...] = ()
        if self.step == "roles":
            own = (
                *role_keys(self.roles),
                Key("Alt+W", N_("Give a new password"), self.ask_password),
                Key("Alt+X", N_("Has left"), self.ask_to_leave),
            )
        return (*super().keys(), *own)


def role_keys(roles: RoleBoxes) -> tuple[Key, ...]:
    """Alt and a number for each role."""
    return tuple(Key(f"Alt+{number}", row.name, partial(roles.turn, number))
                 for number, row in enumerate(ROLES.values(), 1))  # fmt: skip


def _change_roles(
    entered: Entered, stamp: Stamp, person_id: int, roles: Collection[Role]
) -> None:
    entered.database.act(change_roles, stamp, person_id, roles)
