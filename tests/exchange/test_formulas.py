"""No text that leaves the program becomes a formula, and all of it comes back as it was."""

from __future__ import annotations

import csv
import io
import re
import unicodedata

import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from inventory.exchange.cell_text import clean, guarded, unguarded
from inventory.exchange.table_file import read_table
from inventory.exchange.table_writer import Column, csv_bytes
from inventory.exchange.workbook import workbook_bytes, write_table
from inventory.language import language

NASTY = st.text(st.sampled_from("=+-@\t\r\n ';|,\"aب1＝＋－＠\u00a0"), max_size=12)
ATTACKS = [
    "=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "'=1", "''=1", " =1", "' =1",
    "=HYPERLINK(\"http://x\",\"y\")", "=cmd|' /C calc'!A0", "x;=cmd|' /C calc'!A0;",
    "a\t=1", "a\n=1", "＝1+1", "＋1", "－1", "＠x", "-2+3+cmd|' /C calc'!D2", "\u00a0=1", "x; @y",
    "x;+cmd|'!A0", "x;'=1",
]  # fmt: skip
HARMLESS = ["5 mg; -20 °C", "A;B", "it's", "'quoted'", "10-20", "a=b", "pH 7+", "1;2;-3", "x@y"]


def is_formula(cell: str) -> bool:
    """What a spreadsheet program would take for one, as strictly as any does."""
    return unicodedata.normalize("NFKC", cell).lstrip(" ")[:1] in tuple("=+-@\t\r\n")


def cells_of(line: str, separator: str) -> list[str]:
    return [cell for row in csv.reader(io.StringIO(line, newline=""), delimiter=separator)
            for cell in row]  # fmt: skip


@pytest.mark.parametrize("text", ATTACKS)
def test_an_attack_is_text_however_the_file_is_cut(text: str) -> None:
    line = csv_bytes(["code", text], [["A1", text]]).decode("utf-8-sig")
    assert not any(is_formula(cell) for cell in cells_of(line, ","))
    for separator in ";\t":
        for cell in cells_of(line, separator):
            assert not re.match(r"[ \u00a0]*([=@＝＠]|[-+＋－][^\d\s])", cell)


@pytest.mark.parametrize("text", HARMLESS)
def test_ordinary_text_is_left_alone(text: str) -> None:
    assert guarded(text) == text == unguarded(text)


@given(NASTY)
@example("'=")
@example("\n'")
def test_what_is_guarded_comes_back(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert not is_formula(guarded(text))


@settings(max_examples=20)
@given(st.lists(NASTY, min_size=1, max_size=8))
def test_our_own_tables_read_back_as_they_were(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    # What a person or file gives is cleaned before it is kept; that is what leaves the program.
    kept = [[f"A{n}", _kept(text)] for n, text in enumerate(texts)]
    columns = [Column("code"), Column("name_en")]
    folder = tmp_path_factory.mktemp("tables")
    for name in ("t.csv", "t.xlsx"):
        path = write_table(folder / name, "Items", columns, kept, language("en"))
        table = read_table(path)
        assert table.bad_cells == ()
        assert [[*row.cells, ""][:2] for row in table.rows] == kept


def _kept(text: str) -> str:
    """As a cell is cleaned, but for the apostrophes of a guard."""
    return text.replace("\r", "").strip()


@pytest.mark.parametrize("text", ATTACKS)
def test_a_workbook_holds_text_and_no_formula(text: str) -> None:
    data = workbook_bytes("Stock", [Column("a"), Column(text)], [["x", text]], language("ar"))
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    for row in sheet.iter_rows():
        for cell in row:
            assert cell.data_type == "s"
            assert cell.hyperlink is None
    kept = _kept(text)
    again = openpyxl.load_workbook(
        io.BytesIO(workbook_bytes("Stock", [Column("a")], [[kept]], language("en")))
    ).active
    assert clean(str(again["A2"].value)) == kept
