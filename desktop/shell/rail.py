"""The rail on the leading edge: clinic, pages with what waits there, who is at the desk."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QStyle, QVBoxLayout, QWidget

from desktop import theme
from desktop.desk import ClinicRow, Desk
from desktop.direction import Side, draw_text
from desktop.fonts import font
from desktop.icons import paint_icon
from desktop.pages import PageEntry
from desktop.widgets.key_cap import paint_cap

WIDE = 184


class _RailButton(QAbstractButton):
    """Painted in leading and trailing terms; Tab never stops here."""

    def __init__(self, high: int) -> None:
        super().__init__()
        self._high = high
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        px = theme.current().px
        return QSize(px(WIDE), px(self._high))

    def place(self, x: int, y: int, wide: int, high: int) -> QRect:
        """A rectangle of the 100 % drawing, mirrored when the window is."""
        px = theme.current().px
        drawn = QRect(px(x), px(y), px(wide), px(high))
        return QStyle.visualRect(self.layoutDirection(), self.rect(), drawn)

    def write(self, painter: QPainter, rect: QRect, text: str, size: int, weight: int,
              color: str, *, trailing: bool = False) -> None:  # fmt: skip
        """One line at the leading (or trailing) edge of `rect`, cut with an ellipsis if it must."""
        side = Side.TRAILING if trailing else Side.LEADING
        ink = theme.current().color(color)
        draw_text(painter, QRectF(rect), text, font(size, weight), ink, side)


class RailRow(_RailButton):
    """One page; a number counts what waits there, and holding Ctrl shows its key instead."""

    def __init__(self, page: PageEntry, words: str) -> None:
        super().__init__(46)
        self.page = page
        self.words = words
        self.waiting = 0
        self.number = ""
        self.key_shown = False
        self.setCheckable(True)
        self.setAccessibleName(words)

    def word_fits(self) -> bool:
        """Whether the page's name stands whole beside its number."""
        room = self.place(52, 2, 86, 42).width()
        return QFontMetrics(font(15, 600)).horizontalAdvance(self.words) <= room

    def show_waiting(self, waiting: int, number: str) -> None:
        """`number` is `waiting` as the language writes it."""
        self.waiting, self.number = waiting, number
        self.update()

    def show_key(self, shown: bool) -> None:
        """Show the chord at the trailing edge while Ctrl is held."""
        self.key_shown = shown
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = theme.current()
        here = self.isChecked()
        if here:
            self._paint_here(painter)
        elif self.underMouse():
            self._paint_sheet(painter, look.color("sunk"), look.color("sunk"))
        color = "accent" if here else "ink2"
        icon = self.place(22, 13, 20, 20)
        paint_icon(painter, QRectF(icon), self.page.icon, look.color(color))
        words = self.place(52, 2, 86, 42)
        weight = 600 if here else 500
        self.write(painter, words, self.words, 15, weight, "ink" if here else "ink2")
        self._paint_end(painter)
        painter.end()

    def _paint_end(self, painter: QPainter) -> None:
        if self.key_shown:
            self._paint_cap(painter)
        elif self.waiting:
            end = self.place(128, 2, 36, 42)
            self.write(painter, end, self.number, 13, 600, "accent", trailing=True)

    def _paint_here(self, painter: QPainter) -> None:
        look = theme.current()
        self._paint_sheet(painter, look.color("surface"), look.color("hairline"))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color("accent"))
        painter.drawRoundedRect(self.place(8, 11, 4, 24), 2, 2)

    def _paint_sheet(self, painter: QPainter, fill: QColor, line: QColor) -> None:
        painter.setPen(line)
        painter.setBrush(fill)
        sheet = QRectF(self.place(8, 2, 168, 42)).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(sheet, theme.current().px(8), theme.current().px(8))

    def _paint_cap(self, painter: QPainter) -> None:
        look = theme.current()
        cap = QRectF(self.place(126, 13, 44, 20))
        colors = look.color("ink2"), look.color("edge"), look.color("surface")
        paint_cap(painter, cap, self.page.chord, *colors)


class ClinicMark(_RailButton):
    """The clinic's colour, name and town; opens the switcher when there are several."""

    def __init__(self) -> None:
        super().__init__(65)
        self.clinic: ClinicRow | None = None
        self.name = ""
        self.several = False

    def show_clinic(self, clinic: ClinicRow, name: str, several: bool) -> None:
        """Name in the window's language, and town; `several` adds the sign that there is
        something to choose."""
        self.clinic, self.name, self.several = clinic, name, several
        self.setAccessibleName(name)
        shape = Qt.CursorShape.PointingHandCursor if several else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)
        self.setToolTip(name)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.clinic is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = theme.current()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(look.clinic))
        mark = self.place(16, 14, 34, 34)
        painter.drawRoundedRect(mark, look.px(8), look.px(8))
        sign = QRectF(self.place(23, 21, 20, 20))
        paint_icon(painter, sign, "hospital-building", look.color("on_clinic"))
        wide = 102 if self.several else 118
        if self.clinic.town:
            self.write(painter, self.place(60, 11, wide, 22), self.name, 14, 600, "ink")
            self.write(painter, self.place(60, 31, wide, 20), self.clinic.town, 12, 400, "ink2")
        else:
            self.write(painter, self.place(60, 14, wide, 34), self.name, 14, 600, "ink")
        if self.several:
            down = QRectF(self.place(162, 23, 16, 16))
            paint_icon(painter, down, "chevron-down", look.color("ink2"))
        painter.end()


class PersonRow(_RailButton):
    """Who is at the desk, and the lock."""

    def __init__(self) -> None:
        super().__init__(60)
        self.person = ""
        self.role = ""

    def show_person(self, person: str, role: str) -> None:
        """Finished words."""
        self.person, self.role = person, role
        self.setAccessibleName(person)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = theme.current()
        face = QRectF(self.place(22, 16, 20, 20))
        paint_icon(painter, face, "account-circle-outline", look.color("ink2"))
        if self.role:
            self.write(painter, self.place(54, 5, 96, 22), self.person, 14, 600, "ink")
            self.write(painter, self.place(54, 25, 96, 20), self.role, 12, 400, "ink2")
        else:
            self.write(painter, self.place(54, 6, 96, 40), self.person, 14, 600, "ink")
        lock = QRectF(self.place(155, 18, 16, 16))
        paint_icon(painter, lock, "lock-outline", look.color("ink2"))
        painter.end()


class Rail(QWidget):
    """All of it. `chosen` gives the key of a page."""

    chosen = Signal(str)

    def __init__(self, desk: Desk, pages: Sequence[PageEntry]) -> None:
        super().__init__()
        self.desk = desk
        self.setObjectName("rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(theme.current().px(WIDE))
        self.mark = ClinicMark()
        self.person = PersonRow()
        self.rows = {page.key: self._row(page) for page in pages}
        self._lay_out()

    def _row(self, page: PageEntry) -> RailRow:
        row = RailRow(page, self.desk.say(page.title))
        row.clicked.connect(lambda: self.chosen.emit(page.key))
        return row

    def _lay_out(self) -> None:
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(0)
        stack.addWidget(self.mark)
        for row in self.rows.values():
            if not row.page.foot:
                stack.addWidget(row)
        stack.addStretch(1)
        for row in self.rows.values():
            if row.page.foot:
                stack.addWidget(row)
        stack.addWidget(self.person)

    def show_page(self, key: str) -> None:
        """Mark where we are."""
        for name, row in self.rows.items():
            row.setChecked(name == key)

    def show_waiting(self, key: str, number: int) -> None:
        """A number on a row counts what waits there."""
        if key in self.rows:
            self.rows[key].show_waiting(number, self.desk.language.number(number))

    def show_keys(self, shown: bool) -> None:
        """While Ctrl is held every row shows its key."""
        for row in self.rows.values():
            row.show_key(shown)
