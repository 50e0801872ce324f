"""A few rows of boxes, such as packs with prices; an empty row waits at the end for one more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop import theme
from desktop.pages.items.choice_box import ChoiceBox
from desktop.widgets.field import LineBox
from desktop.widgets.labels import label, set_tone


@dataclass(frozen=True, slots=True)
class Part:
    """One box of every row: its heading in finished words, and how wide it is (0 shares)."""

    heading: str
    make: Callable[[], LineBox]
    width: int = 0


class RowEditor(QWidget):
    """`changed` at every key, `left` when a box of that row loses the focus, `grown` at a new row.

    Emptying the boxes of a row takes it out.
    """

    changed = Signal()
    left = Signal(int)
    grown = Signal()

    def __init__(self, parts: Sequence[Part], *, most: int = 12) -> None:
        super().__init__()
        self.parts = tuple(parts)
        self.most = most
        self.boxes: list[list[LineBox]] = []
        self.below: list[QLabel] = []
        px = theme.current().px
        self._stack = QVBoxLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.setSpacing(px(6))
        self.headings = [label(part.heading, "label") for part in self.parts]
        self._stack.addLayout(self._line(self.headings))
        self._add()

    def _line(self, widgets: Sequence[QWidget]) -> QHBoxLayout:
        px = theme.current().px
        row = QHBoxLayout()
        row.setSpacing(px(8))
        for part, widget in zip(self.parts, widgets, strict=True):
            if part.width:
                widget.setFixedWidth(px(part.width))
            row.addWidget(widget, 0 if part.width else 1)
        return row

    def _add(self) -> None:
        number = len(self.boxes)
        boxes = [part.make() for part in self.parts]
        for part, box in zip(self.parts, boxes, strict=True):
            box.setAccessibleName(part.heading)
            box.textEdited.connect(self._edited)
            if isinstance(box, ChoiceBox):
                box.picked.connect(self._edited)
            box.entered.connect(lambda: self.focusNextChild())
            box.left.connect(lambda: self.left.emit(number))
        told = label("", "second", tone="red", wrap=True)
        told.hide()
        self._stack.addLayout(self._line(boxes))
        self._stack.addWidget(told)
        self.boxes.append(boxes)
        self.below.append(told)
        self.grown.emit()

    def _edited(self) -> None:
        last = self.boxes[-1]
        if any(_written(box) for box in last) and len(self.boxes) < self.most:
            self._add()
        self.changed.emit()

    def rows(self) -> list[list[str]]:
        """What stands in the boxes, empty rows in their places."""
        return [[_written(box) for box in row] for row in self.boxes]

    def set_rows(self, rows: Sequence[Sequence[str]]) -> None:
        """Put rows in without telling `changed`."""
        while len(self.boxes) < min(len(rows) + 1, self.most):
            self._add()
        for at, boxes in enumerate(self.boxes):
            row = rows[at] if at < len(rows) else [""] * len(boxes)
            for box, text in zip(boxes, row, strict=True):
                _write(box, text)
            self.set_told(at, "")

    def set_told(self, row: int, words: str, cell: int = 0, tone: str = "red") -> None:
        """A sentence under a row: what is wrong with one of its boxes, or what it was read as."""
        if row >= len(self.boxes):
            return
        self.below[row].setText(words)
        self.below[row].setVisible(bool(words))
        set_tone(self.below[row], tone)
        for at, box in enumerate(self.boxes[row]):
            box.show_wrong(bool(words) and tone == "red" and at == cell)

    def clear_told(self) -> None:
        """Nothing is wrong."""
        for row in range(len(self.boxes)):
            self.set_told(row, "")

    def set_heading(self, part: int, words: str) -> None:
        """Another heading, such as for another unit."""
        self.headings[part].setText(words)
        for row in self.boxes:
            row[part].setAccessibleName(words)

    def focus_row(self, row: int, cell: int = 0) -> None:
        """The cursor goes there."""
        self.boxes[row][cell].setFocus(Qt.FocusReason.OtherFocusReason)


def _written(box: LineBox) -> str:
    return box.key if isinstance(box, ChoiceBox) else box.text().strip()


def _write(box: LineBox, text: str) -> None:
    if isinstance(box, ChoiceBox):
        box.set_key(text)
    else:
        box.setText(text)
        box.setCursorPosition(0)
