"""Tables out: typed, right to left, the same bytes, never a formula, whole or not at all."""

from __future__ import annotations

import errno
import io
import os
import zipfile
from datetime import date
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest

from inventory.domain.expiry import Expiry
from inventory.domain.months import Month
from inventory.domain.names import Names
from inventory.domain.sentence import Refused, sentence
from inventory.exchange import atomic_file
from inventory.exchange.atomic_file import write_file
from inventory.exchange.table_writer import Column, as_text, csv_bytes
from inventory.exchange.workbook import workbook_bytes, write_table
from inventory.language import language

COLUMNS = [Column("Item", 30), Column("On hand"), Column("Expiry"), Column("AMC")]
NAMES = Names("Gauze", "شاش")
ROWS = [
    [NAMES, 1204, Expiry.of_month(2027, 3), Fraction(1, 3)],
    ["=1+1", -5, date(2027, 3, 31), Fraction(4)],
    ["@x", 10**15, Month(2026, 11), None],
]
DANGEROUS = ["=1+1", "+1", "-1", "@sum", "\tx", "\rx", "=cmd|' /C calc'!A0"]


def opened(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def test_cells_keep_their_types() -> None:
    sheet = opened(workbook_bytes("Stock", COLUMNS, ROWS, language("en"))).active
    values = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert values[0] == ["Gauze", 1204, "2027-03", 0.3333]
    assert values[1][:2] == ["=1+1", -5]
    assert values[1][2].date() == date(2027, 3, 31)
    assert values[2] == ["@x", "1000000000000000", "2026-11", None]
    assert sheet["B2"].number_format == "#,##0"
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:D4"


@pytest.mark.parametrize(("code", "rtl"), [("en", False), ("ar", True), ("ckb", True)])
def test_the_sheet_reads_in_the_direction_of_the_language(code: str, rtl: bool) -> None:
    sheet = opened(workbook_bytes("Stock", COLUMNS, ROWS, language(code))).active
    assert bool(sheet.sheet_view.rightToLeft) is rtl
    assert sheet["A2"].value == ("شاش" if code == "ar" else "Gauze")


def test_the_same_data_is_the_same_bytes() -> None:
    first, second = (workbook_bytes("Stock", COLUMNS, ROWS, language("ar")) for _ in range(2))
    assert first == second


@pytest.mark.parametrize("text", DANGEROUS)
def test_text_never_becomes_a_formula(text: str) -> None:
    data = workbook_bytes("Stock", [Column(text)], [[text]], language("en"))
    sheet = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet
    styles = zipfile.ZipFile(io.BytesIO(data)).read("xl/styles.xml")
    assert b'quotePrefix="1"' in styles
    for line in csv_bytes([text], [[text]]).decode("utf-8-sig").split("\r\n")[:2]:
        assert line.lstrip('"').startswith("'")


def test_names_of_sheets_and_long_text(tmp_path: Path) -> None:
    data = workbook_bytes("Orders [2026/11]: *all* of them, long", COLUMNS, [], language("en"))
    assert opened(data).sheetnames == ["Orders 2026 11 all of them, lon"]
    with pytest.raises(Refused, match="32767"):
        workbook_bytes("x", [Column("a")], [["x" * 40_000]], language("en"))


def test_values_as_text() -> None:
    said = sentence("{n} left", n=3)
    assert [as_text(v, None) for v in (None, NAMES, said, Fraction(5, 2), Fraction(100))] == [
        "", "Gauze", "3 left", "2.5", "100",
    ]  # fmt: skip
    assert as_text(NAMES, language("ar")) == "شاش"
    assert not {"\u2066", "\u2068", "\u2069"} & set(as_text(said, language("ar")))


def test_a_table_is_written_by_the_ending_of_its_name(tmp_path: Path) -> None:
    write_table(tmp_path / "t.csv", "Stock", COLUMNS, ROWS, language("en"))
    assert (tmp_path / "t.csv").read_bytes().startswith(b"\xef\xbb\xbfItem,On hand")
    assert b"\r\n'=1+1,-5,2027-03-31,4\r\n" in (tmp_path / "t.csv").read_bytes()
    write_table(tmp_path / "t.xlsx", "Stock", COLUMNS, ROWS, language("en"))
    assert (tmp_path / "t.xlsx").read_bytes().startswith(b"PK")
    assert sorted(os.listdir(tmp_path)) == ["t.csv", "t.xlsx"]


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"old")
    path.chmod(0o640)
    write_file(path, b"new")
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        (errno.ENOSPC, "The disk is full"),
        (errno.EACCES, "cannot be written here"),
        (errno.EROFS, "cannot be written here"),
        (errno.EIO, "was not written: "),
    ],
)
def test_a_failed_write_leaves_the_old_file_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, reason: str
) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"old")

    def fail(_handle: int) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(atomic_file.os, "fsync", fail)
    with pytest.raises(Refused, match=reason) as no:
        write_file(path, b"new")
    assert str(path) in str(no.value)
    assert os.listdir(tmp_path) == ["a.csv"]
    assert path.read_bytes() == b"old"


def test_places_where_nothing_can_be_written(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="no such folder"):
        write_file(tmp_path / "gone" / "a.csv", b"x")
    with pytest.raises(Refused, match="is a folder"):
        write_file(tmp_path, b"x")
    with pytest.raises(Refused, match="too long"):
        write_file(tmp_path / ("x" * 300), b"x")
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(Refused, match="no such folder"):
        write_file(tmp_path / "file" / "a.csv", b"x")
