"""A column that scrolls only when large letters leave no other way, and follows the cursor."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QScrollArea, QVBoxLayout, QWidget

from desktop import theme
from desktop.widgets.side_panel import SidePanel


class ScrollColumn(QScrollArea):
    """Fill `column` from the top. Its gaps close before anything has to scroll."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.inside = QWidget()
        self.inside.setObjectName("inside")
        self.column = QVBoxLayout(self.inside)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.setWidget(self.inside)
        self.inside.installEventFilter(self)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow)

    def sizeHint(self) -> QSize:
        return self.inside.sizeHint()

    def minimumSizeHint(self) -> QSize:
        px = theme.current().px
        return QSize(px(120), px(120))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.inside and event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return False

    def _fit(self) -> None:
        """As wide as there is room; as high as the room, or as little more as it can be."""
        room = self.viewport().size()
        least = self.column.minimumSize().height()
        if self.column.hasHeightForWidth():
            least = self.column.minimumHeightForWidth(room.width())
        self.inside.resize(room.width(), max(room.height(), least))

    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is None or not self.isAncestorOf(new):
            return
        margin = theme.current().px(12)
        if new.height() < self.viewport().height():
            self.ensureWidgetVisible(new, 0, margin)


def stretch_body(panel: SidePanel) -> None:
    """Give the body the height that other panels leave empty below it."""
    stack = panel.layout()
    if isinstance(stack, QVBoxLayout):
        stack.setStretchFactor(panel.body, 1)
        for at in range(stack.count()):
            item = stack.itemAt(at)
            if item is not None and item.spacerItem() is not None:
                stack.setStretch(at, 0)
