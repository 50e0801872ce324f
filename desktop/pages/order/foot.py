"""Under the lines: what the order comes to, and what is done with it."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLayout, QVBoxLayout, QWidget

from desktop import theme
from desktop.desk import Desk
from desktop.widgets.buttons import Button
from desktop.widgets.charts.bar import PartBar
from desktop.widgets.labels import label, set_tone
from inventory.domain.roles import Permission
from inventory.queries.order_view import OrderView, Totals

HIGH = 67


class _Figure(QWidget):
    """A large figure and its word."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.current().px(7))
        self.number, self.word = label("", "quantity"), label("", "second")
        row.addWidget(self.number)
        row.addWidget(self.word)

    def show_figure(self, number: str, word: str) -> None:
        self.number.setText(number)
        self.word.setText(word)
        self.setAccessibleName(f"{number} {word}")


class Foot(QFrame):
    """Pinned: totals, the budget when there is one, and the finishing button of the state."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.preview = Button(desk.say("Preview"), "Alt+P", icon="file-eye-outline")
        self.finish = Button(desk.say("Save and print"), "Ctrl+Enter", icon="printer-outline",
                             role="primary")  # fmt: skip
        self.again = Button(desk.say("Print again"), "Ctrl+P", icon="printer-outline",
                            role="primary")  # fmt: skip
        self.close_order = Button(desk.say("Expect no more"), "Alt+X", icon="close-circle-outline")
        self.lines, self.packs, self.value = _Figure(), _Figure(), _Figure()
        self.budget_words: QLabel = label("", "second")
        self.bar = PartBar(180)
        self.budget = QWidget()
        for shown_later in (self.again, self.close_order, self.value, self.budget):
            shown_later.hide()
        self._wanted: set[QWidget] = set()
        self._resting = False
        self._lay_out()

    def _lay_out(self) -> None:
        px = theme.current().px
        self.setProperty("role", "foot")
        whole = QVBoxLayout(self)
        # A panel beside the lines may leave little room: parts go before the window grows.
        whole.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        edge = QFrame()
        edge.setProperty("role", "line")
        whole.addWidget(edge)
        row = QHBoxLayout()
        row.setContentsMargins(px(18), px(8), px(12), px(8))
        row.setSpacing(px(20))
        stack = QVBoxLayout(self.budget)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(px(6))
        stack.addStretch(1)
        stack.addWidget(self.budget_words)
        stack.addWidget(self.bar)
        stack.addStretch(1)
        for figure in (self.lines, self.packs, self.value):
            row.addWidget(figure)
        row.addWidget(self.budget)
        row.addStretch(1)
        buttons = QHBoxLayout()
        buttons.setSpacing(px(10))
        for button in (self.close_order, self.preview, self.again, self.finish):
            buttons.addWidget(button)
        row.addLayout(buttons)
        whole.addLayout(row)

    def show_order(self, view: OrderView) -> None:
        """The totals, and the buttons that fit the state."""
        desk, totals = self.desk, view.totals
        number = desk.language.number
        self.lines.show_figure(number(totals.lines), desk.count("line", "lines", totals.lines))
        self.packs.show_figure(number(totals.packs), desk.count("pack", "packs", totals.packs))
        priced = totals.lines > totals.unpriced
        self.value.show_figure(number(totals.value), self._currency(totals))
        self._show_budget(view, totals)
        self.finish.setEnabled(totals.lines > 0)
        self.preview.setEnabled(totals.lines > 0)
        may = desk.may(Permission.ORDER)
        waits = view.order.state in ("printed", "partly_received")
        parts = (
            (self.lines, True), (self.packs, True), (self.value, priced),
            (self.budget, view.is_draft and view.budget is not None),
            (self.close_order, waits and may), (self.preview, may or not view.is_draft),
            (self.again, not view.is_draft), (self.finish, view.is_draft and may),
        )  # fmt: skip
        self._wanted = {part for part, wanted in parts if wanted}
        self._fit()

    def rest(self, resting: bool) -> None:
        """While a figure waits for its reason, the panel's button is the one to press."""
        self._resting = resting
        self._fit()

    def _fit(self) -> None:
        """Show what is wanted; with little room the budget goes first, then other figures."""
        px = theme.current().px
        shown = self._wanted - ({self.finish} if self._resting else set())
        for part in (self.budget, self.preview, self.value, self.close_order, self.packs):
            needed = sum(one.sizeHint().width() + px(20) for one in shown) + px(20)
            if needed <= self.width():
                break
            shown.discard(part)
        for part in (self.lines, self.packs, self.value, self.budget, self.close_order,
                     self.preview, self.again, self.finish):  # fmt: skip
            part.setVisible(part in shown)

    def minimumSizeHint(self) -> QSize:
        px = theme.current().px
        return QSize(px(240), px(HIGH))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _currency(self, totals: Totals) -> str:
        if not totals.unpriced:
            return self.desk.say("IQD")
        return self.desk.count(
            "IQD, {n} line without a price", "IQD, {n} lines without a price", totals.unpriced
        )

    def _show_budget(self, view: OrderView, totals: Totals) -> None:
        budget = view.budget
        if budget is None:
            return
        part = Fraction(totals.value, budget)
        share = self.desk.language.percent(part * 100)
        told = self.desk.say("{share} of the {budget} IQD budget", share=share, budget=budget)
        if part > 1:
            over = totals.value - budget
            told = self.desk.say("{over} IQD over the budget of {budget}", over=over,
                                 budget=budget)  # fmt: skip
        self.budget_words.setText(told)
        set_tone(self.budget_words, "red" if part > 1 else "")
        self.bar.set_part(part, told)
