"""The roles with a sentence each, any of which can be ticked, and what they allow together."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop import theme
from desktop.desk import Desk
from desktop.direction import after, draw_text, leading_part
from desktop.fonts import font
from desktop.icons import paint_icon
from desktop.widgets.key_cap import cap_width, paint_cap
from desktop.widgets.labels import icon_line
from inventory.domain.roles import PERMISSIONS, ROLES, Role, may

HIGH = 46
_TICKED, _EMPTY = "checkbox-marked", "checkbox-blank-outline"


class RoleBox(QAbstractButton):
    """One role: a box, its key, its name and its sentence. Space or its key ticks it."""

    def __init__(self, role: Role, name: str, says: str, cap: str) -> None:
        super().__init__()
        self.role, self.name, self.says, self.cap = role, name, says, cap
        self.setCheckable(True)
        self.setAccessibleName(name)
        self.setAccessibleDescription(says)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        px = theme.current().px
        return QSize(px(320), px(HIGH))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        way = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if way is None:
            super().keyPressEvent(event)
        else:
            self.focusNextPrevChild(way > 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        look, px = theme.current(), theme.current().px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        ticked = self.isChecked()
        painter.setPen(Qt.PenStyle.NoPen)
        if ticked:
            painter.setBrush(look.color("accent_soft"))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), px(8), px(8))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(look.color("accent"), 2))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), px(8), px(8))
        inside = after(box.adjusted(px(10), 0, -px(10), 0), 0)
        mark = leading_part(inside, px(22))
        icon = QRectF(mark.left(), box.center().y() - px(11), px(22), px(22))
        tone = "accent" if ticked and self.isEnabled() else "ink2"
        paint_icon(painter, icon, _TICKED if ticked else _EMPTY, look.color(tone))
        inside = after(inside, px(34))
        if self.cap and self.isEnabled():
            colors = look.color("ink2"), look.color("hairline")
            cap = cap_width(self.cap)
            paint_cap(painter, leading_part(inside, cap), self.cap, *colors, look.color("surface"))
            inside = after(inside, cap + px(12))
        self._paint_words(painter, inside)
        painter.end()

    def _paint_words(self, painter: QPainter, room: QRectF) -> None:
        look, px = theme.current(), theme.current().px
        half = room.height() / 2
        upper = QRectF(room.left(), room.top() + px(3), room.width(), half - px(2))
        lower = QRectF(room.left(), room.top() + half, room.width(), half - px(4))
        draw_text(painter, upper, self.name, font(15, 600), look.color("ink"))
        draw_text(painter, lower, self.says, font(13), look.color("ink2"))


class RoleBoxes(QWidget):
    """`changed` when a role was ticked or not; `chosen` are those ticked."""

    changed = Signal()

    def __init__(self, desk: Desk, chosen: Collection[Role] = (), *, only_look: bool = False):
        super().__init__()
        self.desk = desk
        px = theme.current().px
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(px(2))
        self.boxes: list[RoleBox] = []
        for number, (role, row) in enumerate(ROLES.items(), 1):
            box = RoleBox(role, desk.say(row.name), desk.say(row.says), f"Alt+{number}")
            box.setChecked(role in chosen)
            box.setEnabled(not only_look)
            box.toggled.connect(lambda _: self._tell())
            self.boxes.append(box)
            stack.addWidget(box)
        self.allows = QGridLayout()
        self.allows.setContentsMargins(px(10), px(8), px(10), 0)
        self.allows.setHorizontalSpacing(px(20))
        self.allows.setVerticalSpacing(px(3))
        for column in (0, 1):
            self.allows.setColumnStretch(column, 1)
        stack.addLayout(self.allows)
        self._show_allowed()

    @property
    def chosen(self) -> frozenset[Role]:
        """The ticked roles."""
        return frozenset(box.role for box in self.boxes if box.isChecked())

    def turn(self, number: int) -> None:
        """Alt and the number of a role: tick it, or not."""
        if 1 <= number <= len(self.boxes) and self.boxes[number - 1].isEnabled():
            self.boxes[number - 1].toggle()

    def _tell(self) -> None:
        self._show_allowed()
        self.changed.emit()

    def _show_allowed(self) -> None:
        """Everything the ticked roles allow, two side by side."""
        while (item := self.allows.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        names = [row.name for p, row in PERMISSIONS.items() if may(self.chosen, p)]
        high = -(-len(names) // 2)
        for at, name in enumerate(names):
            column, row = divmod(at, high)
            self.allows.addWidget(icon_line("check", self.desk.say(name)),
                                  row, column)  # fmt: skip
