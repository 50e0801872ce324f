"""The form of one item: every field in its place, the kind deciding which are asked."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.desk import Desk
from desktop.pages.items.choice_box import ChoiceBox, close_lists_when_scrolled
from desktop.pages.items.choices import Choices
from desktop.pages.items.form_rows import barcode_rows, code_rows, pack_rows, substitute_rows
from desktop.pages.items.form_state import FormState, asked
from desktop.pages.items.row_editor import RowEditor
from desktop.widgets.card import Card
from desktop.widgets.field import Field, LineBox, TextField
from desktop.widgets.labels import label
from desktop.widgets.segmented import Segmented
from inventory.domain.item import MAX_CODE
from inventory.domain.sentence import N_, Sentence, counted
from inventory.domain.units import UNITS

_VEN = (("V", N_("Vital")), ("E", N_("Essential")), ("N", N_("Not essential")))
_NAMES = (
    ("name_en", N_("Name, English")),
    ("name_ar", N_("Name, Arabic")),
    ("name_ckb", N_("Name, Kurdish")),
    ("name_fr", N_("Name, French")),
)
_REORDER = (
    ("min_months", N_("Least months of stock")),
    ("max_months", N_("Most months of stock")),
    ("lead_days", N_("Days from order to delivery")),
    ("review_days", N_("Days between two orders")),
)
_GAP = 14
_SOME = 100
"""In the form that a round number of units takes."""


class FormView(QWidget):
    """Writes into `state` as people type and tells `edited`; the page keeps and reads it."""

    edited = Signal()
    barcode_left = Signal(int)

    def __init__(self, desk: Desk, state: FormState, *, measured: bool = False) -> None:
        super().__init__()
        self.desk, self.state = desk, state
        self.choices = Choices(desk)
        self.fields: dict[str, Field] = {}
        self.rows: dict[str, RowEditor] = {}
        self._measured = measured
        self._lay_out()
        for editor in self.rows.values():
            editor.grown.connect(self._chain)
        self._chain()
        self.show_state(state)

    def hold_still(self, still: bool) -> None:
        """Only to look at; it scrolls all the same."""
        self._inside.setEnabled(not still)

    # Building

    def _lay_out(self) -> None:
        px = theme.current().px
        inside = QWidget()
        inside.setObjectName("inside")
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(px(_GAP))
        beside = 2 if self._large else 3
        for at, card in enumerate((self._names(), self._sort(), self._packs())):
            grid.addWidget(card, at // beside, at % beside, 1, beside if at >= beside else 1)
            grid.setColumnStretch(at % beside, 1)
        grid.addWidget(self._ordering(), grid.rowCount(), 0, 1, beside)
        grid.setRowStretch(grid.rowCount(), 1)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setWidget(inside)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        close_lists_when_scrolled(self.area)
        self._inside = inside
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.area)

    @property
    def _large(self) -> bool:
        """Larger letters need wider cards, so fewer stand side by side."""
        return theme.current().text_size > 100

    def _chain(self) -> None:
        """Tab follows reading: down each card, along each row."""
        boxes: list[QWidget] = []
        last = ("min_months", "max_months", "lead_days", "review_days", "rounding")
        boxes += [field.box for key, field in self.fields.items() if key not in last]
        for key in ("packs", "barcodes"):
            boxes += [box for row in self.rows[key].boxes for box in row]
        boxes += [self.fields[key].box for key in last]
        for key in ("substitutes", "codes"):
            boxes += [box for row in self.rows[key].boxes for box in row]
        for before, after in pairwise(boxes):
            QWidget.setTabOrder(before, after)

    def _names(self) -> Card:
        card = _card(self.desk.say("Code and names"))
        say = self.desk.say
        card.body.addLayout(
            _beside(
                self._text("code", say("Code"), longest=MAX_CODE),
                self._choice("kind", say("Kind"), self.choices.kind()),
            )
        )
        own = f"name_{self.desk.language.code}"
        for key, words in sorted(_NAMES, key=lambda row: row[0] != own):
            card.body.addWidget(self._text(key, say(words)))
        card.body.addStretch(1)
        return card

    def _sort(self) -> Card:
        say, choices = self.desk.say, self.choices
        card = _card(say("What it is"))
        card.body.addWidget(self._text("inn", say("Generic substance")))
        card.body.addLayout(
            _beside(
                self._text("strength", say("Strength")),
                self._choice("form", say("Form"), choices.words("form")),
            )
        )
        self.ven = Segmented([(key, say(text)) for key, text in _VEN], optional=True,
                             name=say("Vital, essential or not"))  # fmt: skip
        self.ven.changed.connect(lambda key: self._word("ven", key))
        self.fields["ven"] = Field(say("Vital, essential or not"), self.ven)
        card.body.addWidget(self.fields["ven"])
        card.body.addLayout(
            _beside(
                self._choice("unit", say("Base unit"), choices.unit()),
                self._choice("storage", say("Kept at"), choices.storage()),
                (2, 3),
            )
        )
        card.body.addLayout(
            _beside(
                self._choice("supplier", say("Supplier"), choices.words("supplier")),
                self._choice("controlled", say("Controlled"), choices.controlled()),
            )
        )
        card.body.addStretch(1)
        return card

    def _packs(self) -> Card:
        say, px = self.desk.say, theme.current().px
        card = _card(say("Packs and barcodes"))
        both = QHBoxLayout() if self._large else QVBoxLayout()
        both.setSpacing(px(_GAP))
        for key, editor, hint in (
            ("packs", pack_rows(self.desk), say("The first pack is the one that is ordered.")),
            ("barcodes", barcode_rows(self.desk), say("Scan a pack to add its code.")),
        ):
            column = QVBoxLayout()
            column.setSpacing(px(9))
            self._bind(key, editor)
            column.addWidget(editor)
            column.addWidget(label(hint, "second", wrap=True))
            if self._large:
                column.addStretch(1)
            both.addLayout(column)
        self.rows["barcodes"].left.connect(self.barcode_left)
        card.body.addLayout(both)
        card.body.addStretch(1)
        return card

    def _ordering(self) -> Card:
        say, px = self.desk.say, theme.current().px
        card = _card(say("Ordering and replacement"))
        card.top.insertSpacing(1, px(4))
        card.quiet.setText(say("Where a field is empty, the clinic's settings hold."))
        grid = QGridLayout()
        grid.setSpacing(px(_GAP))
        fields = [self._text(key, say(words)) for key, words in _REORDER]
        rounding = self._choice("rounding", say("Whole packs"), self.choices.rounding())
        beside = 3 if self._large else 5
        for at, field in enumerate((*fields, rounding)):
            grid.addWidget(field, at // beside, at % beside, Qt.AlignmentFlag.AlignTop)
            grid.setColumnStretch(at % beside, 1)
        card.body.addLayout(grid)
        under = QHBoxLayout()
        under.setSpacing(px(_GAP))
        for key, editor in (
            ("substitutes", substitute_rows(self.desk, self.choices)),
            ("codes", code_rows(self.desk)),
        ):
            column = QVBoxLayout()
            self._bind(key, editor)
            column.addWidget(editor)
            column.addStretch(1)
            under.addLayout(column, 1)
        card.body.addLayout(under)
        return card

    def _text(self, key: str, words: str, *, longest: int = 0) -> TextField:
        made = TextField(words, longest=longest)
        made.line.textEdited.connect(lambda text: self._word(key, text.strip()))
        made.line.entered.connect(lambda: self.focusNextChild())
        self.fields[key] = made
        return made

    def _choice(self, key: str, words: str, box: ChoiceBox) -> Field:
        made = Field(words, box)
        box.picked.connect(lambda chosen: self._word(key, chosen))
        box.textEdited.connect(lambda: made.set_wrong(""))
        box.entered.connect(lambda: self.focusNextChild())
        self.fields[key] = made
        return made

    def _bind(self, key: str, editor: RowEditor) -> None:
        self.rows[key] = editor
        editor.changed.connect(lambda: self._rows_written(key))

    # What is written

    def _word(self, key: str, text: str) -> None:
        self.state.set_word(key, text)
        self.fields[key].set_wrong("")
        if key in ("kind", "unit"):
            self._show_traits()
        self.edited.emit()

    def _rows_written(self, key: str) -> None:
        setattr(self.state, key, self.rows[key].rows())
        self.rows[key].clear_told()
        self.edited.emit()

    # Showing

    def show_state(self, state: FormState) -> None:
        """Another state, into every box."""
        self.state = state
        for key, field in self.fields.items():
            box = field.box
            if isinstance(box, ChoiceBox):
                box.set_key(state.word(key))
            elif isinstance(box, LineBox):
                box.setText(state.word(key))
                box.setCursorPosition(0)
            field.set_wrong("")
        self.ven.blockSignals(True)
        self.ven.choose(state.word("ven"))
        self.ven.blockSignals(False)
        for key, editor in self.rows.items():
            editor.set_rows(getattr(state, key))
        self._show_traits()

    def _show_traits(self) -> None:
        """Ask what the kind asks; what is written already is always shown."""
        state = self.state
        wanted = asked(state.traits)
        for key, field in self.fields.items():
            field.setVisible(key in wanted or bool(state.word(key)))
        unit = UNITS.get(state.word("unit"))
        words: Sentence | str = state.word("unit")
        if unit is not None:
            words = counted(unit.bare, unit.bare_many, _SOME)
        self.rows["packs"].set_heading(0, self.desk.say("Pack of how many {units}", units=words))
        unit_box = self.fields["unit"].box
        assert isinstance(unit_box, ChoiceBox)
        if unit_box.key != state.word("unit"):
            unit_box.set_key(state.word("unit"))
        if self._measured:
            unit_box.setEnabled(False)
            self.fields["unit"].set_echo(self.desk.say("Stock was counted in it."))

    def show_wrong(self, wrong: Mapping[str, Sentence]) -> None:
        """A sentence under every wrong field; the cursor goes to the first of them."""
        for field in self.fields.values():
            field.set_wrong("")
        for editor in self.rows.values():
            editor.clear_told()
        for key, words in wrong.items():
            name, _, place = key.partition(".")
            if place:
                row, cell = map(int, place.split("."))
                self.rows[name].set_told(row, self.desk.tell(words), cell)
            else:
                self.fields[name].show()
                self.fields[name].set_wrong(self.desk.tell(words))
        first = next(iter(wrong), "")
        if first:
            self.focus_on(first)

    def focus_on(self, key: str) -> None:
        """The cursor goes to a field, and the field comes into sight."""
        name, _, place = key.partition(".")
        if place:
            row, cell = map(int, place.split("."))
            box: QWidget = self.rows[name].boxes[row][cell]
        else:
            box = self.fields[name].box
        box.setFocus()
        QTimer.singleShot(0, self, lambda: self.area.ensureWidgetVisible(box, 0, 120))

    def close_list(self) -> bool:
        """Close the list that hangs open. False when there is none."""
        open_ones = [box for box in self.findChildren(ChoiceBox) if box.is_open]
        for box in open_ones:
            box.close_list()
        return bool(open_ones)


def _card(title: str) -> Card:
    card = Card(title, " ")
    card.body.setSpacing(theme.current().px(9))
    return card


def _beside(first: QWidget, second: QWidget, shares: tuple[int, int] = (1, 1)) -> QHBoxLayout:
    """Two fields in a line; a sentence under one of them does not move the other."""
    row = QHBoxLayout()
    row.setSpacing(theme.current().px(10))
    for widget, share in zip((first, second), shares, strict=True):
        row.addWidget(widget, share, Qt.AlignmentFlag.AlignTop)
        # Only the share decides: words in the boxes must not widen a column.
        widget.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    return row
