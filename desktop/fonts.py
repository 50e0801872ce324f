"""One family for Latin, Arabic and Kurdish, loaded from its package and never from the system."""

from __future__ import annotations

from functools import cache

from fontpkg_ibm_plex_sans_arabic import FAMILY, ROOT
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

from desktop import theme

WEIGHTS = {400: "Regular", 500: "Medium", 600: "SemiBold"}


@cache
def load_fonts() -> str:
    """Give Qt the three weights we use; returns the family name. Needs a QApplication."""
    for weight in WEIGHTS:
        path = _file_of(weight)
        if QFontDatabase.addApplicationFont(path) < 0:
            raise FileNotFoundError(path)
    return str(FAMILY)


def _file_of(weight: int) -> str:
    wanted = f"-{WEIGHTS[weight]}.ttf"
    return str(next(p for p in (ROOT / "files").iterdir() if p.name.endswith(wanted)))


def font(size: int, weight: int = 400) -> QFont:
    """The font at a size of the 100 % drawing, in pixels; it grows with the text size."""
    made = QFont(FAMILY)
    made.setPixelSize(theme.current().px(size))
    made.setWeight(QFont.Weight(weight))
    # Hinting pulls letters to whole pixels: uneven words on the old screens clinics have.
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


def apply_font(application: QApplication) -> None:
    """Body text of the whole program."""
    load_fonts()
    application.setFont(font(15))
