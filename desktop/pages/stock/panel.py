"""The panel of one item: batches and places, why this average, the last lines of its card."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.desk import Desk
from desktop.direction import Side, text_width
from desktop.fonts import font
from desktop.pages.stock.batch_lines import BatchLines
from desktop.pages.stock.why import average_words, division, month_bars
from desktop.widgets.buttons import link_button
from desktop.widgets.grid.columns import Cell, Column
from desktop.widgets.labels import label, line
from desktop.widgets.lines import Lines
from desktop.widgets.side_panel import SidePanel
from inventory.domain.sentence import N_
from inventory.queries.card import CardLine, last_lines
from inventory.queries.stock import StockRow, risk_of

BATCHES, LAST = 6, 3
HIGH_BARS, LOW_BARS = 86, 66


@dataclass(frozen=True, slots=True)
class Layout:
    """How many batches and card lines there are, and how high the bars of the months; 0 is none."""

    batches: int
    card: int
    bars: int


class ItemPanel(SidePanel):
    """`show_row` fills it. `card_link` is clicked for the whole stock card."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("", width=388)
        # What is tried for size in `show_row` must not push the window off the screen.
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Ignored)
        self.desk = desk
        self.row: StockRow | None = None
        self.scanned: tuple[int, str] = (0, "")
        """The item and the batch that somebody holds in the hand."""
        self.body.setSpacing(theme.current().px(7))
        self.card_link = link_button(desk.say("All lines"), "Alt+C")
        self.why_first = False
        """Whether the reasons of the average stay when there is no room for all."""
        self._batches = BatchLines(desk)

    def show_row(self, row: StockRow, room: int) -> None:
        """The facts of one item of the list, in `room` pixels of height."""
        self.row = row
        self.set_title(self.desk.name(row.item.names))
        lost = self._at_risk(row)
        card = self.desk.ask(last_lines, self.desk.clinic.id, row.item.id, LAST)
        for layout in _layouts(len(row.lots), len(card), why=self.why_first):
            self._fill(row, lost, layout, card[: layout.card])
            if self._height() <= room:
                break

    def _height(self) -> int:
        """How high the panel would like to be, as wide as it is."""
        for part in _parts(self.body):
            # Before it is dressed and shown it takes no room.
            part.ensurePolished()
            part.show()
        layout = self.layout()
        if layout is None:
            return 0
        layout.invalidate()
        return layout.totalHeightForWidth(self.minimumWidth())

    def _fill(
        self, row: StockRow, lost: dict[int, int], layout: Layout, card: list[CardLine]
    ) -> None:
        self.card_link.setParent(None)
        self.empty()
        if layout.batches or not layout.bars:
            self._add_stock(row, lost, layout.batches)
        if row.line.amc.months_counted and layout.bars:
            self._add_why(row, layout.bars)
        if card:
            self._add_card(row, card)

    def _add_stock(self, row: StockRow, lost: dict[int, int], batches: int) -> None:
        self.body.addLayout(self._figures(row))
        apart = self._apart(row)
        if apart:
            self.body.addWidget(label(apart, "second", wrap=True))
        self.body.addWidget(line())
        scanned = self.scanned[1] if self.scanned[0] == row.item.id else ""
        self.body.addLayout(self._side_by_side(
            self.desk.say("Batches, earliest expiry first"), self._batches.only_place(row)))
        for part in self._batches.widgets(row, lost, batches, scanned):
            self.body.addWidget(part)

    def _at_risk(self, row: StockRow) -> dict[int, int]:
        if not row.line.amc.rounded:
            return {}
        risk = self.desk.ask(risk_of, self.desk.clinic.id, row.item.id, row.line.amc.rounded,
                             self.desk.today)  # fmt: skip
        return dict(risk.per_batch)

    def _shown(self, quantity: int) -> str:
        decimals = self.row.item.traits.decimals if self.row else 0
        return self.desk.language.quantity(quantity, decimals)

    def _figures(self, row: StockRow) -> QHBoxLayout:
        across = QHBoxLayout()
        figures = (
            (N_("On hand"), row.on_hand, ""),
            (N_("Usable in time"), row.on_hand - row.at_risk, ""),
            (N_("Will expire unused"), row.at_risk, "amber" if row.at_risk else ""),
        )
        for words, quantity, tone in figures:
            stack = QVBoxLayout()
            stack.setSpacing(2)
            stack.addWidget(label(self.desk.say(words), "second"))
            stack.addWidget(label(self._shown(quantity), "heading", tone=tone))
            across.addLayout(stack, 1)
        return across

    def _apart(self, row: StockRow) -> str:
        """What is here and does not count as stock."""
        held, expired = self._shown(row.held), self._shown(row.expired)
        if row.held and row.expired:
            return self.desk.say("Not counted: {held} held, {expired} expired", held=held,
                                 expired=expired)  # fmt: skip
        if row.held:
            return self.desk.say("Not counted: {held} held", held=held)
        if row.expired:
            return self.desk.say("Not counted: {expired} expired", expired=expired)
        return ""

    def _add_why(self, row: StockRow, high: int) -> None:
        title = self.desk.say("Why {amc} a month", amc=self._shown(row.line.amc.rounded))
        self.body.addLayout(self._side_by_side(title, average_words(self.desk, row)))
        bars = month_bars(self.desk, row)
        bars.setFixedHeight(theme.current().px(high))
        self.body.addWidget(bars)
        self.body.addWidget(label(division(self.desk, row), "second", wrap=True))

    def _side_by_side(self, title: str, told: str) -> QBoxLayout:
        """A heading and a quiet word at its end, or below it where there is no room."""
        px = theme.current().px
        room = self.minimumWidth() - px(48)
        wide = text_width(title, font(15, 600)) + text_width(told, font(13))
        head: QBoxLayout = QHBoxLayout() if wide <= room else QVBoxLayout()
        head.setSpacing(px(2))
        head.addWidget(label(title, "item"))
        if wide <= room:
            head.addStretch(1)
            head.addWidget(label(told, "second", side=Side.TRAILING))
        else:
            head.addWidget(label(told, "second", wrap=True))
        return head

    def _add_card(self, row: StockRow, card: list[CardLine]) -> None:
        head = QHBoxLayout()
        head.addWidget(label(self.desk.say("Stock card"), "item"))
        head.addStretch(1)
        head.addWidget(self.card_link)
        self.body.addLayout(head)
        columns = (
            Column("day", N_("Date"), "faint", 56, lambda r: self.desk.language.day(
                r.day, narrow=True)),
            Column("document", N_("Document"), "text", 0),
            Column("change", N_("Change"), "strong_number", 76, self._change),
            Column("balance", N_("Balance"), "strong_number", 76,
                   lambda r: self._shown(r.balance)),
        )  # fmt: skip
        lines = Lines(columns, self.desk.language, row_height=26)
        lines.set_rows(card)
        self.body.addWidget(lines)

    def _change(self, line_of: CardLine) -> Cell:
        change = (line_of.received or 0) - (line_of.issued or 0) + (line_of.adjusted or 0)
        signed = self.desk.language.signed(change) if change else ""
        if self.row is not None and self.row.item.traits.decimals and change:
            signed = self.desk.language.isolate(
                ("+" if change > 0 else "\u2212") + self._shown(abs(change))
            )
        return Cell(signed, tone="green" if change > 0 else "")


def _parts(layout: QLayout) -> Iterator[QWidget]:
    """Every widget in a layout and in those inside it."""
    for at in range(layout.count()):
        item = layout.itemAt(at)
        widget = item.widget() if item is not None else None
        inner = item.layout() if item is not None else None
        if widget is not None:
            yield widget
        elif inner is not None:
            yield from _parts(inner)


def _layouts(lots: int, card: int, *, why: bool) -> Iterator[Layout]:
    """What to try, most first: card lines give way, then the height of the bars, then batches.

    In the end either the batches or, with `why`, the reasons of the average stand alone.
    """
    most = min(max(lots, 1), BATCHES)
    few = min(most, 3)
    for last in range(card, 0, -1):
        yield Layout(most, last, HIGH_BARS)
    if card:
        for batches in range(most, few - 1, -1):
            yield Layout(batches, 1, LOW_BARS)
    for batches in range(few, 0, -1):
        yield Layout(batches, 0, LOW_BARS)
    if why:
        yield Layout(0, 0, HIGH_BARS)
        yield Layout(0, 0, LOW_BARS)
    for batches in range(few, -1, -1):
        yield Layout(batches, 0, 0)
