"""The first step of an import: what the file holds, and which file it is."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop import theme
from desktop.desk import Desk
from desktop.direction import Side
from desktop.pages.items.files import file_to_read
from desktop.pages.items.import_kinds import IMPORTS, imports_for
from desktop.rights import only
from desktop.widgets.buttons import Button, finish_button
from desktop.widgets.card import Card
from desktop.widgets.field import Field, TextField
from desktop.widgets.labels import icon_label, label
from desktop.widgets.segmented import Segmented
from inventory.domain.roles import Permission


class ChooseFile(QWidget):
    """`chosen` tells the path to read; `kind_changed` what it holds."""

    chosen = Signal(str)
    kind_changed = Signal(str)
    starter_wanted = Signal()

    def __init__(self, desk: Desk, kind: str, path: str = "") -> None:
        super().__init__()
        self.desk = desk
        say, px = desk.say, theme.current().px
        card = Card()
        card.body.setSpacing(px(16))
        offered = [(key, say(row.choice)) for key, row in imports_for(desk).items()]
        self.kinds = Segmented(offered, kind, name=say("What the file holds"))
        self.kinds.changed.connect(self._kind_chosen)
        self.kind_field = Field(say("What the file holds"), self.kinds)
        self.path = TextField(say("File"), path)
        self.path.entered.connect(self.finish)
        card.body.addWidget(self.kind_field)
        card.body.addLayout(self._path_row())
        self.drop = _DropPlace(say("Drop a file here"),
                               say("CSV or XLSX, in any encoding, with any separator"))  # fmt: skip
        card.body.addWidget(self.drop, 20)
        # Large letters leave no room to say it; a file may be dropped all the same.
        if theme.current().text_size > 100:
            self.drop.hide()
        card.body.addStretch(1)
        card.body.addLayout(self._foot())
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(card, 1)
        self._kind_chosen(kind)

    def _path_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.current().px(10))
        browse = Button(self.desk.say("Choose a file"), "Alt+F", icon="folder-open-outline",
                        small=True, run=self.browse)  # fmt: skip
        beside = QVBoxLayout()
        beside.setSpacing(theme.current().px(6))
        for part in (label(" ", "label"), browse):
            beside.addWidget(part)
        beside.addStretch(1)
        row.addWidget(self.path, 1, Qt.AlignmentFlag.AlignTop)
        row.addLayout(beside)
        return row

    def _foot(self) -> QHBoxLayout:
        say = self.desk.say
        row = QHBoxLayout()
        self.starter = only(self.desk, Button(
            say("Take the usual list of a health centre"), "Alt+U", icon="playlist-check",
            run=self.starter_wanted.emit), Permission.KEEP_ITEMS)  # fmt: skip
        self.button = finish_button(say("Check the file"), icon="file-search-outline",
                                    run=self.finish)  # fmt: skip
        row.addWidget(self.starter)
        row.addStretch(1)
        row.addWidget(self.button)
        return row

    def _kind_chosen(self, kind: str) -> None:
        self.kind_field.set_echo(self.desk.say(IMPORTS[kind].about))
        self.kind_changed.emit(kind)

    def browse(self) -> None:
        """The dialog of the system."""
        path = file_to_read(self, self.desk)
        if path is not None:
            self.take(path)

    def take(self, path: Path) -> None:
        """A file was chosen or dropped."""
        self.path.set_text(str(path))
        self.finish()

    def finish(self) -> None:
        """Read it."""
        if not self.path.text:
            self.path.set_wrong(self.desk.say("Write or choose a file first."))
            self.path.line.setFocus()
        else:
            self.chosen.emit(self.path.text)


class _DropPlace(QFrame):
    """Says that files may be dropped; the page itself takes them, wherever they fall."""

    def __init__(self, words: str, second: str) -> None:
        super().__init__()
        stack = QVBoxLayout(self)
        stack.setSpacing(theme.current().px(6))
        centre = Qt.AlignmentFlag.AlignHCenter
        stack.addStretch(1)
        stack.addWidget(icon_label("tray-arrow-down", 40, "ink3"), 0, centre)
        stack.addWidget(label(words, "heading", side=Side.CENTRE), 0, centre)
        stack.addWidget(label(second, "second", side=Side.CENTRE), 0, centre)
        stack.addStretch(1)
        self.setAccessibleName(words)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.color("edge"), 1, Qt.PenStyle.DashLine))
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(box, look.px(10), look.px(10))
        painter.end()
