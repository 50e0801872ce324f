"""A large choice: words, a line about it, and the digit that takes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout

from desktop import theme
from desktop.icons import pixmap
from desktop.widgets.key_cap import KeyCap
from desktop.widgets.labels import repolish


@dataclass(frozen=True, slots=True)
class Choice:
    """Finished words; `rtl` is the direction of this card alone, whatever the window's is."""

    words: str
    about: str
    run: Callable[[], object]
    icon: str = ""
    rtl: bool = False


class ChoiceCard(QFrame):
    """Highlighted by the arrows, taken by Enter, its digit or a click."""

    taken = Signal()

    def __init__(self, choice: Choice, digit: int, *, large: bool) -> None:
        super().__init__()
        self.choice = choice
        px = theme.current().px
        sides = Qt.LayoutDirection
        self.setLayoutDirection(sides.RightToLeft if choice.rtl else sides.LeftToRight)
        self.setProperty("role", "choice")
        self.setAccessibleName(f"{choice.words}. {choice.about}")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedHeight(px(104 if large else 110))
        row = QHBoxLayout(self)
        row.setContentsMargins(px(24), px(12), px(24), px(12))
        row.setSpacing(px(20))
        if choice.icon:
            row.addWidget(self._icon())
        row.addLayout(self._words(), 1)
        cap = KeyCap(str(digit))
        cap.setFixedWidth(px(30))
        row.addWidget(cap)

    def _icon(self) -> QLabel:
        px = theme.current().px
        block = QLabel()
        block.setProperty("role", "choice_icon")
        block.setFixedSize(px(48), px(48))
        block.setAlignment(Qt.AlignmentFlag.AlignCenter)
        block.setPixmap(pixmap(self.choice.icon, 24, "accent", 2.0))
        return block

    def _words(self) -> QVBoxLayout:
        both = QVBoxLayout()
        both.setSpacing(theme.current().px(2))
        flag = Qt.AlignmentFlag
        side = flag.AlignRight if self.choice.rtl else flag.AlignLeft
        both.addStretch(1)
        for words, role in ((self.choice.words, "title"), (self.choice.about, "subtitle")):
            told = QLabel(words)
            told.setProperty("role", role)
            told.setAlignment(side | flag.AlignAbsolute | flag.AlignVCenter)
            both.addWidget(told)
        both.addStretch(1)
        return both

    def highlight(self, here: bool) -> None:
        """Show where Enter would go."""
        self.setProperty("here", here)
        for part in (self, *self.findChildren(QLabel)):
            repolish(part)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.taken.emit()
