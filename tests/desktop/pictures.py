"""Looking at what was painted."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QWidget


def picture(widget: QWidget, width: int, height: int) -> QImage:
    """The widget as it is painted at that size."""
    widget.resize(width, height)
    widget.show()
    QApplication.processEvents()
    return widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def near(one: QColor, other: QColor, reach: int = 12) -> bool:
    """Whether the two look the same."""
    pairs = ((one.red(), other.red()), (one.green(), other.green()), (one.blue(), other.blue()))
    return all(abs(a - b) <= reach for a, b in pairs)


def columns_with(image: QImage, color: QColor, part: QRect | None = None) -> list[int]:
    """The x of every pixel column in which the colour stands, within a part of the picture."""
    area = (part or image.rect()).intersected(image.rect())
    return [
        x
        for x in range(area.left(), area.right() + 1)
        if any(near(image.pixelColor(x, y), color) for y in range(area.top(), area.bottom() + 1))
    ]


def colors(image: QImage) -> Counter[int]:
    """How often each colour stands in the picture."""
    return Counter(
        image.pixel(x, y) for x in range(0, image.width(), 2) for y in range(0, image.height(), 2)
    )


def is_blank(image: QImage) -> bool:
    """Whether nothing but one or two colours was painted."""
    return len(colors(image)) < 4
