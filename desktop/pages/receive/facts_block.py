"""A quiet block of facts: what the pack said, with a tick; what is still asked, with a dash."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QSizePolicy

from desktop import theme
from desktop.direction import Side, is_rtl
from desktop.widgets.labels import icon_label, label
from inventory.language import plain
from inventory.language.marks import reads_right_to_left

RIGHT_MARK = "\u200f"


@dataclass(frozen=True, slots=True)
class Fact:
    """Finished words. `read` puts a tick behind it: it was read, and nobody has to compare."""

    words: str
    value: str
    read: bool = False
    tone: str = ""


class FactsBlock(QFrame):
    """Rows of a word and its value."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "sunk")
        px = theme.current().px
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(px(12), px(5), px(12), px(5))
        self._grid.setHorizontalSpacing(px(8))
        self._grid.setVerticalSpacing(px(3))
        self._grid.setColumnStretch(1, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.facts: tuple[Fact, ...] = ()

    def show_facts(self, facts: Sequence[Fact]) -> None:
        """Other facts."""
        if self.facts == tuple(facts):
            return
        self.facts = tuple(facts)
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for row, fact in enumerate(self.facts):
            self._add(row, fact)
        self.setAccessibleName(plain("; ".join(f"{f.words}: {f.value}" for f in self.facts)))

    def _add(self, row: int, fact: Fact) -> None:
        value = label(_facing(fact.value), "strong", tone=fact.tone, side=Side.TRAILING)
        value.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        value.setToolTip(fact.value)
        parts: list[QLabel] = [label(fact.words, "second"), value]
        if fact.read:
            parts.append(icon_label("check", 16, "green"))
        for column, part in enumerate(parts):
            self._grid.addWidget(part, row, column)
            part.show()  # or its room is not asked for until the event loop comes round


def _facing(text: str) -> str:
    """Words between isolates, such as `41 boxes × 20`, in the direction of the window."""
    return f"{RIGHT_MARK}{text}" if is_rtl() and reads_right_to_left(text) else text
