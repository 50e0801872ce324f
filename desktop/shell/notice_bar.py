"""A quiet line under the top bar for what lasts: a disk that fills up, a file only to look at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel

from desktop import theme
from desktop.desk import Desk
from desktop.direction import align
from desktop.widgets.buttons import link_button
from desktop.widgets.card import clear
from desktop.widgets.labels import icon_label, repolish
from inventory.domain.sentence import Sentence

CHORD = "Alt+0"


@dataclass(frozen=True, slots=True)
class Notice:
    """`tone` is amber, red or accent; `act` with its English source words is Alt+0."""

    tone: str
    icon: str
    words: Sentence
    act_words: str = ""
    act: Callable[[], object] | None = field(default=None, compare=False)


class NoticeBar(QFrame):
    """Hidden while there is nothing to say. The last notice given stands."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.notice: Notice | None = None
        self.setProperty("role", "notice")
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(theme.current().px(24), 0, theme.current().px(24), 0)
        self.row.setSpacing(theme.current().px(10))
        self.setMinimumHeight(theme.current().px(40))
        self.hide()

    def show_notice(self, notice: Notice | None) -> None:
        """Say it, or nothing more."""
        if notice == self.notice:
            return
        self.notice = notice
        clear(self.row)
        self.setVisible(notice is not None)
        if notice is None:
            return
        self.setProperty("tone", notice.tone)
        repolish(self)
        told = QLabel(self.desk.tell(notice.words))
        told.setWordWrap(True)
        align(told)
        self.row.addWidget(icon_label(notice.icon, 18, notice.tone), 0,
                           Qt.AlignmentFlag.AlignVCenter)  # fmt: skip
        self.row.addWidget(told, 1, Qt.AlignmentFlag.AlignVCenter)
        if notice.act is not None and notice.act_words:
            button = link_button(self.desk.say(notice.act_words), CHORD, run=notice.act)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.row.addWidget(button)
        self.setAccessibleName(told.text())

    def act_of(self, chord: str) -> Callable[[], object] | None:
        """What Alt+0 does now."""
        here = self.notice is not None and chord == CHORD
        return self.notice.act if here and self.notice is not None else None
