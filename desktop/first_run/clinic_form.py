"""Set up our clinic: its name and town, its colour, and the list of items it begins with."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop import theme
from desktop.first_run.colour_row import ColourRow
from desktop.widgets.buttons import Button
from desktop.widgets.field import Field, TextField
from desktop.widgets.segmented import Segmented
from inventory.domain.sentence import N_, Refused
from inventory.language import Language
from inventory.services.setting_up import STARTER, SetUp

_FILE, _EMPTY = "file", "empty"
_LISTS = (
    (STARTER, N_("Usual list of a health centre")),
    (_FILE, N_("From a file")),
    (_EMPTY, N_("Empty")),
)
LONGEST = 80


class ClinicForm(QWidget):
    """`finished` carries a SetUp; `left` goes one step back."""

    finished = Signal(object)
    left = Signal()

    def __init__(self, words: Language) -> None:
        super().__init__()
        self.words = words
        self.file = ""
        say = words.say
        self.name = TextField(say("Name of the clinic, as it stands on papers"), longest=LONGEST)
        self.town = TextField(say("Town and governorate"), longest=LONGEST)
        self.place = TextField(
            say("Where the stock is kept"), say("Pharmacy"), longest=LONGEST, width=360
        )
        self.colours = ColourRow(words)
        self.lists = Segmented([(key, say(text)) for key, text in _LISTS], STARTER)
        self.lists.changed.connect(self._list_chosen)
        self._lay_out()
        self.name.entered.connect(self.town.line.setFocus)
        self.town.entered.connect(self.place.line.setFocus)
        self.place.entered.connect(self.finish)

    def _lay_out(self) -> None:
        say, px = self.words.say, theme.current().px
        self.chosen_file = Field(say("List of items to begin with"), self.lists)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(px(14))
        colour = Field(say("Colour of its window"), self.colours)
        for part in (self.name, self.town, self.place, colour, self.chosen_file):
            stack.addWidget(part)
        row = QHBoxLayout()
        row.addWidget(Button(say("Back"), "Esc", icon="arrow-left", run=self.left.emit))
        row.addStretch(1)
        begin = Button(say("Begin"), "Ctrl+Enter", icon="check", role="finish", run=self.finish)
        row.addWidget(begin)
        stack.addSpacing(px(8))
        stack.addLayout(row)

    def _list_chosen(self, key: str) -> None:
        if key == _FILE:
            title = self.words.say("List of items to begin with")
            self.file, _ = QFileDialog.getOpenFileName(self, title, "", "*.csv *.xlsx")
            if not self.file:
                self.lists.choose(STARTER)
        self._show_file()

    def _show_file(self) -> None:
        chosen = self.lists.chosen == _FILE
        self.chosen_file.set_echo(self.words.isolate(Path(self.file).name) if chosen else "")

    def write(self, written: SetUp) -> None:
        """What was written before."""
        self.name.set_text(written.clinic)
        self.town.set_text(written.town)
        self.place.set_text(written.places[0])
        self.colours.choose(written.colour)
        if written.catalogue not in (STARTER, None):
            self.file = str(written.catalogue)
        self.lists.blockSignals(True)
        self.lists.choose(_FILE if self.file else written.catalogue or _EMPTY)
        self.lists.blockSignals(False)
        self._show_file()

    def finish(self) -> None:
        """Hand over what was written; a wrong name is said at its field."""
        from inventory.services.clinics import checked_name

        try:
            checked_name(self.name.text)
        except Refused as refusal:
            self.name.set_wrong(self.words.tell(refusal.sentence))
            self.name.line.setFocus()
            return
        lists: dict[str, str | None] = {STARTER: STARTER, _FILE: self.file, _EMPTY: None}
        self.finished.emit(
            SetUp(
                self.name.text,
                self.words.code,
                lists[self.lists.chosen],
                town=" ".join(self.town.text.split()),
                colour=self.colours.chosen,
                places=(" ".join(self.place.text.split()) or self.words.say("Pharmacy"),),
            )
        )
