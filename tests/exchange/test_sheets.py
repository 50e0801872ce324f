"""The names of a workbook's sheets, whatever was sent."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from inventory.exchange.sheets import sheet_names
from tests.exchange.tables import rezipped, workbook, workbook_bytes


def test_sheets_are_named_in_order(tmp_path: Path) -> None:
    path = workbook(tmp_path, [["code"]])
    book = openpyxl.load_workbook(path)
    book.create_sheet("مواد")
    book.save(path)
    assert sheet_names(path) == ("Sheet", "مواد")


@pytest.mark.parametrize(
    "content",
    [
        b"code,name\n",
        b"PK\x03\x04",
        rezipped(workbook_bytes([["code"]]), {"xl/workbook.xml": b"<broken"}),
        rezipped(
            workbook_bytes([["code"]]),
            {"xl/workbook.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'},
        ),
        rezipped(workbook_bytes([["code"]]), {"xl/workbook.xml": b" " * (2 * 1024 * 1024)}),
    ],
    ids=["text", "cut", "broken", "entities", "huge"],
)
def test_what_is_no_workbook_has_no_sheets(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "table.xlsx"
    path.write_bytes(content)
    assert sheet_names(path) == ()


def test_a_file_that_is_gone_has_no_sheets(tmp_path: Path) -> None:
    assert sheet_names(tmp_path / "gone.xlsx") == ()
