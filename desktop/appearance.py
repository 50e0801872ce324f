"""Dress the application: style, palette, font, stylesheet and reading direction."""

from __future__ import annotations

from PySide6.QtCore import QLibraryInfo, Qt, QTranslator
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from desktop import theme
from desktop.fonts import apply_font
from desktop.stylesheet import stylesheet

_ROLES = (
    (QPalette.ColorRole.Window, "canvas"),
    (QPalette.ColorRole.WindowText, "ink"),
    (QPalette.ColorRole.Base, "surface"),
    (QPalette.ColorRole.AlternateBase, "surface"),
    (QPalette.ColorRole.Text, "ink"),
    (QPalette.ColorRole.PlaceholderText, "ink3"),
    (QPalette.ColorRole.Button, "surface"),
    (QPalette.ColorRole.ButtonText, "ink"),
    (QPalette.ColorRole.Highlight, "accent"),
    (QPalette.ColorRole.HighlightedText, "on_accent"),
    (QPalette.ColorRole.Link, "accent"),
    (QPalette.ColorRole.ToolTipBase, "surface"),
    (QPalette.ColorRole.ToolTipText, "ink"),
)


def palette(look: theme.Theme) -> QPalette:
    """The same colours for what no stylesheet reaches: painted parts of Fusion, dialogs."""
    made = QPalette()
    for role, token in _ROLES:
        made.setColor(role, QColor(getattr(look, token)))
    return made


def teach(application: QApplication, code: str) -> None:
    """Let Qt's own menus and file dialogs speak the language too, where Qt knows it."""
    for old in application.findChildren(QTranslator):
        application.removeTranslator(old)
        old.deleteLater()
    translator = QTranslator(application)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load(f"qtbase_{code}", folder):
        application.installTranslator(translator)


def dress(application: QApplication, look: theme.Theme, *, rtl: bool) -> None:
    """Put a theme on everything; cheap when nothing changed."""
    sides = Qt.LayoutDirection
    application.setLayoutDirection(sides.RightToLeft if rtl else sides.LeftToRight)
    if theme.current() == look and application.styleSheet():
        return
    theme.use(look)
    apply_font(application)
    application.setPalette(palette(look))
    application.setStyleSheet(stylesheet(look))
