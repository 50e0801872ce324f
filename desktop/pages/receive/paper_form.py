"""The papers of a delivery: from whom, on what waybill, out of whose money, against which order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QHBoxLayout

from desktop import theme
from desktop.desk import Desk
from desktop.pages.receive.bay import Bay
from desktop.pages.receive.line_panel import WIDE
from desktop.pages.receive.parts import Paper
from desktop.pages.receive.place_box import PlaceBox
from desktop.widgets.choice_list import ChoiceList, Row
from desktop.widgets.field import Field, TextField
from desktop.widgets.labels import label
from desktop.widgets.scroll_column import ScrollColumn, stretch_body
from desktop.widgets.side_panel import SidePanel
from inventory.domain.item import MAX_WORD
from inventory.domain.sentence import Refused
from inventory.queries.clinics import places
from inventory.queries.orders import OrderRow
from inventory.queries.received import suppliers

MOST_ORDERS = 4


class PaperForm(SidePanel):
    """Kept as it is typed. Enter goes on to the next field; past the last one it is done."""

    def __init__(
        self, desk: Desk, bay: Bay, orders: Sequence[OrderRow], done: Callable[[], object]
    ) -> None:
        super().__init__(desk.say("Delivery"), width=WIDE, quiet=desk.say("optional"))
        self.desk, self.bay, self._done = desk, bay, done
        self.supplier = self._text(desk.say("Supplier"), "supplier")
        self.waybill = self._text(desk.say("Waybill"), "waybill")
        self.source = self._text(desk.say("Donor or grant"), "source")
        self.note = self._text(desk.say("Note"), "note")
        known = QCompleter(desk.ask(suppliers, desk.clinic.id), self)
        known.setCompletionMode(QCompleter.CompletionMode.InlineCompletion)
        known.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.supplier.line.setCompleter(known)
        rooms = desk.ask(places, desk.clinic.id)
        self.place = PlaceBox(rooms)
        self.place_field = Field(desk.say("Goes to"), self.place)
        if len(rooms) < 2:
            self.place_field.hide()
        self.place.show_place(bay.delivery.paper.place_id)
        self.place.activated.connect(lambda _at: self._placed())
        self.orders = ChoiceList(desk.say("Order"))
        self._offer(orders[:MOST_ORDERS])
        self.orders.accepted.connect(lambda _key: self._chosen())
        self._lay_out()
        self._connect()

    def _text(self, words: str, name: str) -> TextField:
        field = TextField(words, getattr(self.bay.delivery.paper, name), longest=MAX_WORD)
        field.line.textChanged.connect(lambda text: self._typed(name, text))
        return field

    def _lay_out(self) -> None:
        px = theme.current().px
        pair = QHBoxLayout()
        pair.setSpacing(px(10))
        pair.addWidget(self.waybill, 1)
        pair.addWidget(self.source, 1)
        room = ScrollColumn()
        room.column.setSpacing(px(10))
        self.body.addWidget(room, 1)
        stretch_body(self)
        room.column.addWidget(self.supplier)
        room.column.addLayout(pair)
        below = QHBoxLayout()
        below.setSpacing(px(10))
        below.addWidget(self.note, 1)
        below.addWidget(self.place_field, 1)
        room.column.addLayout(below)
        room.column.addWidget(label(self.desk.say("Order to receive against"), "label"))
        room.column.addWidget(self.orders)
        room.column.addStretch(1)

    def _connect(self) -> None:
        boxes = [self.supplier.line, self.waybill.line, self.source.line, self.note.line]
        for box, following in pairwise(boxes):
            box.entered.connect(lambda f=following: f.setFocus(Qt.FocusReason.TabFocusReason))
        after = self.place if not self.place_field.isHidden() else self.orders
        boxes[-1].entered.connect(lambda: after.setFocus(Qt.FocusReason.TabFocusReason))
        self.place.entered.connect(self.orders.setFocus)

    def _offer(self, orders: Sequence[OrderRow]) -> None:
        desk = self.desk
        rows = [Row("", desk.say("Without an order"), cap="1")]
        now = self.bay.delivery.paper.order
        numbers = [order.number for order in orders]
        for n, order in enumerate(orders, 2):
            made = desk.language.date(order.made_on, narrow=True)
            rows.append(Row(order.number, desk.language.isolate(order.number), "", made, str(n)))
        if now and now not in numbers:
            rows.append(Row(now, desk.language.isolate(now), cap=str(len(rows) + 1)))
        keys = [row.key for row in rows]
        self.orders.set_rows(rows, keys.index(now) if now in keys else 0)

    def begin(self) -> None:
        """The cursor goes into the first field."""
        self.supplier.line.setFocus(Qt.FocusReason.TabFocusReason)

    # Answers

    def _typed(self, name: str, text: str) -> None:
        changed: dict[str, Any] = {name: text}
        self._write(replace(self.bay.delivery.paper, **changed), name)

    def _placed(self) -> None:
        self._write(replace(self.bay.delivery.paper, place_id=self.place.chosen), "place")

    def _write(self, paper: Paper, name: str) -> None:
        try:
            self.bay.write(paper, name)
        except Refused as refusal:
            self.desk.refused(refusal)

    def _chosen(self) -> None:
        """Enter on an order: expect it, and done."""
        try:
            self.bay.receive_against(str(self.orders.key or ""))
        except Refused as refusal:
            self.desk.refused(refusal)
            return
        self._done()

    def accept(self) -> None:
        """Ctrl+Enter in the form: as Enter in its last field."""
        self._chosen()
