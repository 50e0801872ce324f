"""Interface icons: Material Design Icons from qtawesome, painted as outlines at any size.

Only that one font is opened, and never through the system, so the first icon costs little.
Arrows, trucks and undo turn round in a right-to-left window; clocks and checks do not.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QIcon,
    QPainter,
    QPainterPath,
    QPixmap,
    QRawFont,
    QTransform,
)
from PySide6.QtWidgets import QApplication

from desktop import theme

MIRRORED = frozenset(
    {
        "truck-delivery-outline",
        "undo-variant",
        "chevron-right",
        "chevron-left",
        "arrow-right",
        "arrow-left",
        "keyboard-return",
        "login-variant",
        "exit-run",
    }
)
_EM = 512


@cache
def _folder() -> Path:
    spec = find_spec("qtawesome")
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError("qtawesome")
    return Path(next(iter(spec.submodule_search_locations))) / "fonts"


@cache
def _codes() -> dict[str, str]:
    path = next(_folder().glob("materialdesignicons6-*.json"))
    loaded: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


@cache
def _font() -> QRawFont:
    path = next(_folder().glob("materialdesignicons6-*.ttf"))
    return QRawFont(str(path), _EM, QFont.HintingPreference.PreferNoHinting)


@cache
def _outline(name: str) -> QPainterPath:
    """The icon in a square of 1000 with its corner at 0, 0. KeyError when there is none."""
    font = _font()
    glyphs = font.glyphIndexesForString(chr(int(_codes()[name], 16)))
    path = font.pathForGlyph(glyphs[0])
    scale = QTransform.fromScale(1000 / _EM, 1000 / _EM)
    return scale.map(path.translated(0, font.ascent()))


def window_is_mirrored() -> bool:
    """Whether the program reads from right to left now."""
    return QApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft


def paint_icon(painter: QPainter, rect: QRectF, name: str, color: QColor) -> None:
    """Draw `name` (without "mdi6.") as large as fits into `rect`, turned round when it must."""
    side = min(rect.width(), rect.height())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(rect.center() - QPointF(side / 2, side / 2))
    painter.scale(side / 1000, side / 1000)
    if name in MIRRORED and window_is_mirrored():
        painter.translate(1000, 0)
        painter.scale(-1, 1)
    painter.fillPath(_outline(name), color)
    painter.restore()


def pixmap(name: str, size: int, color: str = "ink", ratio: float = 1.0) -> QPixmap:
    """The icon in a theme token's colour; `size` is in pixels of the 100 % drawing."""
    side = theme.current().px(size)
    made = QPixmap(round(side * ratio), round(side * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    paint_icon(painter, QRectF(0, 0, side, side), name, theme.current().color(color))
    painter.end()
    return made


def icon(name: str, color: str = "ink", size: int = 20) -> QIcon:
    """The icon for buttons and menus, sharp on ordinary and on dense screens."""
    made = QIcon()
    for ratio in (1.0, 2.0):
        made.addPixmap(pixmap(name, size, color, ratio))
    return made
