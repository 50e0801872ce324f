"""Printers: which ones this computer knows, and which is used first."""

from __future__ import annotations

from desktop.desk import Desk
from desktop.pages.settings.section import Section
from desktop.printing import printers
from desktop.widgets.card import clear
from desktop.widgets.labels import icon_line
from inventory.domain.sentence import N_


class PrintersSection(Section):
    hint = N_("The printer is chosen beside each preview and remembered for that paper")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, N_("Printers"))

    def begin(self) -> None:
        clear(self.card.body)
        known = printers()
        for at, name in enumerate(known):
            words = self.desk.say("{printer}, used first", printer=name) if at == 0 else name
            self.card.body.addWidget(
                icon_line("printer-outline", words, role="item" if at == 0 else "", wrap=False)
            )
        if not known:
            self.explain(self.desk.say(
                "No printer is set up on this computer. Set one up in the computer's own settings; "
                "until then every paper can be saved as PDF and printed elsewhere."
            ))  # fmt: skip
