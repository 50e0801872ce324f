"""Choose another clinic of the same database from the clinic mark."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QMenu, QWidget

from desktop import theme
from desktop.desk import ClinicRow, Desk


def choose_clinic(
    desk: Desk, mark: QWidget, who_is_connected: Callable[[], object] | None = None
) -> None:
    """Open the menu under the mark; nothing when there is nothing to choose."""
    rows = desk.clinics()
    if len(rows) < 2 and who_is_connected is None:
        return
    menu = QMenu(mark)
    for row in rows:
        act = menu.addAction(_dot(row), desk.clinic_name(row))
        act.setCheckable(True)
        act.setChecked(row.id == desk.clinic.id)
        act.triggered.connect(lambda _=False, chosen=row: _move(desk, chosen))
    if who_is_connected is not None:
        menu.addSeparator()
        menu.addAction(desk.say("Who is connected"), who_is_connected)
    menu.popup(mark.mapToGlobal(QPoint(0, mark.height())))


def _move(desk: Desk, row: ClinicRow) -> None:
    if row.id != desk.clinic.id:
        desk.preferences.change(clinic=row.name)
        desk.move_to(row)


def _dot(row: ClinicRow) -> QIcon:
    side = theme.current().px(16)
    made = QPixmap(side, side)
    made.fill(QColor(0, 0, 0, 0))
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QColor(0, 0, 0, 0))
    painter.setBrush(QColor(theme.clinic_shade(row.colour, dark=theme.current().dark)))
    painter.drawRoundedRect(1, 1, side - 2, side - 2, 4, 4)
    painter.end()
    return QIcon(made)
