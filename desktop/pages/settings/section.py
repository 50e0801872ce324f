"""What every section of Settings is: a title, fields, and what Ctrl+Enter keeps."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from desktop import theme
from desktop.desk import Desk
from desktop.front import Front
from desktop.keys import Key
from desktop.rights import ReadOnly, only
from desktop.widgets.buttons import Button
from desktop.widgets.card import Card
from desktop.widgets.labels import label
from desktop.widgets.scroll_column import ScrollColumn
from inventory.domain.roles import Permission
from inventory.domain.sentence import N_


class Section(ScrollColumn):
    """Fill `card.body`; `add_finish` puts the one button under it. Scrolls when it must."""

    hint = ""
    """English source text beside the page's title while this section is open."""
    placeholder = N_("Scan a pack, or type a name or code")
    """English source text of what a scan does meanwhile."""
    needs: tuple[Permission, ...] = ()
    """Who has none of these looks at the first card and cannot change it."""

    def __init__(self, desk: Desk, title: str) -> None:
        super().__init__()
        self.desk = desk
        self.cover: Callable[[Front], None] | None = None
        """Shows something in the place of the whole page; Settings sets it."""
        px = theme.current().px
        stack = self.column
        stack.setSpacing(px(14))
        self.card = Card(desk.say(title))
        self.stack = stack
        stack.addWidget(self.card)
        stack.addStretch(1)
        if self.needs:
            stack.insertWidget(0, ReadOnly(desk, *self.needs))
            only(desk, self.card, *self.needs)

    def add_finish(self, words: str) -> None:
        """The button that keeps what was written."""
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(
            Button(words, "Ctrl+Enter", icon="check", role="primary", run=self.finish)
        )
        self.card.body.addLayout(row)

    def explain(self, words: str) -> None:
        """A quiet sentence under the fields before it."""
        told = label(words, "second", wrap=True)
        told.setAlignment(Qt.AlignmentFlag.AlignTop | told.alignment())
        self.card.body.addWidget(told)

    def begin(self) -> None:
        """The section was opened."""

    def leave(self) -> None:
        """Another section or another page is opened."""

    def keys(self) -> tuple[Key, ...]:
        """The section's own chords."""
        return ()

    def finish(self) -> None:
        """Ctrl+Enter: keep what was written."""
