"""The page with nothing open: what to do first, and what waits to be received."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop import theme
from desktop.desk import Desk
from desktop.pages.receive.against import open_orders
from desktop.pages.receive.keeping import Kept
from desktop.widgets.choice_list import HIGH, ChoiceList, Row
from desktop.widgets.empty import Empty
from desktop.widgets.labels import label
from inventory.domain.sentence import Refused
from inventory.queries.orders import OrderRow, order_lines
from inventory.queries.received import ReceivedNote, last_notes

MOST, LEAST = 5, 2
"""Rows that are listed, and those a low window still shows at once."""
MOST_ORDERS = 3
WIDE = 640


@dataclass(frozen=True, slots=True)
class Ways:
    """What a row of the list does."""

    take_up: Callable[[str], object]
    against: Callable[[str], object]
    show_note: Callable[[str], object]


class StartSheet(QFrame):
    """Rows: deliveries put aside, orders that are expected, the last notes."""

    def __init__(self, desk: Desk, ways: Ways) -> None:
        super().__init__()
        self.desk, self._ways = desk, ways
        self._runs: list[Callable[[], object]] = []
        self.sheet = Empty(
            "barcode-scan",
            desk.say("Scan the first pack"),
            desk.say("or the code of an order, or type a few letters of a name"),
        )
        self.list = ChoiceList(desk.say("Open deliveries"))
        self.list.accepted.connect(lambda _key: self.enter())
        self.head = label("", "label")
        self.room = QWidget()
        inside = QVBoxLayout(self.room)
        inside.setContentsMargins(0, 0, 0, theme.current().px(10))
        inside.addWidget(self.head)
        self.area = _Rows()
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setObjectName("inside")
        self.area.setWidget(self.list)
        inside.addWidget(self.area)
        self.sheet.set_foot(self.room)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.addWidget(self.sheet)

    def show_waiting(self, kept: Sequence[Kept]) -> None:
        """What waits now."""
        desk = self.desk
        rows: list[Row] = []
        self._runs = []
        for one in kept[:MOST]:
            self._add(rows, self._delivery(one), partial(self._ways.take_up, one.key))
        for order in open_orders(desk)[:MOST_ORDERS]:
            self._add(rows, self._order(order), partial(self._ways.against, order.number))
        for note in last_notes_of(desk):
            number = note.document.number
            self._add(rows, self._note(note), partial(self._ways.show_note, number))
        self._runs = self._runs[:MOST]
        at = self.list.at if 0 <= self.list.at < len(self._runs) else 0
        self.list.set_rows(rows[:MOST], at)
        self.room.setVisible(bool(rows))
        high = theme.current().px(HIGH)
        self.area.setMinimumHeight(min(LEAST, len(self._runs)) * high)
        self.area.setMaximumHeight(len(self._runs) * high)
        told = desk.count("{n} open delivery", "{n} open deliveries", len(kept))
        self.head.setText(told if kept else desk.say("Expected, and received last"))

    def _add(self, rows: list[Row], row: Row, run: Callable[[], object]) -> None:
        rows.append(Row(len(rows), row.words, row.second, row.trail, f"Alt+{len(rows) + 1}",
                        row.quiet))  # fmt: skip
        self._runs.append(run)

    def _delivery(self, one: Kept) -> Row:
        desk, delivery = self.desk, one.delivery
        words = desk.say("Delivery without a supplier yet")
        if delivery.paper.supplier:
            words = desk.say("Delivery from {supplier}", supplier=delivery.paper.supplier)
        elif delivery.paper.order:
            words = desk.say("Delivery of {order}", order=delivery.paper.order)
        came, rows = len(delivery.lines), len(delivery.places)
        second = desk.count("{came} of {n} line came", "{came} of {n} lines came", rows, came=came)
        if not delivery.expected:
            second = desk.count("{n} line came", "{n} lines came", came)
        if one.elsewhere:
            second = desk.say("{lines}, open at {desk}", lines=second, desk=one.elsewhere)
        return Row(0, words, second, desk.language.time(one.since))

    def _order(self, order: OrderRow) -> Row:
        desk = self.desk
        lines = sum(line.to_come > 0 for line in desk.ask(order_lines, order.id))
        words = desk.say("Order {number}", number=order.number)
        if order.supplier:
            words = desk.say("Order {number} from {supplier}", number=order.number,
                             supplier=order.supplier)  # fmt: skip
        second = desk.count("{n} line to come", "{n} lines to come", lines)
        return Row(0, words, second, desk.language.date(order.made_on))

    def _note(self, note: ReceivedNote) -> Row:
        desk, document = self.desk, note.document
        words = desk.say("Received {number}", number=document.number)
        if note.supplier:
            words = desk.say("Received {number} from {supplier}", number=document.number,
                             supplier=note.supplier)  # fmt: skip
        second = desk.count("{n} line", "{n} lines", len(note.lines))
        if document.reversed_by is not None:
            second = desk.say("{number}, reversed", number=second)
        return Row(0, words, second, desk.language.date(document.happened_on), quiet=True)

    # Keys

    def step(self, rows: int) -> None:
        """Up and Down in the empty field."""
        self.list.go(self.list.at + rows)

    def enter(self) -> None:
        """Open the highlighted row."""
        self.run(self.list.at + 1)

    def run(self, number: int) -> None:
        """Alt and the number of a row."""
        if not 1 <= number <= len(self._runs):
            return
        try:
            self._runs[number - 1]()
        except Refused as refusal:
            self.desk.refused(refusal)


class _Rows(QScrollArea):
    """Asks for all its rows and lives with fewer."""

    def sizeHint(self) -> QSize:
        inside = self.widget()
        high = inside.sizeHint().height() if inside is not None else 0
        return QSize(theme.current().px(WIDE), high)


def last_notes_of(desk: Desk) -> list[ReceivedNote]:
    """The last goods-received notes of the clinic."""
    return desk.ask(last_notes, desk.clinic.id, 3)
