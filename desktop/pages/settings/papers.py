"""Papers: the names of the clinic and of its authority, as every form prints them."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout

from desktop import theme
from desktop.desk import Desk
from desktop.pages.settings.section import Section
from desktop.widgets.field import TextField
from inventory.domain.names import LANGUAGE_CODES
from inventory.domain.roles import Permission
from inventory.domain.sentence import N_, sentence
from inventory.language import TONGUES
from inventory.queries.clinics import setting
from inventory.services.clinics import keep_paper_names

LONGEST, LONGEST_AUTHORITY = 80, 120


class PapersSection(Section):
    hint = N_("As they stand at the top of every form")
    needs = (Permission.KEEP_CLINIC,)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, N_("Papers"))
        names = desk.ask(setting, desk.clinic.id, "names", {})
        authority = desk.ask(setting, desk.clinic.id, "authority", {})
        self.names = {
            code: TextField(desk.say("Name on papers, {language}", language=TONGUES[code].endonym),
                            names.get(code, ""), longest=LONGEST)
            for code in LANGUAGE_CODES
        }  # fmt: skip
        self.authority = {
            code: TextField(desk.say("Authority, {language}", language=TONGUES[code].endonym),
                            authority.get(code, ""), longest=LONGEST_AUTHORITY)
            for code in LANGUAGE_CODES
        }  # fmt: skip
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.current().px(12))
        grid.setVerticalSpacing(theme.current().px(10))
        for at, code in enumerate(LANGUAGE_CODES):
            grid.addWidget(self.names[code], at, 0)
            grid.addWidget(self.authority[code], at, 1)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        self.card.body.addLayout(grid)
        self.add_finish(desk.say("Keep"))

    def finish(self) -> None:
        self.desk.do(
            keep_paper_names,
            {code: field.text for code, field in self.names.items() if field.text},
            {code: field.text for code, field in self.authority.items() if field.text},
        )
        self.desk.done(sentence("The next paper carries these names."))
