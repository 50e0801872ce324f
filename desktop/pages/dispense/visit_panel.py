"""The visit, all of it optional, the totals and the one button that finishes."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout

from desktop import theme
from desktop.desk import Desk
from desktop.direction import Side
from desktop.pages.dispense import register
from desktop.pages.dispense.visit_fields import VisitFields, give, papers_face, people_face
from desktop.widgets.buttons import Button, finish_button
from desktop.widgets.card import fixed_width
from desktop.widgets.labels import icon_label, label, line, set_tone
from desktop.widgets.scroll_column import ScrollColumn
from inventory.domain.sentence import N_

WIDE = 316
_PROMISE = N_("No names are asked for or kept.")
_ON_PEOPLE = N_("Prescription, payment, status")
_ON_PAPERS = N_("Visit, sex, age")


class VisitPanel(QFrame):
    """`noted(field, text)` at every change, `left` when Enter goes past the last field.

    Two faces, because both do not fit a laptop: who and how long; the papers behind it.
    """

    noted = Signal(str, str)
    left = Signal()

    def __init__(self, desk: Desk, finish: Callable[[], object]) -> None:
        super().__init__()
        self.desk = desk
        self.setProperty("role", "panel")
        self.setAccessibleName(desk.say("Visit"))
        fixed_width(self, WIDE)
        self.fields = VisitFields(desk)
        self.fields.noted.connect(self.noted)
        self.fields.left.connect(self._next)
        self.faces = QStackedWidget()
        self.faces.addWidget(people_face(self.fields))
        self.faces.addWidget(papers_face(self.fields))
        self.more = Button("", icon="chevron-right", role="link", run=self.turn)
        self.told = label(desk.say(_PROMISE), "second", wrap=True)
        self.count = label("", "strong")
        self.short = label("", "strong", side=Side.TRAILING)
        set_tone(self.short, "red")
        self.button = finish_button(desk.say("Dispense"), run=finish)
        self._lay_out()
        self._name_faces()

    def _lay_out(self) -> None:
        px = theme.current().px
        stack = QVBoxLayout(self)
        stack.setContentsMargins(px(18), px(13), px(18), px(16))
        stack.setSpacing(px(3))
        top = QHBoxLayout()
        top.addWidget(label(self.desk.say("Visit"), "heading"))
        top.addStretch(1)
        top.addWidget(label(self.desk.say("optional"), "second", side=Side.TRAILING))
        promise = QHBoxLayout()
        promise.setSpacing(px(8))
        promise.addWidget(icon_label("shield-account-outline", 18))
        promise.addWidget(self.told, 1)
        turning = QHBoxLayout()
        turning.setContentsMargins(-px(4), 0, 0, 0)
        turning.addWidget(self.more)
        turning.addStretch(1)
        totals = QHBoxLayout()
        totals.addWidget(self.count)
        totals.addStretch(1)
        totals.addWidget(self.short)
        stack.addLayout(top)
        stack.addWidget(self._room(promise, turning), 1)
        stack.addWidget(line())
        stack.addSpacing(px(5))
        stack.addLayout(totals)
        stack.addSpacing(px(6))
        stack.addWidget(self.button)

    def _room(self, promise: QHBoxLayout, turning: QHBoxLayout) -> ScrollColumn:
        room = ScrollColumn()
        room.column.setSpacing(theme.current().px(3))
        room.column.addItem(give(7))
        room.column.addWidget(self.faces)
        room.column.addItem(give(7))
        room.column.addLayout(promise)
        room.column.addItem(give(4))
        room.column.addLayout(turning)
        room.column.addStretch(1)
        return room

    # Showing

    def show_visit(self, visit: Mapping[str, str]) -> None:
        """The fields as kept; what somebody is typing stays."""
        self.fields.show_values(visit)
        wrong = register.faults(visit)
        self.fields.show_wrong(set(wrong))
        first = next(iter(wrong.values()), None)
        self.told.setText(self.desk.say(_PROMISE) if first is None else self.desk.tell(first))
        set_tone(self.told, "" if first is None else "red")
        # A sentence of three lines needs the room of the link on a low window.
        self.more.setVisible(first is None)

    def show_emergency(self, called: bool) -> None:
        """The finishing button says so when it is one."""
        say = self.desk.say
        self.button.icon_name = "flash-outline" if called else "check"
        self.button.set_words(say("Take out, emergency") if called else say("Dispense"))

    def show_totals(self, items: int, short: int) -> None:
        """How many items, and how many of them are short."""
        self.count.setText(self.desk.count("{n} item", "{n} items", items))
        self.short.setText(self.desk.count("{n} short", "{n} short", short) if short else "")

    # The cursor

    def begin(self) -> None:
        """Alt+V: the first field; again, the other face."""
        if self.has_cursor():
            self.turn()
        else:
            self._show_face(0)

    def has_cursor(self) -> bool:
        """Whether somebody is in the visit."""
        focused = QApplication.focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    def turn(self) -> None:
        """Show the other face, with the cursor in its first field."""
        self._show_face(1 - self.faces.currentIndex())

    def _show_face(self, face: int) -> None:
        self.faces.setCurrentIndex(face)
        self._name_faces()
        self.fields.first(face)

    def _next(self, face: int) -> None:
        if face == 0:
            self._show_face(0)
        self.left.emit()

    def _name_faces(self) -> None:
        words = _ON_PAPERS if self.faces.currentIndex() else _ON_PEOPLE
        self.more.set_words(self.desk.say(words))
