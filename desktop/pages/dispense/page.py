"""The Dispense page: what comes off which shelf, and is anything missing?"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QStackedWidget, QWidget

from desktop import theme
from desktop.desk import Desk
from desktop.keys import Key
from desktop.page import Page
from desktop.pages.dispense.basket_list import BasketList, keyed_line
from desktop.pages.dispense.batch_panel import BatchPanel
from desktop.pages.dispense.counter import Counter, KeepMine, TakeUp
from desktop.pages.dispense.empty_page import EmptyBasket
from desktop.pages.dispense.list_panels import DayPanel, ListPanel, ParkedPanel
from desktop.pages.dispense.reason_panel import ReasonPanel
from desktop.pages.dispense.reverse_panel import ReversePanel
from desktop.pages.dispense.visit_panel import VisitPanel
from desktop.widgets.buttons import Button
from inventory.domain.sentence import N_, Refused, sentence
from inventory.queries.day_list import Dispensing, day_list, dispensing_numbered, visits_of_day
from inventory.services.reversing import reverse

if TYPE_CHECKING:
    from inventory.domain.scan import Scan

_FIRST = N_("Scan or type the first medicine")
_NEXT = N_("Scan or type the next medicine")
_INSTEAD = (
    N_("Take the first of what is on the shelf instead"),
    N_("Take the second of them"),
    N_("Take the third of them"),
)


class DispensePage(Page):
    """The basket, the visit beside it; panels take the place of the visit."""

    key = "dispense"
    placeholder = _NEXT

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.counter = Counter(desk, self._changed)
        self.panel: ReasonPanel | ListPanel | None = None
        self._from_list = False
        self._watched: QWidget | None = None
        self._build()

    def _build(self) -> None:
        desk, px = self.desk, theme.current().px
        self.day_button = Button(
            desk.say("Today's list"), "Ctrl+L", icon="history", small=True, run=self.show_day
        )
        self.day_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.header.addWidget(self.day_button)
        self.lines = BasketList(desk)
        self.lines.moved.connect(self._moved)
        self.lines.typed.connect(self._typed)
        self.lines.finished.connect(desk.back_to_field)
        self.lines.instead.connect(lambda at, item: self._act(lambda: self._instead(at, item)))
        self.nothing = EmptyBasket(desk, self.park)
        self.middle = QStackedWidget()
        self.middle.addWidget(self.nothing)
        self.middle.addWidget(self.lines)
        self.visit = VisitPanel(desk, lambda: self._act(self.finish))
        self.visit.noted.connect(self._noted)
        self.visit.left.connect(desk.back_to_field)
        self.row = QHBoxLayout()
        self.row.setSpacing(px(14))
        self.row.addWidget(self.middle, 1)
        self.row.addWidget(self.visit)
        self.body.addLayout(self.row)

    # Showing

    def refresh(self) -> None:
        """Ask the shelf, the day and the parked baskets again."""
        self._show_basket()
        visits = self.desk.ask(visits_of_day, self.desk.clinic.id, self.desk.today)
        if self.counter.basket.begun:
            self.set_subtitle(
                self.desk.say(
                    "Visit {number} today. Every line is saved as you make it.", number=visits + 1
                )
            )
        else:
            self.set_subtitle(self.desk.say("Nothing in the basket"))
            self.nothing.show_parked(self.counter.keeping.parked())
        if isinstance(self.panel, DayPanel):
            self.panel.show_day(self._day())

    def _show_basket(self) -> None:
        basket = self.counter.basket
        seen = self.counter.look()
        places = [line.item.traits.decimals for line in seen.lines]
        self.middle.setCurrentWidget(self.lines if basket.begun else self.nothing)
        self.lines.show_lines(seen.views, basket.at, places)
        self.visit.show_visit(basket.visit)
        self.visit.show_totals(len(basket.lines), seen.short)
        self.visit.button.setEnabled(bool(basket.lines))
        self.visit.setVisible(basket.begun and self.panel is None)
        self._hold_out_field(bool(basket.lines))

    def _hold_out_field(self, begun: bool) -> None:
        """The field says what it waits for."""
        self.placeholder = _NEXT if begun else _FIRST  # type: ignore[misc]
        field = self.window().findChild(QLineEdit, "field") if self.isVisible() else None
        if field is not None:
            field.setPlaceholderText(self.desk.say(_NEXT) if begun else self.desk.say(_FIRST))

    def showEvent(self, event: QShowEvent) -> None:
        """Qt: hear of the window closing, and say what an earlier running left."""
        super().showEvent(event)
        window = self.window()
        if self._watched is not window:
            self._watched = window
            window.installEventFilter(self)
        self.counter.tell_left()
        self._hold_out_field(bool(self.counter.basket.lines))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._watched and event.type() == QEvent.Type.Close:
            self.counter.close()
        return False

    def _changed(self) -> None:
        self.refresh()

    def _act(self, act: Callable[[], object]) -> None:
        """An act begun by a click or in a panel; a refusal is said like any other."""
        try:
            act()
        except Refused as refusal:
            self.desk.refused(refusal)

    # The basket

    def scanned(self, scan: Scan) -> bool:
        """A known pack: its line, cursor in the quantity."""
        self._close_panel()
        if not self.counter.scan(scan):
            return False
        self.lines.write(self.counter.basket.at)
        return True

    def item_chosen(self, item_id: int) -> bool:
        """An item found by name: its line, cursor in the quantity."""
        self._close_panel()
        self.counter.add(item_id)
        self.lines.write(self.counter.basket.at)
        return True

    def _moved(self, at: int) -> None:
        self.counter.put(self.counter.basket.go(at))

    def _typed(self, at: int, text: str) -> None:
        places = self.counter.seen.lines[at].item.traits.decimals
        self._act(lambda: self.counter.put(self.counter.basket.write(at, text, places)))

    def _noted(self, name: str, text: str) -> None:
        self._act(lambda: self.counter.put(self.counter.basket.note(name, text)))

    def enter(self) -> None:
        """Enter in the empty field: the quantity of the line people are on."""
        if self.counter.basket.lines:
            self.lines.write(self.counter.basket.at)

    def step(self, rows: int) -> None:
        """Up and Down in the empty field move from line to line."""
        self.counter.put(self.counter.basket.go(self.counter.basket.at + rows))

    def take_out(self) -> None:
        """Del: without this line."""
        self.counter.take_out()
        if self.counter.basket.lines and not self._typing():
            self.lines.write(self.counter.basket.at)
        else:
            self.desk.back_to_field()

    def _instead(self, where: int, item_id: int) -> None:
        self.counter.take_instead(where, item_id)
        self.lines.write(self.counter.basket.at)

    def _substitute(self, number: int) -> None:
        views = self.counter.seen.views
        where = keyed_line(views, self.counter.basket.at)
        if where is not None and number <= len(views[where].instead):
            self._instead(where, views[where].instead[number - 1].item_id)

    # Finishing

    def finish(self) -> None:
        """Ctrl+Enter: what the panel asks, else dispense. Twice does it once."""
        if isinstance(self.panel, ReasonPanel):
            self.panel.accept()
            return
        if not self.counter.basket.lines:
            return
        self._close_panel()
        missing = [at for at, one in enumerate(self.counter.basket.lines) if not one.quantity]
        if missing:
            self.lines.write(missing[0])
        self.counter.dispense()
        self.desk.back_to_field()

    def undo(self) -> bool:
        """Ctrl+Z: a step of the basket; once it is posted the message bar offers Reverse."""
        if not self.counter.take_back():
            return False
        if self.lines.has_cursor() and self.counter.basket.lines:
            self.lines.write(self.counter.basket.at)
        return True

    def park(self) -> None:
        """Alt+H: put the basket aside, or take one up."""
        self._close_panel()
        if self.counter.basket.begun:
            self.counter.park()
            self.desk.back_to_field()
            return
        parked = self.counter.keeping.parked()
        if len(parked) == 1:
            self._take_up(parked[0].key)
        elif parked:
            self._open(ParkedPanel(self.desk, parked, lambda key: self._act(
                lambda: self._take_up(key))))  # fmt: skip
        else:
            self.desk.refused(sentence("Nothing is parked."))

    def _take_up(self, key: str) -> None:
        self._close_panel()
        self.counter.take_up(key)
        self.enter()

    # Panels

    def open(self, what: object) -> None:
        """An item, the number of a dispensing to look at, or an act of the message bar."""
        if isinstance(what, KeepMine):
            self._keep_mine(what.item_id)
        elif isinstance(what, TakeUp):
            self.park()
        elif isinstance(what, str):
            self.show_dispensing(what)
        else:
            super().open(what)

    def _keep_mine(self, item_id: int) -> None:
        where = self.counter.basket.find(item_id)
        if where is not None:
            self.counter.put(self.counter.basket.go(where))
            self.another_batch(self.counter.basket.lines[where].scanned)

    def another_batch(self, wanted: int | None = None) -> None:
        """Alt+B: which batch goes first, and why."""
        line = self.counter.basket.line
        if line is None:
            return
        choosable = self.counter.choosable()
        found = self.counter.seen.lines[self.counter.basket.at]
        if not choosable and line.lot_id is None:
            raise Refused("There is no other batch of {item} to take.", item=found.item.names)
        self._open(
            BatchPanel(
                self.desk, found.item, choosable, wanted,
                lambda lot, reason: self._act(lambda: self._batch(lot, reason)),
                may_return=line.lot_id is not None,
            )
        )  # fmt: skip

    def _batch(self, lot_id: int | None, reason: str) -> None:
        self._close_panel()
        self.counter.choose_batch(lot_id, reason)
        self.lines.write(self.counter.basket.at)

    def show_day(self) -> None:
        """Ctrl+L: the day's list; again closes it."""
        if isinstance(self.panel, DayPanel):
            self.back()
            return
        panel = DayPanel(self.desk, lambda number: self._act(lambda: self._from_day(number)))
        panel.show_day(self._day())
        self._open(panel)

    def _day(self) -> list[Dispensing]:
        return self.desk.ask(day_list, self.desk.clinic.id, self.desk.today)

    def _from_day(self, number: str) -> None:
        self.show_dispensing(number)
        self._from_list = True

    def show_dispensing(self, number: str) -> None:
        """One dispensing of any day, with the reasons for taking it back."""
        found = self.desk.ask(dispensing_numbered, self.desk.clinic.id, number)
        self._open(ReversePanel(self.desk, found, self._reverse))

    def _reverse(self, number: str, reason: str) -> None:
        def act() -> None:
            done = self.desk.do(reverse, number, reason)
            self._close_panel()
            told = sentence("Reversed {number} by {other}", number=number, other=done.number)
            self.desk.done(told)
            self.desk.back_to_field()

        self._act(act)

    def _open(self, panel: ReasonPanel | ListPanel) -> None:
        self._close_panel()
        self.panel = panel
        panel.closed.connect(self.back)
        self.row.addWidget(panel)
        self.visit.hide()
        panel.show()
        panel.begin()

    def _close_panel(self) -> None:
        panel, self.panel, self._from_list = self.panel, None, False
        if panel is None:
            return
        self.row.removeWidget(panel)
        panel.hide()
        panel.deleteLater()
        self.visit.setVisible(self.counter.basket.begun)

    def back(self) -> bool:
        """Esc: from a dispensing to the list it was opened from, else the panel goes."""
        if self.panel is None:
            return False
        to_list, on_line = self._from_list, isinstance(self.panel, BatchPanel)
        self._close_panel()
        if to_list:
            self.show_day()
        elif on_line:
            self.enter()
        else:
            self.desk.back_to_field()
        return True

    # Keys

    def _typing(self) -> bool:
        """Whether Del belongs to a text somebody is writing."""
        focused = QApplication.focusWidget()
        in_line = self.lines.isAncestorOf(focused) if focused is not None else False
        return isinstance(focused, QLineEdit) and not in_line and bool(focused.text())

    def keys(self) -> tuple[Key, ...]:
        """The page's own chords."""
        out = None if self._typing() or self.panel is not None else self.take_out
        begun = bool(self.counter.basket.lines)
        substitutes = (
            Key(f"Alt+{n}", words, partial(self._substitute, n))
            for n, words in enumerate(_INSTEAD, 1)
        )
        return (
            Key("↑ ↓", N_("Another line")),
            Key("Enter", N_("To the quantity and back")),
            Key("Alt+B", N_("Another batch, with a reason"), self.another_batch),
            *substitutes,
            Key("Del", N_("Take the line out"), out if begun else None),
            Key("Alt+V", N_("The visit"), self._go_to_visit),
            Key("Alt+H", N_("Park the basket, or take one up"), self.park),
            Key("Ctrl+L", N_("The day's list"), self.show_day),
        )

    def _go_to_visit(self) -> None:
        self._close_panel()
        if self.counter.basket.begun:
            self.visit.begin()

    def leaving(self) -> None:
        """Panels do not wait for anybody."""
        self._close_panel()
