"""Workbooks: values only, nothing run, nothing unpacked that is too large."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventory.domain.sentence import Refused
from inventory.exchange.progress import Cancelled, Progress
from inventory.exchange.table_file import read_table
from tests.exchange.tables import bad, cells, outcome, rezipped, text_file, workbook, workbook_bytes

ROWS = [["code", "name_en", "pack_size"], ["A1", "One", 100], ["A2", "Two", 1000]]


def test_cells_read_as_a_person_would_type_them(tmp_path: Path) -> None:
    path = workbook(
        tmp_path,
        [
            ["code", "a", "b", "c", "d", "e"],
            [6281086012345, 1.5, True, date(2027, 3, 31), datetime(2027, 3, 31, 12), time(8, 30)],
            ["00012", 1e15, 100.0, 0.1 + 0.2, None, "  spaced  "],
        ],
    )
    assert cells(read_table(path)) == [
        ("6281086012345", "1.5", "TRUE", "2027-03-31", "2027-03-31", "08:30:00"),
        ("00012", "1000000000000000", "100", "0.3", "", "spaced"),
    ]


def test_a_date_shown_as_month_and_year_keeps_that_precision(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["code", "expiry"])
    book.active.append(["A1", date(2027, 3, 1)])
    book.active["B2"].number_format = 'mmm-yy;"d"@'
    book.save(tmp_path / "t.xlsx")
    assert cells(read_table(tmp_path / "t.xlsx")) == [("A1", "2027-03")]


def test_the_first_visible_sheet_that_holds_anything_is_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    hidden = book.create_sheet("hidden")
    hidden.sheet_state = "hidden"
    hidden.append(["x", "y"])
    book.create_sheet("items").append(["code", "name_en"])
    book["items"].append(["A1", "One"])
    book.save(tmp_path / "t.xlsx")
    table = read_table(tmp_path / "t.xlsx")
    assert (table.sheet, table.kind) == ("items", "xlsx")
    assert read_table(tmp_path / "t.xlsx", sheet="hidden").headings == ("x", "y")
    with pytest.raises(Refused, match="no sheet called nothing"):
        read_table(tmp_path / "t.xlsx", sheet="nothing")


def test_a_formula_is_its_result_and_without_one_it_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path, [*ROWS, ["A3", "Three", "=50*2"], ["A4", "Four", 10]])
    table = read_table(path)
    assert bad(table)[0][:2] == (4, 2)
    assert "formula without a result" in bad(table)[0][2]
    assert table.bad_cells[0].text == "=50*2"
    assert cells(table)[-1] == ("A4", "Four", "10")
    data = path.read_bytes()
    sheet = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml")
    calculated = sheet.replace(b"<v></v>", b"<v>100</v>").replace(b"<v />", b"<v>100</v>")
    path.write_bytes(rezipped(data, {"xl/worksheets/sheet1.xml": calculated}))
    assert cells(read_table(path))[2] == ("A3", "Three", "100")


def test_error_cells_are_refused(tmp_path: Path) -> None:
    table = read_table(workbook(tmp_path, [*ROWS, ["A3", "#DIV/0!", 1]]))
    assert bad(table) == [(4, 1, "The spreadsheet shows the error #DIV/0! here.")]


def test_macros_are_left_alone(tmp_path: Path) -> None:
    data = rezipped(workbook_bytes(ROWS), {"xl/vbaProject.bin": b"Sub AutoOpen()\nShell\n"})
    table = read_table(text_file(tmp_path, data, "list.xlsm"))
    assert cells(table)[0] == ("A1", "One", "100")
    assert "macros" in str(table.warnings[0])


def test_a_zip_bomb_is_not_opened(tmp_path: Path) -> None:
    for size in (300 * 1024 * 1024, 20 * 1024 * 1024):
        memory = io.BytesIO()
        with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("[Content_Types].xml", b"<Types/>")
            with archive.open("xl/worksheets/sheet1.xml", "w") as part:
                for _ in range(size // 2**20):
                    part.write(bytes(2**20))
        with pytest.raises(Refused, match="unpack to far more"):
            read_table(text_file(tmp_path, memory.getvalue(), "bomb.xlsx"))


def test_too_many_parts_entities_and_other_archives_are_refused(tmp_path: Path) -> None:
    parts = {f"xl/{n}.xml": b"" for n in range(3_000)}
    cases = {
        "too many": rezipped(workbook_bytes(ROWS), parts),
        "declarations": rezipped(
            workbook_bytes(ROWS), {"xl/styles.xml": b'<!DOCTYPE a [<!ENTITY a "b">]><a>&a;</a>'}
        ),
        "not a workbook": rezipped(zip_of({"photo.jpg": b"x"}), {}),
        "binary workbook": zip_of({"[Content_Types].xml": b"<T/>", "xl/workbook.bin": b"x"}),
    }
    for reason, data in cases.items():
        with pytest.raises(Refused, match=reason):
            read_table(text_file(tmp_path, data, "t.xlsx"))


def zip_of(parts: dict[str, bytes]) -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return memory.getvalue()


def test_a_locked_and_an_old_workbook_say_what_to_do(tmp_path: Path) -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    with pytest.raises(Refused, match="old Excel file"):
        read_table(text_file(tmp_path, ole, "t.xls"))
    with pytest.raises(Refused, match="password"):
        read_table(text_file(tmp_path, ole + "EncryptedPackage".encode("utf-16-le"), "t.xlsx"))


def test_a_huge_declared_size_and_far_cells_cost_nothing(tmp_path: Path) -> None:
    data = workbook_bytes(ROWS)
    sheet = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml")
    far = b'<row r="900000"><c r="XFD900000" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    changed = sheet.replace(b"A1:C3", b"A1:XFD1048576").replace(b"</sheetData>", far)
    path = text_file(tmp_path, rezipped(data, {"xl/worksheets/sheet1.xml": changed}), "t.xlsx")
    assert [row.number for row in read_table(path).rows] == [2, 3]


def test_a_workbook_cut_short_anywhere_is_refused_or_read(tmp_path: Path) -> None:
    data = workbook_bytes(ROWS)
    for cut in range(4, len(data), 97):
        with pytest.raises(Refused, match="damaged"):
            read_table(text_file(tmp_path, data[:cut], "t.xlsx"))


@given(st.data())
def test_a_workbook_with_flipped_bytes_is_refused_or_read(
    tmp_path: Path, data: st.DataObject
) -> None:
    content = bytearray(WHOLE)
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    assert outcome(tmp_path, bytes(content), "t.xlsx")


WHOLE = workbook_bytes(ROWS)


@given(st.binary(max_size=200), st.sampled_from(["xl/workbook.xml", "xl/worksheets/sheet1.xml",
       "xl/styles.xml", "xl/sharedStrings.xml", "[Content_Types].xml"]))  # fmt: skip
def test_a_workbook_with_any_part_replaced_is_refused_or_read(
    tmp_path: Path, part: bytes, name: str
) -> None:
    assert outcome(tmp_path, rezipped(WHOLE, {name: part}), "t.xlsx")


def test_fifty_thousand_rows_with_progress_and_stop(tmp_path: Path) -> None:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("items")
    sheet.append(["code", "name_en"])
    for n in range(50_000):
        sheet.append([f"A{n}", "One"])
    book.save(tmp_path / "t.xlsx")
    told: list[int] = []
    table = read_table(tmp_path / "t.xlsx", progress=Progress(lambda done, _: told.append(done)))
    assert len(table.rows) == 50_000
    assert len(told) > 50
    with pytest.raises(Cancelled):
        read_table(tmp_path / "t.xlsx", progress=Progress(cancelled=lambda: True))
