"""What the person at the desk may do, shown before anybody tries.

Where nobody signs in everything may be done, and nothing here is ever seen.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.desk import Desk
from desktop.news import NewsKind
from desktop.widgets.labels import icon_line
from inventory.domain.roles import ROLES, Permission, Role, who_may
from inventory.domain.sentence import Sentence, sentence
from inventory.language import plain

W = TypeVar("W", bound=QWidget)


def may_any(desk: Desk, *permissions: Permission) -> bool:
    """Whether who sits here has one of these; with none named everybody may."""
    return not permissions or any(desk.may(permission) for permission in permissions)


def who_can(*permissions: Permission) -> Sentence:
    """The roles that have one of these, as a sentence."""
    having = {role for permission in permissions for role in who_may(permission)}
    return sentence("This can be done by: {who}.", who=_one_of(having))


def _one_of(roles: Collection[Role]) -> Sentence:
    who, *others = [sentence(row.name) for role, row in ROLES.items() if role in roles]
    for other in others:
        who = sentence("{some} or {other}", some=who, other=other)
    return who


def allowed(desk: Desk, *permissions: Permission) -> bool:
    """Whether it may be done; when not, who can do it is said calmly. For keys and scans."""
    if may_any(desk, *permissions):
        return True
    desk.news(NewsKind.CALM, who_can(*permissions))
    return False


class _Right(QObject):
    """Keeps one widget as the person at the desk may use it; it goes with its widget."""

    def __init__(self, desk: Desk, widget: QWidget, permissions: tuple[Permission, ...]) -> None:
        super().__init__(widget)
        self._desk, self._widget, self._permissions = desk, widget, permissions
        self._tip = widget.toolTip()
        desk.user_changed.connect(self.look)
        self.look()

    def look(self) -> None:
        """Usable, or quiet with who can."""
        may = may_any(self._desk, *self._permissions)
        told = "" if may else plain(self._desk.tell(who_can(*self._permissions)))
        self._widget.setEnabled(may)
        self._widget.setToolTip(told or self._tip)
        if told:
            self._widget.setAccessibleDescription(told)


def only(desk: Desk, widget: W, *permissions: Permission) -> W:
    """A widget that only who may can use; for others it is quiet and its tooltip says who can.

    For widgets that are never disabled for another cause: those ask `may_any` themselves.
    """
    _Right(desk, widget, permissions)
    return widget


def who_changes(*permissions: Permission) -> Sentence:
    """The same over what everybody can look at."""
    having = {role for permission in permissions for role in who_may(permission)}
    return sentence("You can look at this. It can be changed by: {who}.", who=_one_of(having))


class ReadOnly(QWidget):
    """One calm line over what can only be looked at; not there for who may."""

    def __init__(self, desk: Desk, *permissions: Permission) -> None:
        super().__init__()
        self._desk, self._permissions = desk, permissions
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.addWidget(icon_line("eye-outline", desk.tell(who_changes(*permissions))))
        desk.user_changed.connect(self.look)
        # Shown before it had a parent it would be a window of its own: hidden is all it may be.
        if may_any(desk, *permissions):
            self.hide()

    def look(self) -> None:
        """There only for who may not."""
        self.setVisible(not may_any(self._desk, *self._permissions))
