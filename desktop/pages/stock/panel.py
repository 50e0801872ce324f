"""The panel of one item: batches and places, why this average, the last lines of its card."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from desktop import theme
from desktop.desk import Desk
from desktop.direction import Side
from desktop.widgets.buttons import link_button
from desktop.widgets.charts.month_bars import MonthBar, MonthBars
from desktop.widgets.grid.columns import Cell, Column
from desktop.widgets.labels import label, line
from desktop.widgets.lines import Lines
from desktop.widgets.side_panel import SidePanel
from inventory.domain.months import window
from inventory.domain.sentence import N_
from inventory.domain.status import STATUSES, Status
from inventory.queries.card import CardLine, stock_card
from inventory.queries.stock import LotRow, StockRow, risk_of

BATCHES, LAST = 6, 3
_BASE, _WHY, _CARD, _ROW, _MORE = 168, 162, 40, 30, 28
"""Heights of the parts in the 100 % drawing, to show no more lines than there is room for."""


class ItemPanel(SidePanel):
    """`show_row` fills it. `all_lines` is called for the whole stock card."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("", width=388)
        self.desk = desk
        self.row: StockRow | None = None
        self.card_link = link_button(desk.say("All lines"), "Alt+C")

    def show_row(self, row: StockRow, room: int) -> None:
        """The facts of one item of the list, in `room` pixels of height."""
        self.row = row
        batches, last = self._fitting(row, room * 100 // theme.current().text_size)
        self.set_title(self.desk.name(row.item.names))
        self.card_link.setParent(None)
        self.empty()
        self.body.addLayout(self._figures(row))
        self.body.addWidget(line())
        self._add_batches(row, batches)
        if row.line.amc.months_counted:
            self._add_why(row)
        if last:
            self._add_card(row, last)

    def _fitting(self, row: StockRow, room: int) -> tuple[int, int]:
        """How many batches and card lines fit: card lines give way first."""
        batches, last = min(len(row.lots), BATCHES), LAST
        why = _WHY if row.line.amc.months_counted else 0

        def height() -> int:
            more = _MORE if len(row.lots) > batches else 0
            return _BASE + why + _ROW * batches + more + (_CARD + _ROW * last if last else 0)

        while height() > room and last > 1:
            last -= 1
        while height() > room and batches > 3:
            batches -= 1
        if height() > room:
            last = 0
        while height() > room and batches > 1:
            batches -= 1
        return batches, last

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

    def _add_batches(self, row: StockRow, shown: int) -> None:
        self.body.addWidget(label(self.desk.say("Batches, earliest expiry first"), "item"))
        at_risk = dict(
            self.desk.ask(risk_of, self.desk.clinic.id, row.item.id, row.line.amc.rounded,
                          self.desk.today).per_batch
        ) if row.line.amc.rounded else {}  # fmt: skip
        columns = (
            Column("lot", N_("Batch"), "strong", 86, lambda r: r.lot or None),
            Column("expiry", N_("Expires"), "faint", 84),
            Column("quantity", N_("On hand"), "strong_number", 54,
                   lambda r: self._shown(r.quantity)),
            Column("where", N_("Place"), "text", 0, lambda r: self._where(r, at_risk)),
        )  # fmt: skip
        lines = Lines(columns, self.desk.language)
        lines.set_rows(row.lots[:shown])
        self.body.addWidget(lines)
        if not row.lots:
            self.body.addWidget(label(self.desk.say("None on the shelf."), "second"))
        more = len(row.lots) - shown
        if more > 0:
            told = self.desk.count("{n} more batch", "{n} more batches", more)
            self.body.addWidget(label(told, "second"))

    def _where(self, lot: LotRow, at_risk: dict[int, int]) -> Cell:
        if lot.status is Status.EXPIRED:
            return Cell(self.desk.say("Expired"), tone="red", icon="cancel")
        if lot.status is not Status.USABLE:
            return Cell(self.desk.say(STATUSES[lot.status].name), tone="grey", icon="lock-outline")
        lost = min(at_risk.get(lot.lot_id, 0), lot.quantity)
        if lost:
            told = self.desk.say("{quantity} extra", quantity=self._shown(lost))
            return Cell(told, tone="amber", icon="timer-sand")
        return Cell(lot.place, tone="")

    def _add_why(self, row: StockRow) -> None:
        amc, use = row.line.amc, row.line.use
        head = QHBoxLayout()
        title = self.desk.say("Why {amc} a month", amc=self._shown(amc.rounded))
        head.addWidget(label(title, "item"))
        head.addStretch(1)
        told = self.desk.say("{method}, stock on {days} of {all} days", method=amc.method,
                             days=amc.days_with_stock, all=amc.days)  # fmt: skip
        head.addWidget(label(told, "second", side=Side.TRAILING))
        self.body.addSpacing(theme.current().px(4))
        self.body.addLayout(head)
        months = window(self.desk.today, len(use.months))
        bars = MonthBars(self.desk.language)
        bars.set_bars(
            [
                MonthBar(month, None, 0, month.days) if used is None
                else MonthBar(month, used.consumed, used.days_out, used.days)
                for month, used in zip(months, use.months, strict=True)
            ],
            Fraction(amc.value),
        )  # fmt: skip
        self.body.addWidget(bars)
        self.body.addWidget(label(self._division(row), "second", wrap=True))

    def _division(self, row: StockRow) -> str:
        """The sum that gives the average, to be checked with a pencil."""
        amc = row.line.amc
        language = self.desk.language
        months = Fraction(amc.months_counted) - Fraction(amc.days_out * 2, 61)
        formula = language.isolate(
            f"{self._shown(amc.consumed)} ÷ {language.decimal(months, 3)}"
            f" = {self._shown(amc.rounded)}"
        )
        if amc.days_out:
            return self.desk.count(
                "{used} used in {months} months, less {n} day out of stock: {formula}",
                "{used} used in {months} months, less {n} days out of stock: {formula}",
                amc.days_out, used=self._shown(amc.consumed), months=amc.months_counted,
                formula=formula,
            )  # fmt: skip
        return self.desk.count(
            "{used} used in {n} month: {formula}", "{used} used in {n} months: {formula}",
            amc.months_counted, used=self._shown(amc.consumed), formula=formula,
        )  # fmt: skip

    def _add_card(self, row: StockRow, last: int) -> None:
        head = QHBoxLayout()
        head.addWidget(label(self.desk.say("Stock card"), "item"))
        head.addStretch(1)
        head.addWidget(self.card_link)
        self.body.addSpacing(theme.current().px(4))
        self.body.addLayout(head)
        _, card = self.desk.ask(stock_card, self.desk.clinic.id, row.item.id)
        columns = (
            Column("day", N_("Date"), "faint", 84),
            Column("document", N_("Document"), "text", 0),
            Column("change", N_("Change"), "strong_number", 70, self._change),
            Column("balance", N_("Balance"), "strong_number", 70,
                   lambda r: self._shown(r.balance)),
        )  # fmt: skip
        lines = Lines(columns, self.desk.language)
        lines.set_rows(list(reversed(card[-last:])))
        self.body.addWidget(lines)

    def _change(self, line_of: CardLine) -> Cell:
        change = (line_of.received or 0) - (line_of.issued or 0) + (line_of.adjusted or 0)
        signed = self.desk.language.signed(change) if change else ""
        if self.row is not None and self.row.item.traits.decimals and change:
            signed = self.desk.language.isolate(
                ("+" if change > 0 else "\u2212") + self._shown(abs(change))
            )
        return Cell(signed, tone="green" if change > 0 else "")
