"""Where a file is offered to be kept, and under what name."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths

from inventory.language import plain


def offered(name: str) -> str:
    """The documents folder, or home where there is none yet, and a name that can be typed again.

    Without a folder a dialog would begin in the program's own.
    """
    place = QStandardPaths.StandardLocation.DocumentsLocation
    folder = Path(QStandardPaths.writableLocation(place) or Path.home())
    return str((folder if folder.is_dir() else Path.home()) / plain(name))
