"""Which column holds what, and how the file is to be read."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop import theme
from desktop.desk import Desk
from desktop.pages.items.choice_box import ChoiceBox, among, close_lists_when_scrolled
from desktop.pages.items.import_kinds import ImportKind
from desktop.pages.items.import_work import Checked
from desktop.widgets.buttons import finish_button
from desktop.widgets.card import Card
from desktop.widgets.field import Field
from desktop.widgets.item_field import Choice
from desktop.widgets.labels import label
from inventory.exchange.columns import NOT_USED, ColumnMapping
from inventory.exchange.csv_reader import SEPARATOR_NAMES
from inventory.exchange.fields import TABLES
from inventory.exchange.sheets import sheet_names
from inventory.exchange.text_encoding import ENCODING_NAMES

_EXAMPLES, _LONGEST_EXAMPLE = 3, 30


class ColumnsView(QWidget):
    """`asked_again` tells an Asked to read the file anew; `mapped` the chosen ColumnMapping."""

    asked_again = Signal(object)
    mapped = Signal(object)

    def __init__(self, desk: Desk, kind: ImportKind, checked: Checked) -> None:
        super().__init__()
        self.desk, self.kind, self.checked = desk, kind, checked
        self.mapping: ColumnMapping = checked.mapping
        self.boxes: list[ChoiceBox] = []
        px = theme.current().px
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(px(11))
        whole.addWidget(self._reading())
        whole.addWidget(self._columns(), 1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        self.button = finish_button(desk.say("Check the file"), icon="file-search-outline",
                                    run=self.finish)  # fmt: skip
        foot.addWidget(self.button)
        whole.addLayout(foot)

    # How it is read

    def _reading(self) -> Card:
        say, asked, table = self.desk.say, self.checked.asked, self.checked.table
        card = Card()
        row = QHBoxLayout()
        row.setSpacing(theme.current().px(14))
        if table.encoding:
            encodings = {code: say(name) for code, name in ENCODING_NAMES.items()}
            row.addWidget(self._read_with("encoding", say("Encoding"), encodings, table.encoding))
            cuts = {code: say(name) for code, name in SEPARATOR_NAMES.items()}
            row.addWidget(self._read_with("separator", say("Cells are"), cuts, table.separator))
        else:
            sheets = {name: name for name in sheet_names(asked.path)} or {table.sheet: table.sheet}
            row.addWidget(self._read_with("sheet", say("Sheet"), sheets, table.sheet))
        row.addStretch(1)
        card.body.addLayout(row)
        return card

    def _read_with(self, part: str, words: str, names: dict[str, str], now: str) -> Field:
        different = {name: code for code, name in reversed(names.items())}
        choices = [Choice(code, name) for name, code in reversed(different.items())]
        box = ChoiceBox(among(choices), lambda key: names.get(key, key), optional=False)
        box.set_key(now)
        box.picked.connect(
            lambda key: self.asked_again.emit(replace(self.checked.asked, **{part: key}))
        )
        return Field(words, box, width=300)

    # What each column holds

    def _columns(self) -> Card:
        px, say = theme.current().px, self.desk.say
        card = Card(say("What each column holds"), " ")
        inside = QWidget()
        inside.setObjectName("inside")
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, px(10), 0)
        grid.setHorizontalSpacing(px(14))
        grid.setVerticalSpacing(px(8))
        for at, words in enumerate((say("In the file"), say("Its first cells"), say("Holds"))):
            grid.addWidget(label(words, "column"), 0, at)
        for column, heading in enumerate(self.checked.table.headings):
            self._column_row(grid, column, heading)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        grid.setColumnStretch(2, 2)
        grid.setRowStretch(grid.rowCount(), 1)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setWidget(inside)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        close_lists_when_scrolled(self.area)
        card.body.addWidget(self.area, 1)
        return card

    def _column_row(self, grid: QGridLayout, column: int, heading: str) -> None:
        language = self.desk.language
        name = label(language.embed(heading or "–"), "item", wrap=True)
        cells = label(self._examples(column), "second", wrap=True)
        box = self._field_box(heading)
        box.set_key(self.mapping.field_at(column) or "")
        box.picked.connect(lambda key: self._choose(column, key))
        box.entered.connect(lambda: self.focusNextChild())
        self.boxes.append(box)
        for at, widget in enumerate((name, cells, box)):
            grid.addWidget(widget, column + 1, at, Qt.AlignmentFlag.AlignVCenter)

    def _examples(self, column: int) -> str:
        found: list[str] = []
        for row in self.checked.table.rows:
            cell = row.cells[column] if column < len(row.cells) else ""
            if cell and cell not in found:
                found.append(cell[:_LONGEST_EXAMPLE])
            if len(found) == _EXAMPLES:
                break
        language = self.desk.language
        return language.tongue.comma.join(language.embed(cell) for cell in found)

    def _field_box(self, heading: str) -> ChoiceBox:
        say = self.desk.say
        names = {field.key: say(field.name) for field in TABLES[self.kind.key]}
        choices = [Choice(key, name) for key, name in names.items()]
        box = ChoiceBox(among(choices, lambda key: (key,)), lambda key: names.get(key, key),
                        placeholder=say(NOT_USED))  # fmt: skip
        box.setAccessibleName(heading)
        return box

    def _choose(self, column: int, key: str) -> None:
        """A field stands in one column: where it stood before is not used any more."""
        self.mapping = self.mapping.with_column(column, key or None)
        for at, box in enumerate(self.boxes):
            held = self.mapping.field_at(at) or ""
            if at != column and box.key != held:
                box.set_key(held)

    def begin(self) -> None:
        """The cursor goes to the first column that is not used, else to the first."""
        empty = next((box for box in self.boxes if not box.key), None)
        first = empty or self.boxes[0]
        first.setFocus()
        QTimer.singleShot(0, self, lambda: self.area.ensureWidgetVisible(first, 0, 80))

    def close_list(self) -> bool:
        """False when no list hangs open."""
        opened = [box for box in self.findChildren(ChoiceBox) if box.is_open]
        for box in opened:
            box.close_list()
        return bool(opened)

    def finish(self) -> None:
        """These are the columns."""
        self.mapped.emit(self.mapping)
