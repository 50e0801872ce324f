"""The fields of the register, as they stand on the two faces of the visit."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from itertools import pairwise

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QSpacerItem, QVBoxLayout, QWidget

from desktop import theme
from desktop.desk import Desk
from desktop.widgets.field import LineBox
from desktop.widgets.labels import label
from desktop.widgets.segmented import Segmented
from inventory.domain.visit import AGE_BANDS, LONGEST_CODE, PAYERS, SEXES, STATUSES

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class _Choices(Segmented):
    """Enter goes on to the next field."""

    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and not event.modifiers():
            self.entered.emit()
        else:
            super().keyPressEvent(event)


class _List(QComboBox):
    """A wheel that passes over it changes nothing; Enter goes on to the next field."""

    entered = Signal()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and not event.modifiers():
            self.entered.emit()
        else:
            super().keyPressEvent(event)


class VisitFields(QObject):
    """`noted(field, text)` at every change; `left(face)` at Enter in the last field of a face."""

    noted = Signal(str, str)
    left = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        say = desk.say
        self.lines = {
            name: LineBox(placeholder=placeholder)
            for name, placeholder in (
                ("number", ""), ("days", ""), ("prescriber", say("code, e.g. D3")),
                ("prescription", ""),
            )
        }  # fmt: skip
        self.choices = {
            name: _Choices([(key, say(words)) for key, words in table.items()], optional=True)
            for name, table in (("sex", SEXES), ("age_band", AGE_BANDS), ("payer", PAYERS))
        }
        self.statuses = _List()
        self.statuses.addItem("–", "")
        for key, words in STATUSES.items():
            self.statuses.addItem(say(words), key)
        self._connect()

    def _connect(self) -> None:
        for name, box in self.lines.items():
            box.setMaxLength(LONGEST_CODE * 2)
            box.textEdited.connect(lambda text, n=name: self.noted.emit(n, text))
        for name, choice in self.choices.items():
            choice.changed.connect(lambda key, n=name: self.noted.emit(n, key))
        self.statuses.activated.connect(
            lambda _at: self.noted.emit("status", self.statuses.currentData())
        )
        for face, boxes in enumerate(self.faces):
            for before, after in pairwise(boxes):
                before.entered.connect(partial(after.setFocus, Qt.FocusReason.TabFocusReason))
            boxes[-1].entered.connect(partial(self.left.emit, face))

    @property
    def faces(self) -> tuple[tuple[LineBox | _Choices | _List, ...], ...]:
        """The boxes of each face in reading order."""
        lines, choices = self.lines, self.choices
        people = (lines["number"], lines["days"], choices["sex"], choices["age_band"],
                  lines["prescriber"])  # fmt: skip
        return people, (lines["prescription"], choices["payer"], self.statuses)

    def first(self, face: int) -> None:
        """Put the cursor into the first field of a face."""
        self.faces[face][0].setFocus(Qt.FocusReason.TabFocusReason)

    def show_values(self, visit: Mapping[str, str]) -> None:
        """As kept; a box that already says so is not touched."""
        for name, box in self.lines.items():
            if box.text() != visit.get(name, ""):
                box.setText(visit.get(name, ""))
        for name, choice in self.choices.items():
            choice.blockSignals(True)
            choice.choose(visit.get(name, ""))
            choice.blockSignals(False)
        self.statuses.setCurrentIndex(max(self.statuses.findData(visit.get("status", "")), 0))

    def show_wrong(self, names: set[str]) -> None:
        """A red border around each of these."""
        for name, box in self.lines.items():
            box.show_wrong(name in names)


def people_face(fields: VisitFields) -> QWidget:
    """Who, without a name, and for how long."""
    say = fields.desk.say
    face, stack = _face()
    pair = QHBoxLayout()
    pair.setSpacing(theme.current().px(10))
    pair.addLayout(_labelled(say("Visit number"), fields.lines["number"]), 1)
    pair.addLayout(_labelled(say("Days"), fields.lines["days"]), 1)
    stack.addLayout(pair)
    stack.addItem(give(8))
    stack.addLayout(_labelled(say("Sex"), fields.choices["sex"]))
    stack.addItem(give(8))
    stack.addLayout(_labelled(say("Age"), fields.choices["age_band"]))
    stack.addItem(give(8))
    stack.addLayout(_labelled(say("Prescriber"), fields.lines["prescriber"]))
    stack.addStretch(1)
    return face


def papers_face(fields: VisitFields) -> QWidget:
    """What stands behind it."""
    say = fields.desk.say
    face, stack = _face()
    number = fields.lines["prescription"]
    stack.addLayout(_labelled(say("Prescription number"), number))
    stack.addItem(give(8))
    stack.addLayout(_labelled(say("Payment"), fields.choices["payer"]))
    stack.addItem(give(8))
    stack.addLayout(_labelled(say("Status"), fields.statuses))
    stack.addStretch(1)
    return face


def _face() -> tuple[QWidget, QVBoxLayout]:
    made = QWidget()
    stack = QVBoxLayout(made)
    stack.setContentsMargins(0, 0, 0, 0)
    stack.setSpacing(theme.current().px(2))
    return made, stack


def give(wide: int) -> QSpacerItem:
    """A gap of so many pixels that closes when the window is low."""
    policy = QSizePolicy.Policy
    return QSpacerItem(0, theme.current().px(wide), policy.Minimum, policy.Maximum)


def _labelled(words: str, box: QWidget) -> QVBoxLayout:
    stack = QVBoxLayout()
    stack.setSpacing(theme.current().px(4))
    head = label(words, "label")
    head.setBuddy(box)
    box.setAccessibleName(words)
    stack.addWidget(head)
    stack.addWidget(box)
    return stack
