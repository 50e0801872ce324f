"""The Dispense page: what comes off which shelf, and is anything missing?"""

from __future__ import annotations

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
from desktop.pages.dispense.counter import Counter, KeepMine, TakeUp
from desktop.pages.dispense.emergency import CHORD, EmergencyLine
from desktop.pages.dispense.empty_page import EmptyBasket
from desktop.pages.dispense.side import Side
from desktop.pages.dispense.visit_panel import VisitPanel
from desktop.rights import allowed
from desktop.widgets.buttons import Button
from desktop.widgets.reason_panel import ReasonPanel
from inventory.domain.roles import Permission
from inventory.domain.sentence import N_
from inventory.queries.day_list import visits_of_day

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
        self.counter = Counter(desk, self.refresh)
        self._watched: QWidget | None = None
        self._build()

    def _build(self) -> None:
        desk = self.desk
        self.visit = VisitPanel(desk, lambda: self.side.act(self.finish))
        self.visit.noted.connect(self._noted)
        self.visit.left.connect(desk.back_to_field)
        row = QHBoxLayout()
        row.setSpacing(theme.current().px(14))
        self.side = Side(desk, self.counter, self.visit, row, self.enter)
        self.lines = BasketList(desk)
        self.lines.moved.connect(self._moved)
        self.lines.typed.connect(self._typed)
        self.lines.finished.connect(desk.back_to_field)
        self.lines.instead.connect(lambda at, item: self.side.act(lambda: self._instead(at, item)))
        self.nothing = EmptyBasket(desk, lambda: self.side.act(self.park))
        self.middle = QStackedWidget()
        self.middle.addWidget(self.nothing)
        self.middle.addWidget(self.lines)
        self.emergency = EmergencyLine(desk, lambda: self.side.act(self.side.ask_emergency))
        self.body.addWidget(self.emergency)
        row.addWidget(self.middle, 1)
        row.addWidget(self.visit)
        self.body.addLayout(row)
        day = Button(desk.say("Today's list"), "Ctrl+L", icon="history", small=True,
                     run=lambda: self.side.act(self.side.show_day))  # fmt: skip
        day.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.header.addWidget(day)

    # Showing

    def refresh(self) -> None:
        """Ask the shelf, the day and the parked baskets again."""
        basket, seen = self.counter.basket, self.counter.look()
        places = [line.item.traits.decimals for line in seen.lines]
        written = basket.lines or any(basket.visit.values())
        self.middle.setCurrentWidget(self.lines if written else self.nothing)
        self.lines.show_lines(seen.views, basket.at, places)
        self.visit.show_visit(basket.visit)
        self.visit.show_totals(len(basket.lines), seen.short)
        self.visit.button.setEnabled(bool(basket.lines))
        self._show_rights()
        self.side.refresh()
        self._say_where_we_are()

    def _show_rights(self) -> None:
        """What who sits here may do with the basket."""
        emergency, is_open = self.counter.basket.emergency, self.counter.is_open
        self.emergency.show_state(emergency, not is_open)
        self.visit.show_emergency(bool(emergency))
        for part in (self.lines, self.visit, self.nothing.parked):
            part.setEnabled(is_open)

    def _may(self) -> bool:
        """Whether the basket is open to who sits here; when not, who can is said."""
        return self.counter.is_open or allowed(self.desk, Permission.DISPENSE)

    def _say_where_we_are(self) -> None:
        begun = self.counter.basket.begun
        if begun:
            number = self.desk.ask(visits_of_day, self.desk.clinic.id, self.desk.today) + 1
            told = self.desk.say(
                "Visit {number} today. Every line is saved as you make it.", number=number
            )
        else:
            told = self.desk.say("Nothing in the basket")
            self.nothing.show_parked(self.counter.keeping.parked())
        self.set_subtitle(told)
        self._hold_out_field(begun)

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
        self._hold_out_field(self.counter.basket.begun)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._watched and event.type() == QEvent.Type.Close:
            self.counter.close()
        return False

    # The basket

    def scanned(self, scan: Scan) -> bool:
        """A known pack: its line, cursor in the quantity."""
        if not self._may():
            return True
        self.side.close()
        if not self.counter.scan(scan):
            return False
        self.enter()
        return True

    def item_chosen(self, item_id: int) -> bool:
        """An item found by name: its line, cursor in the quantity."""
        if not self._may():
            return True
        self.side.close()
        self.counter.add(item_id)
        self.enter()
        return True

    def _moved(self, at: int) -> None:
        self.counter.put(self.counter.basket.go(at))

    def _typed(self, at: int, text: str) -> None:
        places = self.counter.seen.lines[at].item.traits.decimals
        self.side.act(lambda: self.counter.put(self.counter.basket.write(at, text, places)))

    def _noted(self, name: str, text: str) -> None:
        self.side.act(lambda: self.counter.put(self.counter.basket.note(name, text)))

    def enter(self) -> None:
        """Enter in the empty field: the quantity of the line people are on."""
        if self.counter.basket.lines and self.counter.is_open:
            self.lines.write(self.counter.basket.at)

    def step(self, rows: int) -> None:
        """Up and Down in the empty field move from line to line."""
        self.counter.put(self.counter.basket.go(self.counter.basket.at + rows))

    def take_out(self) -> None:
        """Del: without this line."""
        self.counter.take_out()
        if self.counter.basket.lines:
            self.enter()
        else:
            self.desk.back_to_field()

    def _instead(self, where: int, item_id: int) -> None:
        self.counter.take_instead(where, item_id)
        self.enter()

    def _substitute(self, number: int) -> None:
        views = self.counter.seen.views
        where = keyed_line(views, self.counter.basket.at)
        if where is not None and number <= len(views[where].instead):
            self._instead(where, views[where].instead[number - 1].item_id)

    # Finishing, parking, going back

    def finish(self) -> None:
        """Ctrl+Enter: what the panel asks, else dispense. Twice does it once."""
        if isinstance(self.side.panel, ReasonPanel):
            self.side.panel.accept()
            return
        if not self.counter.basket.lines or not self._may():
            return
        self.side.close()
        missing = [at for at, one in enumerate(self.counter.basket.lines) if not one.quantity]
        if missing:
            self.lines.write(missing[0])
        self.counter.dispense()
        self.desk.back_to_field()

    def undo(self) -> bool:
        """Ctrl+Z: a step of the basket; once it is posted the message bar offers Reverse."""
        return self.counter.take_back()

    def park(self) -> None:
        """Alt+H: put the basket aside, or take one up."""
        if not self._may():
            return
        self.side.close()
        if self.counter.basket.begun:
            self.counter.park()
            self.desk.back_to_field()
        else:
            self.side.take_up()

    def open(self, what: object) -> None:
        """An item, the number of a dispensing to look at, or an act of the message bar."""
        if isinstance(what, KeepMine):
            self._keep_mine(what.item_id)
        elif isinstance(what, TakeUp):
            self.park()
        elif isinstance(what, str):
            self.side.show_dispensing(what)
        else:
            super().open(what)

    def _keep_mine(self, item_id: int) -> None:
        if not self._may():
            return
        where = self.counter.basket.find(item_id)
        if where is not None:
            self._moved(where)
            self.side.another_batch(self.counter.basket.lines[where].scanned)

    def back(self) -> bool:
        """Esc: the panel goes."""
        return self.side.back()

    def leaving(self) -> None:
        """Panels do not wait for anybody."""
        self.side.close()

    # Keys

    def keys(self) -> tuple[Key, ...]:
        """The page's own chords."""
        emergency = Key(CHORD, N_("Emergency: why stock is taken out"), self.side.ask_emergency)
        day = Key("Ctrl+L", N_("The day's list"), self.side.show_day)
        if not self.counter.is_open:
            return (emergency, day)
        lines = bool(self.counter.basket.lines)
        out = self.take_out if lines and not self._is_editing() else None
        substitutes = (
            Key(f"Alt+{n}", words, partial(self._substitute, n))
            for n, words in enumerate(_INSTEAD, 1)
        )
        return (
            Key("↑ ↓", N_("Another line")),
            Key("Enter", N_("To the quantity and back")),
            Key("Alt+B", N_("Another batch, with a reason"), self.side.another_batch),
            *substitutes,
            Key("Del", N_("Take the line out"), out),
            Key("Alt+V", N_("The visit"), self._go_to_visit),
            Key("Alt+H", N_("Park the basket, or take one up"), self.park),
            emergency,
            day,
        )

    def _is_editing(self) -> bool:
        """Whether Del belongs to a text somebody is writing, or to a panel."""
        focused = QApplication.focusWidget()
        if self.side.panel is not None or focused is None:
            return self.side.panel is not None
        text = isinstance(focused, QLineEdit) and bool(focused.text())
        return text and not self.lines.isAncestorOf(focused)

    def _go_to_visit(self) -> None:
        self.side.close()
        if self.counter.basket.begun:
            self.visit.begin()
