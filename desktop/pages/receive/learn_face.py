"""A code nobody knows: which item it is and how many its pack holds. Asked once."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop import theme
from desktop.desk import Desk
from desktop.item_search import ItemSearch
from desktop.pages.receive.amounts import typed_amount, usual_pack
from desktop.pages.receive.facts_block import Fact, FactsBlock
from desktop.pages.receive.parts import Expected, Line
from desktop.widgets.buttons import Button
from desktop.widgets.field import LineBox
from desktop.widgets.item_field import Choice, ItemField
from desktop.widgets.labels import label
from inventory.domain.sentence import Refused
from inventory.domain.units import UNITS
from inventory.queries.items import ItemRow, item_by_id

MOST, CANDIDATE = 5, 47
"""Candidates at once, and how high one is."""
_GAP, _LOW = 6, 300
"""Between the parts, and the height under which only the code is said."""


class LearnFace(QWidget):
    """`learn(item id, what was typed as the size of the pack)` is called at the last Enter."""

    def __init__(self, desk: Desk, learn: Callable[[int, str], object]) -> None:
        super().__init__()
        self.desk = desk
        self._learn = learn
        self._search = ItemSearch(desk)
        self._key = 0
        self.item: ItemRow | None = None
        self.room = 0
        """The height it has."""
        self.expected: tuple[Expected, ...] = ()
        self.block = FactsBlock()
        self.field = ItemField(
            self._candidates,
            placeholder=desk.say("Its name or code"),
            name=desk.say("Which item is this?"),
            nothing=desk.say("Nothing on the list of items is called so."),
        )
        self.field.highlighted.connect(self._highlighted)
        self.field.chosen.connect(self._chosen)
        self.holds = LineBox()
        self.holds.setFixedWidth(theme.current().px(76))
        self.holds.setAccessibleName(desk.say("This pack holds"))
        self.holds.entered.connect(self.accept)
        self.unit = label("")
        self.button = Button("", icon="plus", run=self.accept)
        self._lay_out()

    def _lay_out(self) -> None:
        px = theme.current().px
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(px(_GAP))
        row = QHBoxLayout()
        row.setSpacing(px(10))
        row.addWidget(label(self.desk.say("This pack holds"), "strong"))
        row.addWidget(self.holds)
        row.addWidget(self.unit, 1)
        stack.addWidget(self.block)
        stack.addWidget(self.field)
        stack.addLayout(row)
        stack.addWidget(self.button)

    # Showing

    def show_line(self, line: Line, waiting: Sequence[Expected]) -> None:
        """A line with an unknown code; `waiting` are the likeliest items."""
        self.expected = tuple(waiting)
        self.block.show_facts(self._facts(line)[: 1 if self._is_low else None])
        self.button.setVisible(not self._is_low)
        self.button.set_words(
            self.desk.count("Learn it and add {n}", "Learn it and add {n}", line.came)
        )
        if line.key != self._key:
            self._key = line.key
            self.item = None
            self.holds.clear()
            self.field.clear()
            self._show_item()

    def _facts(self, line: Line) -> list[Fact]:
        say, language = self.desk.say, self.desk.language
        facts = [Fact(say("Code"), language.isolate(line.code), read=True)]
        if line.lot:
            facts.append(Fact(say("Batch"), language.isolate(line.lot), read=True))
        if line.expiry is not None:
            facts.append(Fact(say("Expires"), language.expiry(line.expiry), read=True))
        return facts

    def begin(self) -> None:
        """The cursor goes where the name is typed."""
        self.field.line.setFocus(Qt.FocusReason.OtherFocusReason)

    # Choosing

    def _candidates(self, text: str) -> list[Choice]:
        return [
            Choice(hit.item_id, self.desk.name(hit.names))
            for hit in self._search(text).hits[: self._fitting()]
        ]

    def _fitting(self) -> int:
        """How many candidates stand beside everything else."""
        px = theme.current().px
        parts = [self.block, self.field.line, self.holds]
        if not self.button.isHidden():
            parts.append(self.button)
        taken = sum(part.sizeHint().height() + px(_GAP) for part in parts)
        return max(1, min(MOST, (self.room - taken) // px(CANDIDATE)))

    @property
    def _is_low(self) -> bool:
        return self.room < theme.current().px(_LOW)

    def choose_number(self, number: int) -> None:
        """Alt and a number."""
        self.field.choose_number(number)

    def _highlighted(self, item_id: object) -> None:
        if isinstance(item_id, int):
            self._take(item_id)

    def _take(self, item_id: int) -> None:
        if self.item is None or self.item.id != item_id:
            self.item = self.desk.ask(item_by_id, item_id)
            self._show_item()

    def _show_item(self) -> None:
        item = self.item
        self.holds.setEnabled(item is not None)
        self.button.setEnabled(item is not None)
        if item is None:
            self.unit.setText("")
            return
        decimals = item.traits.decimals
        one: int = 10**decimals
        self.holds.setText(typed_amount(self._likely_size(item), one, decimals))
        known = UNITS.get(item.unit)
        held = self._likely_size(item) // one
        words = item.unit if known is None else self.desk.count(known.bare, known.bare_many, held)
        self.unit.setText(words)

    def _likely_size(self, item: ItemRow) -> int:
        """As it is expected, else as it usually comes."""
        expected = next((one for one in self.expected if one.item_id == item.id), None)
        return expected.size if expected is not None else usual_pack(item)

    def _chosen(self, item_id: object) -> None:
        if isinstance(item_id, int):
            self._take(item_id)
            self.holds.setFocus(Qt.FocusReason.OtherFocusReason)
            self.holds.selectAll()

    def accept(self) -> None:
        """Learn it; what is wrong with the size is said under nothing but in the bar."""
        if self.item is None:
            self.begin()
            return
        try:
            self._learn(self.item.id, self.holds.text())
        except Refused as refusal:
            self.holds.show_wrong(True)
            self.holds.setFocus()
            self.desk.refused(refusal)
        else:
            self.holds.show_wrong(False)
