"""An empty page: a big icon, what to do first in five words, examples, one way out."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop import theme
from desktop.direction import Side
from desktop.widgets.buttons import Button
from desktop.widgets.labels import icon_label, label

_CENTRE = Qt.AlignmentFlag.AlignHCenter


class Empty(QFrame):
    """Finished words throughout; `examples` are typed things such as "amox"."""

    def __init__(
        self,
        icon: str,
        title: str,
        sentence: str = "",
        examples: Sequence[str] = (),
        way_out: Button | None = None,
    ) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setAccessibleName(f"{title}. {sentence}" if sentence else title)
        px = theme.current().px
        stack = QVBoxLayout(self)
        stack.setContentsMargins(px(24), px(24), px(24), px(18))
        stack.setSpacing(px(12))
        stack.addStretch(3)
        stack.addWidget(icon_label(icon, 72, "accent"), 0, _CENTRE)
        stack.addSpacing(px(16))
        stack.addWidget(label(title, "title", side=Side.CENTRE), 0, _CENTRE)
        if sentence:
            told = label(sentence, "subtitle", side=Side.CENTRE, wrap=True)
            told.setAlignment(Qt.AlignmentFlag.AlignCenter)
            stack.addWidget(told)
        if examples:
            stack.addSpacing(px(8))
            stack.addWidget(_examples(examples), 0, _CENTRE)
        if way_out is not None:
            stack.addSpacing(px(12))
            stack.addWidget(way_out, 0, _CENTRE)
        stack.addStretch(4)
        self.foot = QHBoxLayout()
        self.foot.setSpacing(px(10))
        stack.addLayout(self.foot)

    def set_foot(self, *parts: QWidget) -> None:
        """A quiet line at the bottom, such as a parked basket and the key that takes it up."""
        self.foot.addStretch(1)
        for part in parts:
            self.foot.addWidget(part)
        self.foot.addStretch(1)


def _examples(examples: Sequence[str]) -> QWidget:
    px = theme.current().px
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(px(10))
    for example in examples:
        block = QFrame()
        block.setProperty("role", "sunk")
        inside = QHBoxLayout(block)
        inside.setContentsMargins(px(9), px(6), px(9), px(6))
        words = label(example, "label", side=Side.CENTRE)
        inside.addWidget(words)
        row.addWidget(block)
    return made
