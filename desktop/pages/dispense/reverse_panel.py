"""One dispensing: what was given, and taking it back with a reason."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop import theme
from desktop.desk import Desk
from desktop.direction import Side
from desktop.rights import who_can
from desktop.units import quantity_words
from desktop.widgets.chip import Chip
from desktop.widgets.labels import icon_line, label
from desktop.widgets.reason_panel import ReasonPanel
from inventory.domain.item_kinds import KINDS
from inventory.domain.reasons import Context
from inventory.domain.roles import Permission
from inventory.domain.sentence import Sentence, sentence
from inventory.queries.day_list import Dispensing, Given

_TOP = Qt.AlignmentFlag.AlignTop


class ReversePanel(ReasonPanel):
    """`reversed(number, reason)` is called when the reason is accepted."""

    def __init__(
        self, desk: Desk, found: Dispensing, reverse: Callable[[str, str], object]
    ) -> None:
        number = found.document.number
        super().__init__(
            desk,
            desk.say("Dispensing {number}", number=number),
            Context.DISPENSE_REVERSE,
            desk.say("Reverse"),
            lambda reason: reverse(number, reason),
        )
        self.found = found
        self.room.column.addWidget(label(desk.tell(_about(desk, found)), "second", wrap=True))
        if found.given:
            self.room.column.addWidget(self._table(found.given))
        for row in found.unmet:
            self.room.column.addWidget(self._unmet(row))
        open_still, may = found.document.reversed_by is None, desk.may(Permission.DISPENSE)
        self.open_to_reverse = open_still and may
        if open_still and not may:
            told = desk.tell(who_can(Permission.DISPENSE))
            self.room.column.addWidget(icon_line("eye-outline", told))
            self.room.column.addStretch(1)
        elif self.open_to_reverse:
            self.why.setText(desk.say("Why take it back?"))
            self.add_reasons()
        else:
            self.room.column.addWidget(Chip("reversed", desk.language))
            told = desk.say("Reversed by {number}.", number=found.document.reversed_by or "")
            self.room.column.addWidget(label(told, "second", wrap=True))
            self.room.column.addStretch(1)

    def _table(self, rows: tuple[Given, ...]) -> QWidget:
        px = theme.current().px
        made = QWidget()
        grid = QGridLayout(made)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(px(12))
        grid.setVerticalSpacing(px(6))
        grid.setColumnStretch(0, 1)
        for at, row in enumerate(rows):
            grid.addWidget(label(self.desk.name(row.names), wrap=True), at, 0)
            grid.addWidget(
                label(self._amount(row), "strong", side=Side.TRAILING), at, 1, _TOP
            )
        return made

    def _unmet(self, row: Given) -> QWidget:
        told = self.desk.say(
            "{item}: {amount} not given", item=row.names, amount=self._amount(row)
        )
        return icon_line("alert-circle-outline", told, tone="red")

    def _amount(self, row: Given) -> str:
        decimals = KINDS[row.kind].decimals
        return quantity_words(self.desk.language, row.unit, row.quantity, decimals)

    def begin(self) -> None:
        """The reasons, or nothing when it was taken back already."""
        if self.open_to_reverse:
            super().begin()
        else:
            self.setFocus()

    def accept(self) -> None:
        """Take it back, once."""
        if self.open_to_reverse:
            super().accept()


def _about(desk: Desk, found: Dispensing) -> Sentence:
    document = found.document
    when = desk.language.moment(document.recorded_at)
    if document.user and found.visit:
        return sentence(
            "{when}, by {user}, visit {visit}", when=when, user=document.user, visit=found.visit
        )
    if document.user:
        return sentence("{when}, by {user}", when=when, user=document.user)
    if found.visit:
        return sentence("{when}, visit {visit}", when=when, visit=found.visit)
    return sentence("{when}", when=when)
