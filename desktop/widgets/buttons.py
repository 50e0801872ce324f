"""Buttons: an icon, a word and the key that does the same. One finishing button on a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QStyleOptionButton

from desktop import theme
from desktop.direction import after, draw_text, leading_part, text_width
from desktop.fonts import font
from desktop.icons import paint_icon
from desktop.widgets.key_cap import cap_width, paint_cap

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True, slots=True)
class _Look:
    """How a role's contents are set inside the frame the stylesheet gives it."""

    size: int
    padding: int
    icon: int
    ink: str = "ink"
    line: str = "hairline"
    fill: str = "surface"
    cap_ink: str = "ink2"


_LOOKS: Mapping[str, _Look] = MappingProxyType(
    {
        "": _Look(15, 16, 18),
        "primary": _Look(15, 18, 18, "on_accent", "on_accent", "", "on_accent"),
        "finish": _Look(17, 20, 18, "on_accent", "on_accent", "", "on_accent"),
        "link": _Look(14, 6, 16, "accent"),
        "quiet": _Look(15, 16, 18, "ink2"),
    }
)


class Button(QPushButton):
    """`role` is "", "primary", "finish", "link" or "quiet"; `icon` a name without "mdi6."."""

    def __init__(
        self,
        words: str,
        chord: str = "",
        *,
        icon: str = "",
        role: str = "",
        small: bool = False,
        run: Callable[[], object] | None = None,
    ) -> None:
        super().__init__()
        self._look = _LOOKS[role]
        self.chord = chord
        self.icon_name = icon
        self.setProperty("role", role)
        if small:
            self.setProperty("compact", True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.set_words(words)
        if run is not None:
            self.clicked.connect(lambda: run())

    def set_words(self, words: str) -> None:
        """Other finished words."""
        self.words = words
        self.setText(words.replace("&", "&&"))
        self.setAccessibleName(words)
        self.setAccessibleDescription(self.chord)
        self.updateGeometry()
        self.update()

    def _widths(self) -> tuple[float, float, float]:
        """Icon, words and cap with the gaps before them."""
        px = theme.current().px
        icon = px(self._look.icon) + px(8) if self.icon_name else 0
        words = text_width(self.words, font(self._look.size, 600)) + 1
        cap = cap_width(self.chord) + px(10) if self.chord and self.isEnabled() else 0
        return icon, words, cap

    def sizeHint(self) -> QSize:
        wide = sum(self._widths()) + 2 * theme.current().px(self._look.padding)
        return QSize(round(wide), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in _ENTER and not held:
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        option.icon = QIcon()
        painter = QPainter(self)
        self.style().drawControl(QStyle.ControlElement.CE_PushButton, option, painter, self)
        self._paint_contents(painter)
        painter.end()

    def _paint_contents(self, painter: QPainter) -> None:
        look, own = theme.current(), self._look
        ink = look.color(own.ink if self.isEnabled() else "ink3")
        icon, words, cap = self._widths()
        whole = QRectF(self.rect())
        total = min(icon + words + cap, whole.width() - look.px(8))
        row = after(whole, (whole.width() - total) / 2)
        if self.icon_name:
            paint_icon(painter, leading_part(row, look.px(own.icon)), self.icon_name, ink)
            row = after(row, icon)
        draw_text(painter, leading_part(row, words), self.words, font(own.size, 600), ink)
        row = after(row, words)
        if cap:
            where = leading_part(after(row, look.px(10)), cap - look.px(10))
            fill = look.color(own.fill) if own.fill else None
            colors = look.color(own.cap_ink), look.color(own.line)
            paint_cap(painter, where, self.chord, *colors, fill)


def finish_button(
    words: str, *, icon: str = "check", run: Callable[[], object] | None = None
) -> Button:
    """The one primary button of a page, always Ctrl+Enter."""
    return Button(words, "Ctrl+Enter", icon=icon, role="finish", run=run)


def link_button(words: str, chord: str = "", *, run: Callable[[], object] | None = None) -> Button:
    """A quiet act in blue words."""
    made = Button(words, chord, role="link", run=run)
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return made
