"""Filters over a list: pills with counts, each also Alt and its number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from desktop import theme
from desktop.direction import after, draw_text, is_rtl, leading_part, text_width
from desktop.fonts import font
from desktop.icons import paint_icon
from desktop.widgets.chip import STATES
from inventory.language import Language, plain

HIGH = 34
_LEVELS = range(5)


@dataclass(frozen=True, slots=True)
class Pill:
    """One filter: finished words, with icon and tone of a state when it filters by one."""

    key: str
    words: str
    icon: str = ""
    tone: str = ""


def state_pills(states: Sequence[str], language: Language) -> tuple[Pill, ...]:
    """ "All" and a pill for each of these keys of STATES."""
    everything = Pill("", language.say("All"))
    found = (STATES[key] for key in states)
    return (everything, *(Pill(s.key, language.say(s.words), s.icon, s.tone) for s in found))


class _PillButton(QAbstractButton):
    def __init__(self, pill: Pill, number: int) -> None:
        super().__init__()
        self.pill = pill
        self.number = number
        self.counted = ""
        self.level = 0
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setToolTip(f"Alt+{number}")
        self.show_count("")

    def show_count(self, counted: str) -> None:
        """How many rows it keeps, as the language writes it; "" for not known yet."""
        self.counted = counted
        said = plain(f"{self.pill.words} {counted}".strip())
        self.setText(said)
        self.setAccessibleName(said)
        self.setAccessibleDescription(f"Alt+{self.number}")
        self.updateGeometry()
        self.update()

    def _parts(self) -> tuple[float, float, float]:
        px = theme.current().px
        icon = px(15) + px(6) if self._icon else 0
        count = text_width(self.counted, self._font(500)) + px(8) if self.counted else 0
        return icon, text_width(self.pill.words, self._font(600)) + 1, count

    @property
    def _icon(self) -> str:
        return "" if self.level else self.pill.icon

    def _font(self, weight: int) -> QFont:
        return font(14 - max(self.level - 1, 0), weight)

    @property
    def _padding(self) -> int:
        return theme.current().px(8 if self.level else 12)

    def sizeHint(self) -> QSize:
        px = theme.current().px
        return QSize(round(sum(self._parts())) + 2 * self._padding, px(HIGH))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        px = look.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.isChecked()
        box = QRectF(self.rect())
        ground = look.color("ink" if chosen else "surface")
        painter.setBrush(look.color("sunk") if self.underMouse() and not chosen else ground)
        painter.setPen(QPen(look.color("ink" if chosen else "hairline"), 1))
        radius = box.height() / 2
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        icon, words, _ = self._parts()
        row = after(box, self._padding)
        if self._icon:
            color = look.color("surface") if chosen else self._tone()
            paint_icon(painter, leading_part(row, px(15)), self._icon, color)
            row = after(row, icon)
        ink = look.color("surface" if chosen else "ink")
        draw_text(painter, row, self.pill.words, self._font(600), ink)
        quiet = look.color("surface" if chosen else "ink2")
        rest = after(row, words + px(7))
        draw_text(painter, rest, self.counted, self._font(500), quiet)
        painter.end()

    def _tone(self) -> QColor:
        look = theme.current()
        tone = self.pill.tone
        return look.color("expired" if tone == "expired" else tone or "ink2")


class FilterPills(QWidget):
    """One is chosen at a time. `changed` gives its key; Left and Right move while focused."""

    changed = Signal(str)

    def __init__(self, pills: Sequence[Pill], chosen: str = "") -> None:
        super().__init__()
        px = theme.current().px
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFixedHeight(px(HIGH + 4))
        row = QHBoxLayout(self)
        # Room for the ring of the first and the last one.
        row.setContentsMargins(2, 0, 2, 0)
        row.setSpacing(px(8))
        self.buttons = [_PillButton(pill, i + 1) for i, pill in enumerate(pills)]
        for button in self.buttons:
            button.clicked.connect(lambda _=False, b=button: self.choose(b.pill.key))
            row.addWidget(button)
        row.addStretch(1)
        self.chosen = chosen
        self._show()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        """Pills become narrower before they widen the window."""
        px = theme.current().px
        return QSize(px(240), px(HIGH + 4))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._squeeze()

    def _squeeze(self) -> None:
        """Without icons, then in smaller letters, until all stand side by side."""
        gaps = theme.current().px(8) * len(self.buttons) + 4
        for level in _LEVELS:
            for button in self.buttons:
                button.level = level
            if sum(b.sizeHint().width() for b in self.buttons) + gaps <= self.width():
                break
        for button in self.buttons:
            button.updateGeometry()
            button.update()

    def set_counts(self, counts: Mapping[str, int], language: Language) -> None:
        """How many rows each key keeps; a key that is not there keeps none."""
        for button in self.buttons:
            button.show_count(language.number(counts.get(button.pill.key, 0)))
        self._squeeze()

    def choose(self, key: str) -> None:
        """Choose by key and tell it; choosing the chosen one again goes back to the first."""
        first = self.buttons[0].pill.key
        self.chosen = first if key == self.chosen else key
        self._show()
        self.changed.emit(self.chosen)

    def choose_number(self, number: int) -> None:
        """The first is 1, as with Alt."""
        if 1 <= number <= len(self.buttons):
            self.choose(self.buttons[number - 1].pill.key)

    def _show(self) -> None:
        for button in self.buttons:
            button.setChecked(button.pill.key == self.chosen)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        onward = Qt.Key.Key_Left if is_rtl() else Qt.Key.Key_Right
        keys = [button.pill.key for button in self.buttons]
        if event.key() not in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()
            return
        place = keys.index(self.chosen) + (1 if event.key() == onward else -1)
        if 0 <= place < len(keys):
            self.choose(keys[place])

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.hasFocus():
            return
        look = theme.current()
        chosen = next(b for b in self.buttons if b.isChecked())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.color("accent"), 2))
        ring = QRectF(chosen.geometry()).adjusted(-1, -1, 1, 1)
        painter.drawRoundedRect(ring, ring.height() / 2, ring.height() / 2)
        painter.end()
