"""When a second person is asked, and after how long a desk locks itself."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop import theme
from desktop.desk import Desk
from desktop.rights import ReadOnly, allowed
from desktop.widgets.buttons import Button
from desktop.widgets.card import Card
from desktop.widgets.field import Field, TextField
from desktop.widgets.labels import label
from desktop.widgets.segmented import Segmented
from inventory.domain.quantity import fold_digits
from inventory.domain.roles import Permission
from inventory.domain.sentence import Refused, sentence
from inventory.queries.desk_lock import lock_minutes
from inventory.queries.second_person import SecondRules, second_rules
from inventory.services.desk_lock import keep_lock_minutes
from inventory.services.second_person import keep_second_rules

WIDE = 150


class DeskRules(Card):
    """Kept with Ctrl+Enter; who may not change them reads them."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.say("When two people are asked, and when the desk locks"))
        self.desk = desk
        say, px = desk.say, theme.current().px
        self.percent = TextField(say("Percent of the stock"), width=WIDE, longest=3)
        self.packs = TextField(say("Packs"), width=WIDE, longest=4)
        self.minutes = TextField(say("Minutes until it locks"), width=WIDE, longest=2)
        self.dispensing = Segmented([("no", say("No")), ("yes", say("Yes"))], "no",
                                    name=say("Two people dispense controlled items"))  # fmt: skip
        self.read_only = ReadOnly(desk, Permission.PROTECTION)
        self.body.addWidget(self.read_only)
        self.body.addWidget(label(say(
            "Losses and corrections above both figures need a second person; those of controlled "
            "items always do."), "second", wrap=True))  # fmt: skip
        self.fields = QWidget()
        row = QHBoxLayout(self.fields)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(12))
        for part in (self.percent, self.packs, self.minutes):
            row.addWidget(part)
        row.addWidget(Field(say("Two people dispense controlled items"), self.dispensing), 1)
        self.button = Button(say("Keep"), "Ctrl+Enter", icon="check", role="primary",
                             run=self.keep)  # fmt: skip
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.button)
        self.body.addWidget(self.fields)
        self.body.addLayout(foot)
        self.first = self.percent
        self._kept: tuple[SecondRules, int] | None = None

    def look(self) -> None:
        """As they are kept; what somebody is typing stays."""
        may = self.desk.may(Permission.PROTECTION)
        self.fields.setEnabled(may)
        self.button.setVisible(may)
        desk = self.desk
        kept = desk.ask(second_rules, desk.clinic.id), desk.ask(lock_minutes)
        if kept == self._kept:
            return
        self._kept = kept
        rules, minutes = kept
        self.percent.set_text(str(rules.percent))
        self.packs.set_text(str(rules.packs))
        self.minutes.set_text(str(minutes))
        self.dispensing.choose("yes" if rules.dispensing else "no")

    def keep(self) -> None:
        """Write what was changed; each change is confirmed by a second person."""
        if self._kept is None or not allowed(self.desk, Permission.PROTECTION):
            return
        before, minutes_before = self._kept
        percent, packs, minutes = map(_whole, (self.percent, self.packs, self.minutes))
        if percent is None or packs is None or minutes is None:
            raise Refused("Write the figures as whole numbers.")
        rules = SecondRules(percent, packs, self.dispensing.chosen == "yes")
        if rules != before:
            self.desk.do(keep_second_rules, rules)
        if minutes != minutes_before:
            self.desk.do(keep_lock_minutes, minutes)
        self.desk.done(sentence("These rules hold from now on."))


def _whole(field: TextField) -> int | None:
    text = fold_digits(field.text)
    return int(text) if text.isascii() and text.isdigit() else None
