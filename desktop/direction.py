"""Painting and placing in leading and trailing terms; pages never ask for the direction.

Rectangles are thought of left to right and mirrored once. Numbers hug the physical right in
both directions. Qt aligns a text by its own letters, so a label of digits would stand on the
left of an Arabic window: alignment here is always absolute, taken from the window.
"""

from __future__ import annotations

import re
from enum import Enum, auto

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QTextLayout
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from desktop.fonts import font
from inventory.language import plain
from inventory.language.marks import embed

_FLAG = Qt.AlignmentFlag
_RIGHT_TO_LEFT, _POP = "\u2067", "\u2069"
_ISOLATES = re.compile("[\u2066\u2068][^\u2066-\u2069]*\u2069")


class Side(Enum):
    """Where a text stands. RIGHT is the physical right in every language: numbers."""

    LEADING = auto()
    TRAILING = auto()
    RIGHT = auto()
    CENTRE = auto()


def is_rtl() -> bool:
    """Whether the window reads from right to left now."""
    return QApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft


def alignment(side: Side = Side.LEADING) -> Qt.AlignmentFlag:
    """Absolute, vertically centred."""
    return horizontal(side) | _FLAG.AlignVCenter


def horizontal(side: Side) -> Qt.AlignmentFlag:
    """Absolute, without a vertical part."""
    if side is Side.CENTRE:
        return _FLAG.AlignHCenter
    right = side is Side.RIGHT or (side is Side.TRAILING) != is_rtl()
    return (_FLAG.AlignRight if right else _FLAG.AlignLeft) | _FLAG.AlignAbsolute


def align(widget: QLabel | QLineEdit, side: Side = Side.LEADING) -> None:
    """Give a label or a field its absolute alignment."""
    vertical = _FLAG.AlignVCenter
    if isinstance(widget, QLabel) and widget.wordWrap():
        vertical = _FLAG.AlignTop
    widget.setAlignment(horizontal(side) | vertical)


def mirrored(rect: QRectF, within: QRectF) -> QRectF:
    """The rectangle where it belongs in this window: as drawn, or from the other edge."""
    if not is_rtl():
        return QRectF(rect)
    left = within.left() + within.right() - rect.right()
    return QRectF(left, rect.top(), rect.width(), rect.height())


def leading_part(rect: QRectF, width: float) -> QRectF:
    """The first `width` pixels of the rectangle in reading order."""
    return mirrored(QRectF(rect.left(), rect.top(), width, rect.height()), rect)


def after(rect: QRectF, width: float) -> QRectF:
    """What is left of the rectangle after its first `width` pixels."""
    rest = QRectF(rect.left() + width, rect.top(), rect.width() - width, rect.height())
    return mirrored(rest, rect)


def trailing_part(rect: QRectF, width: float) -> QRectF:
    """The last `width` pixels of the rectangle in reading order."""
    return after(rect, rect.width() - width)


def before(rect: QRectF, width: float) -> QRectF:
    """What is left of the rectangle without its last `width` pixels."""
    return leading_part(rect, rect.width() - width)


def text_width(text: str, set_in: QFont) -> float:
    """How wide the text will be drawn."""
    return QFontMetricsF(set_in).horizontalAdvance(text)


def draw_text(
    painter: QPainter,
    rect: QRectF,
    text: str,
    set_in: QFont,
    color: QColor,
    side: Side = Side.LEADING,
) -> float:
    """One line, cut with an ellipsis when it must be; returns its width."""
    if not text:
        return 0.0
    metrics = QFontMetricsF(set_in)
    shown = text
    if metrics.horizontalAdvance(text) > rect.width() + 0.5:
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    painter.setFont(set_in)
    painter.setPen(color)
    painter.setLayoutDirection(QApplication.layoutDirection())
    painter.drawText(rect, alignment(side) | Qt.TextFlag.TextSingleLine, together(shown))
    return metrics.horizontalAdvance(shown)


def broken(text: str, set_in: QFont, width: float, most: int = 2) -> list[str]:
    """The text in at most that many lines; the last one holds whatever is left."""
    layout = QTextLayout(text, set_in)
    lines: list[str] = []
    start = 0
    layout.beginLayout()
    while len(lines) < most - 1 and (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        start = line.textStart() + line.textLength()
        lines.append(text[line.textStart() : start].strip())
    layout.endLayout()
    rest = text[start:].strip()
    return [*lines, rest] if rest else lines


def draw_wrapped(
    painter: QPainter,
    rect: QRectF,
    text: str,
    set_in: QFont,
    color: QColor,
    side: Side = Side.LEADING,
) -> None:
    """On two lines in the middle of the rectangle; only what is longer than both is cut."""
    lines = broken(text, set_in, rect.width())
    high = QFontMetricsF(set_in).height() * 0.86
    top = rect.center().y() - high * len(lines) / 2
    for index, line in enumerate(lines):
        where = QRectF(rect.left(), top + index * high, rect.width(), high)
        draw_text(painter, where, line, set_in, color, side)


def fitting(text: str, size: int, weight: int, width: float) -> QFont:
    """The font at that size, or down to four fifths of it so that the text need not be cut."""
    smallest = size * 4 // 5
    for smaller in range(size, smallest, -1):
        made = font(smaller, weight)
        if text_width(text, made) <= width:
            return made
    return font(smallest, weight)


def together(text: str) -> str:
    """A text in the direction of its own first letter, whatever the window's is.

    Where every letter stands in an isolate ("12 boxes" + 4), the window's direction orders them.
    """
    if not text or not is_rtl():
        return text
    rest = _ISOLATES.sub("", text)
    if rest != text and not any(letter.isalpha() for letter in rest):
        return f"{_RIGHT_TO_LEFT}{text}{_POP}"
    return embed(text)


def copy_text(text: str) -> None:
    """To the clipboard, without invisible marks."""
    QApplication.clipboard().setText(plain(text))
