"""People: who works here and may do what, the own password and PIN, when two people are asked."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from desktop import theme
from desktop.act_sheet import ActSheet
from desktop.desk import Desk
from desktop.keys import Key
from desktop.pages.settings.section import Section
from desktop.people.desk_rules import DeskRules
from desktop.people.own import WHAT_FOR, OwnPassword, OwnPin
from desktop.people.sheets import NewPerson, OnePerson
from desktop.rights import only
from desktop.widgets.buttons import Button
from desktop.widgets.card import Card, clear
from desktop.widgets.choice_list import ChoiceList, Row
from desktop.widgets.labels import label
from inventory.domain.roles import PERMISSIONS, ROLES, Permission
from inventory.domain.sentence import N_
from inventory.queries.people import PersonRow, people

P = Permission


class PeopleSection(Section):
    """An act stands in the place of the whole page while it is open."""

    hint = N_("Who works here and may do what")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, N_("People"))
        self.everyone: list[PersonRow] = []
        self.rules: DeskRules | None = None
        self.list: ChoiceList | None = None
        if not desk.signed_in:
            self._say_nobody()
            return
        self.you = Card(desk.say("You"))
        self._lay_out_you()
        self._lay_out_people()
        self.rules = DeskRules(desk)
        self.roles = Card(desk.say("What each role can do"))
        for at, card in enumerate((self.you, self.card, self.rules, self.roles)):
            self.stack.insertWidget(at, card)
        self._lay_out_roles()
        desk.committed.connect(self.refresh)
        desk.user_changed.connect(self.refresh)

    # Where nobody signs in

    def _say_nobody(self) -> None:
        desk = self.desk
        if desk.practice:
            told = N_("Nobody signs in to the practice clinic. Everybody may try everything here.")
            self.card.body.addWidget(label(desk.say(told), wrap=True))
            return
        told = N_("Nobody signs in to this file, so everybody may do everything. Lock the file "
                  "under Protection: then each person has a password and a role.")  # fmt: skip
        self.card.body.addWidget(label(desk.say(told), wrap=True))
        row = QHBoxLayout()
        row.addWidget(Button(desk.say("Protection"), "Alt+P", icon="shield-lock-outline",
                             small=True, run=self._to_protection))  # fmt: skip
        row.addStretch(1)
        self.card.body.addLayout(row)

    def _to_protection(self) -> None:
        self.desk.open_page("settings", "protection")

    # Building

    def _lay_out_you(self) -> None:
        say, px = self.desk.say, theme.current().px
        self.own = QVBoxLayout()
        self.own.setSpacing(px(2))
        row = QHBoxLayout()
        row.setSpacing(px(10))
        row.addLayout(self.own, 1)
        self.password_button = Button(say("Change my password"), "Alt+W", small=True,
                                      icon="form-textbox-password",
                                      run=self.change_password)  # fmt: skip
        self.pin_button = Button(say("My PIN"), "Alt+I", icon="dialpad", small=True,
                                 run=self.change_pin)  # fmt: skip
        for button in (self.password_button, self.pin_button):
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.you.body.addLayout(row)

    def _lay_out_people(self) -> None:
        say = self.desk.say
        self.list = ChoiceList(say("People"))
        self.list.accepted.connect(self._open)
        self.card.body.addWidget(self.list)
        self.add_button = only(self.desk, Button(
            say("Add somebody"), "Alt+N", icon="account-plus-outline", small=True, run=self.add
        ), P.PEOPLE)  # fmt: skip
        self.card.top.addWidget(self.add_button)

    def _lay_out_roles(self) -> None:
        px = theme.current().px
        for row in ROLES.values():
            both = QVBoxLayout()
            both.setSpacing(px(1))
            both.addWidget(label(self.desk.say(row.name), "item"))
            both.addWidget(label(self.desk.say(row.says), wrap=True))
            can = [self.desk.say(PERMISSIONS[p].name) for p in PERMISSIONS if p in row.may]
            both.addWidget(label("  ·  ".join(can), "second", wrap=True))
            self.roles.body.addLayout(both)

    # Showing

    def begin(self) -> None:
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Qt: something was done while a sheet or another page stood in front."""
        super().showEvent(event)
        self.refresh()

    def refresh(self) -> None:
        """Ask again, while somebody looks."""
        if self.list is None or self.rules is None or not self.isVisible():
            return
        self.everyone = self.desk.ask(people)
        rows = [self._row(person) for person in self.everyone]
        at = self.list.at
        self.list.set_rows(rows, at if 0 <= at < len(rows) else 0)
        self._show_own()
        self.rules.look()

    def _row(self, person: PersonRow) -> Row:
        say = self.desk.say
        second = self._roles_of(person)
        trail = ""
        if not person.active:
            second = say("Has left. The name stays on what was done.")
        elif self._here is not None and person.id == self._here.id:
            trail = say("you")
        return Row(person.id, person.name, second, trail)

    def _roles_of(self, person: PersonRow) -> str:
        names = [self.desk.say(row.name) for role, row in ROLES.items() if role in person.roles]
        return self.desk.language.listed(names)

    @property
    def _here(self) -> PersonRow | None:
        return None if self.desk.session is None else self.desk.session.person

    def _show_own(self) -> None:
        clear(self.own)
        here = self._here
        if here is None:
            return
        self.own.addWidget(label(here.name, "item"))
        self.own.addWidget(label(self._roles_of(here), "second", wrap=True))
        if not here.has_pin:
            self.own.addWidget(label(self.desk.say(WHAT_FOR), "second", wrap=True))
        words = self.desk.say("Change my PIN") if here.has_pin else self.desk.say("Set my PIN")
        self.pin_button.set_words(words)

    # Acts

    def _show(self, sheet: ActSheet) -> None:
        if self.cover is not None:
            self.cover(sheet)

    def _open(self, key: object) -> None:
        person = next((one for one in self.everyone if one.id == key), None)
        if person is None:
            return
        if not person.active and self.desk.may(P.PEOPLE):
            self._show(NewPerson(self.desk, person))
        else:
            self._show(OnePerson(self.desk, person))

    def add(self) -> None:
        """Somebody new."""
        self._show(NewPerson(self.desk))

    def change_password(self) -> None:
        """The own one."""
        if self._here is not None:
            self._show(OwnPassword(self.desk, self._here))

    def change_pin(self) -> None:
        """The own one."""
        if self._here is not None:
            self._show(OwnPin(self.desk, self._here))

    def finish(self) -> None:
        if self.rules is not None:
            self.rules.keep()

    def _to_list(self) -> None:
        if self.list is not None:
            self.list.setFocus()

    def _to_rules(self) -> None:
        if self.rules is not None:
            self.rules.first.setFocus()

    def keys(self) -> tuple[Key, ...]:
        if self.list is None:
            way = (Key("Alt+P", N_("Protection"), self._to_protection),)
            return () if self.desk.practice else way
        return (
            Key("Alt+M", N_("People"), self._to_list),
            Key("Enter", N_("What this person may do, and change it")),
            Key("Alt+N", N_("Add somebody"), self.add, (P.PEOPLE,)),
            Key("Alt+W", N_("Change my password"), self.change_password),
            Key("Alt+I", N_("My PIN"), self.change_pin),
            Key("Alt+T", N_("When two people are asked"), self._to_rules, (P.PROTECTION,)),
        )
