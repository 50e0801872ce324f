"""Symbols a scanner reads, as modules. None leaves this module before it was decoded again.

Sizes on A4, in millimetres, are those that were measured to survive a copier and a fax.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType

import zxingcpp
from barcode.codex import Code128
from PIL import Image

from inventory.domain.sentence import Refused

CODE_128_MODULE = 0.375
QR_MODULE = 0.6
QR_QUIET = 4
QR_LARGEST = 69  # version 13

_FORMATS = zxingcpp.BarcodeFormat
_PIXELS = 4
_BAR_HEIGHT = 12


class SymbolKind(StrEnum):
    """What can be printed for a scanner."""

    CODE_128 = "code128"
    QR = "qr"
    GS1_128 = "gs1_128"
    GS1_DATA_MATRIX = "gs1_data_matrix"
    DATA_MATRIX = "data_matrix"
    EAN_13 = "ean13"


@dataclass(frozen=True, slots=True)
class Symbol:
    """Dark modules by row, and the light modules it needs on each side.

    A bar code has one row; its height is chosen where it is drawn.
    """

    kind: SymbolKind
    text: str
    rows: tuple[tuple[bool, ...], ...]
    quiet: int

    @property
    def width(self) -> int:
        return len(self.rows[0])

    @property
    def linear(self) -> bool:
        return len(self.rows) == 1


@lru_cache(maxsize=256)
def symbol(kind: SymbolKind, text: str) -> Symbol:
    """The symbol of a text, decoded and compared. Refused when it cannot be written.

    GS1 text has its identifiers in brackets: "(01)06291100012343(17)270531(10)ABC".
    """
    writer = _WRITERS[kind]
    try:
        made = Symbol(kind, text, writer.write(text), writer.quiet)
        _verify(made, writer.format)
    except (ValueError, RuntimeError, IndexError):
        raise Refused("{content} cannot be printed as a code to scan.", content=text) from None
    if kind is SymbolKind.QR and made.width > QR_LARGEST:
        raise Refused("{content} is too long for one code to scan.", content=text)
    return made


def code_128(text: str) -> Symbol:
    return symbol(SymbolKind.CODE_128, text)


def qr(text: str) -> Symbol:
    """Level M, at most version 13."""
    return symbol(SymbolKind.QR, text)


def symbol_png(made: Symbol, module: int = _PIXELS) -> bytes:
    """The symbol with its quiet zone as a PNG for the screen; `module` in pixels."""
    stream = io.BytesIO()
    _picture(made, module).save(stream, "PNG", optimize=False)
    return stream.getvalue()


def _picture(made: Symbol, module: int) -> Image.Image:
    rows = made.rows * _BAR_HEIGHT if made.linear else made.rows
    size = (made.width, len(rows))
    light = bytes(0 if dark else 255 for row in rows for dark in row)
    picture = Image.frombytes("L", size, light)
    side, above = made.quiet * module, 0 if made.linear else made.quiet * module
    if made.linear:
        above = _PIXELS
    whole = Image.new("L", (size[0] * module + 2 * side, size[1] * module + 2 * above), 255)
    enlarged = picture.resize((size[0] * module, size[1] * module), Image.Resampling.NEAREST)
    whole.paste(enlarged, (side, above))
    return whole


def _verify(made: Symbol, expected: zxingcpp.BarcodeFormat) -> None:
    # The library's stubs name arrays only; it takes pictures as well.
    picture: object = _picture(made, _PIXELS)
    found = zxingcpp.read_barcodes(picture, expected, is_pure=True)  # type: ignore[arg-type]
    if [barcode.text for barcode in found] != [made.text]:
        raise Refused(
            "The code for {content} cannot be read back, so it is not printed.", content=made.text
        )


class _Code128(Code128):  # type: ignore[misc]
    """python-barcode 0.16.1 drops a leading "99", which it takes for a change of charset."""

    def _try_to_optimize(self, encoded: list[int]) -> list[int]:
        if self.code[:2].isdigit():
            return encoded
        optimized: list[int] = super()._try_to_optimize(encoded)
        return optimized


def _write_code_128(text: str) -> tuple[tuple[bool, ...], ...]:
    if not text or not all(" " <= character <= "~" for character in text):
        raise ValueError(text)  # the library drops control characters without a word
    bars: str = _Code128(text).build()[0]
    return (tuple(bar == "1" for bar in bars),)


def _write_with_zxing(
    form: zxingcpp.BarcodeFormat, **options: object
) -> Callable[[str], tuple[tuple[bool, ...], ...]]:
    def write(text: str) -> tuple[tuple[bool, ...], ...]:
        made = zxingcpp.create_barcode(text, form, **options)
        pixels = memoryview(made.to_image(scale=1, add_quiet_zones=False))  # type: ignore[arg-type]
        height, width = pixels.shape or (0, 0)
        dark = [value == 0 for value in pixels.tobytes()]
        rows = tuple(tuple(dark[row * width : (row + 1) * width]) for row in range(height))
        return rows[:1] if form in (_FORMATS.EAN13, _FORMATS.Code128) else rows

    return write


@dataclass(frozen=True, slots=True)
class _Writer:
    write: Callable[[str], tuple[tuple[bool, ...], ...]]
    format: zxingcpp.BarcodeFormat
    quiet: int


# Long narrow DataMatrix shapes are left out: many scanners do not know them.
_WRITERS: Mapping[SymbolKind, _Writer] = MappingProxyType(
    {
        SymbolKind.CODE_128: _Writer(_write_code_128, _FORMATS.Code128, 10),
        SymbolKind.QR: _Writer(
            _write_with_zxing(_FORMATS.QRCode, ec_level="M"), _FORMATS.QRCode, QR_QUIET
        ),
        SymbolKind.GS1_128: _Writer(
            _write_with_zxing(_FORMATS.Code128, gs1=True), _FORMATS.Code128, 10
        ),
        SymbolKind.GS1_DATA_MATRIX: _Writer(
            _write_with_zxing(_FORMATS.DataMatrix, gs1=True, force_square=True),
            _FORMATS.DataMatrix,
            2,
        ),
        SymbolKind.DATA_MATRIX: _Writer(
            _write_with_zxing(_FORMATS.DataMatrix, force_square=True), _FORMATS.DataMatrix, 2
        ),
        SymbolKind.EAN_13: _Writer(_write_with_zxing(_FORMATS.EAN13), _FORMATS.EAN13, 11),
    }
)
