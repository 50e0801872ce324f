"""Words on a page: a label in one of the stylesheet's roles, standing where the window reads."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

from desktop import theme
from desktop.direction import Side, align
from desktop.icons import pixmap


def label(
    words: str, role: str = "", *, tone: str = "", wrap: bool = False, side: Side = Side.LEADING
) -> QLabel:
    """A label of finished words; role and tone as in the stylesheet."""
    made = QLabel(words)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        made.setProperty("role", role)
    made.setWordWrap(wrap)
    if wrap:
        # Without this a long sentence asks for the width of its longest line.
        made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    if tone:
        made.setProperty("tone", tone)
    align(made, side)
    return made


def set_tone(made: QLabel, tone: str) -> None:
    """Colour a label by a state, or "" for its role's own colour."""
    made.setProperty("tone", tone)
    repolish(made)


def repolish(widget: QWidget) -> None:
    """Let the stylesheet look at the widget's properties again."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def icon_label(name: str, size: int = 20, color: str = "ink2") -> QLabel:
    """An icon alone; it says nothing to a screen reader, the words beside it do."""
    made = QLabel()
    made.setPixmap(icon_pixmap(name, size, color))
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return made


def icon_pixmap(name: str, size: int, color: str) -> QPixmap:
    """Sharp on dense screens too."""
    return pixmap(name, size, color, 2.0)


def line() -> QFrame:
    """A hairline across."""
    made = QFrame()
    made.setProperty("role", "line")
    return made


def icon_line(
    name: str, words: str, *, role: str = "second", tone: str = "", wrap: bool = True
) -> QWidget:
    """An icon and a sentence beside it."""
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.current().px(8))
    row.addWidget(icon_label(name, 16, tone or "ink2"), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(label(words, role, tone=tone, wrap=wrap), 1)
    made.setAccessibleName(words)
    made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
    return made
