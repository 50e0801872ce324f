"""Choosing from a long list: it filters as one types, the first is taken by Enter."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from desktop import theme
from desktop.direction import (
    after,
    before,
    draw_text,
    draw_wrapped,
    fitting,
    leading_part,
    text_width,
    trailing_part,
)
from desktop.fonts import font
from desktop.widgets.field import LineBox
from desktop.widgets.key_cap import cap_width, paint_cap
from desktop.widgets.labels import label
from inventory.language import plain

MOST = 5
_WAIT_MS = 60


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that can be chosen; `words` and `second` are finished."""

    key: Hashable
    words: str
    second: str = ""


class _ChoiceRow(QAbstractButton):
    """A box with the words and the key that takes it."""

    def __init__(self) -> None:
        super().__init__()
        self.choice = Choice(None, "")
        self.chord = ""
        self.here = False
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_choice(self, choice: Choice, chord: str, *, here: bool) -> None:
        self.choice, self.chord, self.here = choice, chord, here
        said = f"{choice.words}, {choice.second}" if choice.second else choice.words
        self.setAccessibleName(plain(said))
        self.setAccessibleDescription(chord)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        px = theme.current().px
        return QSize(px(200), px(52 if self.choice.second else 41))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        px = look.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        painter.setPen(QPen(look.color("hairline"), 1))
        painter.setBrush(look.color("accent_soft" if self.here else "surface"))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), px(8), px(8))
        if self.here:
            bar = leading_part(box, px(4)).adjusted(0, px(7), 0, -px(7))
            painter.fillRect(bar, look.color("accent"))
        cap = cap_width(self.chord)
        inside = before(after(box, px(14)), px(12))
        colors = look.color("ink2"), look.color("edge" if self.here else "hairline")
        paint_cap(painter, trailing_part(inside, cap), self.chord, *colors, look.color("surface"))
        self._paint_words(painter, before(inside, cap + px(8)))
        painter.end()

    def _paint_words(self, painter: QPainter, room: QRectF) -> None:
        look = theme.current()
        px = look.px
        top = room
        if self.choice.second:
            middle = room.center().y()
            top = QRectF(room.left(), middle - px(21), room.width(), px(22))
            under = QRectF(room.left(), middle, room.width(), px(20))
            draw_text(painter, under, self.choice.second, font(13), look.color("ink2"))
        set_in = fitting(self.choice.words, 15, 500, top.width())
        if text_width(self.choice.words, set_in) > top.width() and not self.choice.second:
            draw_wrapped(painter, top, self.choice.words, set_in, look.color("ink"))
        else:
            draw_text(painter, top, self.choice.words, set_in, look.color("ink"))


class ItemField(QWidget):
    """`search` takes what was typed and gives the candidates, best first.

    Enter takes the highlighted one, Up and Down move, `choose_number` is Alt and a number.
    `highlighted` tells the key of the one Enter would take, None when there is none.
    """

    chosen = Signal(object)
    highlighted = Signal(object)
    typed = Signal(str)

    def __init__(
        self,
        search: Callable[[str], Sequence[Choice]],
        *,
        placeholder: str = "",
        name: str = "",
        nothing: str = "",
    ) -> None:
        super().__init__()
        self._search = search
        self._place = 0
        self.choices: tuple[Choice, ...] = ()
        px = theme.current().px
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(px(6))
        self.line = _Steps(placeholder=placeholder)
        self.line.setAccessibleName(name or placeholder)
        self.line.stepped.connect(self._step)
        self.line.entered.connect(lambda: self.choose_number(self._place + 1))
        self.line.textEdited.connect(self._edited)
        stack.addWidget(self.line)
        self._rows = [_ChoiceRow() for _ in range(MOST)]
        for index, row in enumerate(self._rows):
            row.hide()
            row.clicked.connect(lambda _=False, n=index: self.choose_number(n + 1))
            stack.addWidget(row)
        self._nothing = label(nothing, "second", wrap=True)
        self._nothing.hide()
        stack.addWidget(self._nothing)
        self._wait = QTimer(self, singleShot=True, interval=_WAIT_MS)
        self._wait.timeout.connect(self.look)
        self.setFocusProxy(self.line)

    def clear(self) -> None:
        """Nothing typed, nothing listed."""
        self.line.clear()
        self.look()

    def look(self) -> None:
        """Search now for what stands in the field."""
        self._wait.stop()
        text = self.line.text().strip()
        self.choices = tuple(self._search(text))[:MOST] if text else ()
        self._place = 0
        self._show()
        self._nothing.setVisible(bool(text) and not self.choices and bool(self._nothing.text()))

    def choose_number(self, number: int) -> bool:
        """Take the candidate with that number; False when there is none."""
        if self._wait.isActive():
            self.look()
        if not 1 <= number <= len(self.choices):
            return False
        self.chosen.emit(self.choices[number - 1].key)
        return True

    def _edited(self, text: str) -> None:
        self.typed.emit(text)
        self._wait.start()

    def _step(self, rows: int) -> None:
        if self.choices:
            self._place = min(max(self._place + rows, 0), len(self.choices) - 1)
            self._show()

    def _show(self) -> None:
        for index, row in enumerate(self._rows):
            row.setVisible(index < len(self.choices))
            if index < len(self.choices):
                here = index == self._place
                chord = "Enter" if here else f"Alt+{index + 1}"
                row.show_choice(self.choices[index], chord, here=here)
        self.highlighted.emit(self.choices[self._place].key if self.choices else None)


class _Steps(LineBox):
    """Up and Down leave the text alone and move through the candidates."""

    stepped = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if Qt.Key(event.key()) in steps and not event.modifiers():
            self.stepped.emit(steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)
