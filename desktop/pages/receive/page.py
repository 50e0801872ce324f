"""The Receive page: what is right, wrong, still to come?"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QWidget

from desktop import theme
from desktop.desk import Desk
from desktop.keys import Key
from desktop.page import Page
from desktop.pages.receive.amounts import is_amount
from desktop.pages.receive.bay import UP, Bay
from desktop.pages.receive.delivery_view import DeliveryView
from desktop.pages.receive.line_face import Act
from desktop.pages.receive.line_panel import Face, LinePanel
from desktop.pages.receive.pack_acts import AcceptLine
from desktop.pages.receive.receipt import first_blocking
from desktop.pages.receive.sides import Sides
from desktop.pages.receive.standing import Standing
from desktop.pages.receive.start_sheet import StartSheet, Ways
from desktop.pages.receive.turning import Turning
from desktop.pages.receive.wording import line_acts, subtitle
from desktop.rights import ReadOnly, allowed
from desktop.widgets.buttons import link_button
from inventory.domain.roles import Permission
from inventory.domain.sentence import N_, Refused, sentence

if TYPE_CHECKING:
    from inventory.domain.scan import Scan

_FIRST = N_("Scan the first pack, or type a name")
_NEXT = N_("Scan the next pack, or type a name or a quantity")
_NUMBERS = (
    N_("The first of what is offered"),
    N_("The second of them"),
    N_("The third of them"),
    N_("The fourth of them"),
    N_("The fifth of them"),
)
MAY = Permission.RECEIVE
_ORDER_NUMBER = "ORD-"
_NOTE_NUMBER = "GRN-"


class ReceivePage(Page):
    """The list of the delivery, and beside it the last scan; forms take the place of that."""

    key = "receive"
    placeholder = _NEXT

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.bay = Bay(desk, self._changed)
        self._watched: QWidget | None = None
        self._begun: bool | None = None
        self._build()

    def _build(self) -> None:
        desk = self.desk
        self.papers = link_button(desk.say("Change"), "Alt+D", run=lambda: self.sides.show_papers())
        self.papers.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.header.addWidget(self.papers)
        self.view = DeliveryView(desk)
        self.view.moved.connect(self._moved)
        self.view.opened.connect(self.enter)
        self.sides = Sides(self)
        self.start = StartSheet(desk, Ways(self._take_up, self.against, self.sides.show_note))
        self.panel = LinePanel(desk, self.bay, desk.back_to_field, lambda: self.act(self.finish))
        self.middle = Turning(self.start, self.view)
        self.row = QHBoxLayout()
        self.row.setSpacing(theme.current().px(14))
        self.row.addWidget(self.middle, 1)
        self.row.addWidget(self.panel)
        self.body.addWidget(ReadOnly(desk, MAY))
        self.body.addWidget(self.view.progress)
        self.body.addLayout(self.row, 1)

    # Showing

    def refresh(self) -> None:
        """Ask for the items anew, and for what else waits."""
        self._begun = None
        self.bay.look(again=True)
        self._show()

    def _changed(self) -> None:
        self.bay.look()
        self._show()

    def _show(self) -> None:
        bay, begun = self.bay, self.bay.delivery.begun
        self.set_subtitle(subtitle(self.desk, bay.delivery))
        self.papers.setVisible(begun and self._may)
        self.middle.turn_to(self.view if begun else self.start)
        self.view.progress.setVisible(begun)
        expecting = bool(bay.delivery.expected)
        self.view.show_rows(bay.rows, bay.delivery.at, expecting=expecting)
        self.panel.show_row(bay.row, self._acts_of(bay.row))
        self.panel.setVisible(begun and self.sides.panel is None)
        self.panel.setEnabled(self._may)
        if not begun or begun != self._begun:
            self._show_waiting(begun)
        self._begun = begun

    @property
    def _may(self) -> bool:
        """Whether who sits here receives."""
        return self.desk.may(MAY)

    def _show_waiting(self, begun: bool) -> None:
        """What else is open in the clinic: nothing that a scan changes."""
        kept = self.bay.keeping.kept()
        self.desk.waiting("receive", len(kept) + begun)
        if not begun:
            self.start.show_waiting(kept)
        self._hold_out_field(begun)

    def _acts_of(self, row: Standing | None) -> list[Act]:
        runs: dict[str, Callable[[], object]] = {
            "Alt+A": self.sides.accept, "Alt+M": self.damage, "Alt+K": self.end,
            "Alt+B": self.another_batch, "Enter": self.enter,
        }  # fmt: skip
        return [
            (words, key, partial(self.act, runs[key]))
            for words, key in line_acts(self.desk, row, self.bay.delivery)
        ]

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
        self.bay.tell_left()
        self._hold_out_field(self.bay.delivery.begun)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._watched and event.type() == QEvent.Type.Close:
            self.bay.close()
        return False

    def act(self, act: Callable[[], object]) -> None:
        """An act begun by a click or in a panel; a refusal is said like any other."""
        try:
            act()
        except Refused as refusal:
            self.desk.refused(refusal)

    # Packs

    def scanned(self, scan: Scan) -> bool:
        """A pack: its line, and the cursor where it asks something. Or an order, or a note."""
        if scan.document is not None:
            return self._document(scan.document)
        if not allowed(self.desk, MAY):
            return True
        self.sides.close()
        if not self.bay.packs.scan(scan):
            return False
        self._ask()
        return True

    def _document(self, number: str) -> bool:
        """The number of an order is what should come; of a note, the note."""
        if number.startswith(_ORDER_NUMBER):
            self.against(number)
            return True
        if number.startswith(_NOTE_NUMBER):
            self.sides.show_note(number)
            return True
        return False

    def item_chosen(self, item_id: int) -> bool:
        """An item found by name: how many, which batch, until when."""
        if not allowed(self.desk, MAY):
            return True
        self.sides.close()
        self.bay.packs.by_name(item_id)
        self.panel.edit()
        return True

    def reads(self, text: str) -> bool:
        """Digits in the field say how many came of the row people are on."""
        return self._may and self.bay.row is not None and is_amount(text)

    def answer(self, text: str) -> None:
        """As many came."""
        self.sides.close()
        self.bay.packs.count(text)
        self._ask()

    def _ask(self) -> None:
        """The cursor goes where the row asks something, else back to the field."""
        if not self.panel.begin():
            self.desk.back_to_field()

    def _moved(self, at: int) -> None:
        self.bay.put(self.bay.delivery.go(at))

    def enter(self) -> None:
        """Enter in the empty field: what the row asks, else the row itself."""
        if not self.bay.delivery.begun:
            self.start.enter()
            return
        if not allowed(self.desk, MAY):
            return
        row = self.bay.row
        if row is None:
            self.sides.show_papers()
        elif row.line is None and row.item is not None:
            self.item_chosen(row.item.id)
        elif not self.panel.begin():
            self.panel.edit()

    def step(self, rows: int) -> None:
        """Up and Down in the empty field move from row to row."""
        if self.bay.delivery.begun:
            self.view.grid.step(rows)
        else:
            self.start.step(rows)

    def damage(self) -> None:
        """Alt+M: how many packs of the line came broken."""
        self.sides.close()
        if self.panel.face is not Face.LINE or self.bay.row is None or self.bay.row.line is None:
            raise Refused("Go to a line that came, with its batch and expiry, first.")
        self.panel.ask_damage()

    def end(self) -> None:
        """Alt+K: no more of this is coming."""
        self.bay.packs.end()
        self.desk.back_to_field()

    def another_batch(self) -> None:
        """Alt+B: the last pack of this line is of another batch."""
        self.sides.close()
        self.bay.packs.another_batch()
        self._ask()

    def take_out(self) -> None:
        """Del: without this line."""
        self.bay.packs.take_out()
        self.desk.back_to_field()

    def _number(self, number: int) -> None:
        """Alt and a number: a candidate, or what waits on the empty page."""
        if not self.bay.delivery.begun:
            self.start.run(number)
        elif self.panel.face is Face.LEARN and allowed(self.desk, MAY):
            self.panel.learn.choose_number(number)

    # Papers and orders

    def against(self, number: str) -> None:
        """What should come, out of an order."""
        if not allowed(self.desk, MAY):
            return
        self.sides.close()
        self.bay.receive_against(number)
        self.desk.back_to_field()

    def put_aside(self) -> None:
        """Alt+H: this delivery waits; or the one that waits longest goes on."""
        if not allowed(self.desk, MAY):
            return
        self.sides.close()
        kept = self.bay.keeping.kept()
        if self.bay.delivery.begun:
            self.bay.put_aside()
        elif kept:
            self._take_up(kept[-1].key)
        else:
            self.desk.refused(sentence("No delivery has been put aside."))
        self.desk.back_to_field()

    def _take_up(self, key: str) -> None:
        if not allowed(self.desk, MAY):
            return
        self.sides.close()
        self.bay.take_up(key)
        self.desk.back_to_field()

    # Finishing

    def finish(self) -> None:
        """Ctrl+Enter: what a form asks, else put it on the shelf. Twice does it once."""
        if self.sides.panel is not None:
            self.sides.panel.accept()
            return
        if not self.bay.delivery.begun or not allowed(self.desk, MAY):
            return
        blocking = first_blocking(self.bay.delivery, self.bay.items)
        if blocking is not None:
            self._moved(blocking.key)
            self.panel.begin()
        done = self.bay.post()
        self.sides.preview(done.number)

    def undo(self) -> bool:
        """Ctrl+Z: a step of the delivery; once it is posted the message bar offers Reverse."""
        if not self.bay.take_back():
            return False
        if self.sides.panel is None and self.panel.has_cursor():
            self._ask()
        return True

    def open(self, what: object) -> None:
        """An item, the number of a document, or an act of the message bar."""
        if isinstance(what, AcceptLine) and allowed(self.desk, MAY):
            self._moved(what.key)
            self.sides.accept()
        elif what == UP:
            self.put_aside()
        elif isinstance(what, str):
            self._document(what)
        else:
            super().open(what)

    def print_page(self) -> None:
        """Ctrl+P: the note that is open."""
        self.sides.print_note()

    def back(self) -> bool:
        """Esc: a form goes, or the question of a line is left for later."""
        if self.sides.panel is not None:
            self.sides.close()
        elif not self.panel.back():
            return False
        self._show()
        self.desk.back_to_field()
        return True

    # Keys

    def _typing(self) -> bool:
        """Whether Del belongs to a text somebody is writing."""
        focused = QApplication.focusWidget()
        return isinstance(focused, QLineEdit) and bool(focused.text())

    def keys(self) -> tuple[Key, ...]:
        """The page's own chords."""
        out = None if self._typing() or self.sides.panel is not None else self.take_out
        numbers = (
            Key(f"Alt+{n}", words, partial(self._number, n)) for n, words in enumerate(_NUMBERS, 1)
        )
        return (
            Key("↑ ↓", N_("Another line")),
            Key("12 Enter", N_("So many packs; 12+4 with loose ones, 12x50 in packs of 50"),
                needs=(MAY,)),
            Key("Enter", N_("What the line asks, or change it")),
            Key("Alt+M", N_("Damaged"), self.damage, (MAY,)),
            Key("Alt+K", N_("No more of this is coming"), self.end, (MAY,)),
            Key("Alt+A", N_("Accept a short-dated batch, with a reason"), self.sides.accept,
                (MAY,)),
            Key("Alt+B", N_("One is of another batch"), self.another_batch, (MAY,)),
            Key("Alt+D", N_("Supplier, waybill, source, order"), self.sides.show_papers, (MAY,)),
            Key("Alt+H", N_("Put the delivery aside, or go on with it"), self.put_aside, (MAY,)),
            Key("Del", N_("Take the line out"), out, (MAY,)),
            *numbers,
        )  # fmt: skip

    def leaving(self) -> None:
        """Forms do not wait for anybody: what was typed is kept."""
        self.sides.close()
