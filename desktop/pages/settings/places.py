"""Places: the rooms and shelves where stock stands."""

from __future__ import annotations

from desktop.desk import Desk
from desktop.pages.settings.section import Section
from desktop.widgets.card import clear
from desktop.widgets.field import TextField
from desktop.widgets.labels import icon_line
from inventory.domain.sentence import N_, Refused, sentence
from inventory.queries.clinics import places
from inventory.services.clinics import new_place


class PlacesSection(Section):
    hint = N_("Dispensing takes from the first place when two batches expire together")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, N_("Places"))
        self.begin()

    def begin(self) -> None:
        clear(self.card.body)
        for place in self.desk.ask(places, self.desk.clinic.id):
            self.card.body.addWidget(
                icon_line("map-marker-outline", place.name, role="item", wrap=False)
            )
        self.name = TextField(self.desk.say("Another place"), longest=80, width=360)
        self.name.entered.connect(self.finish)
        self.card.body.addWidget(self.name)
        self.add_finish(self.desk.say("Add"))

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
        self.begin()
        self.name.setFocus()
        self.desk.done(sentence("{place} was added.", place=name))
