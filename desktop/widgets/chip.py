"""States: always icon, word and colour together; the expired one is the only solid chip."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme
from desktop.direction import after, draw_text, fitting, leading_part
from desktop.fonts import font
from desktop.icons import paint_icon
from inventory.domain.sentence import N_
from inventory.language import Language

HIGH = 26


@dataclass(frozen=True, slots=True)
class State:
    """A state people can see: its word (English source text), icon and tone."""

    key: str
    words: str
    icon: str
    tone: str


_ALL = (
    State("in_range", N_("In range"), "check-circle-outline", "green"),
    State("fine", N_("Fine"), "check-circle-outline", "green"),
    State("low", N_("Low"), "arrow-down-circle-outline", "amber"),
    State("out", N_("Out"), "close-circle-outline", "red"),
    State("over", N_("Over"), "arrow-up-circle-outline", "violet"),
    State("extra", N_("Extra"), "plus-circle-outline", "violet"),
    State("expiring", N_("Will expire"), "timer-sand", "amber"),
    State("expired", N_("Expired"), "cancel", "expired"),
    State("under_3_months", N_("Under 3 months"), "clock-alert-outline", "amber"),
    State("under_6_months", N_("3 to 6 months"), "clock-outline", "grey"),
    State("held", N_("Held"), "lock-outline", "grey"),
    State("recalled", N_("Recalled"), "lock-outline", "grey"),
    State("short", N_("Short"), "minus-circle-outline", "red"),
    State("damaged", N_("Damaged"), "package-variant", "amber"),
    State("short_dated", N_("Short-dated"), "clock-alert-outline", "amber"),
    State("waiting", N_("Waiting"), "circle-outline", "grey"),
    State("no_use", N_("No use"), "circle-outline", "grey"),
    State("new_code", N_("New code"), "help-circle-outline", "accent"),
    State("changed", N_("Changed"), "pencil-outline", "accent"),
    State("draft", N_("Draft"), "pencil-outline", "grey"),
    State("printed", N_("Printed"), "printer-outline", "accent"),
    State("partly_received", N_("Partly received"), "truck-delivery-outline", "amber"),
    State("closed", N_("Closed"), "check-circle-outline", "green"),
    State("refused", N_("Refused"), "close-circle-outline", "red"),
    State("added", N_("New"), "plus-circle-outline", "green"),
    State("look", N_("Look here"), "alert-circle-outline", "amber"),
    State("unchanged", N_("The same"), "equal", "grey"),
    State("safe", N_("Protected"), "shield-check-outline", "green"),
    State("open", N_("Not protected"), "shield-off-outline", "red"),
    State("choice", N_("Not used"), "minus-circle-outline", "grey"),
    State("unknown", N_("Not known"), "help-circle-outline", "grey"),
    State("reversed", N_("Reversed"), "undo-variant", "grey"),
)
STATES: Mapping[str, State] = MappingProxyType({state.key: state for state in _ALL})
ORDER: Mapping[str, int] = MappingProxyType({state.key: i for i, state in enumerate(_ALL)})


def chip_width(words: str) -> float:
    """How wide a chip with these words is, in pixels."""
    px = theme.current().px
    return px(9) + px(15) + px(5) + QFontMetricsF(font(13, 600)).horizontalAdvance(words) + px(10)


def paint_chip(painter: QPainter, rect: QRectF, state: State, words: str) -> None:
    """A chip at the leading edge of `rect`, in the middle of its height."""
    look = theme.current()
    px = look.px
    tone = look.tone(state.tone)
    wide = min(chip_width(words), rect.width())
    high = px(HIGH)
    box = leading_part(rect, wide)
    box = QRectF(box.left(), rect.center().y() - high / 2, wide, high)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.color(_block(state)))
    painter.drawRoundedRect(box, px(6), px(6))
    inner = after(box, px(9))
    mark = leading_part(inner, px(15))
    side = px(15)
    paint_icon(
        painter,
        QRectF(mark.left(), box.center().y() - side / 2, side, side),
        state.icon,
        QColor(tone.ink),
    )
    text = after(inner, px(15) + px(5))
    set_in = fitting(words, 13, 600, text.width() - px(4))
    draw_text(painter, text, words, set_in, QColor(tone.ink))


def _block(state: State) -> str:
    """The soft block of a tone, as a theme token."""
    return {"expired": "expired", "accent": "accent_soft"}.get(state.tone, f"{state.tone}.soft")


class Chip(QWidget):
    """A state by itself, for panels and headers."""

    def __init__(self, state: str, language: Language, words: str = "") -> None:
        super().__init__()
        self._language = language
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_state(state, words)

    def set_state(self, state: str, words: str = "") -> None:
        """Another state; `words` (finished) in place of the usual word."""
        self.state = STATES[state]
        self.words = words or self._language.say(self.state.words)
        self.setAccessibleName(self.words)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(round(chip_width(self.words)) + 1, theme.current().px(HIGH))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_chip(painter, QRectF(self.rect()), self.state, self.words)
        painter.end()
