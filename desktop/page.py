"""What every page is: a title, a body, and answers to a scan, an item and the keys.

A page is built when it is first opened and built anew when language, look or clinic change: it
keeps nothing that is not in the database or in a draft.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedLayout, QVBoxLayout, QWidget

from desktop import theme
from desktop.desk import Desk
from desktop.direction import align
from desktop.keys import Key
from desktop.pages import entry
from desktop.widgets.elided import ElidedLabel
from inventory.domain.sentence import N_

if TYPE_CHECKING:
    from desktop.front import Front
    from inventory.domain.scan import Scan


class Page(QWidget):
    """Base of all pages. Subclasses set `key` and `placeholder`, fill `self.body`, and override.

    `refresh` asks the desk again; it runs when the page is shown and something was committed
    since, and at once while it is visible.
    """

    key: ClassVar[str]
    placeholder: ClassVar[str] = N_("Scan a pack, or type a name or code")

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.setObjectName("page")
        px = theme.current().px
        self.front: Front | None = None
        """What stands in the place of the whole page: the preview of a paper."""
        sheet = QWidget()
        self._layers = QStackedLayout(self)
        self._layers.setContentsMargins(0, 0, 0, 0)
        self._layers.addWidget(sheet)
        whole = QVBoxLayout(sheet)
        whole.setContentsMargins(px(24), px(4), px(24), px(14))
        whole.setSpacing(px(14))
        whole.addLayout(self._header())
        self.body = QVBoxLayout()
        self.body.setSpacing(px(14))
        whole.addLayout(self.body, 1)
        self._stale = True
        desk.committed.connect(self._data_changed)
        desk.day_changed.connect(self._data_changed)
        desk.user_changed.connect(self._somebody_sat_down)

    def _header(self) -> QHBoxLayout:
        px = theme.current().px
        self._title = QLabel(self.desk.say(self.title))
        self._title.setProperty("role", "title")
        self._subtitle = ElidedLabel(role="subtitle")
        row = QHBoxLayout()
        row.setSpacing(px(17))
        row.addWidget(self._title)
        row.addWidget(self._subtitle)
        row.addStretch(1)
        self.header = QHBoxLayout()
        self.header.setSpacing(px(12))
        row.addLayout(self.header)
        # Buttons of the header are 40 high; a page without any keeps the same line.
        self._title.setMinimumHeight(px(40))
        align(self._title)
        return row

    @property
    def title(self) -> str:
        """English source text, as in the rail."""
        return entry(self.key).title

    @property
    def icon(self) -> str:
        """Name of the icon in the rail."""
        return entry(self.key).icon

    def set_title(self, words: str) -> None:
        """Another heading, such as "Reorder form"; finished words."""
        self._title.setText(words)
        align(self._title)

    def set_subtitle(self, words: str) -> None:
        """The sentence beside the heading; finished words."""
        self._subtitle.set_words(words)

    # What pages answer

    def refresh(self) -> None:
        """Ask the desk again and show it."""

    def scanned(self, scan: Scan) -> bool:
        """A scan arrived while this page is open. False: the window does the usual thing."""
        return False

    def item_chosen(self, item_id: int) -> bool:
        """A search result was accepted here. False: it is carried to Dispense."""
        return False

    def open(self, what: object) -> None:
        """Another page or a search result sent somebody here: an item id, a document number."""
        if isinstance(what, int):
            self.item_chosen(what)

    def reads(self, text: str) -> bool:
        """Whether a text in the field is an answer to this page, such as a quantity, and not
        something to look for."""
        return False

    def answer(self, text: str) -> None:
        """Enter, or Ctrl+Enter, on such a text."""

    def finish(self) -> None:
        """Ctrl+Enter: the primary button of the page."""

    def undo(self) -> bool:
        """Ctrl+Z: take back a step of unposted work. False: the message bar's act is offered."""
        return False

    def back(self) -> bool:
        """Esc: close a panel or a preview. False when there was nothing to close."""
        return False

    def enter(self) -> None:
        """Enter in the empty field: act on the highlighted row."""

    def step(self, rows: int) -> None:
        """Up or down in the empty field: highlight another row."""

    def digit(self, event: QKeyEvent) -> bool:
        """A digit in the empty field. True: it began a figure of the highlighted row."""
        return False

    def print_page(self) -> None:
        """Ctrl+P."""

    def export(self) -> None:
        """Ctrl+E: what is seen, with the same columns."""

    def keys(self) -> tuple[Key, ...]:
        """The page's own chords; the window runs them and F12 lists them."""
        return ()

    def leaving(self) -> None:
        """Another page is opened; focus and panels may be let go."""

    def _somebody_sat_down(self) -> None:
        """What the one before was asked is not theirs to answer; what may be done is shown anew."""
        self.uncover()
        self.leaving()
        self.rights_changed()
        self._data_changed()

    def rights_changed(self) -> None:
        """Another person sits here, who may do other things."""

    # In front of the page

    def cover(self, front: Front) -> None:
        """Show it in the place of the whole page until it is closed; its keys go first."""
        self.uncover()
        self.front = front
        self._layers.addWidget(front)
        self._layers.setCurrentWidget(front)
        front.closed.connect(self.uncover)
        front.begin()

    def uncover(self) -> bool:
        """Esc: back to the page. False when nothing stood in front of it."""
        front, self.front = self.front, None
        if front is None:
            return False
        self._layers.removeWidget(front)
        front.hide()
        front.deleteLater()
        self.desk.back_to_field()
        return True

    # Keeping fresh

    def _data_changed(self) -> None:
        self._stale = True
        if self.isVisible():
            self._freshen()

    def _freshen(self) -> None:
        self._stale = False
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Qt: ask again when something happened while the page was hidden."""
        super().showEvent(event)
        if self._stale:
            self._freshen()
