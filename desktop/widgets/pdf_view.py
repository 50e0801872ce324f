"""A paper as it will be printed: small pages beside one large sheet."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.direction import Side, draw_text
from desktop.fonts import font
from desktop.paper_images import PaperImages
from inventory.language import Language

THUMB = 70
_ZOOMS = (1.0, 1.25, 1.5, 2.0, 3.0)
_SETTLE_MS = 80


class _Thumb(QAbstractButton):
    """A small page with its number under it."""

    def __init__(self, image: QImage, number: str, name: str) -> None:
        super().__init__()
        self._image = image
        self._number = number
        self.setCheckable(True)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        px = theme.current().px
        ratio = self._image.height() / max(self._image.width(), 1)
        return QSize(px(THUMB), round(px(THUMB) * ratio) + px(22))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        here = self.isChecked()
        sheet = QRectF(1, 1, self.width() - 2, self.height() - look.px(22) - 2)
        painter.drawImage(sheet, self._image)
        painter.setPen(QPen(look.color("accent" if here else "edge"), 2 if here else 1))
        painter.drawRoundedRect(sheet, 3, 3)
        under = QRectF(0, self.height() - look.px(21), self.width(), look.px(20))
        color = look.color("ink" if here else "ink2")
        draw_text(painter, under, self._number, font(13, 600 if here else 400), color, Side.CENTRE)
        painter.end()


class _Sheet(QWidget):
    """The large page, centred on quiet ground."""

    def __init__(self) -> None:
        super().__init__()
        self.image = QImage()

    def show_image(self, image: QImage, size: QSize) -> None:
        self.image = image
        self.setMinimumSize(size + QSize(24, 24))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.color("sunk"))
        if not self.image.isNull():
            ratio = self.image.devicePixelRatio()
            wide, high = self.image.width() / ratio, self.image.height() / ratio
            # Whole pixels: half of one would blur the bars of a symbol.
            left = max(round((self.width() - wide) / 2), 0)
            top = max(round((self.height() - high) / 2), 0)
            sheet = QRectF(left, top, wide, high)
            painter.fillRect(sheet.adjusted(-1, -1, 1, 1), look.color("hairline"))
            painter.drawImage(sheet.topLeft(), self.image)
        painter.end()


class PdfView(QFrame):
    """PgUp and PgDn turn pages, + and - zoom, arrows move. `turned` gives page and pages."""

    turned = Signal(int, int)

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language
        self._paper: PaperImages | None = None
        self._zoom = 0
        self.page = 0
        self.setProperty("role", "sunk")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        px = theme.current().px
        row = QHBoxLayout(self)
        row.setContentsMargins(px(9), px(9), px(2), px(9))
        row.setSpacing(px(8))
        self._thumbs: list[_Thumb] = []
        inside = QWidget()
        inside.setObjectName("inside")
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(px(2))
        self._column.addStretch(1)
        self._side = _scroll(inside)
        self._side.setFixedWidth(px(THUMB) + px(14))
        self._sheet = _Sheet()
        self._scroll = _scroll(self._sheet)
        row.addWidget(self._side)
        row.addWidget(self._scroll, 1)
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settle.timeout.connect(self._render)

    @property
    def pages(self) -> int:
        """How many pages the paper has."""
        return len(self._paper) if self._paper is not None else 0

    def show_paper(self, paper: bytes | Path) -> None:
        """Show another paper from its first page."""
        self.close_paper()
        self._paper = PaperImages(paper)
        self._fill_thumbs()
        self.page = 0
        self.turn_to(0)

    def close_paper(self) -> None:
        """Let go of the file."""
        if self._paper is not None:
            self._paper.close()
        self._paper = None

    def turn_to(self, page: int) -> None:
        """Show that page, counted from 0."""
        if self._paper is None:
            return
        self.page = min(max(page, 0), self.pages - 1)
        for index, thumb in enumerate(self._thumbs):
            thumb.setChecked(index == self.page)
        if self._thumbs:
            self._side.ensureWidgetVisible(self._thumbs[self.page])
        self._scroll.verticalScrollBar().setValue(0)
        self._render()
        told = self._language.say("Page {page} of {pages}", page=self.page + 1, pages=self.pages)
        self.setAccessibleName(told)
        self.turned.emit(self.page, self.pages)

    def zoom(self, steps: int) -> None:
        """Larger or smaller; the smallest shows the whole width."""
        self._zoom = min(max(self._zoom + steps, 0), len(_ZOOMS) - 1)
        self._render()

    def _fill_thumbs(self) -> None:
        for thumb in self._thumbs:
            self._column.removeWidget(thumb)
            thumb.deleteLater()
        self._thumbs = []
        paper = self._paper
        for index in range(self.pages):
            assert paper is not None
            scale = theme.current().px(THUMB) * 2 / paper.size(index).width()
            number = self._language.number(index + 1)
            name = self._language.say("Page {page} of {pages}", page=index + 1, pages=self.pages)
            thumb = _Thumb(paper.image(index, scale), number, name)
            thumb.clicked.connect(lambda _=False, page=index: self.turn_to(page))
            self._column.insertWidget(index, thumb)
            self._thumbs.append(thumb)

    def _render(self) -> None:
        """The page at the pixels of this screen, never stretched."""
        if self._paper is None:
            return
        ratio = self.devicePixelRatioF()
        size = self._paper.size(self.page)
        room = self._scroll.viewport().size() - QSize(24, 24)
        fit = min(room.width() / size.width(), room.height() / size.height())
        if size.height() > size.width():
            fit = room.width() / size.width()
        scale = max(fit, 0.2) * _ZOOMS[self._zoom]
        image = self._paper.image(self.page, scale * ratio)
        image.setDevicePixelRatio(ratio)
        shown = QSize(round(size.width() * scale), round(size.height() * scale))
        self._sheet.show_image(image, shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle.start()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            look = theme.current()
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(look.color("accent"), 2))
            ring = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            painter.drawRoundedRect(ring, look.px(8), look.px(8))
            painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        pages = {
            Qt.Key.Key_PageDown: self.page + 1,
            Qt.Key.Key_PageUp: self.page - 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: self.pages - 1,
        }
        zooms = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1}
        key = Qt.Key(event.key())
        if key in pages:
            self.turn_to(pages[key])
        elif key in zooms:
            self.zoom(zooms[key])
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            bar = self._scroll.verticalScrollBar()
            way = 1 if key == Qt.Key.Key_Down else -1
            bar.setValue(bar.value() + way * theme.current().px(60))
        else:
            event.ignore()


def _scroll(inside: QWidget) -> QScrollArea:
    made = QScrollArea()
    made.setWidgetResizable(True)
    made.setWidget(inside)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    made.setFrameShape(QFrame.Shape.NoFrame)
    return made
