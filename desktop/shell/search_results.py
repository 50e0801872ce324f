"""The list under the field: most questions end here, without leaving the page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsDropShadowEffect,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.desk import Desk
from desktop.direction import is_rtl
from desktop.pages import PageEntry, entry
from desktop.search import Found
from desktop.shell.hit_rows import HitRows
from desktop.shell.top_bar import ScanField
from desktop.widgets.hint_bar import HintBar

if TYPE_CHECKING:
    from desktop.search import Search

_AFTER_MS = 30
_NARROW = 860


class SearchResults(QFrame):
    """`chosen(item id, page key)`: key "" for Enter. `submitted(text)`: a code typed by hand."""

    chosen = Signal(int, str)
    submitted = Signal(str)

    def __init__(
        self,
        desk: Desk,
        room: QWidget,
        field: ScanField,
        entries: Sequence[PageEntry],
        search: Search | None,
    ) -> None:
        super().__init__(room)
        self.desk, self.field, self.search = desk, field, search
        self.takers = [page for page in entries if page.takes]
        self.here = ""
        self.answers: Callable[[str], bool] = lambda text: False
        """Whether a text is an answer to the page, and nothing to look for."""
        self.setObjectName("results")
        self._soon = QTimer(self, singleShot=True, interval=_AFTER_MS)
        self._soon.timeout.connect(self.look_now)
        self._build()
        field.textChanged.connect(self._typed)
        room.installEventFilter(self)
        self.hide()

    def _build(self) -> None:
        px = theme.current().px
        self.rows = HitRows(self.desk)
        self.rows.clicked.connect(lambda: self.enter())
        self.nothing = QLabel()
        self.nothing.setProperty("role", "second")
        self.nothing.setContentsMargins(px(20), px(14), px(20), px(14))
        self.read_as = QLabel()
        self.read_as.setProperty("role", "second")
        self.hints = HintBar((), lined=False)
        foot = QHBoxLayout()
        foot.setContentsMargins(0, px(7), 0, px(7))
        foot.addWidget(self.hints, 1)
        foot.addWidget(self.read_as)
        # Spacing and not a margin: Qt mirrors layouts but never their margins.
        foot.addSpacing(px(20))
        stack = QVBoxLayout(self)
        stack.setContentsMargins(1, px(6), 1, 0)
        stack.setSpacing(0)
        for part in (self.rows, self.nothing):
            stack.addWidget(part)
        stack.addLayout(foot)
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(px(28))
        shadow.setOffset(0, px(6))
        shadow.setColor(QColor(0, 0, 0, 70))
        self.setGraphicsEffect(shadow)

    # Looking

    def _typed(self, text: str) -> None:
        if not text.strip() or self.answers(text.strip()):
            self._soon.stop()
            self.hide()
        else:
            self._soon.start()

    def look_now(self) -> None:
        """Ask for the text as it stands now."""
        self._soon.stop()
        text = self.field.text().strip()
        if not text or self.search is None:
            self.hide()
            return
        self._show(self.search(text), text)

    def _show(self, found: Found, text: str) -> None:
        desk = self.desk
        self.rows.show_hits(found.hits, text)
        self.rows.setVisible(bool(found.hits))
        self.nothing.setVisible(not found.hits)
        self.nothing.setText(desk.say("Nothing here is called “{words}”.", words=text))
        self.read_as.setText(desk.tell(found.read_as) if found.read_as is not None else "")
        self._show_hints(bool(found.hits))
        self.place()
        self.show()
        self.raise_()

    def _show_hints(self, some: bool) -> None:
        pairs = [("Enter", self._enter_words()), *self._others()] if some else []
        self.hints.set_hints((*pairs, ("Esc", self.desk.say("close"))))

    @property
    def _taker(self) -> str:
        """The page that Enter carries the item to."""
        keys = [page.key for page in self.takers]
        return self.here if self.here in keys else "dispense"

    def _enter_words(self) -> str:
        return self.desk.say(entry(self._taker).takes)

    def _others(self) -> list[tuple[str, str]]:
        return [
            (page.chord, self.desk.say(page.takes))
            for page in self.takers
            if page.key != self._taker
        ]

    def place(self) -> None:
        """Under the field, as wide as the field; as wide as the page when that is narrow."""
        room = self.parentWidget()
        if room is None:
            return
        corner = self.field.mapTo(room, self.field.rect().bottomLeft())
        bar = self.field.parentWidget()
        left, wide = corner.x(), self.field.width()
        if wide < theme.current().px(_NARROW) and bar is not None:
            margin = self.field.x() if not is_rtl() else bar.width() - self.field.geometry().right()
            wide = bar.width() - 2 * margin
            left = bar.mapTo(room, bar.rect().topLeft()).x() + margin
        self.adjustSize()
        top = corner.y() + theme.current().px(6)
        self.setGeometry(left, top, wide, self.sizeHint().height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.place()
        return False

    # Keys, told by the window

    def enter(self) -> bool:
        """Accept the highlighted row, or read what was typed as a code. False: nothing typed."""
        text = self.field.text().strip()
        if not text:
            return False
        if text != self.rows.query or not self.isVisible():
            self.look_now()
        hit = self.rows.hit if self.isVisible() else None
        if hit is not None:
            self.chosen.emit(hit.item_id, "")
        else:
            self.field.clear()
            self.submitted.emit(text)
        return True

    def step(self, rows: int) -> bool:
        """Move the highlight. False when the list is not open."""
        if not self.isVisible() or not self.rows.hits:
            return False
        self.rows.highlight(self.rows.at + rows)
        return True

    def chord(self, chord: str) -> Callable[[], object] | None:
        """With a result highlighted, a page's chord carries the item there."""
        hit = self.rows.hit if self.isVisible() else None
        page = next((page for page in self.takers if page.chord == chord), None)
        if hit is None or page is None:
            return None
        item, key = hit.item_id, page.key
        return lambda: self.chosen.emit(item, key)
