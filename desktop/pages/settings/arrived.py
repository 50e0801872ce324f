"""The raw keys of a scan, cut into named pieces; the separator is visible."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme
from desktop.direction import Side, draw_text, text_width
from desktop.fonts import font
from desktop.scan_burst import GS, Burst
from inventory.domain.scan import Scan, ScanKind
from inventory.domain.sentence import N_
from inventory.language import Language, plain

_AIM = re.compile(r"\][A-Za-z]\d")
_FIXED = {"01": (14, N_("product")), "02": (14, N_("product")), "17": (6, N_("expires")),
          "11": (6, N_("made")), "15": (6, N_("best before"))}  # fmt: skip
_FREE = {"10": N_("batch"), "21": N_("serial"), "37": N_("count"), "30": N_("count")}
HIGH = 58


@dataclass(frozen=True, slots=True)
class Piece:
    """Some characters, what they are called (English source text), and how they are tinted."""

    text: str
    name: str = ""
    tone: str = ""


def pieces_of(burst: Burst, read: Scan) -> tuple[Piece, ...]:
    """The whole scan in order: nothing is left out."""
    ending = (Piece("↵", N_("end"), "quiet"),) if burst.ending else ()
    if read.kind is not ScanKind.GS1:
        return (*_plain(burst.text), *ending)
    return (*_gs1(burst.text), *ending)


def _plain(text: str) -> Iterator[Piece]:
    aim = _AIM.match(text)
    if aim:
        yield Piece(aim[0], N_("sort"), "quiet")
    for part in re.split(f"({GS})", text[aim.end() if aim else 0 :]):
        if part:
            yield _separator() if part == GS else Piece(part)


def _gs1(text: str) -> Iterator[Piece]:
    aim = _AIM.match(text)
    at = aim.end() if aim else 0
    if aim:
        yield Piece(aim[0], N_("sort"), "quiet")
    while at < len(text):
        if text[at] == GS:
            yield _separator()
            at += 1
            continue
        key = text[at : at + 2]
        if key in _FIXED:
            long, name = _FIXED[key]
            yield Piece(key, "", "key")
            yield Piece(text[at + 2 : at + 2 + long], name)
            at += 2 + long
        elif key in _FREE:
            end = text.find(GS, at)
            end = len(text) if end < 0 else end
            yield Piece(key, "", "key")
            yield Piece(text[at + 2 : end], _FREE[key])
            at = end
        else:
            yield Piece(text[at:])
            return


def _separator() -> Piece:
    return Piece("GS", N_("separator"), "separator")


class Pieces(QWidget):
    """Pieces side by side, always from left to right, wrapped when there are many."""

    def __init__(self, language: Language, pieces: Sequence[Piece]) -> None:
        super().__init__()
        self._language = language
        self.pieces = tuple(piece for piece in pieces if piece.text)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(" ".join(plain(piece.text) for piece in self.pieces))

    def heightForWidth(self, width: int) -> int:
        rows = max((row for row, _, _ in self._places(width)), default=0) + 1
        return rows * theme.current().px(HIGH)

    def sizeHint(self) -> QSize:
        wide = theme.current().px(600)
        return QSize(wide, self.heightForWidth(wide))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.current().px(240), theme.current().px(HIGH))

    def _places(self, room: int) -> list[tuple[int, float, float]]:
        """Row, left edge and width of each piece."""
        px = theme.current().px
        row, left, found = 0, 0.0, []
        for piece in self.pieces:
            name = self._language.say(piece.name) if piece.name else ""
            wide = max(text_width(piece.text, font(16, 600)) + px(14),
                       text_width(name, font(12)) + px(4))  # fmt: skip
            if left and left + wide > room:
                row, left = row + 1, 0.0
            found.append((row, left, wide))
            left += wide + px(4)
        return found

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        px = look.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        fills = {"": "surface", "key": "accent_soft", "quiet": "sunk", "separator": "amber.soft"}
        for piece, (row, left, wide) in zip(
            self.pieces, self._places(self.width()), strict=True
        ):
            box = QRectF(left + 0.5, row * px(HIGH) + 0.5, wide - 1, px(34))
            painter.setPen(QPen(look.color("hairline"), 1))
            painter.setBrush(look.color(fills[piece.tone]))
            painter.drawRoundedRect(box, px(6), px(6))
            draw_text(painter, box, piece.text, font(16, 600), look.color("ink"), Side.CENTRE)
            if piece.name:
                under = QRectF(left, box.bottom() + px(2), wide + px(40), px(18))
                painter.setFont(font(12))
                painter.setPen(look.color("ink2"))
                painter.drawText(under, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute,
                                 self._language.say(piece.name))  # fmt: skip
        painter.end()
