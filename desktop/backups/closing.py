"""The last backup of the day: the window waits for it, unless somebody is in a hurry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout

from desktop import theme
from desktop.shell.veil import Veil
from desktop.widgets.buttons import Button
from desktop.widgets.labels import icon_label, label

if TYPE_CHECKING:
    from desktop.main_window import MainWindow
    from desktop.safety import Safety

WIDE = 560


class ClosingVeil(Veil):
    """Esc closes at once; an unfinished backup is never seen and the older ones stay."""

    def __init__(self, safety: Safety, window: MainWindow) -> None:
        super().__init__(window.room)
        self.backups, self.window_ = safety.backups, window
        desk, px = safety.desk, theme.current().px
        card = QFrame()
        card.setProperty("role", "card")
        card.setFixedWidth(px(WIDE))
        stack = QVBoxLayout(card)
        stack.setContentsMargins(px(28), px(24), px(28), px(24))
        stack.setSpacing(px(14))
        head = QHBoxLayout()
        head.setSpacing(px(14))
        head.addWidget(icon_label("content-save-outline", 30, "accent"))
        head.addWidget(label(desk.say("Making the last backup"), "title"), 1)
        stack.addLayout(head)
        place = self.backups.now.place
        told = desk.say("Leave the stick {place} in. Amana closes by itself.", place=place)
        stack.addWidget(label(told, "subtitle", wrap=True))
        bar = QProgressBar()
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        stack.addWidget(bar)
        self.skip = Button(desk.say("Close without it"), "Esc", icon="close", run=self.hurry)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.skip)
        stack.addLayout(row)
        self.backups.ended.connect(self._ended)
        self.show_body(card)
        self.skip.setFocus()
        self.backups.start()
        if self.backups.process is not None:
            self.backups.process.progressed.connect(lambda done, all_: _show(bar, done, all_))

    def hurry(self) -> None:
        """Nobody waits: what was begun ends, and with it this window."""
        if self.backups.running:
            self.backups.skip()
        else:
            self._close()

    def _ended(self, made: bool) -> None:
        self._close()

    def _close(self) -> None:
        self.backups.ended.disconnect(self._ended)
        self.window_.close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hurry()
        else:
            super().keyPressEvent(event)


def _show(bar: QProgressBar, done: int, total: int) -> None:
    bar.setRange(0, total)
    bar.setValue(done)
