"""Places: the rooms and shelves where stock stands."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from desktop.desk import Desk
from desktop.pages.settings.section import Section
from desktop.widgets.card import clear
from desktop.widgets.field import TextField
from desktop.widgets.labels import icon_line
from inventory.domain.roles import Permission
from inventory.domain.sentence import N_, Refused, sentence
from inventory.queries.clinics import places
from inventory.services.clinics import new_place


class PlacesSection(Section):
    hint = N_("Dispensing takes from the first place when two batches expire together")
    needs = (Permission.KEEP_CLINIC,)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, N_("Places"))
        self.list = QVBoxLayout()
        self.name = TextField(desk.say("Another place"), longest=80, width=360)
        self.name.entered.connect(self.finish)
        self.card.body.addLayout(self.list)
        self.card.body.addWidget(self.name)
        self.add_finish(desk.say("Add"))

    def begin(self) -> None:
        """The places as they are now; what somebody began to write stays."""
        clear(self.list)
        for place in self.desk.ask(places, self.desk.clinic.id):
            self.list.addWidget(
                icon_line("map-marker-outline", place.name, role="item", wrap=False)
            )

    def finish(self) -> None:
        name = self.name.text
        if not name:
            self.name.setFocus()
            return
        try:
            self.desk.do(new_place, name)
        except Refused as refusal:
            self.name.set_wrong(self.desk.tell(refusal.sentence))
            return
        self.name.set_text("")
        self.begin()
        self.name.setFocus()
        self.desk.done(sentence("{place} was added.", place=name))
