"""One delivery that is on the shelf: what came, printing its note, taking it back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop import theme
from desktop.desk import Desk
from desktop.direction import Side
from desktop.pages.receive.figures import figure
from desktop.rights import who_can
from desktop.widgets.buttons import Button
from desktop.widgets.chip import Chip
from desktop.widgets.labels import icon_line, label
from desktop.widgets.reason_panel import ReasonPanel
from inventory.domain.item_kinds import KINDS
from inventory.domain.reasons import Context
from inventory.domain.roles import Permission
from inventory.queries.received import ReceivedLine, ReceivedNote

SHOWN = 4
_TOP = Qt.AlignmentFlag.AlignTop


class NotePanel(ReasonPanel):
    """`reverse(number, reason)` when the reason is accepted, `printing(number)` for the paper."""

    def __init__(
        self,
        desk: Desk,
        note: ReceivedNote,
        reverse: Callable[[str, str], object],
        printing: Callable[[str], object],
    ) -> None:
        number = note.document.number
        super().__init__(
            desk, desk.language.isolate(number), Context.REVERSE, desk.say("Reverse"),
            lambda reason: reverse(number, reason),
        )  # fmt: skip
        self.note = note
        open_still, may = note.document.reversed_by is None, desk.may(Permission.RECEIVE)
        self.open_to_reverse = open_still and may
        self.room.column.addWidget(label(self._about(), "second", wrap=True))
        self.room.column.addWidget(
            Button(desk.say("Goods received note"), "Ctrl+P", icon="printer-outline", small=True,
                   run=lambda: printing(number))
        )  # fmt: skip
        if self.open_to_reverse:
            self.why.setText(desk.say("Why take it back?"))
            self.add_reasons()
        elif open_still:
            told = desk.tell(who_can(Permission.RECEIVE))
            self.room.column.addWidget(icon_line("eye-outline", told))
            self._add_lines()
            self.room.column.addStretch(1)
        else:
            self.room.column.addWidget(Chip("reversed", desk.language))
            other = note.document.reversed_by or ""
            self.room.column.addWidget(
                label(desk.say("Reversed by {number}.", number=other), "second", wrap=True)
            )
            self._add_lines()
            self.room.column.addStretch(1)

    def add_reasons(self) -> None:
        """The reasons stand before the lines: a low window shows what is asked first."""
        column = self.room.column
        column.addWidget(self.why)
        column.addWidget(self.reasons)
        self._add_lines()
        column.addStretch(1)
        self.foot.addWidget(self.button)

    def _add_lines(self) -> None:
        self.room.column.addWidget(self._lines())
        more = len(self.note.lines) - SHOWN
        if more > 0:
            told = self.desk.count("and {n} line more", "and {n} lines more", more)
            self.room.column.addWidget(label(told, "second"))

    def _about(self) -> str:
        desk, note = self.desk, self.note
        parts = [
            desk.language.moment(note.document.recorded_at),
            note.supplier,
            desk.say("waybill {number}", number=note.waybill) if note.waybill else "",
            desk.say("order {number}", number=note.order) if note.order else "",
            desk.say("by {user}", user=note.document.user) if note.document.user else "",
            desk.count("{n} line", "{n} lines", len(note.lines)),
        ]
        return desk.language.tongue.comma.join(part for part in parts if part)

    def _lines(self) -> QWidget:
        px = theme.current().px
        made = QWidget()
        grid = QGridLayout(made)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(px(12))
        grid.setVerticalSpacing(px(6))
        grid.setColumnStretch(0, 1)
        for at, row in enumerate(self.note.lines[:SHOWN]):
            grid.addWidget(label(self._named(row), wrap=True), at, 0)
            whole = row.quantity + row.damaged
            decimals = KINDS[row.kind].decimals
            came = figure(self.desk.language, whole, row.pack_size, decimals)
            grid.addWidget(label(came, "strong", side=Side.TRAILING), at, 1, _TOP)
        return made

    def _named(self, row: ReceivedLine) -> str:
        if not row.lot:
            return self.desk.name(row.names)
        return self.desk.say("{item}, batch {lot}", item=row.names, lot=row.lot)

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
