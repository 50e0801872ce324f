"""The age of the last backup, always said at the trailing side of the message bar."""

from __future__ import annotations

import time

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from desktop import theme
from desktop.backups.state import BackupsNow
from desktop.desk import Desk
from desktop.direction import align
from desktop.icons import pixmap
from desktop.safety import Safety
from desktop.widgets.labels import set_tone

_ICONS = {"green": "content-save-check-outline", "amber": "content-save-alert-outline",
          "red": "content-save-alert-outline"}  # fmt: skip


class BackupAge(QWidget):
    """A click leads to the backups in Settings."""

    def __init__(self, desk: Desk, safety: Safety) -> None:
        super().__init__()
        self.desk = desk
        self.safety = safety
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.icon, self.words = QLabel(), QLabel()
        self.words.setProperty("role", "second")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.current().px(8))
        row.addWidget(self.icon)
        row.addWidget(self.words)
        safety.changed.connect(self.refresh)
        safety.backups.ticked.connect(self.refresh)
        if safety.backups.known:
            self.refresh()

    def refresh(self) -> None:
        """As it is now; the keeper tells every minute."""
        self.show_state(self.safety.backups.now, time.time_ns() // 1_000_000)

    def show_state(self, state: BackupsNow, now: int) -> None:
        """Say it as it is now."""
        tone = "grey" if state.running else state.tone(now)
        icon = _ICONS.get(tone, "content-save-outline")
        ink = "ink2" if state.running else tone
        self.icon.setPixmap(pixmap(icon, 16, ink, self.devicePixelRatioF()))
        told = self.desk.tell(state.short(now))
        self.words.setText(told)
        align(self.words)
        set_tone(self.words, tone if tone in ("amber", "red") else "")
        self.setAccessibleName(told)
        self.setToolTip(self.desk.tell(state.long(now)))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.desk.open_page("settings", "backup")
