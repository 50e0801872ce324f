"""What happened, what is safe, what to do now, and one to three ways on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop import theme
from desktop.trouble.telling import Telling, Way
from desktop.widgets.buttons import Button
from desktop.widgets.labels import icon_label, label, line
from inventory.domain.quantity import fold_digits
from inventory.domain.sentence import N_, Sentence
from inventory.language import Language

WIDE = 820


_PARTS = (
    ("information-outline", "ink2", N_("What happened")),
    ("shield-check-outline", "green", N_("What is safe")),
    ("arrow-right", "accent", N_("What to do now")),
)


class TroublePage(QWidget):
    """The first way has the focus; arrows, Tab or its number reach the others."""

    def __init__(self, words: Language, telling: Telling, ways: Sequence[Way]) -> None:
        super().__init__()
        self.telling = telling
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        px = theme.current().px
        self.setFixedWidth(px(WIDE))
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(px(22))
        head = QHBoxLayout()
        head.setSpacing(px(16))
        head.addWidget(icon_label(telling.icon, 36, telling.tone), 0, Qt.AlignmentFlag.AlignTop)
        title = words.tell(telling.title)
        heading = QVBoxLayout()
        heading.setSpacing(px(2))
        heading.addWidget(label(title, "first", wrap=True))
        if telling.about:
            heading.addWidget(label(words.isolate(telling.about), "subtitle", wrap=True))
        head.addLayout(heading, 1)
        stack.addLayout(head)
        stack.addWidget(self._sheet(words))
        self.buttons = [self._button(words, way, number) for number, way in enumerate(ways, 1)]
        self.answer = label("", "item", tone="red", wrap=True)
        self.answer.hide()
        stack.addWidget(self.answer)
        row = QHBoxLayout()
        row.setSpacing(px(10))
        for button in self.buttons:
            row.addWidget(button)
        row.addStretch(1)
        stack.addLayout(row)
        self.setAccessibleName(title)
        self.setAccessibleDescription(" ".join(map(words.tell, self._told())))
        if self.buttons:
            self.setFocusProxy(self.buttons[0])

    def show_answer(self, words: str) -> None:
        """What came of a way that did not lead on; finished words."""
        self.answer.setText(words)
        self.answer.show()

    def _told(self) -> tuple[Sentence, Sentence, Sentence]:
        return self.telling.happened, self.telling.safe, self.telling.to_do

    def _sheet(self, words: Language) -> QFrame:
        px = theme.current().px
        sheet = QFrame()
        sheet.setProperty("role", "card")
        stack = QVBoxLayout(sheet)
        stack.setContentsMargins(px(24), px(20), px(24), px(20))
        stack.setSpacing(px(14))
        for number, (part, told) in enumerate(zip(_PARTS, self._told(), strict=True)):
            icon, tone, heading = part
            if number:
                stack.addWidget(line())
            row = QHBoxLayout()
            row.setSpacing(px(14))
            row.addWidget(icon_label(icon, 22, tone), 0, Qt.AlignmentFlag.AlignTop)
            both = QVBoxLayout()
            both.setSpacing(px(3))
            both.addWidget(label(words.say(heading), "label"))
            both.addWidget(label(words.tell(told), wrap=True))
            row.addLayout(both, 1)
            stack.addLayout(row)
        return sheet

    def _button(self, words: Language, way: Way, number: int) -> Button:
        first = number == 1
        return Button(words.say(way.words), "Enter" if first else str(number), icon=way.icon,
                      role="finish" if first else "", run=way.run)  # fmt: skip

    def keyPressEvent(self, event: QKeyEvent) -> None:
        digit = fold_digits(event.text())
        onward = event.key() in (Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Down, Qt.Key.Key_Up)
        if digit.isdigit() and 1 <= int(digit) <= len(self.buttons):
            self.buttons[int(digit) - 1].click()
        elif onward and self.buttons:
            self._step(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.buttons:
            self.buttons[0].click()
        else:
            super().keyPressEvent(event)

    def _step(self, event: QKeyEvent) -> None:
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        back = Qt.Key.Key_Right if rtl else Qt.Key.Key_Left
        by = -1 if event.key() in (back, Qt.Key.Key_Up) else 1
        here = next((i for i, button in enumerate(self.buttons) if button.hasFocus()), 0)
        self.buttons[max(0, min(here + by, len(self.buttons) - 1))].setFocus()
