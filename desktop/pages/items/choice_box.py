"""Choosing from more than five: a line that filters its list as one types."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from desktop import theme
from desktop.direction import before, is_rtl, trailing_part
from desktop.icons import paint_icon
from desktop.page import Page
from desktop.pages.items.choice_list import ChoiceList
from desktop.widgets.field import LineBox
from desktop.widgets.item_field import Choice
from inventory.domain.folding import fold

Find = Callable[[str], Sequence[Choice]]
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -6, Qt.Key.Key_PageDown: 6}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ChoiceBox(LineBox):
    """`find` takes what was typed ("" for all) and gives the choices, best first.

    `key` is of the choice that stands in the box. With `free` any other words are kept as they
    are; without, they are replaced by the highlighted choice when the box is left. `picked` tells
    another key. `named` writes a key that is set from outside.
    """

    picked = Signal(str)

    def __init__(
        self,
        find: Find,
        named: Callable[[str], str],
        *,
        free: bool = False,
        optional: bool = True,
        placeholder: str = "",
    ) -> None:
        super().__init__(placeholder=placeholder)
        self._find, self._named = find, named
        self._free, self._optional = free, optional
        self._list: ChoiceList | None = None
        self.key = ""
        self.textEdited.connect(lambda text: self._look(text, typed=True))

    def set_key(self, key: str) -> None:
        """Put a choice in without telling `picked`."""
        self.key = key
        self.setText(self._named(key) if key else "")
        self.setCursorPosition(0)

    @property
    def is_open(self) -> bool:
        """Whether the list hangs under it."""
        return self._list is not None

    def close_list(self) -> bool:
        """False when there was none."""
        if self._list is None:
            return False
        self._list.hide()
        self._list.deleteLater()
        self._list = None
        return True

    # Choosing

    def _look(self, text: str, *, typed: bool) -> None:
        choices = self._find(text.strip()) if typed else self._find("")
        if not choices or (typed and not text.strip()):
            self.close_list()
            return
        if self._list is None:
            self._list = ChoiceList(self._room(), self.accessibleName())
            self._list.taken.connect(self._take)
        keys = [choice.key for choice in choices]
        first = -1 if self._free or not typed else 0
        self._list.show_choices(choices, keys.index(self.key) if self.key in keys else first)
        self._list.hang(self)

    def _room(self) -> QWidget:
        found: QWidget | None = self
        while found is not None and not isinstance(found, Page):
            found = found.parentWidget()
        return found or self.window()

    def _take(self, row: int) -> None:
        if self._list is not None:
            self._list.go(row)
            self._accept()

    def _accept(self) -> bool:
        """The highlighted choice comes into the box."""
        choice = self._list.choice if self._list is not None else None
        self.close_list()
        if choice is None:
            return False
        self.setText(choice.words)
        self.setCursorPosition(0)
        self._pick(str(choice.key))
        return True

    def _pick(self, key: str) -> None:
        if key != self.key:
            self.key = key
            self.picked.emit(key)

    def _settle(self) -> None:
        """What stands in the box when it is left: a choice, free words, or what was there."""
        text = self.text().strip()
        if self.isModified() and text:
            found = [c for c in self._find(text) if fold(c.words) == fold(text)]
            if found:
                self._pick(str(found[0].key))
            elif self._free:
                self._pick(text)
            else:
                self._accept()
        elif self.isModified() and self._optional:
            self._pick("")
        self.setText(self._named(self.key) if self.key else "")
        self.close_list()

    # Keys and the mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in _STEPS and not held:
            if self._list is None:
                self._look("", typed=False)
            else:
                self._list.go(max(self._list.at + _STEPS[key], 0))
        elif key in _ENTER and not held:
            self._accept()
            self._settle()
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if self._list is None:
            self.selectAll()
            self._look("", typed=False)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.ActiveWindowFocusReason:
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._settle()
        super().focusOutEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        px = theme.current().px
        mark = trailing_part(before(QRectF(self.rect()), px(8)), px(18))
        painter = QPainter(self)
        paint_icon(painter, mark, "chevron-down", theme.current().color("ink2"))
        painter.end()

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        room = theme.current().px(16)
        self.setTextMargins(room if is_rtl() else 0, 0, 0 if is_rtl() else room, 0)
        self.close_list()


def among(
    choices: Iterable[Choice], known_as: Callable[[str], Iterable[str]] | None = None
) -> Find:
    """Choices whose words, or other spellings of them, begin with or hold what was typed."""
    listed = tuple(choices)
    folded = {
        choice.key: [
            fold(word) for word in (choice.words, *(known_as(str(choice.key)) if known_as else ()))
        ]
        for choice in listed
    }

    def find(text: str) -> Sequence[Choice]:
        wanted = fold(text)
        if not wanted:
            return listed
        ranked = [(_rank(folded[choice.key], wanted), at, choice)
                  for at, choice in enumerate(listed)]  # fmt: skip
        return [choice for rank, _, choice in sorted(ranked, key=lambda r: r[:2]) if rank < 3]

    return find


def _rank(words: Sequence[str], wanted: str) -> int:
    """0 begins so in its own words, 1 in another spelling, 2 holds it, 3 has nothing of it."""
    if words[0].startswith(wanted):
        return 0
    if any(word.startswith(wanted) for word in words):
        return 1
    return 2 if any(wanted in word for word in words) else 3


def close_lists_when_scrolled(area: QScrollArea) -> None:
    """A list must not hang in the air while its box moves away."""

    def close() -> None:
        for box in area.findChildren(ChoiceBox):
            box.close_list()

    area.verticalScrollBar().valueChanged.connect(close)
