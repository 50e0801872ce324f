"""What the page shows at one time: the list, the form of an item, or the import."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.desk import Desk
from desktop.keys import Key
from desktop.page import Page
from inventory.domain.scan import Scan


class Face(QWidget):
    """Answers for the page while it is shown.

    `renamed` asks for its title again, `headed` for its buttons too. `left` says that it is done
    with, telling the id of an item to show in the list, or None.
    """

    renamed = Signal()
    headed = Signal()
    left = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk

    def title(self) -> str:
        """Finished words."""
        return self.desk.say("Items")

    def subtitle(self) -> str:
        """The sentence beside it; finished words."""
        return ""

    def header(self) -> tuple[QWidget, ...]:
        """Buttons beside the title, made anew."""
        return ()

    def keys(self) -> tuple[Key, ...]:
        """Its own chords."""
        return ()

    def begin(self) -> None:
        """It was opened: the cursor goes where the work begins."""
        self.desk.back_to_field()

    def refresh(self) -> None:
        """Something was committed."""

    def scanned(self, scan: Scan) -> bool:
        """A scan arrived. False: the page opens the item or begins a new one."""
        return False

    def finish(self) -> None:
        """Ctrl+Enter."""

    def undo(self) -> bool:
        """Ctrl+Z. False when nothing here can be taken back."""
        return False

    def back(self) -> bool:
        """Esc. False when this is where the page begins."""
        return False

    def enter(self) -> None:
        """Enter in the empty field."""

    def step(self, rows: int) -> None:
        """Up or down in the empty field."""

    def export(self) -> None:
        """Ctrl+E."""

    def keep(self) -> None:
        """Write what is not written yet: the page is left, or the program ends."""

    def closed(self) -> None:
        """Another face takes its place."""
        self.keep()

    @property
    def page(self) -> Page | None:
        """The page it stands in."""
        found = self.parentWidget()
        while found is not None and not isinstance(found, Page):
            found = found.parentWidget()
        return found
