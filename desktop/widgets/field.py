"""Fields: the label above, what is wrong below, and never a box that blocks the others."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from desktop import theme
from desktop.direction import Side, align
from desktop.widgets.labels import label, repolish, set_tone
from inventory.domain.expiry import Expiry, parse_expiry
from inventory.domain.quantity import parse_quantity
from inventory.domain.sentence import Refused
from inventory.language import Language

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
MAX_LENGTH = 10_000


class LineBox(QLineEdit):
    """A line that stands where the window reads. `entered` is Enter, `left` losing the focus."""

    entered = Signal()
    left = Signal()

    def __init__(self, text: str = "", *, placeholder: str = "", side: Side = Side.LEADING) -> None:
        super().__init__(text)
        self.setPlaceholderText(placeholder)
        self.setMaxLength(MAX_LENGTH)
        align(self, side)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in _ENTER and not held:
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    def show_wrong(self, wrong: bool) -> None:
        """A red border, or not."""
        if bool(self.property("wrong")) != wrong:
            self.setProperty("wrong", wrong)
            repolish(self)


class Field(QWidget):
    """A label above any box, and a line below for its echo or for what is wrong with it."""

    def __init__(self, words: str, box: QWidget, *, width: int = 0) -> None:
        super().__init__()
        self.box = box
        px = theme.current().px
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(px(6))
        self.label = label(words, "label")
        self.label.setBuddy(box)
        self.below = label("", "second", wrap=True)
        self.below.hide()
        if width:
            box.setFixedWidth(px(width))
        for part in (self.label, box, self.below):
            stack.addWidget(part)
        box.setAccessibleName(words)
        self.setFocusProxy(box)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @property
    def is_wrong(self) -> bool:
        """Whether a sentence in red stands under the box."""
        return bool(self.box.property("wrong"))

    def set_wrong(self, sentence: str) -> None:
        """What is wrong, as finished words; "" when nothing is."""
        self._say(sentence, "red" if sentence else "")
        if isinstance(self.box, LineBox):
            self.box.show_wrong(bool(sentence))
        self.box.setAccessibleDescription(sentence)

    def set_echo(self, words: str) -> None:
        """What was understood, as finished words; "" for nothing."""
        self.set_wrong("")
        self._say(words, "")
        self.box.setAccessibleDescription(words)

    def _say(self, words: str, tone: str) -> None:
        self.below.setText(words)
        self.below.setVisible(bool(words))
        set_tone(self.below, tone)


class TextField(Field):
    """Free text. `changed` at every key, `entered` at Enter."""

    changed = Signal(str)
    entered = Signal()

    def __init__(
        self, words: str, text: str = "", *, placeholder: str = "", width: int = 0, longest: int = 0
    ) -> None:
        self.line = LineBox(text, placeholder=placeholder)
        super().__init__(words, self.line, width=width)
        if longest:
            self.line.setMaxLength(longest)
        self.line.textEdited.connect(self._edited)
        self.line.entered.connect(self.entered)

    @property
    def text(self) -> str:
        """What stands in it, without spaces around."""
        return self.line.text().strip()

    def set_text(self, text: str) -> None:
        """Put a text in without telling `changed`."""
        self.line.setText(text)

    def _edited(self, text: str) -> None:
        self.set_wrong("")
        self.changed.emit(text.strip())


class QuantityField(Field):
    """A quantity in smallest units, in any digits. `value` is None while it cannot be read."""

    changed = Signal(object)
    entered = Signal()

    def __init__(
        self,
        words: str,
        language: Language,
        value: int | None = None,
        *,
        decimals: int = 0,
        zero: bool = False,
        width: int = 92,
        side: Side = Side.RIGHT,
    ) -> None:
        self.line = LineBox(side=side)
        super().__init__(words, self.line, width=width)
        self._language = language
        self._decimals = decimals
        self._zero = zero
        self.set_value(value)
        self.line.textEdited.connect(self._edited)
        self.line.left.connect(self.check)
        self.line.entered.connect(self._entered)

    @property
    def value(self) -> int | None:
        """What is written, None when empty or unreadable."""
        try:
            return self.read()
        except Refused:
            return None

    def read(self) -> int:
        """What is written; Refused with the sentence to show."""
        return parse_quantity(self.line.text(), self._decimals, zero=self._zero)

    def set_value(self, value: int | None) -> None:
        """Put a quantity in without telling `changed`."""
        self.line.setText("" if value is None else self._language.quantity(value, self._decimals))
        self.set_wrong("")

    def check(self) -> bool:
        """Say what is wrong under the field; an empty field is not wrong yet."""
        if not self.line.text().strip():
            return False
        try:
            self.read()
        except Refused as refused:
            self.set_wrong(self._language.tell(refused.sentence))
            return False
        self.set_wrong("")
        return True

    def _edited(self, text: str) -> None:
        self.set_wrong("")
        self.changed.emit(self.value)

    def _entered(self) -> None:
        if self.check():
            self.entered.emit()


class ExpiryField(Field):
    """An expiry in any usual writing; what was understood is echoed in words."""

    changed = Signal(object)
    entered = Signal()

    def __init__(
        self, words: str, language: Language, today: date, value: Expiry | None = None
    ) -> None:
        self.line = LineBox(placeholder=language.say("like 09/28 or 300428"))
        super().__init__(words, self.line)
        self._language = language
        self._today = today
        self.set_value(value)
        self.line.textEdited.connect(self._edited)
        self.line.left.connect(self.check)
        self.line.entered.connect(self._entered)

    @property
    def value(self) -> Expiry | None:
        """What is written, None when empty or unreadable."""
        try:
            return self.read()
        except Refused:
            return None

    def read(self) -> Expiry:
        """What is written; Refused with the sentence to show."""
        return parse_expiry(self.line.text(), self._today)

    def set_value(self, value: Expiry | None) -> None:
        """Put an expiry in without telling `changed`."""
        self.line.setText("" if value is None else _typed(value))
        self.set_wrong("")

    def check(self) -> bool:
        """Echo it, or say what is wrong; an empty field is not wrong yet."""
        if not self.line.text().strip():
            return False
        try:
            self._echo(self.read())
        except Refused as refused:
            self.set_wrong(self._language.tell(refused.sentence))
            return False
        return True

    def _echo(self, expiry: Expiry) -> None:
        told = self._language.say("Good to the end of {day}", day=expiry.last_day)
        if expiry.expired_on(self._today):
            told = self._language.say("Expired at the end of {day}", day=expiry.last_day)
        self.set_echo(told)

    def _edited(self, text: str) -> None:
        found = self.value
        if found is not None:
            self._echo(found)
        else:
            self.set_echo("")
        self.changed.emit(found)

    def _entered(self) -> None:
        if self.check():
            self.entered.emit()


def _typed(expiry: Expiry) -> str:
    """As a person would have written it, without marks: 09/2028 or 30/04/2028."""
    year, month, *day = expiry.iso.split("-")
    return "/".join([*day, month, year])
