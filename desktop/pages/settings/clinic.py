"""The clinic: its name, code, town and colour; and other clinics of the same database."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout

from desktop import theme
from desktop.desk import Desk
from desktop.first_run.colour_row import ColourRow
from desktop.keys import Key
from desktop.pages.settings.section import Section
from desktop.rights import only
from desktop.widgets.buttons import Button
from desktop.widgets.field import Field, TextField
from inventory.domain.roles import Permission
from inventory.domain.sentence import N_, sentence
from inventory.queries.clinics import clinics
from inventory.services.clinics import ClinicFacts, add_empty_clinic, keep_clinic

LONGEST = 80


class ClinicSection(Section):
    hint = N_("How the clinic is known in this window")
    needs = (Permission.KEEP_CLINIC,)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, N_("Clinic"))
        row = next(c for c in desk.ask(clinics) if c.id == desk.clinic.id)
        self.name = TextField(desk.say("Name of the clinic"), row.name, longest=LONGEST)
        self.code = TextField(desk.say("Code on orders"), row.code, longest=20, width=180)
        self.town = TextField(desk.say("Town and governorate"), row.town, longest=LONGEST)
        self.colours = ColourRow(desk.language, row.colour)
        self._lay_out()

    def _lay_out(self) -> None:
        px = theme.current().px
        top = QHBoxLayout()
        top.setSpacing(px(12))
        for part, share in ((self.name, 3), (self.town, 3), (self.code, 1)):
            top.addWidget(part, share)
        self.card.body.addLayout(top)
        self.card.body.addWidget(Field(self.desk.say("Colour of its window"), self.colours))
        foot = QHBoxLayout()
        more = Button(self.desk.say("Add another clinic"), "Alt+N", icon="plus",
                      run=self.add_clinic)  # fmt: skip
        foot.addWidget(only(self.desk, more, Permission.ADD_CLINIC))
        foot.addStretch(1)
        foot.addWidget(Button(self.desk.say("Keep"), "Ctrl+Enter", icon="check", role="primary",
                              run=self.finish))  # fmt: skip
        self.card.body.addLayout(foot)

    def finish(self) -> None:
        facts = ClinicFacts(self.name.text, self.code.text, self.town.text, self.colours.chosen)
        self.desk.do(keep_clinic, facts)
        row = next(c for c in self.desk.ask(clinics) if c.id == self.desk.clinic.id)
        self.desk.move_to(row)
        self.desk.done(sentence("The clinic is kept as written."))

    def keys(self) -> tuple[Key, ...]:
        may = (Permission.ADD_CLINIC,)
        return (Key("Alt+N", N_("Add another clinic"), self.add_clinic, may),)

    def add_clinic(self) -> None:
        """A second clinic in this database, named after the first until it is renamed here."""
        name = self.desk.say("Clinic {number}", number=len(self.desk.ask(clinics)) + 1)
        clinic_id = self.desk.do(add_empty_clinic, name)
        row = next(c for c in self.desk.ask(clinics) if c.id == clinic_id)
        self.desk.move_to(row)
        self.desk.done(sentence("{clinic} was added. Write its name here.", clinic=row.name))
