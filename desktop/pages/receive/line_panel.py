"""The side panel: about the last scan alone, and the one button that finishes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum, auto

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout

from desktop import theme
from desktop.desk import Desk
from desktop.direction import Side
from desktop.pages.receive.amounts import Amount
from desktop.pages.receive.bay import Bay
from desktop.pages.receive.columns import state_words
from desktop.pages.receive.facts_face import FactsFace
from desktop.pages.receive.learn_face import LearnFace
from desktop.pages.receive.line_face import Act, LineFace
from desktop.pages.receive.standing import Standing
from desktop.pages.receive.told import told
from desktop.pages.receive.turning import Turning
from desktop.widgets.buttons import finish_button
from desktop.widgets.card import fixed_width
from desktop.widgets.chip import Chip
from desktop.widgets.labels import label, line
from desktop.widgets.scroll_column import ScrollColumn
from inventory.domain.expiry import Expiry
from inventory.domain.sentence import Refused
from inventory.queries.clinics import places

WIDE = 336


class Face(Enum):
    """What the panel shows of a row."""

    NOTHING = auto()
    LEARN = auto()
    FACTS = auto()
    LINE = auto()


class LinePanel(QFrame):
    """Shows the row people are on; asks what it needs."""

    def __init__(
        self, desk: Desk, bay: Bay, done: Callable[[], object], finish: Callable[[], object]
    ) -> None:
        super().__init__()
        self.desk, self.bay, self._done = desk, bay, done
        self.setProperty("role", "panel")
        self.setAccessibleName(desk.say("The last scan"))
        fixed_width(self, WIDE)
        self.row: Standing | None = None
        self._acts: Sequence[Act] = ()
        self.editing = False
        self.chip = Chip("waiting", desk.language)
        self.quiet = label("", "second", side=Side.TRAILING)
        self.title = told("", "heading")
        rooms = desk.ask(places, desk.clinic.id)
        names = {place.id: place.name for place in rooms} if len(rooms) > 1 else {}
        self.learn = LearnFace(desk, self._learned)
        self.facts = FactsFace(desk, rooms, self._settled, bay.packs.note_lot,
                               bay.packs.expiry_of)  # fmt: skip
        self.about = LineFace(desk, names, self._damaged)
        self.nothing = told(desk.say("Scan the first pack."))
        self.faces = Turning(self.nothing, self.learn, self.facts, self.about)
        self.button = finish_button(desk.say("Put on the shelf"), run=finish)
        self._lay_out()

    def _lay_out(self) -> None:
        px = theme.current().px
        stack = QVBoxLayout(self)
        stack.setContentsMargins(px(18), px(14), px(18), px(16))
        stack.setSpacing(px(10))
        top = QHBoxLayout()
        top.addWidget(self.chip)
        top.addStretch(1)
        top.addWidget(self.quiet)
        stack.addLayout(top)
        stack.addWidget(self.title)
        room = ScrollColumn()
        room.column.setSpacing(0)
        room.column.addWidget(self.faces)
        room.column.addStretch(1)
        stack.addWidget(room, 1)
        stack.addWidget(line())
        stack.addWidget(self.button)

    # Showing

    @property
    def face(self) -> Face:
        """Which question the row asks."""
        row = self.row
        if row is None:
            return Face.NOTHING
        if row.item is None:
            return Face.LEARN
        return Face.FACTS if row.needs or self.editing else Face.LINE

    def show_row(self, row: Standing | None, acts: Sequence[Act]) -> None:
        """The row people are on, None when there is none."""
        before = self.row
        if before is None or row is None or before.at != row.at or row.line is None:
            self.editing = False
        self.row, self._acts = row, acts
        self.chip.setVisible(row is not None)
        self.title.setVisible(row is not None)
        self._show_head(row)
        self.learn.room = self.about.room = self._room()
        face = self.face
        if face is not Face.FACTS:
            self.facts.forget()
        if row is None:
            self.faces.turn_to(self.nothing)
        elif face is Face.LEARN:
            assert row.line is not None
            self.learn.show_line(row.line, self.bay.delivery.waiting)
            self.faces.turn_to(self.learn)
        elif face is Face.FACTS:
            self.facts.show_row(row, counting=self.editing)
            self.faces.turn_to(self.facts)
        else:
            self.about.show_row(row, acts)
            self.faces.turn_to(self.about)
        self.button.setEnabled(bool(self.bay.delivery.lines))

    def _show_head(self, row: Standing | None) -> None:
        at = row.line.at if row is not None and row.line is not None else 0
        clock = self.desk.language.time(at) if at else ""
        self.quiet.setText(self.desk.say("scanned {time}", time=clock) if clock else "")
        if row is None:
            return
        self.chip.set_state(row.state, state_words(self.desk.language, row))
        if row.item is None:
            self.title.setText(self.desk.say("Which item is this?"))
        else:
            self.title.setText(self.desk.name(row.item.names))

    def _room(self) -> int:
        """The height a face has between the head and the button."""
        px = theme.current().px
        head = self.title.heightForWidth(px(WIDE - 36)) if self.row is not None else 0
        chrome = px(14 + 26 + 10 + 10 + 10 + 1 + 10 + 16) + head
        return self.height() - chrome - self.button.sizeHint().height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: what fits in the new height."""
        super().resizeEvent(event)
        if event.size().height() != event.oldSize().height():
            self.show_row(self.row, self._acts)

    # The cursor

    def begin(self) -> bool:
        """Put the cursor where the row asks something. False when it asks nothing."""
        if self.face is Face.LEARN:
            self.learn.begin()
        elif self.face is Face.FACTS:
            self.facts.begin()
        else:
            return False
        return True

    def edit(self) -> None:
        """Enter on a line: how many, batch, expiry, place, as they stand."""
        if self.row is None or self.row.line is None or self.row.item is None:
            return
        self.editing = True
        self.facts.forget()
        self.show_row(self.row, ())
        self.facts.begin()

    def ask_damage(self) -> None:
        """Alt+M."""
        if self.row is not None and self.row.line is not None and self.face is Face.LINE:
            self.about.ask_damage(self.row)

    def has_cursor(self) -> bool:
        """Whether somebody is writing here."""
        focused = QApplication.focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    def back(self) -> bool:
        """Esc: out of what was asked, which stays to be answered."""
        was = self.editing or self.has_cursor()
        self.about.close_damage()
        self.editing = False
        return was

    # Answers

    def _learned(self, item_id: int, size: str) -> None:
        self.bay.packs.learn(item_id, size)
        self._go_on()

    def _settled(
        self, lot: str, expiry: Expiry | None, place: int | None, amount: Amount | None
    ) -> None:
        was, self.editing = self.editing, False
        try:
            self.bay.packs.settle(lot, expiry, place, amount)
        except Refused:
            self.editing = was
            raise
        self._go_on()

    def _damaged(self, text: str) -> None:
        self.bay.packs.damage(text or "0")
        self.about.close_damage()
        self._done()

    def _go_on(self) -> None:
        """To the next question of the line, else done."""
        if not self.begin():
            self._done()
