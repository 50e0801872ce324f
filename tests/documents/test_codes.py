"""Symbols are what was asked for, and read back."""

from __future__ import annotations

import io
import random
from datetime import date

import pytest
import zxingcpp
from PIL import Image

from inventory.documents.codes import (
    QR_LARGEST,
    SymbolKind,
    code_128,
    qr,
    symbol,
    symbol_png,
)
from inventory.domain.order_symbol import OrderLine, write_symbols
from inventory.domain.sentence import Refused


def decoded(kind: SymbolKind, text: str) -> zxingcpp.Barcode:
    picture = Image.open(io.BytesIO(symbol_png(symbol(kind, text))))
    (found,) = zxingcpp.read_barcodes(picture)
    return found


def test_a_leading_99_is_not_lost() -> None:
    for text in ("99", "9912345", "99-A", "9999", "991", "ORD-2026-00031"):
        assert decoded(SymbolKind.CODE_128, text).text == text


def test_any_printable_code_reads_back() -> None:
    dice = random.Random(7)
    alphabet = [chr(n) for n in range(33, 127)] + list("0123456789") * 8
    for _ in range(300):
        text = "".join(dice.choice(alphabet) for _ in range(dice.randint(1, 20)))
        assert code_128(text).text == text  # refused by itself when it does not read back


def test_a_full_qr_is_level_m_and_at_most_version_13() -> None:
    lines = [OrderLine(f"ITEM{n:04}", 9000 + n) for n in range(90)]
    for text in write_symbols("ORD-2026-00031", "MOS-014", date(2026, 11, 2), lines):
        assert qr(text).width <= QR_LARGEST
        assert decoded(SymbolKind.QR, text).ec_level == "M"


def test_a_gs1_data_matrix_is_square_and_says_it_is_gs1() -> None:
    text = "(01)06291100012343(17)270531(10)ABC-12/34(21)SN1"
    found = decoded(SymbolKind.GS1_DATA_MATRIX, text)
    made = symbol(SymbolKind.GS1_DATA_MATRIX, text)
    assert made.width == len(made.rows)
    assert found.symbology_identifier == "]d2"
    assert bytes(found.bytes) == b"01062911000123431727053110ABC-12/34\x1d21SN1"


def test_the_other_kinds_read_back() -> None:
    assert decoded(SymbolKind.EAN_13, "6291100012343").text == "6291100012343"
    assert decoded(SymbolKind.DATA_MATRIX, "ITM-PARA500T").text == "ITM-PARA500T"
    carton = "(01)06291100012343(17)270531(10)A1"
    assert decoded(SymbolKind.GS1_128, carton).symbology_identifier == "]C1"


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (SymbolKind.CODE_128, ""),
        (SymbolKind.CODE_128, "A\x1dB"),
        (SymbolKind.CODE_128, "é"),
        (SymbolKind.CODE_128, "X" * 5000),
        (SymbolKind.EAN_13, "6291100012344"),
        (SymbolKind.GS1_DATA_MATRIX, "(01)123"),
        (SymbolKind.QR, "A" * 600),
    ],
)
def test_what_cannot_be_printed_is_refused_in_a_sentence(kind: SymbolKind, text: str) -> None:
    with pytest.raises(Refused, match=r"code to scan|read back"):
        symbol(kind, text)
