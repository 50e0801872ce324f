"""Show a folder where this computer shows folders."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices


def show_folder(folder: Path) -> bool:
    """False when this computer has nothing to show it with."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
