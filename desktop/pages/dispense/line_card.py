"""One line of the basket: item and quantity, what is said about it, its batches when unfolded."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout

from desktop import theme
from desktop.desk import Desk
from desktop.direction import leading_part
from desktop.pages.dispense.batch_table import BatchTable
from desktop.pages.dispense.instead_rows import InsteadRows
from desktop.pages.dispense.line_view import LineView
from desktop.pages.dispense.quantity_box import QuantityBox
from desktop.widgets.labels import icon_pixmap, label, set_tone
from inventory.domain.sentence import N_

_TOP = Qt.AlignmentFlag.AlignTop
INSTEAD = N_("On the shelf instead. Ask the prescriber:")


class LineCard(QFrame):
    """Shows a LineView. `wanted` when it is clicked; `typed(text)` at every key."""

    wanted = Signal()
    typed = Signal(str)

    def __init__(self, desk: Desk, view: LineView, decimals: int) -> None:
        super().__init__()
        self.desk = desk
        self.item_id = view.item_id
        self.here = False
        self._shown: tuple[object, ...] = ()
        self.number = label("", "second")
        self.name = label(view.name, "item", wrap=True)
        self.icon = QLabel()
        self.words = label("", "second", wrap=True)
        self.box = QuantityBox(view.name)
        self.unit = label("", wrap=True)
        self.table = BatchTable(desk, decimals)
        self.instead = InsteadRows(desk.say(INSTEAD))
        self.box.written.connect(self.typed)
        self._lay_out()
        self._show_words(view)

    def _lay_out(self) -> None:
        px = theme.current().px
        big = px(17)
        self.name.setStyleSheet(f"QLabel {{ font-size: {big}px; }}")
        self.number.setStyleSheet(f"QLabel {{ font-size: {px(15)}px; }}")
        self.number.setFixedWidth(px(23))
        self.number.setContentsMargins(0, px(2), 0, 0)
        # A long text asks for the height of its narrowest shape; its real height comes by width.
        # Wrapped Arabic reaches a space beyond its box.
        for wrapped, beside in ((self.name, 5), (self.words, 3)):
            wrapped.setMinimumHeight(px(18))
            wrapped.setContentsMargins(px(beside), 0, px(beside), 0)
        self.unit.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Minimum)
        self.unit.setMinimumHeight(px(42))
        self.unit.setAlignment(self.unit.alignment() & ~_TOP | Qt.AlignmentFlag.AlignVCenter)
        told = QHBoxLayout()
        told.setSpacing(px(2))
        told.setContentsMargins(px(2), 0, px(2), 0)
        self.icon.setFixedWidth(px(20))
        self.icon.setAlignment(Qt.AlignmentFlag.AlignCenter)
        told.addWidget(self.icon, 0, _TOP)
        told.addWidget(self.words, 1)
        head = QGridLayout()
        head.setContentsMargins(px(18), px(12), px(20), px(12))
        head.setHorizontalSpacing(0)
        head.setVerticalSpacing(px(1))
        head.addWidget(self.number, 0, 0, _TOP)
        head.addWidget(self.name, 0, 1)
        head.addLayout(told, 1, 1)
        head.setColumnMinimumWidth(2, px(16))
        head.addWidget(self.box, 0, 3, 2, 1, _TOP)
        head.setColumnMinimumWidth(4, px(10))
        head.addWidget(self.unit, 0, 5, 2, 1, _TOP)
        head.setColumnStretch(1, 1)
        below = QVBoxLayout()
        below.setContentsMargins(px(40), 0, px(14), 0)
        below.setSpacing(0)
        below.addWidget(self.table)
        below.addWidget(self.instead)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 1)
        stack.setSpacing(0)
        stack.addLayout(head)
        stack.addLayout(below)

    def show_view(
        self, view: LineView, number: int, *, here: bool, unfolded: bool, keys: bool
    ) -> None:
        """`here`: people are on it. `unfolded`: there is room for what may replace it."""
        shown = (view, number, here, unfolded, keys, self.box.hasFocus())
        if shown == self._shown:
            return
        self._shown = shown
        self.here = here
        self.number.setText(self.desk.language.number(number))
        self._show_words(view)
        self.box.show_numbers(view.asked, view.given, wrong=view.wrong)
        given = view.is_short and not self.box.hasFocus()
        self.unit.setText(view.short_unit if given else view.unit)
        self.table.set_rows(view.rows if here else ())
        self.table.setVisible(here and bool(view.rows))
        replaced = bool(view.instead) and (here or unfolded)
        self.instead.show_rows(view.instead, keys=keys)
        self.instead.setVisible(replaced)
        self.setAccessibleName(f"{view.name}. {view.words}")
        self.update()

    def _show_words(self, view: LineView) -> None:
        self.name.setText(view.name)
        self.words.setText(view.words)
        tone = view.tone if view.tone == "red" else ""
        if self.words.property("tone") != tone:
            set_tone(self.words, tone)
        self.icon.setVisible(bool(view.icon))
        if view.icon:
            self.icon.setPixmap(icon_pixmap(view.icon, 16, view.tone or "ink2"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        px = theme.current().px
        self.unit.setFixedWidth(px(128 if self.width() >= px(600) else 96))
        super().resizeEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.wanted.emit()
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        whole = QRectF(self.rect())
        if self.here:
            painter.fillRect(whole, look.color("accent_soft"))
            painter.fillRect(leading_part(whole, look.px(4)), look.color("accent"))
        painter.setPen(QPen(look.color("hairline"), 1))
        bottom = whole.bottom() - 0.5
        painter.drawLine(QPointF(whole.left(), bottom), QPointF(whole.right(), bottom))
        painter.end()
