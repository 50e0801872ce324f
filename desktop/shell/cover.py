"""The cover of a desk nobody sits at: it hides everything and asks who sits down."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.desk import Desk
from desktop.direction import align
from desktop.icons import pixmap
from desktop.shell.over import Over
from desktop.widgets.buttons import Button

_REMEMBERED = 6
LONGEST = 40


class Cover(Over):
    """Names used at this desk are one click or two keys away; a new one is typed."""

    closed = Signal()
    firm = True

    def __init__(self, desk: Desk, room: QWidget) -> None:
        super().__init__(room)
        self.desk = desk
        self.name = QLineEdit(desk.user)
        self.name.setMaxLength(LONGEST)
        self.name.setPlaceholderText(desk.say("Your name, as it should stand on papers"))
        self.name.selectAll()
        align(self.name)
        self.name.returnPressed.connect(self._sit_down)
        self._build()
        self.stand()
        QTimer.singleShot(0, self.name.setFocus)

    def _build(self) -> None:
        desk, px = self.desk, theme.current().px
        card = QFrame()
        card.setProperty("role", "card")
        card.setFixedWidth(px(440))
        inside = QVBoxLayout(card)
        inside.setContentsMargins(px(28), px(26), px(28), px(26))
        inside.setSpacing(px(14))
        mark, title = QLabel(), QLabel(desk.say("Who is at the desk?"))
        mark.setPixmap(pixmap("lock-outline", 40, "accent", 2.0))
        mark.setAlignment(Qt.AlignmentFlag.AlignCenter)
        title.setProperty("role", "title")
        title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        inside.addWidget(mark)
        inside.addWidget(title)
        inside.addWidget(self.name)
        names = [n for n in self.desk.preferences.now.people if n != desk.user]
        for name in names[:_REMEMBERED]:
            inside.addWidget(self._person(name))
        go_on = desk.say("Go on")
        inside.addWidget(Button(go_on, "Enter", icon="check", role="finish", run=self._sit_down))
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(card)
        middle.addStretch(1)
        whole = QVBoxLayout(self)
        whole.addStretch(1)
        whole.addLayout(middle)
        whole.addStretch(1)

    def _person(self, name: str) -> Button:
        sits = "account-circle-outline"
        return Button(name, icon=sits, small=True, run=lambda: self._take_over(name))

    def _sit_down(self) -> None:
        self._take_over(" ".join(self.name.text().split()))

    def _take_over(self, name: str) -> None:
        people = [n for n in self.desk.preferences.now.people if n != name]
        if name:
            self.desk.preferences.change(people=(name, *people)[: _REMEMBERED + 1])
            self.desk.take_over(name)
        self.go()
        self.closed.emit()
