"""All lines of the basket on one sheet, with the keys at its foot."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop import theme
from desktop.desk import Desk
from desktop.pages.dispense.line_card import LineCard
from desktop.pages.dispense.line_view import LineView
from desktop.widgets.hint_bar import HintBar

ROOMY = 720
"""Height of the window from which short lines show what may replace them all the time."""


class BasketList(QFrame):
    """`moved(at)`: the cursor went to a line. `typed(at, text)`. `finished`: Enter in a quantity.

    Cards stay while their item stays, so that nothing is lost from under somebody's fingers.
    """

    moved = Signal(int)
    typed = Signal(int, str)
    finished = Signal()
    instead = Signal(int, int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.setProperty("role", "card")
        self.cards: list[LineCard] = []
        self._shown: tuple[tuple[LineView, ...], int] = ((), 0)
        self.inside = QWidget()
        self.inside.setObjectName("inside")
        self._stack = QVBoxLayout(self.inside)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.setSpacing(0)
        self._stack.addStretch(1)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(self.inside)
        self.hints = HintBar(self._hints())
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 1, 1, 1)
        whole.setSpacing(0)
        whole.addWidget(self.area, 1)
        whole.addWidget(self.hints)

    def _hints(self) -> list[tuple[str, str]]:
        say = self.desk.say
        return [
            ("↑ ↓", say("line")),
            ("Enter", say("quantity")),
            ("Alt+B", say("another batch")),
            ("Del", say("take line out")),
            ("Alt+H", say("park")),
            ("Ctrl+Z", say("undo")),
        ]

    def show_lines(self, views: Sequence[LineView], at: int, decimals: Sequence[int]) -> None:
        """The lines as they are now; `at` is the one people are on."""
        self._keep_cards(views, decimals)
        self._shown = (tuple(views), at)
        roomy = self.window().height() >= theme.current().px(ROOMY)
        keyed = keyed_line(views, at)
        for where, (card, view) in enumerate(zip(self.cards, views, strict=True)):
            here = where == at
            card.show_view(view, where + 1, here=here, unfolded=roomy, keys=where == keyed)
        self._keep_in_view()

    def _keep_cards(self, views: Sequence[LineView], decimals: Sequence[int]) -> None:
        kept = {card.item_id: card for card in self.cards}
        cards = []
        for where, (view, places) in enumerate(zip(views, decimals, strict=True)):
            card = kept.pop(view.item_id, None) or self._card(view, places)
            if self._stack.indexOf(card) != where:
                self._stack.insertWidget(where, card)
            cards.append(card)
        self.cards = cards
        for gone in kept.values():
            self._stack.removeWidget(gone)
            gone.hide()
            gone.deleteLater()

    def _card(self, view: LineView, decimals: int) -> LineCard:
        card = LineCard(self.desk, view, decimals)
        card.box.arrived.connect(lambda: self._at(card, self.moved.emit))
        card.box.left.connect(self._again)
        card.box.stepped.connect(lambda rows: self.step(rows))
        card.box.entered.connect(self.finished)
        card.typed.connect(lambda text: self._at(card, lambda at: self.typed.emit(at, text)))
        card.wanted.connect(card.box.setFocus)
        card.instead.taken.connect(
            lambda item: self._at(card, lambda at: self.instead.emit(at, item))
        )
        return card

    def _at(self, card: LineCard, tell: Callable[[int], object]) -> None:
        if card in self.cards:
            tell(self.cards.index(card))

    def step(self, rows: int) -> None:
        """The cursor goes to another line's quantity."""
        where = self._shown[1] + rows
        if 0 <= where < len(self.cards):
            self.cards[where].box.setFocus()

    def write(self, at: int) -> None:
        """Put the cursor into a quantity, ready to be typed over."""
        self.moved.emit(at)
        box = self.cards[at].box
        box.setFocus(Qt.FocusReason.OtherFocusReason)
        box.put(self._shown[0][at].asked)

    def has_cursor(self) -> bool:
        """Whether somebody is in a quantity."""
        return any(card.box.hasFocus() for card in self.cards)

    def _again(self) -> None:
        views, at = self._shown
        if len(views) == len(self.cards):
            self.show_lines(views, at, [card.table.decimals for card in self.cards])

    def _keep_in_view(self) -> None:
        QTimer.singleShot(0, self, self._scroll)

    def _scroll(self) -> None:
        _, at = self._shown
        if at < len(self.cards):
            card = self.cards[at]
            self.area.ensureWidgetVisible(card, 0, 0)
            self.area.ensureWidgetVisible(card.box, 0, theme.current().px(20))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.cards:
            QTimer.singleShot(0, self, self._again)
        return super().event(event)


def keyed_line(views: Sequence[LineView], at: int) -> int | None:
    """The line that Alt and a number is about: the one people are on, else the last short one."""
    if at < len(views) and views[at].instead:
        return at
    short = [where for where, view in enumerate(views) if view.instead]
    return short[-1] if short else None
