"""An order as a workbook."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from inventory.documents.order_form import OrderForm, OrderFormLine, OrderFormSection
from inventory.domain.names import Names
from inventory.domain.sentence import Refused, sentence
from inventory.exchange.order_workbook import order_workbook_bytes, write_order
from inventory.language import language

PARACETAMOL = OrderFormLine(
    code="PARA500T", names=Names("Paracetamol 500 mg tablet", "باراسيتامول 500 ملغ قرص"),
    unit=sentence("tablet"), opening=100, received=500, consumed=412, adjustments=-18, on_hand=170,
    days_out=14, amc=161, maximum=483, on_order=100, requested_units=300, packs=3, pack_size=100,
    remark="=2+2",
)  # fmt: skip
DIESEL = replace(
    PARACETAMOL, code="DIESEL", names=Names("Diesel", "كاز"), unit=sentence("litre"), on_hand=655,
    packs=2, pack_size=2000, decimals=1, remark=None,
)  # fmt: skip
FORM = OrderForm(
    number="ORD-2026-00007", clinic=Names("Al-Zuhoor PHC", "مركز الزهور"), clinic_code="MOS-014",
    authority=Names("Directorate of Health"), supplier=Names("Kimadia", "كيماديا"),
    day=date(2026, 11, 22), period_first=date(2026, 8, 1), period_last=date(2026, 10, 31),
    sections=(
        OrderFormSection(sentence("Medicines"), (PARACETAMOL,)),
        OrderFormSection(sentence("Medical supplies"), ()),
        OrderFormSection(sentence("Fuel"), (DIESEL,)),
    ),
    symbols=(), needed_by=date(2026, 12, 6),
)  # fmt: skip


def values(data: bytes) -> list[list[object]]:
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_every_line_keeps_its_figures() -> None:
    rows = {row[1]: row for row in values(order_workbook_bytes(FORM, language("en")))}
    assert rows["PARA500T"] == [
        1, "PARA500T", "Paracetamol 500 mg tablet", "tablet", 100, 500, 412, -18, 170, 14, 161, 483,
        100, 300, 3, 100, None, "=2+2",
    ]  # fmt: skip
    assert rows["DIESEL"][8] == 65.5
    assert rows["DIESEL"][15] == 200


def test_the_letters_of_the_form_and_its_facts_stand_there() -> None:
    rows = values(order_workbook_bytes(FORM, language("en")))
    said = {cell for row in rows for cell in row if cell is not None}
    assert {"Opening A", "Approved packs V", "Reorder form ORD-2026-00007"} <= said
    assert {"Al-Zuhoor PHC MOS-014", "Kimadia", "Medicines", "Fuel", "Approved by"} <= said
    assert "Medical supplies" not in said
    (totals,) = (row for row in rows if row[2] == "Packs in all")
    assert totals[14] == 5


def test_two_languages_name_the_item_twice_and_arabic_reads_from_the_right() -> None:
    data = order_workbook_bytes(FORM, language("ar"), language("en"))
    rows = {row[1]: row for row in values(data)}
    assert rows["PARA500T"][2] == "باراسيتامول 500 ملغ قرص\nParacetamol 500 mg tablet"
    assert openpyxl.load_workbook(io.BytesIO(data)).active.sheet_view.rightToLeft
    assert data == order_workbook_bytes(FORM, language("ar"), language("en"))


def test_it_is_written_whole_or_refused_with_the_path(tmp_path: Path) -> None:
    path = write_order(tmp_path / "order.xlsx", FORM, language("fr"), language("en"))
    assert path.read_bytes().startswith(b"PK")
    with pytest.raises(Refused, match="gone"):
        write_order(tmp_path / "gone" / "order.xlsx", FORM, language("en"))
