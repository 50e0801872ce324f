"""What may stand in the place of a whole page for a while."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.keys import Key


class Front(QWidget):
    """Shown by `Page.cover`. While it stands, its keys are heard in the place of the page's."""

    closed = Signal()

    def begin(self) -> None:
        """Put the focus where it begins."""
        self.setFocus()

    def scanned(self, text: str) -> bool:
        """A scan arrived while it stands. False: it is the page's, which comes back."""
        return False

    def keys(self) -> tuple[Key, ...]:
        """Its own chords."""
        return ()
