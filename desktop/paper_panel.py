"""Beside a paper: its languages, the printer, how many, and what to do with it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop import printing, theme
from desktop.desk import Desk
from desktop.paper_choices import keep_languages, paper_languages, usual_printer
from desktop.widgets.buttons import Button
from desktop.widgets.field import Field, QuantityField
from desktop.widgets.labels import icon_line, label
from desktop.widgets.scroll_column import ScrollColumn
from desktop.widgets.segmented import Segmented
from inventory.domain.sentence import Refused
from inventory.language import TONGUES, Language, language

WIDE = 256
MOST_COPIES = 99


class PaperPanel(QFrame):
    """`spoken` when a language was chosen. The buttons are made by whoever shows the paper."""

    spoken = Signal()

    def __init__(self, desk: Desk, buttons: tuple[Button, ...]) -> None:
        super().__init__()
        self.desk = desk
        self.setProperty("role", "panel")
        self.first, self.second = paper_languages(desk)
        px = theme.current().px
        whole = QVBoxLayout(self)
        whole.setContentsMargins(px(16), px(14), px(16), px(16))
        whole.setSpacing(px(10))
        room = ScrollColumn()
        whole.addWidget(room, 1)
        self._stack = room.column
        self._stack.setSpacing(px(10))
        self._stack.addWidget(label(desk.say("Paper"), "heading"))
        self.firsts = self._choices([(t.code, _short(t.endonym)) for t in TONGUES.values()],
                                    self.first.code)  # fmt: skip
        self.firsts.changed.connect(self._choose_first)
        self._stack.addWidget(Field(desk.say("First language"), self.firsts))
        self._beside = QVBoxLayout()
        self._stack.addLayout(self._beside)
        self.seconds = self._offer_seconds()
        self._add_printer()
        self.proof = icon_line("check-circle-outline",
                               desk.say("Codes on the page were read back and match."),
                               tone="green")  # fmt: skip
        self.proof.hide()
        self._stack.addWidget(self.proof)
        self._stack.addStretch(1)
        for button in buttons:
            whole.addWidget(button)
        widest = max(self.firsts.sizeHint().width(), self.seconds.sizeHint().width())
        self.setFixedWidth(max(px(WIDE), widest + 2 * px(16) + 2))

    def _choices(self, choices: list[tuple[str, str]], chosen: str) -> Segmented:
        return Segmented(choices, chosen)

    def _offer_seconds(self) -> Segmented:
        """None, or any language but the first."""
        while (old := self._beside.takeAt(0)) is not None:
            widget = old.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        others = [(t.code, _short(t.endonym)) for t in TONGUES.values()
                  if t.code != self.first.code]  # fmt: skip
        chosen = "" if self.second is None else self.second.code
        made = self._choices([("", self.desk.say("None")), *others], chosen)
        made.changed.connect(self._choose_second)
        self._beside.addWidget(Field(self.desk.say("Beside it"), made))
        return made

    def _add_printer(self) -> None:
        desk = self.desk
        self.printer = QComboBox()
        names = printing.printers()
        self.printer.addItems(names or (desk.say("No printer here"),))
        self.printer.setEnabled(bool(names))
        if usual_printer(desk) in names:
            self.printer.setCurrentText(usual_printer(desk))
        self.printer.setMinimumContentsLength(8)
        self.printer.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.copies = QuantityField(desk.say("Copies"), desk.language, 1, width=64)
        row = QHBoxLayout()
        row.setSpacing(theme.current().px(10))
        row.addWidget(Field(desk.say("Printer"), self.printer), 1)
        row.addWidget(self.copies)
        self._stack.addLayout(row)

    @property
    def printer_name(self) -> str:
        """The one chosen; "" when there is none."""
        return self.printer.currentText() if self.printer.isEnabled() else ""

    def how_many(self) -> int:
        """Copies. Raises Refused, and says it under the field."""
        self.copies.check()
        copies = self.copies.read()
        if copies > MOST_COPIES:
            raise Refused("Not more than {n} copies at once.", n=MOST_COPIES)
        return copies

    def show_proof(self, shown: bool) -> None:
        """Whether the symbols of the page were read back."""
        self.proof.setVisible(shown)

    def _choose_first(self, code: str) -> None:
        before, self.first = self.first, language(code)
        if self.second == self.first:
            # They change places.
            self.second = before
        self.seconds = self._offer_seconds()
        self._keep()

    def _choose_second(self, code: str) -> None:
        self.second = language(code) if code else None
        self._keep()

    def _keep(self) -> None:
        keep_languages(self.desk, self.first, self.second)
        self.spoken.emit()

    def languages(self) -> tuple[Language, Language | None]:
        """As chosen now."""
        return self.first, self.second

    def first_box(self) -> QWidget:
        """Where Tab comes first."""
        return self.firsts


def _short(endonym: str) -> str:
    """The name of a language without its dialect."""
    return endonym.split("،")[0]
