"""Every way a text table was seen to arrive."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventory.domain.sentence import Refused
from inventory.exchange.progress import Cancelled, Progress
from inventory.exchange.table_file import column_letters, read_table
from inventory.exchange.text_encoding import ENCODING_NAMES, detect
from tests.exchange.tables import bad, cells, outcome, read_text, text_file

ARABIC = "رمز المادة;اسم المادة;العبوة\nA1;باراسيتامول 500 ملغم;100\nA2;أموكسيسيلين;1000\n"
FRENCH = "code\tdésignation\tprix\nA1\tParacétamol, comprimé sécable\t30,36\nA2\tSérum salé\t1,50\n"
KURDISH = "code,name_ckb\nA1,پاراسیتامۆڵ 500 ملگ حەب\n"


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (ARABIC.encode("cp1256"), "cp1256"),
        (ARABIC.encode(), "utf-8"),
        (ARABIC.encode("utf-8-sig"), "utf-8-sig"),
        (ARABIC.encode("utf-16"), "utf-16"),
        (FRENCH.encode("latin-1"), "cp1252"),
        (FRENCH.encode("utf-16-le"), "utf-16-le"),
        (FRENCH.encode("utf-16-be"), "utf-16-be"),
        ("code,nom\nA1,CRÈME ÉMOLLIENTE À L’URÉE\n".encode("cp1252"), "cp1252"),
        (b"code,name\nA1,\x81\xe9t\xe9\n", "latin-1"),
        (KURDISH.encode(), "utf-8"),
        (b"code,name\nA1,plain\n", "utf-8"),
    ],
)
def test_the_encoding_is_found(content: bytes, encoding: str) -> None:
    assert detect(content) == encoding
    assert encoding in ENCODING_NAMES


@pytest.mark.parametrize("encoding", ["cp1256", "utf-8", "utf-8-sig", "utf-16"])
def test_arabic_reads_the_same_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    table = read_text(tmp_path, ARABIC.encode(encoding))
    assert table.headings == ("رمز المادة", "اسم المادة", "العبوة")
    assert cells(table)[0] == ("A1", "باراسيتامول 500 ملغم", "100")
    assert table.separator == ";"


def test_latin_1_with_tabs_and_decimal_commas(tmp_path: Path) -> None:
    table = read_text(tmp_path, FRENCH.encode("latin-1"))
    assert (table.separator, table.decimal_comma) == ("\t", True)
    assert cells(table)[0] == ("A1", "Paracétamol, comprimé sécable", "30,36")


def test_a_few_damaged_letters_do_not_make_utf_8_another_encoding(tmp_path: Path) -> None:
    content = ("code,name_ar\n" + "A1,باراسيتامول\n" * 60).encode() + b"A9,\xff\n"
    table = read_text(tmp_path, content)
    assert table.encoding == "utf-8"
    assert bad(table) == [(62, 1, "Letters of this cell were lost when the file was saved.")]


def test_a_person_may_choose_the_encoding_and_the_separator(tmp_path: Path) -> None:
    path = text_file(tmp_path, b"code,a;b\nA1,x;y\n")
    assert read_table(path, encoding="cp1256", separator=";").headings == ("code,a", "b")
    with pytest.raises(Refused, match="no encoding called klingon"):
        read_table(path, encoding="klingon")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end(tmp_path: Path, end: str) -> None:
    table = read_text(tmp_path, end.join(["code,name_en", "A1,one", "", "A2,two"]))
    assert [row.number for row in table.rows] == [2, 4]
    assert cells(table) == [("A1", "one"), ("A2", "two")]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_every_separator(tmp_path: Path, separator: str) -> None:
    rows = [["code", "name_en", "unit"], ["A1", "Gauze 10x10", "piece"], ["A2", "Diesel", "litre"]]
    table = read_text(tmp_path, "\n".join(separator.join(row) for row in rows))
    assert table.separator == separator
    assert cells(table)[1] == ("A2", "Diesel", "litre")


def test_everything_at_once(tmp_path: Path) -> None:
    """A shipment list as one was found: a mark, bare CR, quoted commas, three kinds of date."""
    content = (
        "\ufeffcode,vendor,expiry,price\r"
        'A1,"Aspen, Port Elizabeth",2-Jun-06,"1,204.50"\r'
        "A2,SCMS from RDC,8/27/14,N/A - From RDC\r"
        "A3,,Date Not Captured,30.36\r"
    )
    table = read_text(tmp_path, content.encode())
    assert (table.encoding, table.decimal_comma) == ("utf-8-sig", False)
    assert cells(table) == [
        ("A1", "Aspen, Port Elizabeth", "2-Jun-06", "1,204.50"),
        ("A2", "SCMS from RDC", "8/27/14", "N/A - From RDC"),
        ("A3", "", "Date Not Captured", "30.36"),
    ]


def test_the_separator_a_spreadsheet_names_is_used(tmp_path: Path) -> None:
    table = read_text(tmp_path, "sep=;\r\ncode;name_en\r\nA1;a, b, c\r\n")
    assert table.headings == ("code", "name_en")
    assert table.rows[0] == (2, ("A1", "a, b, c"))


def test_quoted_cells_may_hold_separators_quotes_and_new_lines(tmp_path: Path) -> None:
    table = read_text(tmp_path, 'code,name_en\nA1,"5"" tube,\r\nsterile"\nA2,plain\n')
    assert cells(table) == [("A1", '5" tube,\nsterile'), ("A2", "plain")]
    assert [row.number for row in table.rows] == [2, 3]


def test_a_quote_that_is_never_closed_costs_nothing_but_itself(tmp_path: Path) -> None:
    table = read_text(tmp_path, 'code,name_en\nA1,"5 inch tube\nA2,two\nA3,three\n')
    assert cells(table) == [("A1", "5 inch tube"), ("A2", "two"), ("A3", "three")]
    assert "never closed" in str(table.warnings[0])


def test_rows_swallowed_between_two_stray_quotes_are_noticed(tmp_path: Path) -> None:
    content = 'code,name_en,unit\nA1,"5 inch,piece\nA2,two,piece\nA3,"three",piece\nA4,four,piece\n'
    table = read_text(tmp_path, content)
    assert "holds other rows" in bad(table)[0][2]
    assert cells(table)[-1] == ("A4", "four", "piece")


def test_a_title_above_the_headings_is_passed_over(tmp_path: Path) -> None:
    table = read_text(tmp_path, "Directorate of Health,,\n2026,,\n\nCode,Name,Unit\nA1,One,piece\n")
    assert table.headings == ("Code", "Name", "Unit")
    assert table.rows[0].number == 5


def test_a_table_without_headings_gets_letters(tmp_path: Path) -> None:
    path = text_file(tmp_path, "A1,One\nA2,Two\n")
    assert read_table(path, heading_row=0).headings == ("A", "B")
    assert read_table(path, heading_row=2).headings == ("A2", "Two")
    assert [column_letters(n) for n in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("a\0b", "NUL"),
        ("abc\u202egpj", "turns text around"),
        ("\u202dabc", "turns text around"),
        ("x" * 10_000, "10000 characters"),
        ("a\x07b", "control character"),
        ("#REF!", "the error #REF!"),
        ("#N/A", "the error #N/A"),
    ],
)
def test_a_cell_that_cannot_be_used_is_named_and_the_rest_kept(
    tmp_path: Path, cell: str, reason: str
) -> None:
    table = read_text(tmp_path, f"code,name_en\nA1,good\nA2,{cell}\nA3,good too\n")
    ((row, column, said),) = bad(table)
    assert (row, column) == (3, 1)
    assert reason in said
    assert "\0" not in table.bad_cells[0].text
    assert cells(table) == [("A1", "good"), ("A2", ""), ("A3", "good too")]


def test_invisible_marks_are_dropped_but_joiners_stay(tmp_path: Path) -> None:
    table = read_text(tmp_path, "code,name_en\n\u200eA1\u200f,\u2066می\u200cخوار\u2069\n")
    assert cells(table) == [("A1", "می\u200cخوار")]


def test_emoji_are_only_letters(tmp_path: Path) -> None:
    assert cells(read_text(tmp_path, "code,name_en\nA1,💊 box\n")) == [("A1", "💊 box")]


def test_a_cell_of_a_megabyte_is_one_bad_cell(tmp_path: Path) -> None:
    table = read_text(tmp_path, 'code,name_en\nA1,"' + "x" * 1_000_000 + '"\nA2,two\n')
    assert cells(table)[-1] == ("A2", "two")
    assert bad(table)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b"\n\n  \n", "no rows"),
        (bytes(range(256)) * 20, "not a table"),
        (b"%PDF-1.7\n...", "PDF"),
        (b"\x89PNG\r\n", "picture"),
        (b"SQLite format 3\x00", "database"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path: Path, content: bytes, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        read_text(tmp_path, content)


def test_a_missing_file_and_a_folder_are_refused_with_the_path(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"There is no file .*gone\.csv"):
        read_table(tmp_path / "gone.csv")
    with pytest.raises(Refused, match="is a folder"):
        read_table(tmp_path)
    with pytest.raises(Refused):
        read_table("nul\0name.csv")


def test_progress_is_told_and_the_work_can_be_stopped(tmp_path: Path) -> None:
    path = text_file(tmp_path, "code,name_en\n" + "A1,one\n" * 5_000)
    told: list[tuple[int, int]] = []
    read_table(path, progress=Progress(lambda done, total: told.append((done, total))))
    assert told[-1] == (5_001, 5_001)
    assert len(told) > 5
    with pytest.raises(Cancelled):
        read_table(path, progress=Progress(cancelled=lambda: len(told) > 0))


@given(st.binary(min_size=1, max_size=400))
def test_any_bytes_are_a_table_or_refused(tmp_path: Path, content: bytes) -> None:
    assert outcome(tmp_path, content)


@given(st.text(max_size=300))
def test_any_text_is_a_table_or_refused(tmp_path: Path, content: str) -> None:
    table = outcome(tmp_path, content.encode("utf-8", "replace"))
    for row in () if isinstance(table, str) else table.rows:
        assert all("\0" not in cell and "\u202e" not in cell for cell in row.cells)


names = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Cf", "Zl", "Zp")), min_size=1, max_size=40
).filter(lambda text: text == text.strip() and not text.startswith(("'", "#", "\ufffd")))


@given(st.lists(st.tuples(names, names), min_size=1, max_size=20))
def test_what_we_write_we_read(tmp_path: Path, rows: list[tuple[str, str]]) -> None:
    from inventory.exchange.table_writer import csv_bytes

    table = read_text(tmp_path, csv_bytes(["code", "name_en"], rows))
    assert not table.bad_cells or all("\ufffd" in "".join(row) for row in rows)
    if not table.bad_cells:
        assert cells(table) == rows


@pytest.mark.parametrize("device", ["/dev/zero", "/dev/null"])
def test_what_is_no_ordinary_file_is_refused(device: str) -> None:
    with pytest.raises(Refused, match="not an ordinary file"):
        read_table(device)


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(Refused, match="not an ordinary file"):
        read_table(tmp_path / "pipe")
