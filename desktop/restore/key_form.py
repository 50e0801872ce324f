"""How a backup opens: a name and password, or the words of the paper key."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop import theme
from desktop.widgets.field import TextField
from desktop.widgets.labels import label
from desktop.widgets.password_field import PasswordField
from desktop.widgets.segmented import Segmented
from inventory.domain.login import Login
from inventory.language import Language
from inventory.services.restoring import WayIn

LONGEST, LONGEST_PAPER = 80, 400
_PASSWORD, _PAPER = "password", "paper"


class KeyForm(QWidget):
    """`entered` when the last field was left with Enter."""

    entered = Signal()

    def __init__(self, words: Language, name: str = "") -> None:
        super().__init__()
        say, px = words.say, theme.current().px
        self.ways = Segmented(
            [(_PASSWORD, say("Name and password")), (_PAPER, say("Paper key"))], _PASSWORD,
            name=say("How do you open it?"),
        )  # fmt: skip
        self.ways.setFixedWidth(px(420))
        self.name = TextField(say("Your name in that clinic"), name, longest=LONGEST, width=420)
        self.password = PasswordField(say("Password"), width=420)
        self.paper = TextField(say("The 12 words, or their 12 numbers"), longest=LONGEST_PAPER)
        self.hint = label(
            say("Capital letters, commas and the kind of digits do not matter. A scanner can "
                "read the symbol on the paper."), "second", wrap=True,
        )  # fmt: skip
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(px(14))
        stack.addWidget(self.ways)
        for part in (self.name, self.password, self.paper, self.hint):
            stack.addWidget(part)
        self.ways.changed.connect(self._show)
        self.name.entered.connect(self.password.line.setFocus)
        self.password.entered.connect(self.entered)
        self.paper.entered.connect(self.entered)
        self._show(_PASSWORD)

    def _show(self, way: str) -> None:
        paper = way == _PAPER
        for field in (self.name, self.password):
            field.setVisible(not paper)
        self.paper.setVisible(paper)
        self.hint.setVisible(paper)
        self.first.setFocus()

    def choose(self, *, paper: bool) -> None:
        """Show the fields of one way."""
        self.ways.choose(_PAPER if paper else _PASSWORD)

    def write(self, way: WayIn) -> None:
        """What was written before; a password is typed again."""
        self.choose(paper=bool(way.paper))
        self.paper.set_text(way.paper)
        if way.login is not None:
            self.name.set_text(way.login.name)

    def turn(self) -> None:
        """The other way."""
        self.choose(paper=not self.is_paper)

    @property
    def is_paper(self) -> bool:
        return self.ways.chosen == _PAPER

    @property
    def first(self) -> QWidget:
        """The first field that is still empty."""
        if self.is_paper:
            return self.paper.line
        return self.password.line if self.name.text else self.name.line

    @property
    def way(self) -> WayIn:
        """What was written."""
        if self.is_paper:
            return WayIn(paper=self.paper.text)
        return WayIn(Login(self.name.text, self.password.secret))
