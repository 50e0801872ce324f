"""Set up our clinic: its name and town, its colour, and the list of items it begins with."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QIcon
from PySide6.QtWidgets import (
    QButtonGroup,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.direction import align
from desktop.icons import icon
from desktop.shell.top_bar import key_cap
from inventory.domain.sentence import N_
from inventory.language import Language
from inventory.services.setting_up import STARTER, SetUp

_LISTS = (
    (STARTER, N_("Usual list of a health centre")),
    ("file", N_("From a file")),
    ("", N_("Empty")),
)


class ClinicForm(QWidget):
    """`finished` carries a SetUp; `left` goes one step back."""

    finished = Signal(object)
    left = Signal()

    def __init__(self, words: Language) -> None:
        super().__init__()
        self.words = words
        self.file = ""
        px = theme.current().px
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(px(8))
        self.name = self._field(stack, N_("Name of the clinic, as it stands on papers"))
        self.town = self._field(stack, N_("Town and governorate, if you like"))
        self.place = self._field(stack, N_("Where the stock is kept"))
        self.place.setText(words.say("Pharmacy"))
        self.colours = self._colours(stack)
        self.lists = self._lists(stack)
        stack.addSpacing(px(14))
        stack.addLayout(self._buttons())
        self.name.returnPressed.connect(self.town.setFocus)
        self.town.returnPressed.connect(self.place.setFocus)
        self.place.returnPressed.connect(self.finish)

    def _field(self, stack: QVBoxLayout, words: str) -> QLineEdit:
        stack.addWidget(self._label(words))
        field = QLineEdit()
        field.setMaxLength(80)
        field.setAccessibleName(self.words.say(words))
        align(field)
        stack.addWidget(field)
        return field

    def _label(self, words: str) -> QLabel:
        made = QLabel(self.words.say(words))
        made.setProperty("role", "label")
        align(made)
        return made

    def _colours(self, stack: QVBoxLayout) -> QButtonGroup:
        stack.addWidget(self._label(N_("Colour of its window and papers")))
        row, group = QHBoxLayout(), QButtonGroup(self)
        px = theme.current().px
        for index, colour in enumerate(theme.CLINIC_COLOURS.values()):
            button = QPushButton()
            button.setCheckable(True)
            button.setChecked(index == 0)
            button.setProperty("role", "colour")
            button.setFixedSize(px(44), px(40))
            button.setToolTip(self.words.say(colour.name))
            button.setAccessibleName(self.words.say(colour.name))
            shade = QColor(theme.clinic_shade(colour.key, dark=theme.current().dark))
            button.setStyleSheet(f"background: {shade.name()};")
            group.addButton(button, index)
            row.addWidget(button)
        row.addStretch(1)
        group.idToggled.connect(lambda: _show_check(group))
        stack.addLayout(row)
        _show_check(group)
        return group

    def _lists(self, stack: QVBoxLayout) -> QButtonGroup:
        stack.addWidget(self._label(N_("List of items to begin with")))
        row, group = QHBoxLayout(), QButtonGroup(self)
        for index, (_, words) in enumerate(_LISTS):
            button = QPushButton(self.words.say(words))
            button.setCheckable(True)
            button.setChecked(index == 0)
            button.setProperty("size", "small")
            button.setProperty("role", "choice")
            group.addButton(button, index)
            row.addWidget(button)
        row.addStretch(1)
        group.button(1).clicked.connect(self._choose_file)
        stack.addLayout(row)
        return group

    def _choose_file(self) -> None:
        title = self.words.say("List of items")
        chosen, _ = QFileDialog.getOpenFileName(self, title, "", "*.csv *.xlsx")
        self.file = chosen
        if chosen:
            self.lists.button(1).setText(Path(chosen).name)
        else:
            self.lists.button(0).setChecked(True)

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        back = QPushButton(icon("arrow-left"), self.words.say("Back"))
        back.clicked.connect(self.left)
        begin = QPushButton(icon("check", "on_accent"), self.words.say("Begin"))
        begin.setProperty("role", "primary")
        begin.clicked.connect(self.finish)
        row.addWidget(back)
        row.addWidget(key_cap("Esc"))
        row.addStretch(1)
        row.addWidget(key_cap("Ctrl+Enter"), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(begin)
        return row

    def finish(self) -> None:
        """Hand over what was written; the services say what is wrong with it."""
        place = " ".join(self.place.text().split()) or self.words.say("Pharmacy")
        chosen = _LISTS[self.lists.checkedId()][0]
        colours = tuple(theme.CLINIC_COLOURS)
        self.finished.emit(
            SetUp(
                self.name.text(),
                self.words.code,
                self.file if chosen == "file" else chosen or None,
                town=" ".join(self.town.text().split()),
                colour=colours[self.colours.checkedId()],
                places=(place,),
            )
        )


def _show_check(group: QButtonGroup) -> None:
    for button in group.buttons():
        button.setIcon(icon("check-bold", "on_clinic") if button.isChecked() else QIcon())
