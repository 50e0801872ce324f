"""Protection: what is protected here and what is not, with the one next thing to do on top."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from desktop import theme
from desktop.desk import Desk
from desktop.keys import Key
from desktop.pages.settings.section import Section
from desktop.protection.acts import acts_for
from desktop.protection.rows import HealthRows
from desktop.widgets.buttons import Button
from desktop.widgets.card import Card, clear
from desktop.widgets.labels import icon_label, icon_line, label, line
from inventory.domain.protection import NOT_PROTECTED, Health
from inventory.domain.sentence import N_

if TYPE_CHECKING:
    from desktop.protection.acts import ProtectionAct


class ProtectionSection(Section):
    """An act stands in the place of the whole page while it is open."""

    hint = N_("What is protected, what is not, and what to do")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, N_("Do this next"))
        self.acts: list[ProtectionAct] = []
        self.step: ProtectionAct | None = None
        self.rows_card = Card(desk.say("What is protected"))
        self.limits = Card(desk.say("What nothing here protects"))
        for text in NOT_PROTECTED:
            self.limits.body.addWidget(icon_line("minus-circle-outline", desk.say(text)))
        for at, card in enumerate((self.rows_card, self.limits), start=1):
            self.stack.insertWidget(at, card)
        safety = desk.safety
        if safety is not None:
            safety.changed.connect(self.refresh)
        desk.committed.connect(self.refresh)

    def begin(self) -> None:
        self.refresh()

    def refresh(self) -> None:
        """Ask again and show it, while somebody looks."""
        safety = self.desk.safety
        if safety is None or not self.isVisible():
            return
        found = safety.health()
        self.acts = acts_for(safety, found)
        clear(self.card.body)
        clear(self.rows_card.body)
        self._show_next(found)
        self.card.body.addWidget(line())
        self.card.body.addLayout(self._buttons())
        self.rows_card.body.addWidget(HealthRows(self.desk.language, found.rows))

    def _show_next(self, found: Health) -> None:
        step = found.next_step
        wanted = [act for act in self.acts if step is not None and step.guard in act.answers]
        self.step = wanted[0] if wanted else None
        px = theme.current().px
        row = QHBoxLayout()
        row.setSpacing(px(14))
        tone = "green" if step is None else "amber"
        icon = "shield-check-outline" if step is None else "shield-alert-outline"
        row.addWidget(icon_label(icon, 30, tone))
        both = QVBoxLayout()
        both.setSpacing(px(2))
        both.addStretch(1)
        say, tell = self.desk.say, self.desk.tell
        if step is None or step.to_do is None:
            both.addWidget(label(say("Nothing has to be done."), "item"))
        else:
            both.addWidget(label(tell(step.to_do), "item", wrap=True))
            both.addWidget(label(tell(step.told), "second", wrap=True))
        both.addStretch(1)
        row.addLayout(both, 1)
        if self.step is not None:
            row.addWidget(Button(say(self.step.words), "Ctrl+Enter", icon=self.step.icon,
                                 role="primary", run=self.finish))  # fmt: skip
        self.card.body.addLayout(row)

    def _buttons(self) -> QVBoxLayout:
        """The acts that change something, three in a row."""
        px = theme.current().px
        rows = QVBoxLayout()
        rows.setSpacing(px(10))
        for first in range(0, len(self.acts), 3):
            row = QHBoxLayout()
            row.setSpacing(px(10))
            for act in self.acts[first : first + 3]:
                row.addWidget(Button(self.desk.say(act.words), act.chord, icon=act.icon,
                                     small=True, run=partial(self.run, act)))  # fmt: skip
            row.addStretch(1)
            rows.addLayout(row)
        return rows

    def run(self, act: ProtectionAct) -> None:
        """Show the act in the place of the page, or do it."""
        front = act.open()
        if front is not None and self.cover is not None:
            self.cover(front)

    def finish(self) -> None:
        if self.step is not None:
            self.run(self.step)

    def _scroll(self, pages: int) -> None:
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + pages * bar.pageStep())

    def keys(self) -> tuple[Key, ...]:
        own = tuple(Key(act.chord, act.words, partial(self.run, act)) for act in self.acts)
        down = Key("PgDn", N_("Further down"), partial(self._scroll, 1))
        return (*own, down, Key("PgUp", N_("Further up"), partial(self._scroll, -1)))
