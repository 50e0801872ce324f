"""For whom an order is made: supplier and kind, when it is needed, whether it is urgent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QComboBox

from desktop import theme
from desktop.desk import Desk
from desktop.pages.order.book import Choice
from desktop.widgets.field import Field, TextField
from desktop.widgets.scroll_column import ScrollColumn, stretch_body
from desktop.widgets.segmented import Segmented
from desktop.widgets.side_panel import SidePanel
from inventory.domain.expiry import Precision, parse_expiry
from inventory.domain.item_kinds import KINDS
from inventory.domain.sentence import Refused
from inventory.queries.order_view import OrderView, suppliers

REGULAR, URGENT = "regular", "emergency"


class DetailsPanel(SidePanel):
    """`chosen(choice)` opens another draft; `needed(day, emergency)` is written at once."""

    def __init__(
        self,
        desk: Desk,
        view: OrderView,
        choice: Choice,
        chosen: Callable[[Choice], object],
        needed: Callable[[date | None, bool], object],
    ) -> None:
        super().__init__(desk.say("What is ordered, and when"), width=360)
        self.desk = desk
        self._chosen, self._needed = chosen, needed
        room = ScrollColumn()
        room.column.setSpacing(theme.current().px(10))
        self.body.addWidget(room, 1)
        stretch_body(self)
        everybody = [("", desk.say("All suppliers")), *((s, s) for s in desk.ask(suppliers))]
        self.supplier = self._list(everybody, choice.supplier)
        kinds = [("", desk.say("All kinds")), *((k.code, desk.say(k.name)) for k in KINDS.values())]
        self.kind = self._list(kinds, choice.kind)
        room.column.addWidget(Field(desk.say("Supplier"), self.supplier))
        room.column.addWidget(Field(desk.say("Kind"), self.kind))
        day = view.order.needed_by
        self.needed_by = TextField(
            desk.say("Needed by"), "" if day is None else day.strftime("%d/%m/%Y"),
            placeholder=desk.say("like 15/12/2026"), width=180,
        )  # fmt: skip
        if day is not None:
            self.needed_by.set_echo(desk.language.weekday_date(day))
        self.needed_by.entered.connect(self._keep_needed)
        self.needed_by.line.left.connect(self._keep_needed)
        room.column.addWidget(self.needed_by)
        self.type = Segmented(
            ((REGULAR, desk.say("Regular")), (URGENT, desk.say("Emergency"))),
            URGENT if view.order.emergency else REGULAR, name=desk.say("How urgent"),
        )  # fmt: skip
        self.type.changed.connect(lambda _key: self._keep_needed())
        room.column.addWidget(Field(desk.say("How urgent"), self.type))
        room.column.addStretch(1)
        for box in (self.supplier, self.kind):
            box.currentIndexChanged.connect(self._choose)
        self._kept = (day, view.order.emergency)

    def _list(self, choices: list[tuple[str, str]], chosen: str) -> QComboBox:
        made = QComboBox()
        for key, words in choices:
            made.addItem(words, key)
        made.setCurrentIndex(max(made.findData(chosen), 0))
        return made

    def begin(self) -> None:
        """Where the first choice is."""
        self.supplier.setFocus()

    def _choose(self) -> None:
        self._chosen(Choice(str(self.supplier.currentData()), str(self.kind.currentData())))

    def _keep_needed(self) -> None:
        try:
            day = self._day()
        except Refused as refusal:
            self.needed_by.set_wrong(self.desk.tell(refusal.sentence))
            return
        self.needed_by.set_echo("" if day is None else self.desk.language.weekday_date(day))
        wanted = (day, self.type.chosen == URGENT)
        if wanted != self._kept:
            self._kept = wanted
            self._needed(*wanted)

    def _day(self) -> date | None:
        text = self.needed_by.text
        if not text:
            return None
        read = parse_expiry(text, self.desk.today)
        if read.precision is not Precision.DAY:
            raise Refused("Write the day too, such as 15/12/2026.")
        if read.last_day < self.desk.today:
            raise Refused("{day} is past.", day=read.last_day)
        return read.last_day
